"""Rules that read a time of day. Prepositions are left out: they make a bare number an hour when all is joined."""

from dataclasses import replace

from frontdesk.language.heard import PartOfDay
from frontdesk.language.moments.atoms import Atom, Clock, Day, Half, Part, Sort
from frontdesk.language.moments.beside import HOURS, MINUTES, NOON, clock
from frontdesk.language.moments.calendar import coming_number
from frontdesk.language.moments.matching import Caught, Rule, rule

_EARLY, _LATE = 7, 22
_DAYS_ONLY = range(25, 32)
_ROUND = frozenset({"00", "15", "30", "45"})


def _exactness(hour: str) -> Half | None:
    """An hour with a leading zero is of twenty-four."""
    return Half.EXACT if len(hour) == 2 and hour.startswith("0") else None  # noqa: PLR2004 - two digits


def _written(caught: Caught) -> Atom | None:
    parts = caught.scene.tokens[caught.at("clock")].parts
    return _meridiem(caught, int(parts[0]), int(parts[1]), _exactness(parts[0]))


def _written_pair(caught: Caught) -> Atom | None:
    """«15.30»; weak, for «15.03» may be a date."""
    hour, separator, minute = caught.scene.tokens[caught.at("pair")].parts
    if separator == "/" or len(minute) != 2:  # noqa: PLR2004 - minutes are two digits
        return None
    if separator == ",":
        return clock(int(hour), int(minute), _exactness(hour)) if _led(caught) else None
    if "meridiem" in caught or "hour_mark" in caught or "oclock" in caught:
        return None if _leads_on(caught) else _meridiem(caught, int(hour), int(minute), _exactness(hour))
    return clock(int(hour), int(minute), _exactness(hour), weak=minute not in _ROUND and not _no_date(hour, minute))


def _no_date(hour: str, minute: str) -> bool:
    """«17.40» has no such month, and is too round for a measure."""
    return int(minute) > NOON and minute.endswith(("0", "5")) and int(hour) > _EARLY


def _led(caught: Caught) -> bool:
    """Whether a word stands before it that only an hour takes: «в 18,15»."""
    at = caught.parts[0][2]
    return at > 0 and not caught.scene.senses[at - 1].keys().isdisjoint({"at", "by"})


def _leads_on(caught: Caught) -> bool:
    """«22.11 часов в девять»: the word for hours belongs to what follows."""
    after = caught.parts[-1][2] + 1
    return _is_any(caught, after, {"at", "by", "on"})


def _counts_else(caught: Caught) -> bool:
    """Whether the last number belongs to what follows: «в девять 26 июля», «в час двадцать пятого»."""
    last = caught.parts[-1][2]
    senses, at = caught.scene.senses[last], last + 1
    if "day_ordinal" in senses and senses["day_ordinal"][1] > at:
        return True
    at += _is_any(caught, at, {"dash"}) and _is_any(caught, at + 1, {"number_end"})
    if _is_any(caught, at, {"minute_mark"}):
        return False
    return _is_any(caught, at, {"unit", "month", "month_short", "number_end", "day_mark"})


def _is_any(caught: Caught, at: int, categories: set[str]) -> bool:
    return at < len(caught.scene.tokens) and not caught.scene.senses[at].keys().isdisjoint(categories)


def _meridiem(caught: Caught, hour: int, minute: int, half: Half | None = None) -> Clock | None:
    said = caught.get("meridiem")
    if said is None or hour > NOON:
        return None if said is not None and minute == 0 and hour > NOON else clock(hour, minute, half)
    return clock(hour, minute, Half(said)) if hour else None


def _bare(caught: Caught) -> Atom | None:
    digits = caught["number"]
    if len(digits) > 2:  # noqa: PLR2004 - hours and days have two digits
        return None
    if int(digits) in _DAYS_ONLY:
        found_day = coming_number(caught.scene.now.date(), int(digits))
        return Day(found_day, Sort.NUMBER, bare=True) if found_day else None
    found = clock(int(digits), 0, _exactness(digits), weak=True)
    return None if found is None else Clock(found.hour, found.minute, found.half, weak=True, bare=True)


def _about(caught: Caught) -> Atom | None:
    """As in "5ish"."""
    return clock(int(caught["number"]))


def _hour_said(caught: Caught) -> Atom | None:
    """«3 часа», «10 часов 15 минут», "8 Uhr 30", «15 ч»; by itself «3 часа» may be a duration, hence weak.

    «16 часов» hardly is one.
    """
    numbers = caught.all("number")
    if len(numbers) > 1 and _counts_else(caught):
        return None
    minute = int(numbers[1]) if len(numbers) > 1 else 0
    weak = "oclock" not in caught and not (_EARLY + 1 < int(numbers[0]) < _LATE and len(numbers) == 1)
    found = clock(int(numbers[0]), minute, _exactness(numbers[0]), weak=weak)
    return found and Clock(found.hour, found.minute, found.half, weak=found.weak, counted=found.weak)


def _two_numbers(caught: Caught) -> Atom | None:
    """«10 30», «три пятнадцать», «девять ноль пять», "five thirty"."""
    numbers = caught.all("number")
    minute = numbers[-1]
    zero = len(numbers) == 3  # noqa: PLR2004 - hour, zero, minute
    if zero and (int(numbers[1]) or int(minute) >= 10):  # noqa: PLR2004 - «ноль пять»
        return None
    if _counts_else(caught):
        return None
    tokens = caught.scene.tokens
    spoken = not tokens[[at for name, _, at in caught.parts if name == "number"][-1]].text.isdigit()
    if not zero and (len(minute) != 2 or (spoken and int(minute) < 10)):  # noqa: PLR2004 - minutes are two digits
        return None
    whole = minute == "00" and numbers[0].isdigit() and not spoken
    plain = whole or (spoken and not tokens[caught.at("number")].text.isdigit() and int(minute) % 5 == 0)
    return clock(int(numbers[0]), int(minute), _exactness(numbers[0]), weak=not plain)


