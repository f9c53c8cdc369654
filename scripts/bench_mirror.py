"""What the local copy costs: calls to fill and to keep it, and how its queries grow with the database.

    python scripts/bench_mirror.py

The filling runs against the emulator on a virtual clock: its time is what the provider's pace alone makes of it. The
growth is measured on SQLite, and on PostgreSQL where a server's programs are found: the same queries, finding as many
rows, in a copy of 1,000 and of 1,000,000 appointments.
"""

import asyncio
import math
import sys
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from sqlalchemy import Connection, text

ROOT = Path(__file__).parent.parent
sys.path[:0] = [str(ROOT / "tests" / folder) for folder in ("", "service")]

from blackbox.postgres import INSTALLED, Server  # noqa: E402 - the kit of the tests
from frontdesk.booking.appointments import Appointment, Attendance, Client, Master  # noqa: E402
from frontdesk.booking.ids import AppointmentId, ClientId, MasterId, Phone  # noqa: E402
from frontdesk.booking.times import Instant, Local  # noqa: E402
from frontdesk.emulator.things import Appointment as Line  # noqa: E402
from frontdesk.provider.syncing import PAGE  # noqa: E402
from frontdesk.store.database import Store, open_store  # noqa: E402
from frontdesk.store.mirror import Mirror  # noqa: E402
from frontdesk.store.mirror_codec import dump_appointment  # noqa: E402
from frontdesk.yclients.turnstile import Turnstile  # noqa: E402
from sync_kit import COMPANY, Salon  # noqa: E402
from virtual import VirtualLoop  # noqa: E402

MANY = 20_000
WINDOW_DAYS = 60
WHOLE_LISTS = 7
"""The salon, its two kinds of rules, its three lists and the schedule: none of them comes in parts."""
CHANGES = 100
SMALL, LARGE = 1_000, 1_000_000
A_DAY, MASTERS = 40, 10
QUERIES, ROUNDS = 200, 3
FIRST_DAY = date(2026, 1, 1)
NOON = Instant(datetime(2026, 1, 1, 12, tzinfo=UTC))


