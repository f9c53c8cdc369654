from datetime import date
from zoneinfo import ZoneInfo

import pytest
from diary import (
    ANNA,
    EARLY,
    HOUR_S,
    OLGA,
    SATURDAY,
    SUNDAY,
    appointment,
    busy,
    clock,
    said,
    salon,
    span,
    times,
    works,
)

from frontdesk.booking.appointments import Attendance
from frontdesk.booking.groups import EventId, GroupEvent
from frontdesk.booking.ids import AppointmentId
from frontdesk.booking.schedules import BookingRules, Busy, Grid, GridBase, WorkingDay, busy_with
from frontdesk.booking.slots import free_slots, free_slots_on
from frontdesk.booking.spans import Span

ONE_HOUR = {ANNA.id: HOUR_S}
TWO_HOURS = {ANNA.id: 2 * HOUR_S}
BERLIN = ZoneInfo("Europe/Berlin")
CAIRO = ZoneInfo("Africa/Cairo")


def test_a_start_is_free_where_the_whole_visit_fits_between_appointments():
    calendar = salon(works(ANNA, "10:00-18:00"), busy(ANNA, "12:00-13:00"), busy(ANNA, "16:00-16:30"))
    assert times(free_slots(SATURDAY, TWO_HOURS, calendar, EARLY)) == ["10:00", "13:00", "14:00"]


def test_a_visit_may_begin_the_moment_another_ends_and_end_when_the_day_does():
    calendar = salon(works(ANNA, "10:00-12:00"), busy(ANNA, "10:00-11:00"))
    assert times(free_slots(SATURDAY, ONE_HOUR, calendar, EARLY)) == ["11:00"]


def test_a_break_of_the_master_is_not_bridged_even_where_it_takes_no_time():
    calendar = salon(works(ANNA, "10:00-11:00", "11:00-13:00"))
    assert times(free_slots(SATURDAY, TWO_HOURS, calendar, EARLY)) == ["11:00"]


def test_starts_stand_on_the_grid_from_the_beginning_of_each_stretch_of_work():
    rules = BookingRules(Grid(step_s=45 * 60))
    calendar = salon(works(ANNA, "10:10-12:30", "14:00-16:00"), rules=rules)
    assert times(free_slots(SATURDAY, ONE_HOUR, calendar, EARLY)) == ["10:10", "10:55", "14:00", "14:45"]


def test_a_fixed_grid_is_counted_from_its_own_beginning_and_offers_nothing_outside_its_ends():
    rules = BookingRules(Grid(HOUR_S, GridBase.FIXED, *span("09:30-12:30")))
    calendar = salon(works(ANNA, "09:00-18:00"), rules=rules)
    assert times(free_slots(SATURDAY, ONE_HOUR, calendar, EARLY)) == ["09:30", "10:30", "11:30", "12:30"]


def test_the_hours_for_online_booking_cut_a_grid_that_follows_the_schedule():
    rules = BookingRules(Grid(HOUR_S, GridBase.SCHEDULE, *span("11:00-13:00")))
    calendar = salon(works(ANNA, "10:15-18:00"), rules=rules)
    assert times(free_slots(SATURDAY, ONE_HOUR, calendar, EARLY)) == ["11:15", "12:15"]


def test_a_start_must_be_later_than_now_and_the_salons_notice():
    calendar = salon(works(ANNA, "10:00-15:00"), rules=BookingRules(Grid(HOUR_S), notice_s=2 * HOUR_S))
    assert times(free_slots(SATURDAY, ONE_HOUR, calendar, clock("10:00"))) == ["13:00", "14:00"]
    assert times(free_slots(SATURDAY, ONE_HOUR, calendar, clock("10:59:59"))) == ["13:00", "14:00"]
    assert times(free_slots(SATURDAY, ONE_HOUR, calendar, clock("11:00"))) == ["14:00"]
    assert free_slots(SATURDAY, ONE_HOUR, calendar, clock("09:00", SUNDAY)) == ()


