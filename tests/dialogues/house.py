"""The real service between an emulated journal and a messenger, on one clock that moves only when told."""

import dataclasses
import datetime as dt
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import httpx2
import structlog
from structlog.testing import LogCapture

from dialogues.journal import Diary, hold
from dialogues.messengers import Messenger
from frontdesk.booking.times import Instant
from frontdesk.emulator.app import Emulator
from frontdesk.emulator.clock import Clock
from frontdesk.emulator.faults import Rule
from frontdesk.emulator.salons.building import build_world
from frontdesk.service.courier import Courier
from frontdesk.service.parts import Limits
from frontdesk.service.sender import Sender
from frontdesk.service.settings import read
from frontdesk.service.turn import Turns
from frontdesk.service.webhooks import Webhooks
from frontdesk.service.wiring import Wired, World, wire
from frontdesk.store import replies
from frontdesk.store.leases import Due, take_over
from frontdesk.yclients.turnstile import Open

COMPANY = 962302
ZONE = ZoneInfo("Europe/Moscow")
SATURDAY_NOON = dt.datetime(2026, 11, 21, 12, tzinfo=ZONE)
BETWEEN_MESSAGES = dt.timedelta(seconds=7)
SOON = dt.timedelta(seconds=5)
"""What is due so soon is waited for, as a client does who looks at the screen."""
MOST_ROUNDS = 40
Ears = dict[Any, Any]
"""Prepared ears, shared between conversations: one is only used where services and masters are the same."""
_UNITS = {"с": "seconds", "мин": "minutes", "ч": "hours", "д": "days"}
FAULTS: dict[str, list[dict[str, Any]]] = {
    "нет": [],
    "журнал молчит": [{"do": "refuse"}],
    "журнал лёг": [{"do": "status", "value": 503}],
    "ключ не подходит": [{"do": "status", "value": 401}],
    "прав не хватает": [{"do": "status", "value": 403}],
    "запись не отвечает": [
        {"do": "refuse", "method": "PUT"},
        {"do": "refuse", "method": "POST", "path": "/api/v1/records/*"},
    ],
    "ответ о месте потерялся": [{"do": "lose_reply", "method": "POST", "path": "/api/v1/activity/*", "times": 1}],
    "ответ потерялся": [
        {"do": "lose_reply", "method": "PUT", "times": 1},
        {"do": "lose_reply", "method": "POST", "path": "/api/v1/records/*", "times": 1},
    ],
}
REFUSALS = {
    "номер не подходит": 431,
    "имя не подходит": 435,
    "никого свободного": 436,
    "пересечение": 437,
    "поле не заполнено": None,
}
FAULTS |= {
    name: [
        {
            "do": "status",
            "value": 422,
            "method": "POST",
            "path": "/api/v1/book_record/*",
            **({"code": code} if code else {}),
        }
    ]
    for name, code in REFUSALS.items()
}


class VirtualClock:
    """Time passes when the conversation says so."""

    def __init__(self, start: dt.datetime) -> None:
        self._now = Instant(start.astimezone(dt.UTC))

    def now(self) -> Instant:
        return self._now

    async def sleep(self, seconds: float) -> None:
        self.advance(dt.timedelta(seconds=seconds))

    def advance(self, by: dt.timedelta) -> None:
        self._now = Instant(self._now + by)


