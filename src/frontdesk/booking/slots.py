"""Free time: where a visit may begin.

For each master who takes the visit, the busy spans of the day are merged and cut out of each working span; in each gap
the starts are a range on the grid. The work is in proportion to the appointments and the starts found, not to the
minutes of the day.

Lengths are counted on the wall clock, as the journal draws them: an hour from 01:30 ends at 02:30 on any day. A start
that the clock skips in spring is not offered; one that it shows twice in autumn is offered once and means the first.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from frontdesk.booking.appointments import Master
from frontdesk.booking.ids import AppointmentId, MasterId
from frontdesk.booking.schedules import Calendar, WorkingDay, seconds_of, start_of
from frontdesk.booking.spans import DAY_S, Span, gaps, merged, starts
from frontdesk.booking.times import Local


@dataclass(frozen=True, slots=True)
class Slot:
    """A time at which a master is free for the whole length of a visit, its technical break included.

    `event` is the group event that takes place then, where it is one, and `places` how many are left in it.
    """

    master: Master
    start: Local
    length_s: int
    event: int = 0
    places: int = 0


def free_slots(
    day: date,
    lengths: Mapping[MasterId, int],
    calendar: Calendar,
    now: Local,
    *,
    moving: AppointmentId | None = None,
) -> tuple[Slot, ...]:
    """The free slots of a day, by time and then by master.

    `lengths` says who may take the visit and how long it takes them, in seconds: `lengths_of` the services, or the
    length an appointment already has. `now` is what the salon's clock shows. What the appointment `moving` takes
    counts as free. A length that is not positive is a ValueError.
    """
    _check_lengths(lengths)
    if _beyond_horizon(day, calendar, now):
        return ()
    bookable = _bookable(day, calendar, now)
    masters = {one.master.id: one.master for one in calendar.working_days(day)}
    found = {
        (second, one.master.id)
        for one in calendar.working_days(day)
        if one.master.id in lengths
        for second in _starts(one, lengths[one.master.id], calendar, bookable, moving)
    }
    shown = _shown({second for second, _ in found}, start_of(day), calendar.zone)
    return tuple(
        Slot(masters[master], shown[second], lengths[master]) for second, master in sorted(found) if second in shown
    )


def free_slots_on(
    days: Iterable[date],
    lengths: Mapping[MasterId, int],
    calendar: Calendar,
    now: Local,
    *,
    moving: AppointmentId | None = None,
) -> tuple[Slot, ...]:
    """The free slots of several days, day by day as they are given, as `free_slots` finds them."""
    return tuple(slot for day in days for slot in free_slots(day, lengths, calendar, now, moving=moving))


def is_skipped(shown: datetime, zone: ZoneInfo) -> bool:
    """Whether a salon's clock never shows this time, because it is put forward over it.

    Within the hour that is skipped, and nowhere else, the offset before the change (fold 0) is the smaller one.
    """
    before = shown.replace(tzinfo=zone, fold=0).utcoffset()
    after = shown.replace(tzinfo=zone, fold=1).utcoffset()
    return before is not None and after is not None and before < after


def _starts(
    one: WorkingDay, length_s: int, calendar: Calendar, bookable: Span, moving: AppointmentId | None
) -> Iterable[int]:
    busy = merged(calendar.busy_spans(one.master.id, one.day, moving=moving))
    grid = calendar.rules.grid
    for works in one.spans:
        for gap in gaps(works, busy):
            for second in starts(gap, length_s, grid.step_s, grid.origin_s(works)):
                if bookable.begin_s <= second < bookable.end_s:
                    yield second


def _bookable(day: date, calendar: Calendar, now: Local) -> Span:
    """Which starts of a day the salon's notice and the ends of its grid leave."""
    rules = calendar.rules
    too_soon_s = seconds_of(now + timedelta(seconds=rules.notice_s), start_of(day))
    return Span(max(too_soon_s + 1, rules.grid.first_s), min(DAY_S, rules.grid.last_s + 1))


def _beyond_horizon(day: date, calendar: Calendar, now: Local) -> bool:
    horizon = calendar.rules.horizon_days
    return horizon is not None and day > now.date() + timedelta(days=horizon)


def _shown(seconds: set[int], midnight: datetime, zone: ZoneInfo) -> dict[int, Local]:
    """Seconds of a day as the salon's clock shows them, without those it skips."""
    times = {second: Local(midnight + timedelta(seconds=second)) for second in seconds}
    return {second: shown for second, shown in times.items() if not is_skipped(shown, zone)}


def _check_lengths(lengths: Mapping[MasterId, int]) -> None:
    for master, length_s in lengths.items():
        if length_s <= 0:
            raise ValueError(f"a visit to master {master} must take a positive number of seconds, not {length_s}")
