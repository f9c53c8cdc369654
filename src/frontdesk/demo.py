"""The demo: the emulator, the assistant, a web chat and the desk in one process, about a made-up salon.

It stands above service and desk because it is all of them at once. Nothing outlives it: its database is a file in a
temporary folder.
"""

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import timedelta
from functools import partial
from pathlib import Path

import httpx2
from sqlalchemy import Connection
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import BaseRoute, Mount, Route
from structlog.typing import FilteringBoundLogger

from frontdesk.booking.ids import Phone
from frontdesk.booking.phones import international_phone
from frontdesk.booking.times import Local
from frontdesk.channels.web import CHANNEL, WebDoor
from frontdesk.demo_history import ledger, talks
from frontdesk.demo_history.journal import MESSENGERS, History, live_in
from frontdesk.demo_history.people import FIRST_CARD
from frontdesk.desk.app import desk_routes
from frontdesk.desk.chat import DemoChat, DemoClient, JournalLine, Levers, RequestLine
from frontdesk.desk.parts import Desk
from frontdesk.dialogue.words import Words
from frontdesk.emulator.app import Emulator
from frontdesk.emulator.faults import Rule
from frontdesk.emulator.things import Appointment
from frontdesk.service.bells import Bells
from frontdesk.service.clock import Clock, SystemClock
from frontdesk.service.parts import Account, Limits, Parts
from frontdesk.service.settings import Settings, read
from frontdesk.service.web_chats import transcripts
from frontdesk.service.webhooks import Webhooks
from frontdesk.service.wiring import Pages, World, wire
from frontdesk.yclients.turnstile import Open

SALON = "demo"
COMPANY = 962302
NOTICE = {
    "legal_name": "ООО «Ясный день»",
    "privacy_url": "https://salon.example/privacy",
    "privacy_version": "2026-11-01",
}
TITLES = {CHANNEL: "веб-чат", **MESSENGERS}
"""The messengers of the demo; only the web chat is really there, of the others there is a past."""
QUIET = timedelta(milliseconds=600)
"""Shorter than usual: whoever tries the demo sees the answer soon, and may still write in two messages."""
OWNER = "Вера Павлова"
"""Whoever opens the demo's desk."""
SHOWN_IN_JOURNAL = 30
SHOWN_REQUESTS = 30
DOWN = Rule(do="refuse")
"""Every connection to the journal is cut before it is looked at."""


def demo_settings(folder: Path, notice: Mapping[str, str] | None = None) -> Settings:
    """The settings of the demo salon; its tokens are the emulator's. `notice` is what it says of people's data."""
    return read(
        {
            "store": {"url": f"sqlite:///{folder / 'demo.db'}"},
            "salon": {
                SALON: {
                    "base_url": "http://emulator.invalid",
                    "company_id": COMPANY,
                    "partner_token": "demo-partner",
                    "user_token": "demo-user",
                    **(notice or {}),
                }
            },
        },
        {},
    )


def demo_app(emulator: Emulator, folder: Path, log: FilteringBoundLogger, clock: Clock | None = None) -> Starlette:
    """Everything on one address: `/desk`, `/chat`, the provider's API under `/api/`, its levers under `/_emulator/`."""
    door = WebDoor()
    history = live_in(emulator.world, emulator.world.companies[COMPANY])
    world = World(
        clock=clock or SystemClock(),
        log=log,
        provider=httpx2.ASGITransport(emulator),
        gate=Open(),
        limits=Limits(quiet=QUIET),
        extra_accounts={(channel, SALON): Account(title, (SALON,), door) for channel, title in TITLES.items()},
    )
    wired = wire(demo_settings(folder, NOTICE), world, _pages(emulator, door))
    asyncio.run(wired.parts.store.write(partial(_remember, history=history, emulator=emulator)))
    return wired.app


def _remember(connection: Connection, history: History, emulator: Emulator) -> None:
    """What the salon has lived through, as the store would hold it; the web chats come first."""
    ledger.open_web_chats(connection, (CHANNEL, SALON), DemoJournal(emulator).people())
    numbers = ledger.open_chats(connection, SALON, [one for one in history.people if one.channel])
    ledger.write(connection, SALON, history, numbers)
    talks.play(connection, SALON, history, emulator.world)


def _pages(emulator: Emulator, door: WebDoor) -> Pages:
    journal = DemoJournal(emulator)

    def pages(parts: Parts, bells: Bells, desk: Desk) -> Sequence[BaseRoute]:
        chat = DemoChat(
            account=SALON,
            title=emulator.world.companies[COMPANY].title,
            door=door,
            transcripts=transcripts(parts),
            people=journal.people,
            journal=journal.of,
            take_in=Webhooks(parts, bells).take_in,
            now=parts.clock.now,
            levers=levers_of(emulator),
        )
        opened = replace(desk, opens_as=OWNER, demo=chat)
        return [Route("/", _enter), *desk_routes(opened), *chat.routes(), Mount("/", emulator)]

    return pages


async def _enter(_request: Request) -> Response:
    """Whoever opens the bare address wants to try it."""
    return RedirectResponse("/chat")


def levers_of(emulator: Emulator) -> Levers:
    """The emulator's faults and its journal of requests, as the page pulls and shows them."""
    faults = emulator.faults
    return Levers(
        is_down=lambda: bool(faults.shown()),
        take_down=lambda: faults.replace([DOWN]),
        bring_back=lambda: faults.replace([]),
        requests=lambda: _requests(emulator),
    )


def _requests(emulator: Emulator) -> Sequence[RequestLine]:
    """The last of them, the newest first."""
    zone = emulator.world.companies[COMPANY].zone
    entries = emulator.journal.latest(SHOWN_REQUESTS)
    return [
        RequestLine(one.number, f"{one.at.astimezone(zone):%H:%M:%S}", one.method, one.path, one.status)
        for one in entries
    ]


class DemoJournal:
    """The emulator's journal as the demo's page shows it."""

    def __init__(self, emulator: Emulator) -> None:
        self._emulator = emulator

    def people(self) -> Sequence[DemoClient]:
        """The clients one may be: the salon's own few, not the many regulars of its made-up past."""
        clients = [one for one in self._emulator.world.clients.of(COMPANY) if one.id < FIRST_CARD]
        named = ((client, international_phone(client.phone)) for client in clients)
        return [DemoClient(phone, f"{client.name} {client.surname}".strip()) for client, phone in named if phone]

    def of(self, phone: Phone) -> Sequence[JournalLine]:
        """This client's appointments, the coming ones first."""
        world = self._emulator.world
        own = [
            one
            for client in world.clients.of(COMPANY)
            if international_phone(client.phone) == phone
            for one in world.appointments.of_client(COMPANY, client.id)
        ]
        now = world.now_local(world.companies[COMPANY])
        own.sort(key=lambda one: (one.start < now, abs(one.start - now)))
        return [self._line(one) for one in own[:SHOWN_IN_JOURNAL]]

    def _line(self, one: Appointment) -> JournalLine:
        world = self._emulator.world
        now = world.now_local(world.companies[COMPANY])
        master = world.masters.anywhere(one.master_id)
        return JournalLine(
            when=Words().when(Local(one.start), Local(now)),
            what=" + ".join(service.title for service in one.services),
            master=master.name if master else "",
            status="deleted" if one.deleted else one.attendance.name.lower(),
            comment=one.comment,
        )
