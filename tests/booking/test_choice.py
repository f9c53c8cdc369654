from datetime import timedelta

import pytest
from diary import ANNA, OLGA, SATURDAY, clock, said, slot, times

from frontdesk.booking.choice import choice
from frontdesk.booking.slots import Slot


def every(minutes: int, first: str, last: str) -> list[Slot]:
    count = (clock(last) - clock(first)) // timedelta(minutes=minutes)
    return [slot(f"{clock(first) + timedelta(minutes=minutes * n):%H:%M}") for n in range(count + 1)]


def test_few_free_times_are_all_shown():
    assert times(choice(every(15, "09:00", "11:15"))) == times(tuple(every(15, "09:00", "11:15")))


def test_a_free_day_is_shown_by_the_hour_and_not_by_its_first_ten_quarters():
    assert times(choice(every(15, "09:00", "18:45"))) == [f"{hour:02}:00" for hour in range(9, 19)]


def test_a_longer_day_is_shown_by_an_hour_and_a_half():
    shown = times(choice(every(15, "09:00", "20:45")))
    assert shown == ["09:00", "10:30", "12:00", "13:30", "15:00", "16:30", "18:00", "19:30"]


def test_a_lonely_evening_time_is_not_lost_behind_a_free_morning():
    assert "19:45" in times(choice([*every(5, "09:00", "12:55"), slot("19:45")]))


def test_the_first_free_time_is_always_there():
    assert times(choice(every(15, "09:45", "18:45"), limit=3)) == ["09:45", "12:00", "16:00"]


def test_several_masters_free_at_a_time_are_shown_once_by_the_first_given():
    assert said(choice([slot("10:00", OLGA), slot("10:00", ANNA)])) == ["сб 10:00 Ольга"]


def test_many_days_are_thinned_to_a_choice_that_covers_them():
    slots = [slot("10:00", day=SATURDAY + timedelta(days=n)) for n in range(60)]
    shown = choice(slots)
    assert 5 <= len(shown) <= 10
    assert shown[0] == slots[0]
    assert shown[-1].start - shown[0].start > timedelta(days=45)


def test_a_choice_of_nothing_is_empty():
    assert choice([]) == ()


def test_a_choice_that_may_show_nothing_is_refused():
    with pytest.raises(ValueError, match="at least one slot, not 0"):
        choice(every(15, "09:00", "12:00"), limit=0)