def test_nothing_is_offered_beyond_the_horizon():
    calendar = salon(works(ANNA, "10:00-11:00"), rules=BookingRules(Grid(HOUR_S), horizon_days=14))
    assert free_slots(SATURDAY, ONE_HOUR, calendar, clock("23:00", date(2026, 11, 7)))
    assert not free_slots(SATURDAY, ONE_HOUR, calendar, clock("23:00", date(2026, 11, 6)))


def test_a_day_that_the_calendar_does_not_know_is_not_free():
    assert free_slots(SUNDAY, ONE_HOUR, salon(works(ANNA, "10:00-18:00")), EARLY) == ()


def test_anyone_is_every_master_who_takes_the_visit_each_with_their_own_length():
    calendar = salon(works(OLGA, "10:00-12:00"), works(ANNA, "10:00-12:00"))
    slots = free_slots(SATURDAY, {ANNA.id: HOUR_S, OLGA.id: 2 * HOUR_S}, calendar, EARLY)
    assert said(slots) == ["сб 10:00 Анна", "сб 10:00 Ольга", "сб 11:00 Анна"]
    assert [one.length_s for one in slots] == [HOUR_S, 2 * HOUR_S, HOUR_S]


def test_several_days_come_in_the_order_they_were_asked_for():
    calendar = salon(works(ANNA, "10:00-11:00"), works(ANNA, "12:00-13:00", day=SUNDAY))
    slots = free_slots_on([SUNDAY, SATURDAY, date(2026, 11, 23)], ONE_HOUR, calendar, EARLY)
    assert said(slots) == ["вс 12:00 Анна", "сб 10:00 Анна"]


def test_one_masters_appointments_take_nothing_of_anothers_time():
    calendar = salon(works(ANNA, "10:00-11:00"), busy(OLGA, "10:00-11:00"))
    assert times(free_slots(SATURDAY, ONE_HOUR, calendar, EARLY)) == ["10:00"]


def test_an_appointment_that_moves_does_not_stand_in_its_own_way_but_others_do():
    calendar = salon(works(ANNA, "10:00-13:00"), busy(ANNA, "10:00-12:00", 100), busy(ANNA, "12:00-12:30", 101))
    moving = AppointmentId(100)
    assert times(free_slots(SATURDAY, ONE_HOUR, calendar, EARLY, moving=moving)) == ["10:00", "11:00"]


def test_a_window_held_by_a_waiting_move_is_free_for_that_appointment_alone():
    old, held = busy(ANNA, "10:00-11:00", 100), busy(ANNA, "12:00-13:00", 100)
    calendar = salon(works(ANNA, "10:00-13:00"), old, held)
    assert times(free_slots(SATURDAY, ONE_HOUR, calendar, EARLY)) == ["11:00"]
    assert times(free_slots(SATURDAY, ONE_HOUR, calendar, EARLY, moving=AppointmentId(100))) == [
        "10:00",
        "11:00",
        "12:00",
    ]


def test_a_window_held_by_a_waiting_booking_is_not_promised_twice():
    held = Busy(ANNA.id, clock("10:00"), HOUR_S)
    calendar = salon(works(ANNA, "10:00-12:00"), held)
    assert times(free_slots(SATURDAY, ONE_HOUR, calendar, EARLY, moving=AppointmentId(100))) == ["11:00"]


def test_what_runs_past_midnight_takes_the_next_morning_as_well():
    late = busy(ANNA, "23:30-24:00")
    late = Busy(late.master, late.start, 2 * HOUR_S)
    calendar = salon(works(ANNA, "00:00-03:00", day=SUNDAY), late)
    assert times(free_slots(SUNDAY, ONE_HOUR, calendar, EARLY)) == ["02:00"]


