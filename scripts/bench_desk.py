"""How long the desk's statistics take, with 100,000 appointments in the copy and 100,000 events in the ledger.

Once in five branches, and once in a single one, which is far larger than any: what a page asks for is measured at the
store's door, one question after the other.
"""

import asyncio
import random
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from functools import partial
from itertools import islice
from pathlib import Path
from statistics import median
from typing import Any

from sqlalchemy import Connection, Table, insert

from frontdesk.booking.times import Instant
from frontdesk.store import statistics
from frontdesk.store.database import Store, open_store
from frontdesk.store.mirror_tables import mirror_appointments
from frontdesk.store.statistics import Span
from frontdesk.store.tables import ledger

APPOINTMENTS = EVENTS = 100_000
PAST, AHEAD = 90, 60
TIMES = 15
AIM_MS = 100
NOW = Instant(datetime(2026, 11, 21, 9, 0, tzinfo=UTC))
MASTERS, SERVICES, PHONES = 12, 60, 20_000
FATES = ("came",) * 80 + ("no_show",) * 12 + ("cancelled",) * 4 + ("deleted",) * 4
KINDS = ("cancelled",) * 30 + ("moved",) * 10 + ("booked",) * 40 + ("confirmed",) * 18 + ("restored",) * 2


def appointments(chance: random.Random, branches: int) -> Iterator[dict[str, Any]]:
    """Spread over the days that are kept."""
    for number in range(APPOINTMENTS):
        day = NOW.date() + timedelta(days=chance.randrange(-PAST, AHEAD))
        shown = datetime(day.year, day.month, day.day, chance.randrange(9, 21), tzinfo=UTC)
        yield {
            "salon": f"branch{number % branches}",
            "appointment": number,
            "master": chance.randrange(MASTERS),
            "day": day,
            "phone": f"79{chance.randrange(PHONES):09}",
            "content": "{" + " " * 600 + "}",
            "read_at": NOW,
            "shown_at": shown,
            "service": chance.randrange(SERVICES),
            "fate": chance.choice(FATES) if day < NOW.date() else "stands",
            "created_at": shown - timedelta(days=chance.randrange(30)),
            "was_moved": not chance.randrange(10),
            "lost_at": None,
        }


def events(chance: random.Random, branches: int) -> Iterator[dict[str, Any]]:
    """About those appointments."""
    for _ in range(EVENTS):
        number = chance.randrange(APPOINTMENTS)
        at = NOW - timedelta(days=chance.randrange(PAST), hours=chance.randrange(24))
        lead_s = chance.randrange(10 * 24 * 3600)
        yield {
            "salon": f"branch{number % branches}",
            "appointment": number,
            "master": chance.randrange(MASTERS),
            "kind": chance.choice(KINDS),
            "at": at,
            "asked_at": at,
            "asked_by": chance.choice(("person", "person", "staff")),
            "channel": chance.choice(("whatsapp", "telegram", "max")),
            "reason": chance.choice((None, "cant", "ill", "time", "other")),
            "starts_at": at + timedelta(seconds=lead_s),
            "lead_s": lead_s,
            "late": lead_s < 24 * 3600,
            "value_cents": chance.choice((None, 150_000, 320_000)),
        }


def fill(connection: Connection, branches: int) -> None:
    """Writes them."""
    chance = random.Random(7)
    made: tuple[tuple[Table, Iterator[dict[str, Any]]], ...] = (
        (mirror_appointments, appointments(chance, branches)),
        (ledger, events(chance, branches)),
    )
    for table, rows in made:
        while some := list(islice(rows, 1000)):
            connection.execute(insert(table), some)


async def timed(store: Store, work: Callable[[Connection], object]) -> float:
    """The median of some runs, in ms of processor time, which other work on the machine does not lengthen."""
    took = []
    for _ in range(TIMES):
        began = time.process_time()
        await store.read(work)
        took.append((time.process_time() - began) * 1000)
    return median(took)


def everything(connection: Connection, span: Span) -> None:
    """What the page of cancellations asks for."""
    statistics.known(connection, span.salon)
    statistics.lost(connection, span, NOW)
    statistics.whole(connection, span)
    statistics.moves(connection, span)


async def measure(branches: int) -> None:
    """Prints what one branch of so many costs."""
    with tempfile.TemporaryDirectory(prefix="frontdesk-bench-") as folder:
        store = open_store(f"sqlite:///{Path(folder) / 'desk.db'}")
        await store.write(partial(fill, branches=branches))
        last: date = NOW.date() - timedelta(days=1)
        for days in (7, 30, 90):
            span = Span("branch0", last - timedelta(days=days - 1), last, timedelta(hours=3))
            took = await timed(store, partial(everything, span=span))
            verdict = "met" if took <= AIM_MS else "MISSED"
            what = f"figures of cancellations, {days} days, one branch of {branches}"
            print(f"{what:<58}{took:9.2f} ms       aim {AIM_MS}: {verdict}", flush=True)
        await store.close()


def main() -> None:
    """Prints the table."""
    for branches in (5, 1):
        asyncio.run(measure(branches))


if __name__ == "__main__":
    main()
