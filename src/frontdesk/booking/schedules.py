"""When masters work and what takes their time: everything that free time is worked out from.

A day that is not in the calendar is unknown, and unknown is not free: nothing is offered on it.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

from frontdesk.booking.appointments import Appointment, Attendance, Master
from frontdesk.booking.groups import GroupEvent
from frontdesk.booking.ids import AppointmentId, MasterId
from frontdesk.booking.spans import DAY_S, Span, gaps, merged
from frontdesk.booking.times import Local

SECOND = timedelta(seconds=1)


class GridBase(StrEnum):
    """What a grid of starts is counted from."""

    SCHEDULE = "schedule"
    """The beginning of each stretch of the master's working day."""
    FIXED = "fixed"
    """`Grid.first_s`, the same for every master."""


@dataclass(frozen=True, slots=True)
class Grid:
    """Where starts may stand: `step_s` apart, neither before `first_s` nor after `last_s` of the day."""

    step_s: int = 900
    base: GridBase = GridBase.SCHEDULE
    first_s: int = 0
    last_s: int = DAY_S

    def __post_init__(self) -> None:
        if self.step_s <= 0:
            raise ValueError(f"a grid's step must be a positive number of seconds, not {self.step_s}")

    def origin_s(self, works: Span) -> int:
        """What the steps are counted from in a stretch of a working day."""
        return works.begin_s if self.base is GridBase.SCHEDULE else self.first_s


@dataclass(frozen=True, slots=True)
class BookingRules:
    """How a salon lets its time be booked.

    A start must be later than `notice_s` from now, counted on the wall clock, and its day at most `horizon_days` after
    today; None where there is no such end. `no_show_frees_time` says whether an appointment marked as not coming
    leaves its time to others.
    """

    grid: Grid = field(default_factory=Grid)
    notice_s: int = 0
    horizon_days: int | None = None
    no_show_frees_time: bool = True


@dataclass(frozen=True, slots=True)
class WorkingDay:
    """When a master works on a day. A visit must fit into one of the spans: what lies between them is a break."""

    master: Master
    day: date
    spans: tuple[Span, ...]

    def __post_init__(self) -> None:
        if wrong := [span for span in self.spans if not 0 <= span.begin_s <= span.end_s <= DAY_S]:
            raise ValueError(f"{wrong[0]} of {self.day} does not lie within the day, from 0 to {DAY_S} seconds")


@dataclass(frozen=True, slots=True)
class Busy:
    """A stretch of a master's time that is taken; `appointment` is what takes it, where it is one.

    A window that a waiting command holds is one of these. A waiting move names the appointment it moves, so that both
    its windows are free for that appointment's next move and for nobody else.
    """

    master: MasterId
    start: Local
    length_s: int
    appointment: AppointmentId | None = None

    def __post_init__(self) -> None:
        if self.length_s < 0:
            raise ValueError(f"what begins at {self.start} can't take {self.length_s} seconds")


def busy_with(
    appointments: Iterable[Appointment], events: Iterable[GroupEvent] = (), rules: BookingRules | None = None
) -> tuple[Busy, ...]:
    """What appointments and group events take; one person's place in an event takes nothing beside the event."""
    frees = rules is None or rules.no_show_frees_time
    taken = tuple(
        Busy(one.master.id, one.start, one.length_s, one.id)
        for one in appointments
        if one.activity is None and not one.deleted and not (frees and one.attendance is Attendance.NO_SHOW)
    )
    return taken + tuple(Busy(one.master.id, one.start, one.length_s) for one in events)


@dataclass(frozen=True, slots=True)
class Calendar:
    """A salon's working days and taken time, found by day. Made by `calendar`."""

    zone: ZoneInfo
    rules: BookingRules
    working: Mapping[date, tuple[WorkingDay, ...]]
    busy: Mapping[tuple[MasterId, date], tuple[Busy, ...]]

    def working_days(self, day: date) -> tuple[WorkingDay, ...]:
        """Who works on a day."""
        return self.working.get(day, ())

    def busy_spans(self, master: MasterId, day: date, *, moving: AppointmentId | None = None) -> list[Span]:
        """What is taken of a master's day, in no order, but for what the appointment `moving` takes itself."""
        midnight = start_of(day)
        return [
            _span(one, midnight)
            for one in self.busy.get((master, day), ())
            if moving is None or one.appointment != moving
        ]

    def free_spans(self, master: MasterId, day: date, *, moving: AppointmentId | None = None) -> Iterator[Span]:
        """What is left of a master's working spans of a day, each span by itself: a break is never bridged."""
        busy = merged(self.busy_spans(master, day, moving=moving))
        works = (span for one in self.working_days(day) if one.master.id == master for span in one.spans)
        return (gap for span in works for gap in gaps(span, busy))


def calendar(zone: ZoneInfo, rules: BookingRules, working: Iterable[WorkingDay], busy: Iterable[Busy] = ()) -> Calendar:
    """Sorts working days and taken time by day; what runs past midnight is taken on both days."""
    by_day: defaultdict[date, list[WorkingDay]] = defaultdict(list)
    for one in working:
        by_day[one.day].append(one)
    taken: defaultdict[tuple[MasterId, date], list[Busy]] = defaultdict(list)
    for stretch in busy:
        for day in _days(stretch):
            taken[stretch.master, day].append(stretch)
    return Calendar(
        zone,
        rules,
        {day: tuple(days) for day, days in by_day.items()},
        {where: tuple(stretches) for where, stretches in taken.items()},
    )


def start_of(day: date) -> datetime:
    """The midnight that a day begins with on the salon's clock."""
    return datetime.combine(day, time.min)


def seconds_of(shown: datetime, midnight: datetime) -> int:
    """Whole seconds on the clock from a midnight to a time of the same clock; rounded down."""
    return (shown - midnight) // SECOND


def _span(busy: Busy, midnight: datetime) -> Span:
    begin_s = seconds_of(busy.start, midnight)
    return Span(begin_s, begin_s + busy.length_s)


def _days(busy: Busy) -> list[date]:
    first = busy.start.date()
    _, end_s = _span(busy, start_of(first))
    return [first + timedelta(days=n) for n in range(max(1, -(-end_s // DAY_S)))]
