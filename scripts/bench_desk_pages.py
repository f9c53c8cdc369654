"""How long the desk's pages take with 100,000 appointments in the copy and 10,000 conversations.

Each page of the registry is asked for in process, as its owner's browser does: session, queries, template and all. The
time is that of the processor, which other work on the machine does not lengthen, and of the clock beside it.
"""

import asyncio
import json
import logging
import random
import tempfile
import time
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import islice
from pathlib import Path
from statistics import median
from typing import Any
from zoneinfo import ZoneInfo

import httpx2
import structlog
from sqlalchemy import Connection, Table, insert
from starlette.applications import Starlette

from frontdesk.booking.appointments import Appointment, Attendance, Client, Master, Service
from frontdesk.booking.ids import AppointmentId, ClientId, MasterId, Phone, ServiceId
from frontdesk.booking.schedules import WorkingDay
from frontdesk.booking.spans import Span
from frontdesk.booking.times import Instant, Local
from frontdesk.desk.app import desk_routes
from frontdesk.desk.guard import COOKIE
from frontdesk.desk.page import pages_of
from frontdesk.desk.parts import AccountCard, Desk, MasterCard, SalonCard
from frontdesk.service.clock import SystemClock
from frontdesk.store import sessions, users
from frontdesk.store.database import Store, open_store
from frontdesk.store.mirror import Mirror
from frontdesk.store.tables import chats, inbox, ledger, replies
from frontdesk.store.users import Role

APPOINTMENTS, CONVERSATIONS, MESSAGES_EACH = 100_000, 10_000, 6
DAYS_BACK, DAYS_AHEAD = 90, 60
MASTERS = 12
TIMES, WARM = 15, 2
AIM_MS = 100
ZONE = ZoneInfo("Europe/Moscow")
TOKEN, AGENT = "bench-token", "bench"
PEOPLE = [MasterCard("centre", MasterId(number), f"Мастер {number}") for number in range(MASTERS)]


def appointments(chance: random.Random, now: datetime) -> Iterator[Appointment]:
    """Spread evenly over the days that are kept, so that a day has some seven hundred."""
    for number in range(APPOINTMENTS):
        day = now + timedelta(days=chance.randrange(-DAYS_BACK, DAYS_AHEAD))
        start = day.replace(
            hour=chance.randrange(9, 21), minute=chance.choice((0, 15, 30, 45)), second=0, microsecond=0
        )
        yield Appointment(
            AppointmentId(number + 1),
            "centre",
            None,
            Client(ClientId(number), f"Клиент {number}", Phone(f"79{number:09}")),
            Master(MasterId(number % MASTERS), f"Мастер {number % MASTERS}"),
            (Service(ServiceId(number % 60), "Маникюр с покрытием"),),
            Local(start.replace(tzinfo=None)),
            chance.choice((1800, 3600, 5400)),
            chance.choice(list(Attendance)),
        )


def conversations(now: Instant) -> Iterator[tuple[Table, dict[str, Any]]]:
    """Each with messages both ways; some wait for a person."""
    for chat in range(1, CONVERSATIONS + 1):
        last = Instant(now - timedelta(minutes=chat))
        address = {"channel": "whatsapp", "account": "main"}
        waits = last if chat % 400 == 0 else None
        row = {"id": chat, **address, "user": f"79{chat:09}", "name": f"Клиент {chat}", "last_at": last}
        yield chats, row | {"human_since": waits}
        for number in range(MESSAGES_EACH):
            at = Instant(last - timedelta(seconds=number))
            key = f"{chat}-{number}"
            said = {"kind": "text", "content": json.dumps({"text": "Здравствуйте"}), "state": "done"}
            yield inbox, {"chat": chat, **address, "message_id": key, **said, "sent_at": at, "received_at": at}
            sent = {"content": json.dumps({"text": "Добрый день!"}), "state": "sent", "created_at": at}
            yield replies, {"chat": chat, **address, "key": key, **sent, "next_try_at": at}


