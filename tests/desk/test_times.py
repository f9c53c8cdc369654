"""Days as people type them, and as the desk says them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as some

from frontdesk.desk.times import day_of, long_day
from frontdesk.desk.words import Words


@given(some.dates(min_value=date(1000, 1, 1)))
def test_a_day_is_read_as_it_is_written_here_without_its_points_and_as_links_have_it(day: date) -> None:
    for written in (f"{day:%d.%m.%Y}", f"{day.day}.{day.month}.{day.year}", f"{day:%d%m%Y}", day.isoformat()):
        assert day_of(written) == day


@pytest.mark.parametrize(
    "written", ["", "x", "31.02.2026", "2026-13-45", "21.11.26", "٢١.١١.٢٠٢٦", "21.11.2026x", "1" * 400]
)
def test_what_is_no_day_is_none(written: str) -> None:
    assert day_of(written) is None


def test_a_day_is_said_with_its_weekday_and_month() -> None:
    assert long_day(date(2026, 11, 21), Words("ru")) == "сб 21 ноября"
    assert long_day(date(2026, 3, 1), Words("en")) == "Sun 1 March"
