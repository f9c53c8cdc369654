from diary import ANNA, EARLY, OLGA, appointment, busy, clock, salon, works

from frontdesk.booking.freed import freed_windows
from frontdesk.booking.schedules import busy_with

CANCELLED = appointment("12:00-13:00", 100)


def windows(*parts, gone=CANCELLED, now=EARLY) -> list[str]:
    calendar = salon(*parts)
    return [f"{one.start:%H:%M}-{one.end:%H:%M} {one.master.name}" for one in freed_windows(gone, calendar, now)]


def test_a_cancellation_frees_its_time_joined_with_what_was_free_beside_it():
    parts = (works(ANNA, "10:00-18:00"), busy(ANNA, "10:00-11:30"), busy(ANNA, "15:00-18:00"), *busy_with([CANCELLED]))
    assert windows(*parts) == ["11:30-15:00 Анна"]


def test_it_is_the_same_once_the_journal_no_longer_has_it():
    assert windows(works(ANNA, "10:00-18:00"), busy(ANNA, "13:00-18:00")) == ["10:00-13:00 Анна"]


def test_the_windows_of_others_and_of_the_rest_of_the_day_are_not_freed():
    parts = (works(ANNA, "10:00-18:00"), works(OLGA, "10:00-18:00"), busy(ANNA, "13:00-14:00"))
    assert windows(*parts) == ["10:00-13:00 Анна"]


def test_time_that_somebody_else_has_as_well_is_not_freed():
    assert windows(works(ANNA, "10:00-18:00"), busy(ANNA, "11:00-14:00", 101)) == []
    assert windows(works(ANNA, "10:00-18:00"), busy(ANNA, "12:20-12:40", 101)) == [
        "10:00-12:20 Анна",
        "12:40-18:00 Анна",
    ]


def test_time_outside_the_working_day_is_not_freed():
    assert windows(works(ANNA, "10:00-12:00")) == []
    assert windows(works(ANNA, "10:00-12:30")) == ["10:00-12:30 Анна"]
    assert windows() == []


def test_what_is_past_is_not_freed():
    assert windows(works(ANNA, "10:00-18:00"), now=clock("12:30")) == ["12:30-18:00 Анна"]
    assert windows(works(ANNA, "10:00-18:00"), now=clock("13:00")) == []
