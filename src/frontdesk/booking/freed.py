"""What a cancellation or a move leaves free, for whoever may want it."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from frontdesk.booking.appointments import Appointment, Master
from frontdesk.booking.schedules import Calendar, seconds_of, start_of
from frontdesk.booking.spans import Span
from frontdesk.booking.times import Local


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of a master's working time in which nothing stands."""

    master: Master
    start: Local
    end: Local


def freed_windows(appointment: Appointment, calendar: Calendar, now: Local) -> tuple[Window, ...]:
    """The windows that are there once an appointment is gone, each joined with the free time on both its sides.

    The calendar may still hold the appointment. What is past at `now`, outside the working day, or taken by somebody
    else as well is not free; where nothing is left of it, there is no window. Only the day the appointment begins on
    is looked at.
    """
    day, master = appointment.start.date(), appointment.master
    midnight = start_of(day)
    now_s, begin_s = seconds_of(now, midnight), seconds_of(appointment.start, midnight)
    gaps = calendar.free_spans(master.id, day, moving=appointment.id)
    free = (Span(max(gap.begin_s, now_s), gap.end_s) for gap in gaps)
    freed = Span(begin_s, begin_s + appointment.length_s)
    return tuple(
        Window(master, _at(midnight, span.begin_s), _at(midnight, span.end_s)) for span in free if _meet(span, freed)
    )


def _meet(one: Span, other: Span) -> bool:
    return max(one.begin_s, other.begin_s) < min(one.end_s, other.end_s)


def _at(midnight: datetime, second: int) -> Local:
    return Local(midnight + timedelta(seconds=second))
