"""Rules that read a month or a day by its place in one: «в марте», «в начале месяца», «последняя пятница мая»."""

from dataclasses import replace
from datetime import date, timedelta

from frontdesk.language.moments.atoms import Atom, Day, Sort
from frontdesk.language.moments.calendar import coming_day, day_of, full_year, month_window
from frontdesk.language.moments.matching import Caught, Rule, rule

_FRIDAY = 4
_EDGE_DAYS = 5
_OLDEST = "1900"
_MONTHS = {"this": 0, "nearest": 0, "next": 1, "coming": 1, "after_next": 2, "last": -1, "before_last": -2}


def _unit_window(caught: Caught) -> Atom | None:
    """«в следующем месяце», «в начале месяца», "end of next month"."""
    if caught["unit"] != "month":
        return None
    which = caught.get("which")
    first, last = month_window(_today(caught), _MONTHS[which] if which else 0)
    window = edge_of(first, last, caught.get("edge"))
    if which is None and window[1] < _today(caught):
        window = edge_of(*month_window(_today(caught), 1), caught.get("edge"))
    return replace(_window(window, _today(caught)), counted=which is not None)


def edge_of(first: date, last: date, edge: str | None) -> tuple[date, date]:
    """The beginning, middle or end of a month as a window."""
    match edge:
        case "begin":
            return first, first + timedelta(days=_EDGE_DAYS - 1)
        case "middle":
            return first + timedelta(days=10), first + timedelta(days=19)
        case "end":
            return last - timedelta(days=_EDGE_DAYS - 1), last
        case _:
            return first, last


def _window(window: tuple[date, date], today: date) -> Day:
    first, last = window
    ahead = first <= today <= last
    return Day(today if ahead else first, Sort.WINDOW, last, past=last < today)


def _month(caught: Caught) -> Atom | None:
    today = _today(caught)
    month = int(caught.get("month") or caught["month_short"])
    year = _year(caught)
    first = day_of(year or today.year, month, 1)
    if first is None:
        return None
    window = edge_of(*month_window(first), caught.get("edge"))
    if year is None and window[1] < today:
        window = edge_of(*month_window(first, 12), caught.get("edge"))
    day = _window(window, today)
    said = "edge" in caught or "which" in caught or "number" in caught or _led(caught)
    if not said and ("month" not in caught or "name" in caught.scene.senses[caught.at("month")]):
        return None
    return Day(day.first, day.sort, day.last, has_year=year is not None, past=day.past, bare=not said)


_BEFORE_A_MONTH = frozenset({"at", "in", "on", "until", "by", "from", "after", "before", "of"})


def _led(caught: Caught) -> bool:
    at = caught.parts[0][2]
    return at > 0 and not caught.scene.senses[at - 1].keys().isdisjoint(_BEFORE_A_MONTH)


def _year(caught: Caught) -> int | None:
    numbers = caught.all("number")
    if not numbers:
        return None
    written = len(numbers[-1]) == 4  # noqa: PLR2004 - a year
    return full_year(numbers[-1]) if written and numbers[-1] >= _OLDEST else None


def _month_of_year(caught: Caught) -> Atom | None:
    return _month(caught) if _year(caught) is not None else None


_SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "winter": 12}


def _season(caught: Caught) -> Atom | None:
    today = _today(caught)
    first = coming_day(today, _SEASONS[caught["season"]], 1)
    if first is None:
        return None
    return Day(first, Sort.WINDOW, month_window(first, 2)[1])


def _nth_weekday(caught: Caught) -> Atom | None:
    """«первый вторник месяца», "second Friday of March"."""
    today = _today(caught)
    month = caught.get("month")
    if month is None and caught.get("unit") != "month":
        return None
    for ahead in range(13):
        first, last = month_window(today, ahead)
        if month is not None and first.month != int(month):
            continue
        lead = (int(caught["weekday"]) - first.weekday()) % 7 + 7 * (int(caught["ordinal"]) - 1)
        day = first + timedelta(days=lead)
        if today <= day <= last:
            return Day(day, Sort.DATE)
    return None


def _week_of_month(caught: Caught) -> Atom | None:
    """«вторая неделя октября» is the second seven days; «последняя» the last seven."""
    if caught["unit"] != "week":
        return None
    year = _year(caught)
    first = (
        coming_day(_today(caught), int(caught["month"]), 28) if year is None else day_of(year, int(caught["month"]), 1)
    )
    if first is None:
        return None
    first, last = month_window(first)
    start = last - timedelta(days=6) if "final" in caught else first + timedelta(days=7 * int(caught["ordinal"]) - 7)
    return Day(start, Sort.WINDOW, min(start + timedelta(days=6), last)) if first <= start <= last else None


def _final(caught: Caught) -> Atom | None:
    """«последняя пятница месяца», «последний рабочий день марта»."""
    today = _today(caught)
    units = caught.all("unit")
    if "month" not in caught and units[-1:] != ["month"]:
        return None
    for ahead in range(13):
        first, last = month_window(today, ahead)
        if "month" in caught and first.month != int(caught["month"]):
            continue
        unit = units[0] if units else None
        day = _last_of(last, caught.get("weekday"), unit)
        if day is not None and day >= today:
            return Day(day, Sort.DATE) if unit != "week" else Day(day, Sort.WINDOW, last)
    return None


def _last_of(last: date, weekday: str | None, unit: str | None) -> date | None:
    if weekday is not None:
        return last - timedelta(days=(last.weekday() - int(weekday)) % 7)
    if unit == "day":
        return last
    if unit == "week":
        return last - timedelta(days=6)
    if unit == "weekday":
        return last - timedelta(days=max(0, last.weekday() - _FRIDAY))
    return None


def _today(caught: Caught) -> date:
    return caught.scene.now.date()


MONTHS: tuple[Rule, ...] = (
    rule("month window", "edge? of? the? which? unit", _unit_window),
    rule("month", "the? edge? of? which? month|month_short", _month),
    rule("month of a year", "edge? of? month|month_short number year_mark?", _month_of_year),
    rule("week of a month", "the? final|ordinal unit of? month number?", _week_of_month),
    rule("last weekday of a month", "the? final weekday of? each? the? unit|month", _final),
    rule("last day of a month", "the? final unit of? each? the? unit|month", _final),
    rule("season", "season", _season),
    rule("weekday of a month", "the? ordinal weekday of? each? the? unit|month", _nth_weekday),
)
