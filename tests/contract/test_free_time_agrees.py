"""The front desk and the emulator each work free time out in their own way; here they must say the same.

The emulator walks the grid start by start; the front desk subtracts spans. Salons are generated as the emulator's
worlds and read into the front desk's words: days on which the clock changes are half of all days.

One thing is left out on purpose: an appointment that runs past its own midnight. The emulator keeps the journal by the
day an appointment begins on; the front desk takes its time from the next day as well (see the facts about midnight
in the tests of `booking`).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from itertools import pairwise
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from frontdesk.booking import appointments as ours
from frontdesk.booking.freed import freed_windows
from frontdesk.booking.groups import EventId, GroupEvent
from frontdesk.booking.ids import AppointmentId, MasterId, ServiceId
from frontdesk.booking.offers import Offer, Price, Terms, lengths_of
from frontdesk.booking.schedules import BookingRules, Calendar, Grid, WorkingDay, busy_with, calendar
from frontdesk.booking.slots import Slot, free_slots, is_free
from frontdesk.booking.spans import Span
from frontdesk.booking.times import Instant, Local, to_local
from frontdesk.emulator import slots as oracle
from frontdesk.emulator.clock import Clock
from frontdesk.emulator.online import horizon
from frontdesk.emulator.things import Activity, Appointment, Company, Master, Service, ServiceMaster
from frontdesk.emulator.world import World, exists_on_the_wall
from frontdesk.yclients.models.attendance import Attendance

pytestmark = pytest.mark.timeout(900)  # a busy machine draws slowly

COMPANY = 1
MINUTE_S = 60
DAY_MINUTES = 24 * 60
CHANGING_ZONES = (
    "Africa/Cairo",  # at midnight
    "America/New_York",
    "America/Santiago",  # at midnight, southern
    "America/Sao_Paulo",  # at midnight, given up since
    "Asia/Tehran",  # at midnight, by half hours from Greenwich, given up since
    "Australia/Lord_Howe",  # by half an hour
    "Europe/Berlin",
    "Europe/Moscow",  # the last changes: spring 2011, autumn 2014
    "Pacific/Apia",  # a whole day skipped, 30 December 2011
)
STATES = (
    *((attendance, False, 0) for attendance in Attendance),
    (Attendance.WAITING, True, 0),  # deleted
    (Attendance.WAITING, False, 7),  # a place in a group event
)
QUIET_ZONES = ("Europe/Moscow", "Asia/Almaty", "Asia/Kathmandu", "UTC")
YEARS = (2010, 2011, 2014, 2017, 2026)


def days_of_change(zone: ZoneInfo) -> Iterator[date]:
    for year in YEARS:
        midnights = [datetime(year, 1, 1, tzinfo=zone) + timedelta(days=n) for n in range(366)]
        for today, tomorrow in pairwise(midnights):
            if today.utcoffset() != tomorrow.utcoffset():
                yield today.date()


CHANGES = tuple((name, day) for name in CHANGING_ZONES for day in days_of_change(ZoneInfo(name)))


def salons(how_many: int) -> settings:
    return settings(max_examples=how_many, deadline=None, suppress_health_check=[HealthCheck.too_slow])


@dataclass(frozen=True)
class Case:
    world: World
    company: Company
    day: date

    @property
    def now(self) -> Local:
        return to_local(Instant(self.world.clock.now()), self.company.zone)


places = st.one_of(
    st.sampled_from(CHANGES),
    st.tuples(st.sampled_from(QUIET_ZONES), st.dates(date(2026, 1, 1), date(2027, 12, 31))),
)
minutes = st.one_of(st.integers(0, DAY_MINUTES // 5).map(lambda n: n * 5), st.integers(0, DAY_MINUTES))
minutes_before_midnight = minutes.map(lambda minute: minute % DAY_MINUTES)
lengths = st.sampled_from((30, 5, 10, 15, 20, 45, 60, 90, 120))

lengths_or_none = st.one_of(lengths, st.just(0))


@st.composite
def spans(draw: st.DrawFn) -> tuple[Span, ...]:
    """A whole working day, one with breaks, one with pieces that touch, in any order; or a day off."""
    ends = sorted(draw(st.lists(minutes, min_size=2, max_size=4, unique=True)))
    touching = list(pairwise(ends))
    pieces = draw(st.sampled_from((touching, touching[::2], touching[::2], [(0, DAY_MINUTES)], [])))
    return tuple(Span(first * MINUTE_S, last * MINUTE_S) for first, last in draw(st.permutations(pieces)))


@st.composite
def stretches(
    draw: st.DrawFn, day: date, nearby: tuple[int, ...] = (0, 0, 0, 0, -1, 1), shortest: int = 0
) -> tuple[datetime, int]:
    """A start on the day or one beside it, and a length, perhaps none, that ends by midnight."""
    start = draw(minutes_before_midnight)
    length = max(shortest, min(draw(lengths_or_none), DAY_MINUTES - start))
    near = day + timedelta(days=draw(st.sampled_from(nearby)))
    return datetime.combine(near, time.min) + timedelta(minutes=start), length * MINUTE_S


@st.composite
def cases(draw: st.DrawFn, fewest: int = 0, shortest: int = 0) -> Case:
    name, day = draw(places)
    company = Company(COMPANY, "Салон", ZoneInfo(name), slot_step_s=draw(lengths) * MINUTE_S)
    company.booking_delay_s = draw(st.sampled_from((0, 0, 0, 1800, 3600, 86_400)))
    company.booking_days = draw(st.sampled_from((60, 60, 60, 60, 60, 60, 1, 0)))
    world = World(Clock())
    world.companies[COMPANY] = company
    world.switches.no_show_frees_slot = draw(st.booleans())
    hours = draw(st.sampled_from((-50, -24, -5, 0, 1, 2, 9, 13, 22, 24)))
    midnight = datetime.combine(day, time.min, tzinfo=company.zone).astimezone(UTC)
    world.clock.set(midnight + timedelta(hours=hours, minutes=draw(st.sampled_from((0, 15, 29)))))
    add_masters(draw, world, day)
    add_services(draw, world)
    add_appointments(draw, world, draw(st.lists(stretches(day, shortest=shortest), min_size=fewest, max_size=8)))
    add_events(draw, world, day)
    return Case(world, company, day)


def add_masters(draw: st.DrawFn, world: World, day: date) -> None:
    for number in range(1, draw(st.integers(1, 3)) + 1):
        master = Master(number, COMPANY, f"Мастер {number}")
        if draw(st.booleans()):
            master.week = {day.weekday(): ((9 * 3600, 21 * 3600),)}
        if not master.week or draw(st.booleans()):
            master.days = {day: draw(spans())}
        master.hidden, master.fired = draw(st.sampled_from(((False, False),) * 6 + ((True, False), (False, True))))
        world.masters.add(master)


def add_services(draw: st.DrawFn, world: World) -> None:
    own = st.one_of(st.none(), lengths.map(lambda minute: minute * MINUTE_S))
    masters = [master.id for master in world.masters]
    some = st.one_of(st.just(set(masters)), st.sets(st.sampled_from(masters), min_size=1))
    for number in range(1, draw(st.integers(1, 3)) + 1):
        service = Service(number, COMPANY, 1, f"Услуга {number}", 500, 900, draw(lengths) * MINUTE_S)
        service.masters = {master: ServiceMaster(draw(own)) for master in sorted(draw(some))}
        world.services.add(service)


def add_appointments(draw: st.DrawFn, world: World, when: list[tuple[datetime, int]]) -> None:
    now = world.clock.now()
    masters = st.integers(1, len(world.masters))
    states = st.sampled_from(STATES)
    for number, (start, length_s) in enumerate(when, start=1):
        one = Appointment(number, COMPANY, draw(masters), None, [], start, length_s, number, "", now, now)
        one.attendance, one.deleted, one.activity_id = draw(states)
        world.appointments.add(one)


def add_events(draw: st.DrawFn, world: World, day: date) -> None:
    for number, (start, length_s) in enumerate(draw(st.lists(stretches(day), max_size=2)), start=1):
        master = draw(st.integers(1, len(world.masters)))
        event = Activity(number, COMPANY, 1, master, start, length_s, 10, deleted=draw(st.booleans()))
        event.technical_break_s = min(draw(st.sampled_from((0, 300, 3600))), length_s)
        world.activities.add(event)


def as_master(master: Master) -> ours.Master:
    return ours.Master(MasterId(master.id), master.name)


def as_appointment(world: World, one: Appointment) -> ours.Appointment:
    return ours.Appointment(
        AppointmentId(one.id), "salon", None, None, as_master(the_master(world, one.master_id)), (), Local(one.start),
        one.length_s, ours.Attendance[one.attendance.name], deleted=one.deleted, activity=one.activity_id or None,
    )  # fmt: skip


def as_event(world: World, one: Activity) -> GroupEvent:
    service = ours.Service(ServiceId(one.service_id), "Растяжка")
    master = as_master(the_master(world, one.master_id))
    return GroupEvent(EventId(one.id), service, master, Local(one.start), one.length_s, one.capacity, 0)


def as_calendar(case: Case) -> Calendar:
    world = case.world
    rules = BookingRules(
        Grid(case.company.slot_step_s),
        case.company.booking_delay_s,
        case.company.booking_days,
        world.switches.no_show_frees_slot,
    )
    working = [
        WorkingDay(as_master(one), case.day, tuple(Span(*span) for span in oracle.working_spans(one, case.day)))
        for one in world.masters
    ]
    appointments = [as_appointment(world, one) for one in world.appointments]
    events = [as_event(world, one) for one in world.activities if not one.deleted]
    return calendar(case.company.zone, rules, working, busy_with(appointments, events, rules))


def as_offer(service: Service, world: World) -> Offer:
    price = Price(Decimal(service.price_min), Decimal(service.price_max))
    return Offer(
        ours.Service(ServiceId(service.id), service.title),
        {
            MasterId(one.id): Terms(oracle.one_length(one, service), price)
            for one in world.masters
            if oracle.can_do(one, [service])
        },
    )


def the_master(world: World, number: int) -> Master:
    master = world.masters.get(COMPANY, number)
    assert master is not None
    return master


def said_by_oracle(case: Case, services: list[Service]) -> list[tuple[datetime, int, int]]:
    world = case.world
    able = [one for one in world.masters if oracle.can_do(one, services)]
    first, last = horizon(world, case.company)
    if not first <= case.day <= last:
        return []
    return sorted(
        (start, one.id, length_s)
        for one in able
        for length_s in (oracle.length_of(one, services),)
        for start in set(oracle.free_starts(world, one, case.day, length_s))
    )


def said_by_us(slots: tuple[Slot, ...]) -> list[tuple[datetime, int, int]]:
    return [(slot.start, slot.master.id, slot.length_s) for slot in slots]


def test_clocks_go_forward_and_back_in_the_generated_salons():
    forward = {name for name, day in CHANGES if skips(ZoneInfo(name), day)}
    assert forward == set(CHANGING_ZONES)
    assert ("Pacific/Apia", date(2011, 12, 30)) in CHANGES
    assert ("Europe/Moscow", date(2014, 10, 26)) in CHANGES


def skips(zone: ZoneInfo, day: date) -> bool:
    shown = (datetime.combine(day, time.min) + timedelta(minutes=15 * n) for n in range(96))
    return not all(exists_on_the_wall(one, zone) for one in shown)


@salons(2000)
@given(cases(), st.data())
def test_the_same_starts_are_free_for_any_services_in_one_visit(case: Case, data: Any):
    services = data.draw(st.lists(st.sampled_from(list(case.world.services)), min_size=1, max_size=3, unique_by=id))
    lengths_s = lengths_of([as_offer(one, case.world) for one in services])
    assert said_by_us(free_slots(case.day, lengths_s, as_calendar(case), case.now)) == said_by_oracle(case, services)


@salons(500)
@given(cases(), st.data())
def test_the_same_times_are_free_for_an_appointment_that_moves(case: Case, data: Any):
    master = data.draw(st.sampled_from(list(case.world.masters)))
    start, length_s = data.draw(stretches(case.day, nearby=(0,), shortest=1))
    moving = data.draw(st.sampled_from([None, *(one.id for one in case.world.appointments)]))
    slot = Slot(as_master(master), Local(start), length_s)
    ours_says = is_free(slot, as_calendar(case), moving=None if moving is None else AppointmentId(moving))
    assert ours_says == oracle.is_free(case.world, master, start, length_s, without=moving)


@salons(500)
@given(cases(fewest=1, shortest=1), st.data())
def test_a_cancellation_frees_windows_that_are_free_and_can_not_be_wider(case: Case, data: Any):
    world = case.world
    appointment = data.draw(st.sampled_from(list(world.appointments)))
    master = the_master(world, appointment.master_id)
    long_ago = Local(datetime.combine(case.day, time.min) - timedelta(days=9))
    windows = freed_windows(as_appointment(world, appointment), as_calendar(case), long_ago)
    lengths_s = {one: int((one.end - one.start).total_seconds()) for one in windows}
    before = set(oracle.free_starts(world, master, case.day, 900))
    world.change_appointment(appointment, deleted=True)
    for window, length_s in lengths_s.items():
        shown = exists_on_the_wall(window.start, case.company.zone)
        assert oracle.is_free(world, master, window.start, length_s) == shown
        assert not oracle.is_free(world, master, window.start, length_s + 1)
        assert not oracle.is_free(world, master, window.start - timedelta(seconds=1), length_s + 1)
    for start in set(oracle.free_starts(world, master, case.day, 900)) - before:
        assert any(one.start <= start and start + timedelta(seconds=900) <= one.end for one in windows)