def _with_dash(caught: Caught) -> Atom | None:
    """«9-05», «9-30»: minutes that cannot be the end of a range of hours."""
    hour, minute = caught.all("number")
    between = caught.scene.tokens[caught.at("dash")]
    left = caught.scene.tokens[caught.at("number")]
    tight = left.end == between.start and len(minute) == 2  # noqa: PLR2004 - minutes are two digits
    if not tight or len(hour) > 2 or not (minute.startswith("0") or int(minute) > HOURS):  # noqa: PLR2004
        return None
    return clock(int(hour), int(minute), _exactness(hour), weak=minute not in _ROUND and not _no_date(hour, minute))


def _four_digits(caught: Caught) -> Atom | None:
    digits = caught["number"]
    if len(digits) == 3 and digits[0] in "789" and digits[-1] in "05" and _led(caught):  # noqa: PLR2004 - «в 930»
        digits = f"0{digits}"
    if len(digits) != 4:  # noqa: PLR2004 - «1530»
        return None
    after = caught.parts[-1][2] + 1
    if after < len(caught.scene.tokens) and "year_mark" in caught.scene.senses[after]:
        return None
    hour, minute = int(digits[:2]), int(digits[2:])
    return Clock(hour, minute, Half.EXACT, weak=True, glued=True) if hour < HOURS and minute < MINUTES else None


def _with_meridiem(caught: Caught) -> Atom | None:
    numbers = caught.all("number")
    hour, minute = int(numbers[0]), int(numbers[1]) if len(numbers) > 1 else 0
    return None if len(numbers[0]) > 2 or hour > NOON else _meridiem(caught, hour, minute)  # noqa: PLR2004


def _hour_ordinal(caught: Caught) -> Atom | None:
    """«о третій», «о п'ятнадцятій тридцять»: languages that number their hours."""
    minute = int(caught["number"]) if "number" in caught else 0
    if "number" in caught and _counts_else(caught):
        return None
    return clock(int(caught["hour_ordinal"]), minute, weak="hour_mark" not in caught)


def _with_hour_end(caught: Caught) -> Atom | None:
    """«о 10-й»: the ending of an hour's ordinal, written after its number."""
    found = clock(int(caught["number"]), weak=True) if len(caught["number"]) < 3 else None  # noqa: PLR2004 - an hour
    return found and replace(found, bare=True)


def _one(caught: Caught) -> Atom | None:
    minutes = caught.get("number")
    if minutes is not None and (not 10 <= int(minutes) < MINUTES or _counts_else(caught)):  # noqa: PLR2004 - two digits
        return None
    return Clock(1, int(minutes or 0), weak=True)


def _named(caught: Caught) -> Atom:
    hour, minute = caught["clock_name"].split(":")
    return Clock(int(hour), int(minute), Half.EXACT, midnight=int(hour) == int(minute) == 0)


_BEFORE_AN_HOUR = frozenset(
    {"at", "by", "about", "from", "until", "to", "after", "before", "on", "between", "and", "dash"}
)


def _of_part(caught: Caught) -> Atom | None:
    """«в 3 дня», «7 утра»; «3 дня» without a preposition is three days."""
    scene, digits = caught.scene, caught["number"]
    at = caught.at("number")
    led = at > 0 and not scene.senses[at - 1].keys().isdisjoint(_BEFORE_AN_HOUR)
    if len(digits) > 2 or ("unit" in scene.senses[caught.at("part")] and not led):  # noqa: PLR2004 - hours
        return None
    found = clock(int(digits), 0, _exactness(digits))
    return found and Clock(found.hour, 0, found.half, part=PartOfDay(caught["part"]))


def _part(caught: Caught) -> Atom:
    return Part(PartOfDay(caught["part"]))


def _part_today(caught: Caught) -> Atom:
    return Part(PartOfDay(caught["part_today"]), today=True)


def _this_part(caught: Caught) -> Atom | None:
    part = PartOfDay(caught["part"])
    match caught["which"]:
        case "this":
            return Part(part, today=True)
        case "last":
            return Part(part, past=True)
        case _:
            return None


CLOCKS: tuple[Rule, ...] = (
    rule("written time", "clock meridiem? hour_mark|oclock?", _written),
    rule("written time with a point", "pair meridiem? hour_mark|oclock?", _written_pair),
    rule("hour and half of the day", "number number? meridiem", _with_meridiem),
    rule("hour said", "number hour_mark|oclock", _hour_said),
    rule("hour and minutes said", "number hour_mark|oclock number minute_mark?", _hour_said),
    rule("hour and minutes said", "number hour_mark stop number minute_mark", _hour_said),
    rule("hour and minutes", "number number dash? number? hour_mark|minute_mark?", _two_numbers),
    rule("hour and minutes", "number dash number hour_mark?", _with_dash),
    rule("four digits", "number hour_mark|oclock?", _four_digits),
    rule("numbered hour", "hour_ordinal hour_mark? number?", _hour_ordinal),
    rule("numbered hour", "number dash? hour_end hour_mark?", _with_hour_end),
    rule("noon and midnight", "clock_name", _named),
    rule("one o'clock", "one_oclock number? minute_mark?", _one),
    rule("hour of a part", "number part", _of_part),
    rule("part of this day", "part_today", _part_today),
    rule("part of the day", "part", _part),
    rule("part of this day", "which part", _this_part),
    rule("about an hour", "number dash? ish", _about),
    rule("bare number", "number", _bare),
)
