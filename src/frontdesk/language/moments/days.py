"""Rules that read a day by its name: today, a weekday, a week, a weekend, a month, a holiday."""

from datetime import date, timedelta

from frontdesk.language.heard import PartOfDay
from frontdesk.language.moments.atoms import Atom, Clock, Day, Half, Instant, Sort
from frontdesk.language.moments.calendar import (
    coming_day,
    day_of,
    easter,
    full_year,
    monday,
    month_window,
)
from frontdesk.language.moments.matching import Caught, Rule, rule

_FRIDAY, _SATURDAY, _SUNDAY = 4, 5, 6
_EDGE_DAYS = 5


def _offset(caught: Caught) -> Atom:
    days = int(caught["day_offset"])
    return Day(_today(caught) + timedelta(days=days), Sort.RELATIVE, past=days < 0, also=_also(caught))


def _also(caught: Caught) -> PartOfDay | None:
    senses = caught.scene.senses[caught.at("day_offset")]
    same_word = "part" in senses and senses["part"][1] == senses["day_offset"][1]
    return PartOfDay(senses["part"][0]) if same_word else None


def _now(caught: Caught) -> Atom:
    now = caught.scene.now
    return Instant(now.date(), Clock(now.hour, now.minute, Half.EXACT))


def _weekday(caught: Caught) -> Atom:
    weekday = int(caught["weekday"])
    return weekday_from(_today(caught), weekday, caught.get("which"))


_BESIDE_SHORT = frozenset({"number", "pair", "triple", "clock", "ordinal", "month", "part", "at", "on", "which", "dash"})


def _short_weekday(caught: Caught) -> Atom | None:
    """A short name that is also a common word ("so", "sat") is a weekday only beside a date, an hour or a preposition."""
    scene, at = caught.scene, caught.at("weekday_weak")
    beside = [scene.senses[place] for place in (at - 1, at + 1) if 0 <= place < len(scene.tokens)]
    if beside and all(_BESIDE_SHORT.isdisjoint(senses) for senses in beside):
        return None
    return weekday_from(_today(caught), int(caught["weekday_weak"]), None)


def weekday_from(today: date, weekday: int, which: str | None) -> Day:
    """The day that a weekday means, said with or without «эта», «следующая», «прошлая».

    Without a word it is the nearest one ahead; on the same weekday people say "today", so a week from now is meant first.
    The following one is of the following week; the nearest ahead is a second reading, unless it is the same day.
    """
    ahead = (weekday - today.weekday()) % 7
    near = today + timedelta(days=ahead)
    far = today + timedelta(days=7) if ahead == 0 else near
    following = monday(today, 1) + timedelta(days=weekday)
    match which:
        case None:
            others = ((near, 0.3),) if near != far else ()
            return Day(far, Sort.WEEKDAY, weekday=weekday, weight=0.7 if others else 1.0, others=others)
        case "next":
            others = ((near, 0.4),) if near != following and ahead else ()
            return Day(following, Sort.WEEKDAY, weekday=weekday, weight=0.6 if others else 1.0, others=others)
        case "this":
            others = ((near + timedelta(days=7), 0.3),) if near < monday(today, 1) else ()
            return Day(near, Sort.WEEKDAY, weekday=weekday, weight=0.7 if others else 1.0, others=others)
        case "after_next":
            return Day(near + timedelta(days=7), Sort.WEEKDAY, weekday=weekday)
        case "last":
            return Day(near - timedelta(days=7), Sort.WEEKDAY, weekday=weekday, past=True)
        case "before_last":
            return Day(near - timedelta(days=14), Sort.WEEKDAY, weekday=weekday, past=True)
        case _:
            return Day(near, Sort.WEEKDAY, weekday=weekday)


_WEEKS = {"this": 0, "next": 1, "coming": 1, "last": -1, "before_last": -2, "nearest": 0, "after_next": 2}


def _week(caught: Caught) -> Atom | None:
    if caught["unit"] != "week":
        return None
    offset = _WEEKS[caught["which"]]
    return week_from(_today(caught), offset)


def _week_after(caught: Caught) -> Atom | None:
    """"the week after next", «неделя следующая»."""
    return _week(caught) if caught["which"] in {"after_next", "next"} else None


def week_from(today: date, offset: int) -> Day:
    """A week as a window; of the current one only what is still ahead."""
    first = monday(today, offset)
    last = first + timedelta(days=6)
    return Day(max(first, today) if offset == 0 else first, Sort.WEEK, last, past=offset < 0)


