from datetime import date, time

import pytest
from diary import ANNA, OLGA, SATURDAY, SUNDAY, said, slot, times

from frontdesk.booking.wishes import Wish, matching, nearest

FRIDAY, MONDAY = date(2026, 11, 20), date(2026, 11, 23)
DAY = tuple(slot(shown) for shown in ("09:00", "12:00", "14:45", "15:00", "17:00", "18:00", "21:00"))


def on_saturday(**wished) -> Wish:
    return Wish(SATURDAY, SATURDAY, **wished)


@pytest.mark.parametrize(
    ("wish", "fitting"),
    [
        (Wish(), ["09:00", "12:00", "14:45", "15:00", "17:00", "18:00", "21:00"]),
        (Wish(at=time(15)), ["15:00"]),
        (Wish(at=time(15, 10)), []),
        (Wish(since=time(12), until=time(17)), ["12:00", "14:45", "15:00"]),
        (Wish(since=time(18)), ["18:00", "21:00"]),
        (Wish(until=time(12)), ["09:00"]),
        (Wish(since=time(18), until=time(0)), ["18:00", "21:00"]),
        (Wish(since=time(20), until=time(10)), ["09:00", "21:00"]),
        (Wish(since=time(22)), []),
        (Wish(since=time(17, 0, 1)), ["18:00", "21:00"]),
    ],
)
def test_a_time_fits_from_the_beginning_of_a_window_and_before_its_end(wish, fitting):
    assert times(matching(DAY, wish)) == fitting


@pytest.mark.parametrize(
    ("wish", "fitting"),
    [
        (Wish(SATURDAY, SATURDAY), ["сб 10:00 Анна"]),
        (Wish(SATURDAY, SUNDAY), ["сб 10:00 Анна", "вс 10:00 Анна"]),
        (Wish(FRIDAY, SUNDAY), ["пт 10:00 Анна", "сб 10:00 Анна", "вс 10:00 Анна"]),
        (Wish(SUNDAY), ["вс 10:00 Анна", "пн 10:00 Анна"]),
        (Wish(last_day=SATURDAY), ["пт 10:00 Анна", "сб 10:00 Анна"]),
        (Wish(SATURDAY, SATURDAY, master=OLGA.id), []),
    ],
)
def test_a_day_fits_between_the_first_and_the_last_where_they_were_said(wish, fitting):
    slots = [slot("10:00", day=day) for day in (FRIDAY, SATURDAY, SUNDAY, MONDAY)]
    assert said(matching(slots, wish)) == fitting


def test_the_wished_master_on_the_wished_day_comes_first_then_others_that_day_then_near_days():
    slots = [
        slot("15:00", OLGA),
        slot("11:00", ANNA),
        slot("15:00", ANNA, SUNDAY),
        slot("15:30", OLGA, SUNDAY),
        slot("15:00", ANNA, MONDAY),
        slot("15:30", ANNA, FRIDAY),
        slot("16:00", ANNA),
    ]
    assert said(nearest(slots, on_saturday(at=time(15), master=ANNA.id), 10)) == [
        "сб 16:00 Анна",
        "сб 11:00 Анна",
        "сб 15:00 Ольга",
        "вс 15:00 Анна",
        "пт 15:30 Анна",
        "вс 15:30 Ольга",
        "пн 15:00 Анна",
    ]


def test_what_was_wished_comes_first_where_it_is_free():
    assert times(nearest(DAY, on_saturday(at=time(15)), 3)) == ["15:00", "14:45", "17:00"]


def test_for_a_window_what_lies_in_it_comes_first_from_its_beginning():
    wish = on_saturday(since=time(12), until=time(17))
    assert times(nearest(DAY, wish, 5)) == ["12:00", "14:45", "15:00", "17:00", "18:00"]


def test_with_no_wish_the_soonest_is_the_nearest():
    slots = [slot("12:00", day=SUNDAY), slot("18:00"), slot("09:00")]
    assert said(nearest(slots, Wish(), 2)) == ["сб 09:00 Анна", "сб 18:00 Анна"]


def test_an_evening_of_any_day_is_nearer_than_a_morning_today():
    slots = [slot("09:00"), slot("19:00", day=MONDAY), slot("18:00", day=SUNDAY)]
    assert said(nearest(slots, Wish(since=time(18)), 3)) == ["вс 18:00 Анна", "пн 19:00 Анна", "сб 09:00 Анна"]


def test_two_masters_free_at_one_time_are_one_proposal():
    slots = [slot("15:00", OLGA), slot("15:00", ANNA), slot("16:00", OLGA)]
    assert said(nearest(slots, Wish(master=OLGA.id), 5)) == ["сб 15:00 Ольга", "сб 16:00 Ольга"]
    assert said(nearest(slots, Wish(), 5)) == ["сб 15:00 Анна", "сб 16:00 Ольга"]


@pytest.mark.parametrize(("slots", "limit"), [((), 5), (DAY, 0)])
def test_nothing_is_near_where_nothing_is_free_or_nothing_was_asked_for(slots, limit):
    assert nearest(slots, Wish(), limit) == ()


def test_a_wish_for_an_exact_time_and_a_window_is_refused():
    with pytest.raises(ValueError, match="an exact time or a window, not both"):
        Wish(at=time(15), since=time(12))


def test_a_wish_whose_days_run_backwards_is_refused():
    with pytest.raises(ValueError, match="run from 2026-11-22 back to 2026-11-21"):
        Wish(SUNDAY, SATURDAY)
