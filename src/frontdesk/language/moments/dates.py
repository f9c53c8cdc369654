"""Rules that read a day by its date: «15-го», «15 марта», «15.03», "March 15th, 2027", «15 числа следующего месяца».

A date that the calendar does not have is still a date said: it is read as a gap, so that «32 августа» does not
become August, nor «29 февраля 2014» the 29th of something.
"""

from datetime import date

from frontdesk.language.moments.atoms import Atom, Day, Gap, Sort
from frontdesk.language.moments.calendar import coming_day, coming_number, day_of, full_year
from frontdesk.language.moments.matching import Caught, Rule, rule

_DAYS = range(1, 32)
_OLDEST, _NEWEST = 1900, 2200
_IMPOSSIBLE = Gap()


def _day_and_month(caught: Caught) -> Atom | None:
    """«15 марта 2027 года»; a number after the month is a year if it has four digits or is called one."""
    numbers = caught.all("number", "ordinal", "day_ordinal", "neuter_ordinal")
    day = int(numbers[0])
    if len(numbers[0]) > 2:  # noqa: PLR2004 - «декабрь 2026» has no day
        return None
    year = _written_year(caught, numbers[1:])
    if len(numbers) > 1 and year is None:
        return None
    return _on(caught, day, _month(caught), year)


def _month(caught: Caught) -> int:
    return int(caught.get("month") or caught["month_short"])


def _written_year(caught: Caught, numbers: list[str]) -> int | None:
    if not numbers:
        return None
    digits = numbers[0] if _in_digits(caught) else ""
    short = len(digits) == 2 and ("year_mark" in caught or int(digits) not in _DAYS)  # noqa: PLR2004 - «96»
    if digits.isdigit() and (len(digits) == 4 or short):  # noqa: PLR2004 - a year
        return full_year(digits) if len(digits) == 2 or _OLDEST < int(digits) < _NEWEST else None  # noqa: PLR2004
    return None


def _in_digits(caught: Caught) -> bool:
    """A year is not written out: «23 апреля сорок минут четвертого» has none."""
    places = [at for name, _, at in caught.parts if name == "number"]
    return bool(places) and caught.scene.tokens[places[-1]].text.isdigit()


def _counts_something(caught: Caught) -> bool:
    """«5-й вариант», "13th floor" are no days."""
    name, _, at = caught.parts[-1]
    after = caught.scene.senses[at][name][1]
    return after < len(caught.scene.tokens) and "not_hour" in caught.scene.senses[after]


def _on(caught: Caught, day: int, month: int, year: int | None) -> Atom:
    today = caught.scene.now.date()
    if year is not None:
        found = day_of(year, month, day)
        past = found is not None and found < today
        return _IMPOSSIBLE if found is None else Day(found, Sort.DATE, has_year=True, past=past)
    found = coming_day(today, month, day)
    return _IMPOSSIBLE if found is None else Day(found, Sort.DATE)


def _listed(caught: Caught) -> Atom | None:
    """«5,6 декабря», «25,26 или 27 ноября»: a window of days, written without spaces."""
    token = caught.scene.tokens[caught.at("pair")]
    first, last = int(token.parts[0]), int(caught.get("number") or token.parts[2])
    found = coming_day(caught.scene.now.date(), _month(caught), first)
    if token.parts[1] != "," or found is None or not first < last:
        return None
    end = day_of(found.year, found.month, last)
    return Day(found, Sort.WINDOW, end) if end else None


def _number(caught: Caught) -> Atom | None:
    """«15-го», «15 числа», "the 15th"; «этого месяца» and «следующего месяца» may follow."""
    numbers = caught.all("number", "ordinal", "day_ordinal", "neuter_ordinal")
    day = int(numbers[0])
    if day not in _DAYS or _counts_something(caught):
        return None
    which = caught.get("which")
    if which is not None and caught.get("unit") != "month":
        return None
    ahead = {None: None, "this": 0, "next": 1, "nearest": None, "last": -1}.get(which)
    if which is None and "unit" in caught and caught["unit"] != "month":
        return None
    found = coming_number(caught.scene.now.date(), day, ahead)
    if found is None:
        return _IMPOSSIBLE
    return Day(found, Sort.NUMBER, past=found < caught.scene.now.date())


def _number_of_month(caught: Caught) -> Atom | None:
    """«15 следующего месяца»."""
    return _number(caught) if caught["unit"] == "month" else None


_BEFORE_A_DAY = frozenset({"on", "by", "until", "from", "after", "before"})
_LAST_CHOICE = 5


def _the_ordinal(caught: Caught) -> Atom | None:
    """As in "on the fifth", "am fünfzehnten"; "the second" by itself is a choice."""
    at = caught.at("the")
    around = caught.scene.senses[at].keys() | (caught.scene.senses[at - 1].keys() if at else set())
    return _number(caught) if around & _BEFORE_A_DAY or int(caught["ordinal"]) > _LAST_CHOICE else None


def _neuter(caught: Caught) -> Atom | None:
    """«на второе» is a day; «второе» by itself may be the second of a list."""
    at = caught.at("neuter_ordinal")
    led = at > 0 and not caught.scene.senses[at - 1].keys().isdisjoint(_BEFORE_A_DAY)
    return _number(caught) if led or int(caught["neuter_ordinal"]) > _LAST_CHOICE else None