def _week_edge(caught: Caught) -> Atom | None:
    if caught["unit"] != "week":
        return None
    which = caught.get("which")
    first = monday(_today(caught), _WEEKS[which] if which else 0)
    lead = {"begin": (0, 1), "middle": (2, 4), "end": (5, 6)}[caught["edge"]]
    start, end = first + timedelta(days=lead[0]), first + timedelta(days=lead[1])
    if which is None and end < _today(caught):
        start, end = start + timedelta(days=7), end + timedelta(days=7)
    return Day(max(start, _today(caught)), Sort.WINDOW, end)


def _weekend(caught: Caught) -> Atom:
    today = _today(caught)
    which = caught.get("which") or "this"
    saturday = monday(today, _WEEKS[which]) + timedelta(days=_SATURDAY)
    sunday = saturday + timedelta(days=1)
    return Day(max(saturday, today) if which == "this" else saturday, Sort.WINDOW, sunday, past=sunday < today)


def _unit_window(caught: Caught) -> Atom | None:
    """«в следующем месяце», «в начале месяца», "end of next month"."""
    if caught["unit"] != "month":
        return None
    which = caught.get("which")
    first, last = month_window(_today(caught), _WEEKS[which] if which else 0)
    window = edge_of(first, last, caught.get("edge"))
    if which is None and window[1] < _today(caught):
        window = edge_of(*month_window(_today(caught), 1), caught.get("edge"))
    return _window(window, _today(caught))


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
    if not said and "month" not in caught:
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
    return full_year(numbers[-1]) if len(numbers[-1]) == 4 else None  # noqa: PLR2004 - a written year


def _month_of_year(caught: Caught) -> Atom | None:
    return _month(caught) if _year(caught) is not None else None


_SEASONS = {"spring": 3, "summer": 6, "autumn": 9, "winter": 12}


def _season(caught: Caught) -> Atom | None:
    today = _today(caught)
    first = coming_day(today, _SEASONS[caught["season"]], 1)
    if first is None:
        return None
    return Day(first, Sort.WINDOW, month_window(first, 2)[1])


def _holiday(caught: Caught) -> Atom | None:
    month, day = (int(part) for part in caught["holiday"].split("-"))
    found = coming_day(_today(caught), month, day)
    return None if found is None else Day(found, Sort.DATE)


def _feast(caught: Caught) -> Atom | None:
    today = _today(caught)
    days = (easter(year, orthodox=caught["feast"].startswith("orthodox")) for year in (today.year, today.year + 1))
    return next((Day(day, Sort.DATE) for day in days if day >= today), None)


def _workday(caught: Caught) -> Atom | None:
    if caught["which"] not in {"next", "nearest", "coming"}:
        return None
    day = _today(caught) + timedelta(days=1)
    while day.weekday() >= _SATURDAY:
        day += timedelta(days=1)
    return Day(day, Sort.RELATIVE)


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
    first = coming_day(_today(caught), int(caught["month"]), 28) if year is None else day_of(year, int(caught["month"]), 1)
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
        day = _last_of(last, caught.get("weekday"), units[0] if units else None)
        if day is not None and day >= today:
            return Day(day, Sort.DATE)
    return None


def _last_of(last: date, weekday: str | None, unit: str | None) -> date | None:
    if weekday is not None:
        return last - timedelta(days=(last.weekday() - int(weekday)) % 7)
    if unit == "day":
        return last
    if unit == "weekday":
        return last - timedelta(days=max(0, last.weekday() - _FRIDAY))
    return None


def _today(caught: Caught) -> date:
    return caught.scene.now.date()


DAYS: tuple[Rule, ...] = (
    rule("relative day", "day_offset", _offset),
    rule("now", "now", _now),
    rule("weekday", "each? the? which? weekday which?", _weekday),
    rule("short weekday", "weekday_weak", _short_weekday),
    rule("week", "which unit", _week),
    rule("week", "the? unit which", _week_after),
    rule("week's part", "edge of? the? which? unit", _week_edge),
    rule("weekend", "which? weekend", _weekend),
    rule("month window", "edge? of? the? which? unit", _unit_window),
    rule("month", "the? edge? of? which? month|month_short", _month),
    rule("month of a year", "edge? of? month|month_short number year_mark?", _month_of_year),
    rule("week of a month", "the? final|ordinal unit of? month number?", _week_of_month),
    rule("last weekday of a month", "the? final weekday of? each? the? unit|month", _final),
    rule("last day of a month", "the? final unit of? each? the? unit|month", _final),
    rule("season", "season", _season),
    rule("holiday", "holiday", _holiday),
    rule("feast", "feast", _feast),
    rule("working day", "which workday", _workday),
    rule("weekday of a month", "the? ordinal weekday of? each? the? unit|month", _nth_weekday),
)
