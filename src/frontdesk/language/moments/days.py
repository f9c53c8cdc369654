"""Rules that read a day by its name: today, a weekday, a week, a weekend, a month, a holiday."""

from dataclasses import replace
from datetime import date, timedelta

from frontdesk.language.heard import PartOfDay
from frontdesk.language.moments.atoms import Atom, Clock, Day, Half, Instant, Sort
from frontdesk.language.moments.calendar import (
    Span,
    coming_day,
    easter,
    monday,
    shifted,
)
from frontdesk.language.moments.matching import Caught, Rule, rule

_FRIDAY, _SATURDAY, _SUNDAY = 4, 5, 6


def _offset(caught: Caught) -> Atom:
    days = int(caught["day_offset"])
    return Day(_today(caught) + timedelta(days=days), Sort.RELATIVE, past=days < 0, also=_also(caught))


def _also(caught: Caught) -> PartOfDay | None:
    senses = caught.scene.senses[caught.at("day_offset")]
    same_word = "part" in senses and senses["part"][1] == senses["day_offset"][1]
    return PartOfDay(senses["part"][0]) if same_word else None


def _now(caught: Caught) -> Atom | None:
    at, now = caught.at("now"), caught.scene.now
    if at and "from" in caught.scene.senses[at - 1]:
        return None
    return Instant(now.date(), Clock(now.hour, now.minute, Half.EXACT), now=True)


def _weekday(caught: Caught) -> Atom:
    weekday = int(caught["weekday"])
    return weekday_from(_today(caught), weekday, caught.get("which") or caught.get("which_behind"))


def _weekday_with_part(caught: Caught) -> Atom:
    """As in "Freitagabend"."""
    weekday, part = caught["weekday_part"].split(":")
    return replace(weekday_from(_today(caught), int(weekday), caught.get("which")), part=PartOfDay(part))


_BESIDE_SHORT = frozenset(
    {"number", "pair", "triple", "clock", "ordinal", "month", "part", "at", "on", "which", "dash"}
)


def _short_weekday(caught: Caught) -> Atom | None:
    """A short name that is also a common word ("so", "sat") is a weekday only beside a date, an hour, a preposition."""
    scene, at = caught.scene, caught.at("weekday_weak")
    beside = [scene.senses[place] for place in (at - 1, at + 1) if 0 <= place < len(scene.tokens)]
    if beside and all(_BESIDE_SHORT.isdisjoint(senses) for senses in beside):
        return None
    return weekday_from(_today(caught), int(caught["weekday_weak"]), None)


def weekday_from(today: date, weekday: int, which: str | None) -> Day:
    """The day that a weekday means, said with or without «эта», «следующая», «прошлая».

    Without a word it is the nearest one ahead; said on the same weekday it is today or a week from now.
    The following one is of the following week; the nearest ahead is a second reading, unless it is the same day.
    """
    ahead = (weekday - today.weekday()) % 7
    near = today + timedelta(days=ahead)
    far = today + timedelta(days=7) if ahead == 0 else near
    following = monday(today, 1) + timedelta(days=weekday)
    week = timedelta(days=7)
    first, second, weight = {
        None: (near, far, 0.45),
        "next": (following, near if ahead else following, 0.45),
        "this": (near, near + week if near < monday(today, 1) else near, 0.3),
        "after_next": (near + week, near + week, 0.0),
        "last": (near - week, near - week, 0.0),
        "before_last": (near - 2 * week, near - 2 * week, 0.0),
    }.get(which, (near, near, 0.0))
    others = ((second, weight),) if second != first else ()
    past = which in {"last", "before_last"}
    return Day(first, Sort.WEEKDAY, weekday=weekday, weight=1 - weight if others else 1.0, others=others, past=past)


_WEEKS = {"this": 0, "next": 1, "coming": 1, "last": -1, "before_last": -2, "nearest": 0, "after_next": 2}


def _week(caught: Caught) -> Atom | None:
    if caught["unit"] == "year" and caught["which"] in {"next", "coming"}:
        ahead = shifted(caught.scene.now, Span(months=12))
        return Day(ahead.date(), Sort.RELATIVE, counted=True) if ahead else None
    if caught["unit"] != "week":
        return None
    return replace(week_from(_today(caught), _WEEKS[caught["which"]]), counted=True)


def _week_after(caught: Caught) -> Atom | None:
    """As in "the week after next", «неделя следующая»."""
    if caught["unit"] != "week":
        return None
    behind = caught.get("which_behind") or caught["which"]
    return week_from(_today(caught), _WEEKS[behind]) if behind in {"after_next", "next"} else None


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


def _weekdays(caught: Caught) -> Atom | None:
    """«По будням»: what is left of this week's working days, else those of the next; «ближайший рабочий» is one day."""
    if caught.get("which") not in {None, "this", "next"}:
        return None
    today = _today(caught)
    later = caught.get("which") == "next" or today.weekday() >= _SATURDAY
    first = monday(today, 1) if later else today
    return Day(first, Sort.WINDOW, first + timedelta(days=_FRIDAY - first.weekday()))


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


def _today(caught: Caught) -> date:
    return caught.scene.now.date()


DAYS: tuple[Rule, ...] = (
    rule("relative day", "day_offset", _offset),
    rule("now", "now", _now),
    rule("weekday", "each? the? which? weekday which|which_behind?", _weekday),
    rule("weekday and part of the day", "which? weekday_part", _weekday_with_part),
    rule("short weekday", "weekday_weak", _short_weekday),
    rule("week", "which unit", _week),
    rule("week", "the? unit which|which_behind", _week_after),
    rule("week's part", "edge of? the? which? unit", _week_edge),
    rule("weekend", "which? weekend", _weekend),
    rule("holiday", "holiday", _holiday),
    rule("feast", "feast", _feast),
    rule("working day", "which workday", _workday),
    rule("working days", "which? workdays", _weekdays),
)
