"""Fills the local copy of one salon and keeps it, in as few calls as the provider allows.

Lists are read whole, as there is no other way. Appointments are read whole once, a page of 300 at a time; afterwards
one call asks what has changed since (`changed_after`, deleted ones included), from ten minutes before the last time on,
so that neither a clock that differs nor a reading that was overtaken leaves a gap. A window of days is kept; each new
day at its end costs one reading. Webhooks only make this happen sooner, so a lost one costs nothing but a minute.

A list that changes while its pages are read can hide an appointment between two pages. Deleted ones are asked for too,
so deletions shift nothing; and what the pages and the changes since hold together must come to the total that the
provider names, or all is read once more.
"""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any, Protocol, TypeVar

from structlog.typing import FilteringBoundLogger

from frontdesk.booking.copies import Freshness
from frontdesk.booking.salon import Salon
from frontdesk.booking.times import Instant, Local
from frontdesk.provider import reading
from frontdesk.provider.branch import Branch
from frontdesk.provider.hours import opening_hours
from frontdesk.provider.mirror import Mirror
from frontdesk.provider.working import schedule
from frontdesk.yclients.contract import Endpoint
from frontdesk.yclients.endpoints.records import GetRecords
from frontdesk.yclients.models.record import Record
from frontdesk.yclients.paging import Progress, pages
from frontdesk.yclients.wire import Answer

R = TypeVar("R")

PAGE = 300
"""The most that a page of the journal holds."""
OVERLAP = timedelta(minutes=10)
FILLS_AT_MOST = 3
WEEK = timedelta(days=6)
OVERDUE = timedelta(minutes=2)
"""Lists that are older were to be read long ago: who books by them may book what is no longer there."""


class Reader(Protocol):
    """The provider's client for what nobody waits for: the whole answer, as `meta` holds the totals."""

    async def answer(self, call: Endpoint[R], /) -> Answer[R]:
        """Sends the call; raises the client's errors."""
        ...


@dataclass(frozen=True, slots=True)
class Rhythm:
    """How often each part is read anew, how many days ahead the copy reaches, and how much is asked for at once.

    `past` is how many days back appointments are kept, for the statistics of cancellations. The settings say what
    clients may do themselves, and nobody but us holds them to it. Appointments are read a while before the copy ceases
    to be fresh, so that a reading that takes its time leaves no gap in which every question costs a call.
    """

    lists: timedelta = timedelta(seconds=45)
    settings: timedelta = timedelta(minutes=2)
    schedule: timedelta = timedelta(minutes=5)
    appointments: timedelta = timedelta(seconds=45)
    days: int = 60
    past: int = 90
    page: int = PAGE


@dataclass(frozen=True, slots=True)
class Filled:
    """What a first filling came to."""

    appointments: int
    calls: int


@dataclass
class _Listing:
    """A list that is read page by page."""

    ask: Callable[[Endpoint[tuple[Record, ...]]], Awaitable[Answer[tuple[Record, ...]]]]
    now: Callable[[], Instant]
    on_progress: Callable[[Progress], None] | None = None
    total: int | None = None

    async def chunks(self, call: GetRecords) -> AsyncIterator[tuple[Sequence[Record], Instant]]:
        """About a page at a time, with the moment at which the first of them was asked for."""
        asked: list[Instant] = []

        async def ask(page: Endpoint[tuple[Record, ...]]) -> Answer[tuple[Record, ...]]:
            asked.append(self.now())
            return await self.ask(page)

        found: list[Record] = []
        since = self.now()
        async for record in pages(ask, call, self._heard):
            since = since if found else asked[-1]
            found.append(record)
            if len(found) == call.count:
                yield found, since
                found = []
        if found:
            yield found, since

    def _heard(self, progress: Progress) -> None:
        self.total = progress.total
        if self.on_progress is not None:
            self.on_progress(progress)