def events(chance: random.Random, now: Instant) -> Iterator[tuple[Table, dict[str, Any]]]:
    """What was done for one appointment in three."""
    for number in range(0, APPOINTMENTS, 3):
        at = Instant(now - timedelta(minutes=chance.randrange(DAYS_BACK * 1440)))
        yield (
            ledger,
            {
                "salon": "centre",
                "appointment": number + 1,
                "master": number % MASTERS,
                "kind": chance.choice(("booked", "booked", "cancelled", "moved", "confirmed")),
                "at": at,
                "asked_at": at,
                "asked_by": "person",
                "starts_at": Instant(at + timedelta(days=chance.randrange(10))),
                "late": False,
            },
        )


def write(connection: Connection, rows: Iterator[tuple[Table, dict[str, Any]]]) -> None:
    """A thousand of a table at once."""
    waiting: dict[Table, list[dict[str, Any]]] = {}
    for table, row in rows:
        waiting.setdefault(table, []).append(row)
    for table, made in waiting.items():
        left = iter(made)
        while some := list(islice(left, 1000)):
            connection.execute(insert(table), some)


def sign_in(connection: Connection, now: Instant) -> None:
    """The owner's session."""
    owner = users.add(connection, "owner", Role.OWNER, now)
    sessions.start(connection, owner.id, TOKEN, AGENT, now)


async def fill(store: Store, now: Instant) -> None:
    """The whole salon."""
    chance, local = random.Random(7), now.astimezone(ZONE)
    mirror = Mirror(store)
    made = iter(list(appointments(chance, local)))
    while some := list(islice(made, 5000)):
        await mirror.keep("centre", some, now)
    today = local.date()
    working = [WorkingDay(Master(one.id, one.name), today, (Span(32_400, 75_600),)) for one in PEOPLE]
    await mirror.keep_working("centre", today, today, working)
    await store.write(partial(write, rows=conversations(now)))
    await store.write(partial(write, rows=events(chance, now)))
    await store.write(partial(sign_in, now=now))


def desk_on(store: Store) -> Desk:
    """The desk, and nothing beside it."""
    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(logging.WARNING))
    return Desk(
        store=store,
        clock=SystemClock(),
        log=structlog.get_logger(),
        salons=lambda: [SalonCard("centre", "Ясный день", ZONE)],
        accounts={("whatsapp", "main"): AccountCard("WhatsApp", ("centre",))},
        random_token=lambda: "t",
        masters=lambda: PEOPLE,
    )


async def timed(client: httpx2.AsyncClient, path: str) -> tuple[float, float, int]:
    """The medians, in ms of processor time and of the clock, and how large the page is."""
    used, took, size = [], [], 0
    for turn in range(TIMES + WARM):
        began, cpu = time.perf_counter(), time.process_time()
        answer = await client.get(path)
        answer.raise_for_status()
        size = len(answer.content)
        if turn >= WARM:
            used.append((time.process_time() - cpu) * 1000)
            took.append((time.perf_counter() - began) * 1000)
    return median(used), median(took), size


async def main() -> None:
    """Prints the table."""
    with tempfile.TemporaryDirectory(prefix="frontdesk-bench-") as folder:
        store = open_store(f"sqlite:///{Path(folder) / 'desk.db'}")
        await fill(store, Instant(datetime.now(UTC)))
        desk = replace(desk_on(store), public_url="")
        transport = httpx2.ASGITransport(Starlette(routes=desk_routes(desk)))
        headers = {"user-agent": AGENT, "cookie": f"{COOKIE}={TOKEN}"}
        paths = [page.path for page in pages_of(desk)]
        further = ["/desk?view=list", "/desk/appointments/centre/5", "/desk/conversations/1"]
        async with httpx2.AsyncClient(transport=transport, base_url="https://desk.example", headers=headers) as client:
            for path in [*paths, *further]:
                used, took, size = await timed(client, path)
                verdict = "met" if used <= AIM_MS else "MISSED"
                print(
                    f"{path:<34}{used:7.1f} ms of processor, {took:7.1f} ms by the clock, {size / 1024:5.0f} KB"
                    f"   aim {AIM_MS}: {verdict}",
                    flush=True,
                )
        await store.close()


if __name__ == "__main__":
    asyncio.run(main())