@pytest.mark.parametrize(
    ("gone", "frees"),
    [
        (appointment("10:00-11:00", deleted=True), True),
        (appointment("10:00-11:00", attendance=Attendance.NO_SHOW), True),
        (appointment("10:00-11:00", activity=5), True),
        (appointment("10:00-11:00", attendance=Attendance.CONFIRMED), False),
        (appointment("10:00-11:00", attendance=Attendance.CAME), False),
    ],
)
def test_what_is_cancelled_or_only_a_place_in_an_event_takes_no_time(gone, frees):
    calendar = salon(works(ANNA, "10:00-11:00"), *busy_with([gone]))
    assert bool(free_slots(SATURDAY, ONE_HOUR, calendar, EARLY)) is frees


def test_a_no_show_keeps_its_time_where_the_salon_says_so():
    rules = BookingRules(no_show_frees_time=False)
    assert busy_with([appointment("10:00-11:00", attendance=Attendance.NO_SHOW)], rules=rules)


def test_a_group_event_takes_its_masters_time_with_the_technical_break():
    event = GroupEvent(EventId(1), appointment("10:00-11:00").services[0], ANNA, clock("11:00"), HOUR_S + 900, 10, 0)
    calendar = salon(works(ANNA, "10:00-14:00"), *busy_with([], [event]))
    assert times(free_slots(SATURDAY, ONE_HOUR, calendar, EARLY)) == ["10:00", "13:00"]


def test_an_hour_that_the_clock_skips_in_spring_is_not_offered():
    day = date(2026, 3, 29)
    calendar = salon(works(ANNA, "01:00-05:00", day=day), zone=BERLIN)
    assert times(free_slots(day, ONE_HOUR, calendar, clock("12:00", date(2026, 3, 28)))) == ["01:00", "03:00", "04:00"]


def test_a_midnight_that_the_clock_skips_is_not_offered():
    day = date(2026, 4, 24)
    calendar = salon(works(ANNA, "00:00-03:00", day=day), zone=CAIRO)
    assert times(free_slots(day, ONE_HOUR, calendar, clock("12:00", date(2026, 4, 23)))) == ["01:00", "02:00"]


def test_a_visit_over_the_skipped_hour_is_as_long_as_the_journal_draws_it():
    day = date(2026, 3, 29)
    calendar = salon(works(ANNA, "01:00-04:00", day=day), zone=BERLIN)
    slots = free_slots(day, TWO_HOURS, calendar, clock("12:00", date(2026, 3, 28)))
    assert times(slots) == ["01:00"]
    assert slots[0].length_s == 2 * HOUR_S


def test_an_hour_that_the_clock_shows_twice_is_offered_once():
    day = date(2026, 10, 25)
    calendar = salon(works(ANNA, "01:00-04:00", day=day), zone=BERLIN)
    assert times(free_slots(day, ONE_HOUR, calendar, clock("12:00", date(2026, 10, 24)))) == ["01:00", "02:00", "03:00"]


@pytest.mark.parametrize("length_s", [0, -60])
def test_a_visit_without_length_is_refused_with_the_master_named(length_s):
    with pytest.raises(ValueError, match="master 1 must take a positive number of seconds"):
        free_slots(SATURDAY, {ANNA.id: length_s}, salon(works(ANNA, "10:00-12:00")), EARLY)


@pytest.mark.parametrize("step_s", [0, -900])
def test_a_grid_without_step_is_refused(step_s):
    with pytest.raises(ValueError, match="step must be a positive number of seconds"):
        Grid(step_s)


@pytest.mark.parametrize("wrong", [Span(-1, 10), Span(20, 10), Span(0, 86_401)])
def test_work_outside_its_day_is_refused(wrong):
    with pytest.raises(ValueError, match="does not lie within the day"):
        WorkingDay(ANNA, SATURDAY, (wrong,))


def test_time_taken_backwards_is_refused():
    with pytest.raises(ValueError, match="can't take -60 seconds"):
        Busy(ANNA.id, clock("10:00"), -60)
