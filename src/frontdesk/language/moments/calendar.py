"""Days counted from a day: weekdays, months, windows, feasts. Where the calendar has no such day the answer is None."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, datetime, timedelta

_SATURDAY = 5
_LAST_YEAR = 9000
_CENTURY_TURN = 50


@dataclass(frozen=True, slots=True)
class Span:
    """An amount of time; months and days are counted on the calendar, seconds on the clock."""

    months: int = 0
    days: int = 0
    workdays: int = 0
    seconds: int = 0

    def __add__(self, other: "Span") -> "Span":
        return Span(
            self.months + other.months,
            self.days + other.days,
            self.workdays + other.workdays,
            self.seconds + other.seconds,
        )

    def times(self, count: float) -> "Span":
        """The span taken `count` times; half a month is fifteen days, half a day twelve hours."""
        months = self.months * count
        days = self.days * count + 30 * (months - int(months))
        seconds = self.seconds * count + (days - int(days)) * 86400
        return Span(int(months), int(days), round(self.workdays * count), round(seconds))

    @property
    def is_clock(self) -> bool:
        """Whether adding it to a moment says the time of day as well."""
        return self.seconds != 0


def shifted(start: datetime, span: Span, direction: int = 1) -> datetime | None:
    """The moment a span after (or before, with -1) another; None beyond the calendar."""
    try:
        day = _shifted_months(start.date(), direction * span.months)
        for _ in range(min(span.workdays, 400)):
            day = _next_workday(day, direction)
        moved = datetime.combine(day, start.time()) + direction * timedelta(days=span.days, seconds=span.seconds)
    except (OverflowError, ValueError):
        return None
    return moved if 1 < moved.year < _LAST_YEAR else None


def _shifted_months(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def _next_workday(day: date, direction: int) -> date:
    day += timedelta(days=direction)
    while day.weekday() >= _SATURDAY:
        day += timedelta(days=direction)
    return day


def full_year(digits: str) -> int:
    """The year that two or four digits stand for: «96» is 1996, «26» is 2026."""
    year = int(digits)
    if len(digits) > 2:  # noqa: PLR2004 - a year of two digits, as written
        return year
    return year + (1900 if year > _CENTURY_TURN else 2000)


def day_of(year: int, month: int, day: int) -> date | None:
    """The calendar day, or None where there is none."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def coming_day(today: date, month: int, day: int) -> date | None:
    """The next such day of the year, today included; the 29th of February only in this year or the next."""
    this = day_of(today.year, month, day)
    if this is not None and this >= today:
        return this
    return day_of(today.year + 1, month, day)


def coming_number(today: date, day: int, months_ahead: int | None = None) -> date | None:
    """The next day with this number in its month, today included; or the one `months_ahead` of this month."""
    first = today.replace(day=1)
    if months_ahead is not None:
        month = _shifted_months(first, months_ahead)
        return day_of(month.year, month.month, day)
    for ahead in range(3):
        month = _shifted_months(first, ahead)
        found = day_of(month.year, month.month, day)
        if found is not None and found >= today:
            return found
    return None


def monday(day: date, weeks: int = 0) -> date:
    """The Monday of the day's week, or of one some weeks away."""
    return day - timedelta(days=day.weekday()) + timedelta(weeks=weeks)


def month_window(day: date, months: int = 0) -> tuple[date, date]:
    """First and last day of the day's month, or of one some months away."""
    first = _shifted_months(day.replace(day=1), months)
    return first, first.replace(day=monthrange(first.year, first.month)[1])


def easter(year: int, *, orthodox: bool) -> date:
    """Easter Sunday: the Gregorian computus, or the Julian one carried to the civil calendar (1900-2099)."""
    if orthodox:
        moon = (19 * (year % 19) + 15) % 30
        week = (2 * (year % 4) + 4 * (year % 7) - moon + 34) % 7
        month, day = divmod(moon + week + 114, 31)
        return date(year, month, day + 1) + timedelta(days=13)
    century = year // 100
    epact = (19 * (year % 19) + century - century // 4 - (8 * century + 13) // 25 + 15) % 30
    epact -= (epact // 28) * (1 - (29 // (epact + 1)) * ((21 - year % 19) // 11))
    weekday = (year + year // 4 + epact + 2 - century + century // 4) % 7
    offset = epact - weekday
    month = 3 + (offset + 40) // 44
    return date(year, month, offset + 28 - 31 * (month // 4))