class House:
    """One salon, one service, one client."""

    def __init__(self, wired: Wired, emulator: Emulator, messenger: Messenger, clock: VirtualClock) -> None:
        self.wired, self.emulator, self.messenger, self.clock = wired, emulator, messenger, clock
        self.diary = Diary(emulator.world, tuple(emulator.world.companies), messenger.title)
        self.web = httpx2.AsyncClient(transport=httpx2.ASGITransport(wired.app), base_url="http://frontdesk.invalid")

    async def hears(self, updates: list[Any]) -> None:
        """Delivers what the client sent and lets the service do all it has to do."""
        self.clock.advance(BETWEEN_MESSAGES)
        await self.messenger.deliver(updates, self.web)
        await self.works()

    async def works(self) -> None:
        """Does all the work there is, and what is due soon."""
        parts, until = self.wired.parts, self.clock.now() + SOON
        await parts.store.write(partial(take_over, now=self.clock.now(), silence=parts.limits.silence))
        await parts.store.write(partial(replies.end_silence, now=self.clock.now()))
        for _ in range(MOST_ROUNDS):
            done = [await self._step(job(parts, self.wired.bells)) for job in (Turns, Courier, Sender)]
            due = min((one for one in done if isinstance(one, dt.datetime)), default=None)
            if True in done:
                continue
            if due is None or due > until:
                return
            self.clock.advance(max(due - self.clock.now(), dt.timedelta(0)))
        raise AssertionError("the service never comes to rest")

    async def _step(self, job: Any) -> bool | dt.datetime:
        claimed = await job.claim()
        if claimed is None:
            return False
        if isinstance(claimed, Due):
            return claimed.at
        await job.handle(claimed)
        return True

    async def passes(self, how_long: str) -> None:
        """Lets time pass, doing what falls due on the way."""
        amount, unit = how_long.split()
        self.clock.advance(dt.timedelta(**{_UNITS[unit]: float(amount)}))
        await self.works()

    def breaks(self, what: str) -> None:
        """Breaks something between the service and the journal."""
        self.emulator.faults.replace([Rule.model_validate(rule) for rule in FAULTS[what]])

    def code(self) -> str:
        """The code of the SMS that was sent last."""
        return next((code.secret for code in reversed(self.emulator.world.codes.values())), "")

    async def seen(self) -> list[Any]:
        """Every message the client has got so far."""
        return await self.messenger.seen()


@asynccontextmanager
async def opened(
    messenger: Messenger, folder: Path, header: dict[str, str], ears: Ears | None = None
) -> AsyncIterator[House]:
    """A house with a demo salon, changed as the header says."""
    start = dt.datetime.fromisoformat(header["сейчас"]).replace(tzinfo=ZONE) if "сейчас" in header else SATURDAY_NOON
    clock = VirtualClock(start)
    emulator = Emulator(build_world(header.get("журнал", "demo"), clock=Clock(clock.now)))
    for wish in filter(None, header.get("салон", "").split(", ")):
        name, _, value = wish.partition("=")
        setattr(emulator.world.companies[COMPANY], name, int(value) if value.isdecimal() else value)
    for number, event in enumerate(filter(None, header.get("группы", "").split(", ")), 1):
        hold(emulator.world, COMPANY, number, event)
    numbers, log = count(1), LogCapture()
    world = World(
        clock=clock,
        log=structlog.wrap_logger(None, processors=[log]),
        provider=httpx2.ASGITransport(emulator),
        messengers=httpx2.MockTransport(messenger.wire),
        gate=Open(),
        limits=Limits(quiet=dt.timedelta(0)),
        new_key=lambda: f"key-{next(numbers)}",
        extra_accounts={
            key: dataclasses.replace(account, salons=tuple(_salons(emulator)))
            for key, account in messenger.accounts().items()
        },
    )
    wired = wire(read(_settings(folder, messenger, header, _salons(emulator)), {}), world)
    if ears is not None and not {"группы", "журнал"} & set(header):
        wired.parts.hear._kept = ears
    await wired.parts.door.open(clock.now())
    messenger.take_in = Webhooks(wired.parts, wired.bells).take_in
    house = House(wired, emulator, messenger, clock)
    try:
        yield house
    finally:
        await house.web.aclose()
        await wired.parts.store.close()
    faults = [entry for entry in log.entries if "exc_info" in entry]
    assert not faults, faults


def _salons(emulator: Emulator) -> dict[str, int]:
    """The branches by their names in the settings; the first is «demo»."""
    return {f"branch{n}" if n else "demo": number for n, number in enumerate(emulator.world.companies)}


def _settings(folder: Path, messenger: Messenger, header: dict[str, str], salons: dict[str, int]) -> dict[str, Any]:
    known = {"partner_token": "demo-partner", "user_token": "demo-user", "base_url": "http://emulator.invalid"}
    accounts = {
        channel: {name: {**account, "salons": list(salons)} for name, account in tables.items()}
        for channel, tables in messenger.settings().items()
    }
    wishes = dict(wish.split("=") for wish in header.get("отмена", "").split(", ") if wish)
    return {
        "store": {"url": f"sqlite:///{folder}/talk.db"},
        "salon": {key: {**known, "company_id": number} for key, number in salons.items()},
        "cancel": wishes,
        **accounts,
    }