def _triple(caught: Caught) -> Atom:
    """«15.03.2027», "2027-03-15", "03/15/2027": the year is where four digits are, else last."""
    token = caught.scene.tokens[caught.at("triple")]
    first, separator, second, third = token.parts
    if len(first) == 4:  # noqa: PLR2004 - a year
        found = day_of(int(first), int(second), int(third))
    elif len(third) in (2, 4) and len(first) <= 2:  # noqa: PLR2004 - a year of two or four digits
        day, month = _ordered(caught, int(first), int(second), separator)
        found = day_of(full_year(third), month, day)
    else:
        found = None
    if found is None or not _OLDEST < found.year < _NEWEST:
        return _IMPOSSIBLE
    return Day(found, Sort.DATE, has_year=True, past=found < caught.scene.now.date())


def _ordered(caught: Caught, first: int, second: int, separator: str) -> tuple[int, int]:
    """Day and month as the language orders them; a point always puts the day first."""
    month_first = caught.scene.vocabulary.options.get("numeric_order") == "mdy" and separator != "."
    return (second, first) if month_first and first <= 12 else (first, second)  # noqa: PLR2004 - months


def _pair(caught: Caught) -> Atom | None:
    """«15.03», "3/15". A single digit after a point is a decimal, and minutes are no month."""
    token = caught.scene.tokens[caught.at("pair")]
    first, separator, second = token.parts
    if separator == "," or (separator == "." and len(second) == 1 and not _ends_with_point(caught)):
        return None
    if separator == "." and _led_as_hour(caught, int(first), second):
        return None
    day, month = _ordered(caught, int(first), int(second), separator)
    return _coming(caught, day, month)


def _ends_with_point(caught: Caught) -> bool:
    """«15.3.» is a date where ordinals take a point."""
    at = caught.at("pair") + 1
    tokens = caught.scene.tokens
    point = at < len(tokens) and tokens[at].text.startswith(".") and tokens[at].start == tokens[at - 1].end
    return bool(caught.scene.vocabulary.options.get("ordinal_point")) and point


_HOUR_LEADS = frozenset({"at", "by", "about"})


def _led_as_hour(caught: Caught, hour: int, minute: str) -> bool:
    """«в 10.10» is an hour, for a day takes «на» or nothing; so is «к 12.05»."""
    at = caught.at("pair")
    led = at > 0 and not caught.scene.senses[at - 1].keys().isdisjoint(_HOUR_LEADS)
    return led and hour <= 23 and int(minute) % 5 == 0  # noqa: PLR2004 - round minutes of the day


def _pointed(caught: Caught) -> Atom | None:
    """As in "am 15." where ordinals take a point."""
    tokens, at = caught.scene.tokens, caught.at("number")
    point = tokens[at + 1]
    if not point.text.startswith(".") or point.start != tokens[at].end or int(caught["number"]) not in _DAYS:
        return None
    if not caught.scene.vocabulary.options.get("ordinal_point"):
        return None
    if _counts_something(caught):
        return Gap()
    found = coming_number(caught.scene.now.date(), int(caught["number"]))
    return Day(found, Sort.NUMBER, bare=True) if found else None


def _coming(caught: Caught, day: int, month: int) -> Atom | None:
    found: date | None = coming_day(caught.scene.now.date(), month, day)
    return None if found is None else Day(found, Sort.DATE)


def _named_month(caught: Caught) -> Atom:
    """As in "8/Oct/2012", "2012/Aug/10"."""
    first, *rest = caught.all("number")
    if len(first) == 4 and rest:  # noqa: PLR2004 - a year
        return _on(caught, int(rest[0]), _month(caught), int(first))
    return _on(caught, int(first), _month(caught), full_year(rest[0]) if rest else None)


_END = "number_end?"
_TIED_END = "dash? number_end?"
_DAY = "number|ordinal|day_ordinal"

DATES: tuple[Rule, ...] = (
    rule("day and month", f"day_mark? the? {_DAY} {_TIED_END} day_mark? of? stop? month|month_short", _day_and_month),
    rule(
        "day, month and year",
        f"day_mark? the? {_DAY} {_TIED_END} stop? of? month|month_short stop|comma? number year_mark?",
        _day_and_month,
    ),
    rule("month and day", f"month|month_short stop? the? {_DAY} {_END}", _day_and_month),
    rule("month, day and year", f"month|month_short stop? the? {_DAY} {_END} comma? number year_mark?", _day_and_month),
    rule("day of the month", "number dash? number_end day_mark? of? which? unit?", _number),
    rule("day of the month", "number|day_ordinal|neuter_ordinal|ordinal day_mark of? which? unit?", _number),
    rule("day of the month", "day_ordinal which? unit?", _number),
    rule("day of the month", "number|ordinal of? which unit", _number_of_month),
    rule("day of the month", "neuter_ordinal", _neuter),
    rule("day of the month", "the ordinal", _the_ordinal),
    rule("day of the month", "number stop", _pointed),
    rule("day of the month", "day_mark number|day_ordinal dash? number_end?", _number),
    rule("written date", "triple year_mark?", _triple),
    rule("written day and month", "pair", _pair),
    rule("days of a month", "pair number_end? month|month_short", _listed),
    rule("days of a month", "pair or|and|dash|comma number dash? number_end? month|month_short", _listed),
    rule("written named month", "number junk|dash month|month_short junk|dash number?", _named_month),
)
