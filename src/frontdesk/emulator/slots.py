"""Free time, worked out the slow, obvious way, to be an oracle for those who work it out fast.

A start is free if the whole length fits into one span of the master's working day and touches nothing else in it.
Starts stand on a grid of `slot_step_s` from the beginning of each span. Past times and times that the clock skips are
not offered. Lengths are counted on the wall clock. Shares no code with the assistant's own arithmetic on purpose.
"""

from collections.abc import Iterator
from datetime import date, datetime, timedelta

from frontdesk.emulator.things import Company, Master, Service, Span
from frontdesk.emulator.world import World, exists_on_the_wall
from frontdesk.yclients.models.attendance import Attendance

MIDNIGHT = datetime.min.time()
A_DAY = timedelta(days=1)
HOUR_S = 3600


def working_spans(master: Master, day: date) -> tuple[Span, ...]:
    """When a master works on a day: seconds since midnight."""
    return master.days.get(day, master.week.get(day.weekday(), ()))


def busy_entries(world: World, master: Master, day: date) -> list[tuple[str, int, Span]]:
    """What takes a master's time on a day: appointments (record) and group events (activity), each with its id.

    What began the day before and runs past midnight is there too, from before the midnight on.
    """
    before = day - A_DAY
    appointments = [
        ("record", one.id, _span(one.start, one.length_s, day))
        for one in world.appointments.of_master(master.id, before, day)
        if not one.deleted and not one.activity_id and not _freed(world, one.attendance)
    ]
    events = [
        ("activity", event.id, _span(event.start, event.length_s, day))
        for event in (*world.activities.of_day(master.id, before), *world.activities.of_day(master.id, day))
        if not event.deleted
    ]
    return sorted((entry for entry in appointments + events if entry[2][1] > 0), key=lambda entry: entry[2])


def busy_spans(world: World, master: Master, day: date, *, without: int | None = None) -> list[Span]:
    """When a master is taken on a day, but for the appointment with the id `without`."""
    return [span for kind, number, span in busy_entries(world, master, day) if (kind, number) != ("record", without)]


def is_free(world: World, master: Master, start: datetime, length_s: int, *, without: int | None = None) -> bool:
    """Whether a master works, and is not taken, from start for the whole length."""
    busy = busy_spans(world, master, start.date(), without=without)
    return _fits(world, master, start, length_s, busy)


def free_starts(world: World, master: Master, day: date, length_s: int) -> list[datetime]:
    """Every start on the grid of a day that is free for the length."""
    return list(_free_starts(world, master, day, length_s))


def has_free_start(world: World, master: Master, day: date, length_s: int) -> bool:
    """Whether there is one."""
    return next(_free_starts(world, master, day, length_s), None) is not None


def length_of(master: Master, services: list[Service]) -> int:
    """How long a master takes for services, one after another; an hour where none is named."""
    return sum(one_length(master, service) for service in services) or HOUR_S


def one_length(master: Master, service: Service) -> int:
    """How long a master takes for one service."""
    own = service.masters.get(master.id)
    return service.length_s if own is None or own.length_s is None else own.length_s


def can_do(master: Master, services: list[Service]) -> bool:
    """Whether a master is there for clients and does all these services."""
    return not master.fired and not master.hidden and all(master.id in service.masters for service in services)


def _free_starts(world: World, master: Master, day: date, length_s: int) -> Iterator[datetime]:
    company = world.companies[master.company_id]
    earliest = world.now_local(company) + timedelta(seconds=company.booking_delay_s)
    busy = busy_spans(world, master, day)
    for start in _grid(company, master, day):
        if start > earliest and _fits(world, master, start, length_s, busy):
            yield start


def _fits(world: World, master: Master, start: datetime, length_s: int, busy: list[Span]) -> bool:
    begin, end = _span(start, length_s, start.date())
    works = any(first <= begin and end <= last for first, last in working_spans(master, start.date()))
    taken = any(first < end and begin < last for first, last in busy)
    return works and not taken and exists_on_the_wall(start, world.companies[master.company_id].zone)


def _grid(company: Company, master: Master, day: date) -> Iterator[datetime]:
    midnight = datetime.combine(day, MIDNIGHT)
    for first, last in working_spans(master, day):
        for second in range(first, last, company.slot_step_s):
            yield midnight + timedelta(seconds=second)


def _span(start: datetime, length_s: int, day: date) -> Span:
    begin = int((start - datetime.combine(day, MIDNIGHT)).total_seconds())
    return begin, begin + length_s


def _freed(world: World, attendance: int) -> bool:
    return attendance == Attendance.NO_SHOW and world.switches.no_show_frees_slot
