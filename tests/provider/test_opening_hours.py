"""When a salon is open is read from its masters' schedule, so that «в три» is an hour at which somebody works."""

from datetime import date, time, timedelta

from frontdesk.booking.appointments import Master
from frontdesk.booking.ids import MasterId
from frontdesk.booking.schedules import WorkingDay
from frontdesk.booking.spans import DAY_S, Span
from frontdesk.provider.hours import opening_hours

ANNA, OLGA = Master(MasterId(1), "Анна"), Master(MasterId(2), "Ольга")
MONDAY = date(2026, 11, 23)
HOUR_S = 3600


def works(master: Master, day: date, first: int, last: int) -> WorkingDay:
    return WorkingDay(master, day, (Span(first * HOUR_S, last * HOUR_S),))


def test_it_is_open_from_the_first_master_to_the_last() -> None:
    tuesday = MONDAY + timedelta(days=1)
    days = [works(ANNA, MONDAY, 9, 15), works(OLGA, MONDAY, 12, 21), works(ANNA, tuesday, 11, 18)]
    hours = opening_hours(days)
    assert hours is not None
    assert hours.of(0) == (time(9), time(21))
    assert hours.of(1) == (time(11), time(18))
    assert hours.of(None) == hours.of(6) == (time(9), time(21))


def test_whoever_works_until_midnight_works_until_the_last_minute() -> None:
    hours = opening_hours([WorkingDay(ANNA, MONDAY, (Span(20 * HOUR_S, DAY_S),))])
    assert hours is not None
    assert hours.of(0) == (time(20), time(23, 59))


def test_of_a_salon_where_nobody_works_nothing_is_known() -> None:
    assert opening_hours([WorkingDay(ANNA, MONDAY, ())]) is None
