"""What is known of a salon while its journal does not answer: the local copy, and what waits to be written.

A copy that is too old is worse than none, so each part has its limit of age, and beyond it nothing is said. Free time
is worked out from the copied schedule and appointments and from the windows that waiting commands hold. It is offered
only where the copy was young when the journal fell silent: nobody edits a journal that is down, but what was booked
between the last reading and that moment is not in the copy.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from frontdesk.booking.appointments import Appointment
from frontdesk.booking.ids import MasterId, Phone
from frontdesk.booking.offers import lengths_of
from frontdesk.booking.schedules import BookingRules, Busy, Calendar, WorkingDay, busy_with, calendar
from frontdesk.booking.slots import Slot, free_slots_on
from frontdesk.booking.times import Instant, Local
from frontdesk.dialogue.talk import SlotsWanted, WorkingWanted
from frontdesk.provider.branch import Branch
from frontdesk.provider.days import DAYS_SHOWN, LOOK_AHEAD, by_nearness, few_days
from frontdesk.provider.mirror import Freshness, Mirror
from frontdesk.provider.slots import ANYONE
from frontdesk.provider.working import LOOK_AHEAD as WEEK

DAYS_AT_ONCE = 7
"""Where several days would do, the copy is read so many at a time, nearest first, until enough have something free."""

FRESH = timedelta(seconds=60)
FRESH_SCHEDULE = timedelta(minutes=6)
"""The schedule is read every five minutes, and sooner where the provider's webhook named it."""


@dataclass(frozen=True, slots=True)
class AgeLimits:
    """How old the copy may be: for what stands in it, and for offering what it leaves free.

    `slots` counts to the moment the journal fell silent, `facts` to now.
    """

    facts: timedelta = timedelta(hours=24)
    slots: timedelta = timedelta(minutes=120)


@dataclass(frozen=True, slots=True)
class Copy:
    """The local copy of one salon, as it is read for one turn. What is too old or was never read is None."""

    branch: Branch
    mirror: Mirror
    freshness: Freshness
    now: Instant
    silent_since: Instant
    limits: AgeLimits = field(default_factory=AgeLimits)

    @property
    def is_fresh(self) -> bool:
        """Whether it may stand for the journal's own answer: it was compared with the journal a moment ago."""
        known = self.freshness
        if known.appointments is None or known.schedule is None or known.covers_until is None or known.hinted:
            return False
        return self.now - known.appointments <= FRESH and self.now - known.schedule <= FRESH_SCHEDULE

    @property
    def as_of(self) -> Instant | None:
        """When the appointments were last known to be as the journal has them."""
        return self.freshness.appointments

    async def appointments(self, phone: Phone) -> tuple[Appointment, ...] | None:
        """The appointments of the client with this phone, from today on."""
        if not self._is_young(self.freshness.appointments):
            return None
        return await self.mirror.of_phone(self.branch.salon.key, phone, self.shown.date())

    async def working(self, wanted: WorkingWanted) -> tuple[WorkingDay, ...] | None:
        """A week of every master who takes clients."""
        if not self._is_young(self.freshness.schedule):
            return None
        first = max(self.shown.date(), wanted.first_day or self.shown.date())
        masters = [one.master.id for one in self.branch.menu.staff]
        return await self.mirror.working(self.branch.salon.key, masters, first, first + WEEK)

    async def slots(self, wanted: SlotsWanted, holds: Iterable[Busy]) -> tuple[Slot, ...] | None:
        """The free times of the wished days, or of the first days after them that have any."""
        # Group events are not copied, so which of them has a place left is not known.
        if not self._may_offer() or self.branch.menu.is_group(wanted.services):
            return None
        lengths = self._lengths(wanted)
        if not lengths:
            return ()
        search = _Search(self, wanted, lengths, tuple(holds))
        if wanted.at is not None and wanted.master is None:
            at_that_time = [slot for slot in await search.on([wanted.at.date()]) if slot.start == wanted.at]
            if at_that_time:
                return tuple(at_that_time)
        return _anyones(await search.nearest(), wanted)

    async def calendar(
        self, masters: Collection[MasterId], first: date, last: date, rules: BookingRules, holds: Iterable[Busy] = ()
    ) -> Calendar:
        """When these masters work and what takes their time."""
        salon = self.branch.salon
        working = await self.mirror.working(salon.key, masters, first, last)
        stands = await self.mirror.on_days(salon.key, masters, first, last)
        # Of a group event only those who go to it are seen here, so their places stand for the event's time.
        busy = busy_with([replace(one, activity=None) for one in stands], rules=rules)
        return calendar(salon.zone, rules, working, (*busy, *holds))

    @property
    def shown(self) -> Local:
        """What the salon's clock shows."""
        return self.branch.salon.local(self.now)

    def _is_young(self, read_at: Instant | None) -> bool:
        return read_at is not None and self.now - read_at <= self.limits.facts

    def _may_offer(self) -> bool:
        read_at = self.freshness.appointments
        if read_at is None or not (self._is_young(read_at) and self._is_young(self.freshness.schedule)):
            return False
        return self.silent_since - read_at <= self.limits.slots

    def _lengths(self, wanted: SlotsWanted) -> dict[MasterId, int]:
        menu, moving = self.branch.menu, wanted.moving
        lengths = lengths_of(menu.offers(wanted.services), MasterId(wanted.master) if wanted.master else None)
        if moving is not None and moving.master.id in lengths and moving.length_s > 0:
            lengths[moving.master.id] = moving.length_s
        return lengths