def fill_journal(salon: Salon, many: int) -> None:
    """Adds appointments to the emulator's journal, spread over the days that are kept."""
    first, _ = salon.syncing.window()
    began = datetime.combine(first, datetime.min.time()) + timedelta(hours=8)
    yesterday = salon.world.clock.now() - timedelta(days=1)
    master = salon.world.masters.of(COMPANY)[0].id
    for n in range(many):
        start = began + timedelta(days=n % WINDOW_DAYS, minutes=n // WINDOW_DAYS % 600)
        salon.world.write_appointment(
            Line(5_000_000 + n, COMPANY, master, None, [], start, 60, 6_000_000 + n, "a" * 32, yesterday, yesterday)
        )
    salon.world.happenings.clear()


async def filling() -> None:
    """The first filling, at the pace that is left beside people."""
    with TemporaryDirectory() as folder:
        salon = Salon(Path(folder))
        salon.gate = Turnstile()
        salon.wired = salon.another()
        fill_journal(salon, MANY - len(salon.journal()))
        began = asyncio.get_running_loop().time()
        await salon.wired.keeper.step("centre")
        took_s = asyncio.get_running_loop().time() - began
        kept, made = len(await salon.copied()), salon.syncing.calls
        least = math.ceil(kept / PAGE) + WHOLE_LISTS
        print(f"appointments copied {kept:,} in {made} calls; the least there could be {least}")
        print(f"that takes {took_s:.1f} s at the provider's pace, people's spare left free")
        await salon.wired.parts.store.close()


async def keeping() -> None:
    """An hour of an ordinary day, with and without webhooks."""
    for hooked in (False, True):
        with TemporaryDirectory() as folder:
            salon = Salon(Path(folder))
            fill_journal(salon, MANY)
            await salon.step()
            if hooked:
                await salon.hooked()
            before, lines = salon.syncing.calls, salon.lines()
            for second in range(3_600):
                if second % (3_600 // CHANGES) == 0:
                    line = lines[second]
                    await salon.edits("PUT", f"record/{COMPANY}/{line.id}", {"attendance": 2, "comment": "Придёт"})
                await salon.wired.keeper.step("centre")
                salon.clock.advance(1)
            way = "with webhooks" if hooked else "by asking alone"
            print(f"an hour with {CHANGES} changes, {way}: {salon.syncing.calls - before} calls")
            await salon.wired.parts.store.close()


def made_up(number: int) -> Appointment:
    """One of the appointments that the growth is measured with."""
    day = FIRST_DAY + timedelta(days=number // A_DAY)
    return Appointment(
        AppointmentId(number),
        "centre",
        None,
        Client(ClientId(number // 5), "Клиент", Phone(f"79{number // 5:09}")),
        Master(MasterId(number % MASTERS), "Мастер"),
        (),
        Local(datetime.combine(day, datetime.min.time())),
        3600,
        Attendance.WAITING,
    )


def insert_many(connection: Connection, many: int) -> None:
    """The database makes the rows itself; their content is one appointment's, as no query looks into it."""
    serial = (
        "WITH RECURSIVE serial(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM serial WHERE n < :many)"
        if connection.dialect.name == "sqlite"
        else "WITH serial AS (SELECT generate_series(1, :many) AS n)"
    )
    day, phone = (
        ("date(:first, '+' || (n / 40) || ' days')", "printf('79%09d', n / 5)")
        if connection.dialect.name == "sqlite"
        else ("date '2026-01-01' + (n / 40)", "'79' || lpad((n / 5)::text, 9, '0')")
    )
    into = "INSERT INTO mirror_appointments (salon, appointment, master, day, phone, content, read_at, shown_at)"
    rows = f"SELECT 'centre', n, n % 10, {day}, {phone}, :content, 0, 0 FROM serial"
    first = (into, serial) if connection.dialect.name == "sqlite" else (serial, into)
    statement = text(" ".join((*first, rows)))
    given = {"many": many, "content": dump_appointment(made_up(1))}
    connection.execute(statement, given | ({"first": FIRST_DAY} if connection.dialect.name == "sqlite" else {}))
    if connection.dialect.name == "postgresql":
        connection.execute(text("ANALYZE mirror_appointments"))


Query = Callable[[Mirror, int], Awaitable[object]]
TURN: dict[str, Query] = {
    "a person's appointments": lambda mirror, n: mirror.of_phone("centre", made_up(n).client.phone, FIRST_DAY),
    "a master's day": lambda mirror, n: mirror.on_days(
        "centre", [made_up(n).master.id], made_up(n).start.date(), made_up(n).start.date()
    ),
    "one appointment": lambda mirror, n: mirror.appointment("centre", AppointmentId(n)),
    "keeping one": lambda mirror, n: mirror.keep("centre", [made_up(n)], NOON),
}


async def timed(store: Store) -> dict[str, float]:
    """The median of each query, in milliseconds."""
    mirror, found = Mirror(store), {}
    for what, query in TURN.items():
        took = []
        for n in range(QUERIES):
            began = time.perf_counter()
            await query(mirror, 200 + n * 3)
            took.append((time.perf_counter() - began) * 1000)
        found[what] = median(took)
    return found


async def grown(database: str, address: Callable[[], str]) -> None:
    """Both sizes in turns, so that whatever else the machine does meets both alike."""
    stores = {many: open_store(address()) for many in (SMALL, LARGE)}
    for many, store in stores.items():
        await store.write(lambda connection, many=many: insert_many(connection, many))
    rounds = [{many: await timed(store) for many, store in stores.items()} for _ in range(ROUNDS)]
    for what in TURN:
        small, large = (median(one[many][what] for one in rounds) for many in (SMALL, LARGE))
        print(
            f"{database}: {what:<24} {small:6.2f} ms of {SMALL:,}, {large:6.2f} ms of {LARGE:,}: "
            f"{large / small:.2f} times (aim 1.5)"
        )
    for store in stores.values():
        await store.close()


def growth() -> None:
    """On both databases."""
    with TemporaryDirectory() as folder:
        files = iter(range(2))
        asyncio.run(grown("SQLite", lambda: f"sqlite:///{folder}/{next(files)}.db"))
    if not INSTALLED:
        print("PostgreSQL: no server here to measure it on")
        return
    server = Server(INSTALLED[-1].parent)
    try:
        asyncio.run(grown("PostgreSQL", server.new_database))
    finally:
        server.stop()


def main() -> None:
    """Prints everything."""
    with asyncio.Runner(loop_factory=VirtualLoop) as runner:
        runner.run(filling())
    asyncio.run(keeping())
    growth()


if __name__ == "__main__":
    main()
