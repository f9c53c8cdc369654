"""The assistant works free time out fast, the emulator slowly; on any salon they find the same."""

import datetime as dt
import os
from zoneinfo import ZoneInfo

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from frontdesk.booking.appointments import Master as BookedMaster
from frontdesk.booking.ids import AppointmentId, MasterId
from frontdesk.booking.schedules import BookingRules, Busy, Grid, WorkingDay, calendar
from frontdesk.booking.slots import free_slots
from frontdesk.booking.spans import Span
from frontdesk.booking.times import Local
from frontdesk.emulator.clock import Clock
from frontdesk.emulator.slots import free_starts
from frontdesk.emulator.things import Activity, Appointment, Company, Master
from frontdesk.emulator.world import World
from frontdesk.yclients.models.attendance import Attendance

SALONS = 3000 if os.environ.get("FRONTDESK_DRILL") else 400
ZONES = ("Europe/Moscow", "Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Africa/Cairo")
DAYS = (
    dt.date(2027, 3, 14), dt.date(2027, 3, 28), dt.date(2027, 4, 4), dt.date(2027, 4, 30),
    dt.date(2027, 10, 3), dt.date(2027, 10, 31), dt.date(2027, 11, 7), dt.date(2027, 11, 8),
)  # fmt: skip
FIVE_MINUTES, DAY_S = 300, 86_400
MIDNIGHT = dt.time.min
ANY = 1

moments = st.integers(0, DAY_S // FIVE_MINUTES).map(lambda count: count * FIVE_MINUTES)
lengths = st.integers(1, 60).map(lambda count: count * FIVE_MINUTES)
taken = st.tuples(st.integers(-1, 0), moments, lengths, st.sampled_from(Attendance), st.booleans(), st.booleans())


@st.composite
def working_days(draw):
    ends = sorted(draw(st.sets(moments, max_size=6)))
    return tuple(zip(ends[::2], ends[1::2], strict=False))


@settings(max_examples=SALONS, deadline=None, derandomize=True, database=None, suppress_health_check=list(HealthCheck))
@given(
    zone=st.sampled_from(ZONES).map(ZoneInfo),
    day=st.sampled_from(DAYS),
    spans=working_days(),
    busy=st.lists(taken, max_size=6),
    length_s=lengths,
    step_s=st.sampled_from((300, 600, 900, 1800, 3600)),
    now_s=st.integers(-DAY_S, DAY_S),
    notice_s=st.sampled_from((0, 600, 7200)),
    frees=st.booleans(),
)
def test_both_find_the_same_free_time(  # noqa: PLR0917 - what a salon and a moment are made of
    zone, day, spans, busy, length_s, step_s, now_s, notice_s, frees
):
    midnight = dt.datetime.combine(day, MIDNIGHT)
    now = (midnight + dt.timedelta(seconds=now_s)).replace(tzinfo=zone).astimezone(dt.UTC)
    clock = Clock()
    clock.set(now)
    world = World(clock)
    world.switches.change(no_show_frees_slot=frees)
    world.companies[ANY] = Company(ANY, "Салон", zone, slot_step_s=step_s, booking_delay_s=notice_s)
    master = world.masters.add(Master(ANY, ANY, "Мастер", days={day: spans}))
    stretches = []
    for number, (shift, second, long_s, attendance, deleted, is_event) in enumerate(busy, 1):
        start = midnight + dt.timedelta(days=shift, seconds=min(second, DAY_S - FIVE_MINUTES))
        if is_event:
            world.activities.add(Activity(number, ANY, ANY, ANY, start, long_s, 5))
        else:
            world.appointments.add(
                Appointment(
                    number,
                    ANY,
                    ANY,
                    None,
                    [],
                    start,
                    long_s,
                    number,
                    "",
                    now,
                    now,
                    attendance=attendance,
                    deleted=deleted,
                )
            )
        if is_event or not (deleted or (frees and attendance is Attendance.NO_SHOW)):
            stretches.append(Busy(MasterId(ANY), Local(start), long_s, AppointmentId(number)))
    salon = calendar(
        zone,
        BookingRules(Grid(step_s), notice_s),
        [WorkingDay(BookedMaster(MasterId(ANY), "Мастер"), day, tuple(Span(*span) for span in spans))],
        stretches,
    )
    shown = Local(world.now_local(world.companies[ANY]))
    fast = [slot.start for slot in free_slots(day, {MasterId(ANY): length_s}, salon, shown)]
    assert fast == free_starts(world, master, day, length_s)