@dataclass(frozen=True, slots=True)
class _Search:
    """One search for free times in the copy."""

    copy: Copy
    wanted: SlotsWanted
    lengths: dict[MasterId, int]
    holds: tuple[Busy, ...]

    async def nearest(self) -> tuple[Slot, ...]:
        """The free times of the wished days, else of the nearest few days that have any."""
        now = self.copy.shown
        wished = few_days(self.wanted, now)
        found = await self.on(wished)
        if found:
            return found
        days = [day for day in by_nearness(self._days_ahead(now), self.wanted) if day not in wished]
        by_day: dict[date, list[Slot]] = {}
        for n in range(0, len(days), DAYS_AT_ONCE):
            for slot in await self.on(days[n : n + DAYS_AT_ONCE]):
                by_day.setdefault(slot.start.date(), []).append(slot)
            if len(by_day) >= DAYS_SHOWN:
                break
        nearest = [day for day in days if day in by_day][:DAYS_SHOWN]
        return tuple(slot for day in sorted(nearest) for slot in by_day[day])

    async def on(self, days: Sequence[date]) -> tuple[Slot, ...]:
        """The free times of these days."""
        if not days:
            return ()
        rules, masters = self.copy.branch.rules, list(self.lengths)
        known = await self.copy.calendar(masters, min(days), max(days), rules, self.holds)
        moving = self.wanted.moving.id if self.wanted.moving else None
        return free_slots_on(sorted(days), self.lengths, known, self.copy.shown, moving=moving)

    def _days_ahead(self, now: Local) -> Iterator[date]:
        today, first = now.date(), self.wanted.first_day or now.date()
        begin = max(today, first - timedelta(days=DAYS_AT_ONCE))
        last = begin + LOOK_AHEAD
        if self.copy.freshness.covers_until is not None:
            last = min(last, self.copy.freshness.covers_until)
        return (begin + timedelta(days=n) for n in range((last - begin).days + 1))


def _anyones(slots: Iterable[Slot], wanted: SlotsWanted) -> tuple[Slot, ...]:
    """Where no master was wished, a time belongs to nobody yet: the master is chosen when the time is."""
    if wanted.master is not None:
        return tuple(slots)
    lengths: dict[Local, int] = {}
    for slot in slots:
        lengths[slot.start] = max(slot.length_s, lengths.get(slot.start, 0))
    return tuple(Slot(ANYONE, start, lengths[start]) for start in sorted(lengths))