@dataclass
class Syncing:
    """One salon's copy and the way to read it."""

    branch: Branch
    reader: Reader
    mirror: Mirror
    now: Callable[[], Instant]
    log: FilteringBoundLogger
    rhythm: Rhythm = field(default_factory=Rhythm)
    calls: int = 0
    """How many calls were made since the beginning."""
    _renewing: asyncio.Lock = field(default_factory=asyncio.Lock)

    @property
    def key(self) -> str:
        """The salon's key."""
        return self.branch.salon.key

    async def __call__(self, call: Endpoint[R], /) -> R:
        """A call of no hurry."""
        return (await self._answer(call)).data

    async def _answer(self, call: Endpoint[R]) -> Answer[R]:
        self.calls += 1
        return await self.reader.answer(call)

    async def load(self) -> bool:
        """Takes the lists from the copy where it is newer; False where it is empty, or of another salon."""
        freshness = await self.mirror.freshness(self.key)
        if freshness.salon is None:
            return False
        if self.branch.read_at is not None and freshness.salon <= self.branch.read_at:
            return True
        copy = await self.mirror.salon(self.key)
        if copy is None:
            return False
        if copy.salon.id != self.branch.said.id:
            await self.mirror.forget(self.key)
            return False
        self.branch.take(copy, freshness.salon)
        await self._learn_hours()
        return True

    async def _learn_hours(self) -> None:
        first, _ = self.window()
        masters = [one.master.id for one in self.branch.menu.staff]
        week = await self.mirror.working(self.key, masters, first, first + WEEK)
        self.branch.hours = opening_hours(week) or self.branch.hours

    async def fill(self, on_progress: Callable[[Progress], None] | None = None) -> Filled:
        """Reads everything, whatever is known; `on_progress` hears of each page. Raises the client's errors."""
        before = self.calls
        await self.read_settings()
        await self.read_lists()
        await self.read_schedule()
        found = await self.read_appointments(on_progress)
        return Filled(found, self.calls - before)

    async def read_settings(self) -> None:
        """The salon itself and its rules."""
        await self.branch.read_settings(self, self.now(), self.log)
        await self.mirror.keep_salon(self.key, self.branch.copy)

    async def read_lists(self) -> None:
        """Services, prices and masters."""
        asked_at = self.now()
        await self.branch.read_lists(self, asked_at, self.log)
        await self.keep_lists()

    async def renew_lists(self) -> None:
        """Reads the lists, for somebody who waits for it, where the keeping was held up: after an outage, above all."""
        async with self._renewing:
            asked_at, read_at = self.now(), self.branch.read_at
            if read_at is None or asked_at - read_at > OVERDUE:
                await self.branch.read_lists(self.branch.api, asked_at, self.log)
                await self.keep_lists()

    async def keep_lists(self) -> None:
        """Keeps what the branch has read."""
        await self.mirror.keep_salon(self.key, self.branch.copy)
        await self.mirror.note_fresh(self.key, Freshness(salon=self.branch.read_at))

    async def read_schedule(self) -> None:
        """When everybody works, from today to the end of the window."""
        asked_at, (first, last) = self.now(), self.window()
        masters = [one.master.id for one in self.branch.menu.staff]
        days = await schedule(replace(self.branch, api=self), masters, first, last)
        await self.mirror.keep_working(self.key, first, last, days)
        await self.mirror.note_fresh(self.key, Freshness(schedule=asked_at))
        await self._learn_hours()

    async def read_appointments(self, on_progress: Callable[[Progress], None] | None = None) -> int:
        """Every appointment of the window, and of the days before it that are kept; how many there are."""
        asked_at, (first, last) = self.now(), self.window()
        found = await self._read_days(self._kept_from(first), last, on_progress)
        await self.mirror.note_fresh(self.key, Freshness(appointments=asked_at, covers_until=last))
        return found

    async def widen(self, covered: date) -> None:
        """Moves the window to where it belongs today: the days after `covered` are read, those long past dropped."""
        first, last = self.window()
        if covered < last:
            await self.read_schedule()
            await self._read_days(max(first, covered + timedelta(days=1)), last)
            await self.mirror.note_fresh(self.key, Freshness(covers_until=last))
            await self.mirror.forget_before(self.key, self._kept_from(first))

    async def read_changes(self, since: Instant) -> dict[int, date]:
        """Every appointment that was changed since, with the day it is on now; also what changed just before."""
        after = shown_before(self.branch.salon, Instant(since - OVERLAP))
        seen, _ = await self._keep_all(GetRecords(**self._whole, changed_after=after))
        return seen

    async def keep(self, records: Sequence[Record], asked_at: Instant) -> None:
        """Keeps these readings; where one is news, what is known of free times is not to be trusted any more."""
        found = [one for record in records if (one := reading.appointment(record, self.branch.salon)) is not None]
        if await self.mirror.keep(self.key, found, asked_at):
            self.branch.times.clear()

    async def _read_days(self, first: date, last: date, on_progress: Callable[[Progress], None] | None = None) -> int:
        for _ in range(FILLS_AT_MOST):
            asked_at = self.now()
            seen, total = await self._keep_all(GetRecords(**self._whole, start_date=first, end_date=last), on_progress)
            seen |= await self.read_changes(asked_at)
            inside = sum(first <= day <= last for day in seen.values())
            if total is None or inside >= total:
                return inside
            self.log.info("appointments shifted between pages; they are read once more", salon=self.key)
        self.log.warning("the journal changed faster than it could be read", salon=self.key)
        return inside

    @property
    def _whole(self) -> dict[str, Any]:
        return {"company_id": self.branch.salon.id, "count": self.rhythm.page, "with_deleted": 1}

    async def _keep_all(
        self, call: GetRecords, on_progress: Callable[[Progress], None] | None = None
    ) -> tuple[dict[int, date], int | None]:
        """Keeps every appointment of the list; the day of each, and the total that the provider named last."""
        seen: dict[int, date] = {}
        listing = _Listing(self._answer, self.now, on_progress)
        async for records, asked_at in listing.chunks(call):
            await self.keep(records, asked_at)
            seen |= {record.id: self._day(record, call.start_date or date.min) for record in records}
        return seen, listing.total

    def _day(self, record: Record, otherwise: date) -> date:
        one = reading.appointment(record, self.branch.salon)
        return one.start.date() if one is not None else otherwise

    def _kept_from(self, today: date) -> date:
        return today - timedelta(days=self.rhythm.past)

    def window(self) -> tuple[date, date]:
        """The days whose times can be given out, and whose schedule is kept with their appointments."""
        today = self.branch.salon.local(self.now()).date()
        return today, today + timedelta(days=self.rhythm.days)


def shown_before(salon: Salon, moment: Instant) -> Local:
    """What the salon's clock showed then; of an hour that it shows twice, an hour earlier, so that none is missed."""
    shown = salon.local(moment)
    first, second = (datetime.replace(shown, tzinfo=salon.zone, fold=fold).utcoffset() for fold in (0, 1))
    return shown if first == second else Local(shown - timedelta(hours=1))
