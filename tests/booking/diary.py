"""A salon to state facts about: Anna and Olga on Saturday 21 November 2026, written in clock times."""

from datetime import date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from frontdesk.booking.appointments import Appointment, Attendance, Master, Service
from frontdesk.booking.ids import AppointmentId, MasterId, ServiceId
from frontdesk.booking.schedules import BookingRules, Busy, Calendar, Grid, WorkingDay, calendar, seconds_of, start_of
from frontdesk.booking.slots import Slot
from frontdesk.booking.spans import Span
from frontdesk.booking.times import Local

MOSCOW = ZoneInfo("Europe/Moscow")
SATURDAY = date(2026, 11, 21)
SUNDAY = date(2026, 11, 22)
EARLY = Local(datetime(2026, 11, 1, 8, 0))  # noqa: DTZ001 - what a salon's clock shows
ANNA = Master(MasterId(1), "Анна")
OLGA = Master(MasterId(2), "Ольга")
HAIRCUT = Service(ServiceId(7), "Стрижка")
HOUR_S = 3600
WEEKDAYS = ("пн", "вт", "ср", "чт", "пт", "сб", "вс")
HOURLY = BookingRules(Grid(step_s=HOUR_S))


def clock(shown: str, day: date = SATURDAY) -> Local:
    return Local(datetime.combine(day, time.fromisoformat(shown)))


def span(written: str) -> Span:
    """`10:00-12:30`; an end of `24:00` is the next midnight."""
    begin_s, end_s = (_second(shown) for shown in written.split("-"))
    return Span(begin_s, end_s)


def works(master: Master, *spans: str, day: date = SATURDAY) -> WorkingDay:
    return WorkingDay(master, day, tuple(span(one) for one in spans))


def busy(master: Master, written: str, appointment: int | None = None, day: date = SATURDAY) -> Busy:
    begin_s, end_s = span(written)
    start = Local(start_of(day) + timedelta(seconds=begin_s))
    return Busy(master.id, start, end_s - begin_s, None if appointment is None else AppointmentId(appointment))


def salon(*parts: WorkingDay | Busy, rules: BookingRules = HOURLY, zone: ZoneInfo = MOSCOW) -> Calendar:
    working = [one for one in parts if isinstance(one, WorkingDay)]
    return calendar(zone, rules, working, [one for one in parts if isinstance(one, Busy)])


def appointment(
    written: str,
    number: int = 100,
    master: Master = ANNA,
    attendance: Attendance = Attendance.WAITING,
    *,
    day: date = SATURDAY,
    deleted: bool = False,
    activity: int | None = None,
) -> Appointment:
    taken = busy(master, written, day=day)
    return Appointment(
        AppointmentId(number), "centre", None, None, master, (HAIRCUT,), taken.start, taken.length_s, attendance,
        deleted=deleted, activity=activity,
    )  # fmt: skip


def slot(shown: str, master: Master = ANNA, day: date = SATURDAY, length_s: int = HOUR_S) -> Slot:
    return Slot(master, clock(shown, day), length_s)


def times(slots: tuple[Slot, ...]) -> list[str]:
    return [f"{one.start:%H:%M}" for one in slots]


def said(slots: tuple[Slot, ...]) -> list[str]:
    """Slots as a person would list them: `сб 15:00 Анна`."""
    return [f"{WEEKDAYS[one.start.weekday()]} {one.start:%H:%M} {one.master.name}" for one in slots]


def _second(shown: str) -> int:
    if shown == "24:00":
        return 24 * HOUR_S
    return seconds_of(clock(shown), start_of(SATURDAY))
