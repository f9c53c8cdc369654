"""Rules that tell a time by an hour beside it: halves, quarters, minutes to and past.

«полтретьего» counts towards the hour named and so does "halb drei", while "half past two" counts from it; the lexicon
tells which is which by category (`half_before`, `half_after`).
"""

from frontdesk.language.moments.atoms import Atom, Clock, Half
from frontdesk.language.moments.matching import Caught, Rule, rule

HOURS, MINUTES = 24, 60
NOON = 12


def clock(hour: int, minute: int = 0, half: Half | None = None, *, weak: bool = False) -> Clock | None:
    """An hour and minute where there is one; after noon it is of twenty-four."""
    if not (0 <= hour <= HOURS and 0 <= minute < MINUTES) or (hour == HOURS and minute):
        return None
    exact = hour > NOON or hour == 0
    return Clock(hour % HOURS, minute, half or (Half.EXACT if exact else None), weak=weak)


def _hour_of(caught: Caught) -> int:
    return 1 if "one_oclock" in caught else _last_number(caught)


def _last_number(caught: Caught) -> int:
    return int(caught.all("number", "ordinal", "day_ordinal", "hour_ordinal")[-1])


def _towards(hour: int, minutes: int) -> Clock | None:
    """So many minutes before an hour: before one it is twelve."""
    if not 1 <= hour <= HOURS or not 0 < minutes < MINUTES:
        return None
    before = hour - 1 or NOON
    return Clock(before, MINUTES - minutes, Half.EXACT if before > NOON else None)


def _half_before(caught: Caught) -> Atom | None:
    return _towards(_hour_of(caught), 30)


def _half_glued(caught: Caught) -> Atom | None:
    return _towards(int(caught["half_glued"]), 30)


def _half_after(caught: Caught) -> Atom | None:
    return clock(_last_number(caught), 30)


def _without(caught: Caught) -> Atom | None:
    minutes = 15 if "quarter" in caught else int(caught.all("number")[0])
    return _towards(_hour_of(caught), minutes)


def _to_the_hour(caught: Caught) -> Atom | None:
    """As in "ten to five"; digits without "minutes" are a stretch of hours, "10 to 5", unless an "at" leads them."""
    scene, at = caught.scene, caught.parts[0][2]
    before = scene.senses[at - 1] if at else {}
    in_digits = "number" in caught and scene.tokens[at].text.isdigit() and "minute_mark" not in caught
    if not before.keys().isdisjoint({"from", "between"}) or (in_digits and "at" not in before):
        return None
    return _without(caught)


def _into(caught: Caught) -> Atom | None:
    """«четверть третьего» and «десять минут третьего» are of the hour that ends at three."""
    minutes = 15 if "quarter" in caught else int(caught.all("number")[0])
    return _towards(_last_number(caught), MINUTES - minutes) if 0 < minutes < MINUTES else None


def _past(caught: Caught) -> Atom | None:
    minutes = 15 if "quarter" in caught else int(caught.all("number")[0])
    return clock(_last_number(caught), minutes) if 0 < minutes < MINUTES else None


def _beside_half(caught: Caught) -> Atom | None:
    """As in "fünf vor halb drei", "fünf nach halb drei": so many minutes before or after the half."""
    minutes = int(caught.all("number")[0])
    return _towards(_last_number(caught), 30 + (minutes if "to_hour" in caught else -minutes))


def _and_half(caught: Caught) -> Atom | None:
    return clock(int(caught["number"]), 30, weak=True)


def _start_of(caught: Caught) -> Atom | None:
    """«в начале шестого»: soon after five."""
    hour = int(caught["ordinal"])
    return clock(hour - 1 or NOON) if caught["edge"] == "begin" and hour <= NOON else None


def _within(caught: Caught) -> Atom | None:
    """«в шестом часу» and «в 6-м часу» are after five."""
    hour = _last_number(caught)
    return clock(hour - 1 or NOON) if 1 <= hour <= NOON else None


BESIDE: tuple[Rule, ...] = (
    rule("half before", "half_before dash? number|ordinal|hour_ordinal", _half_before),
    rule("half before", "half_glued", _half_glued),
    rule("half after", "half_after number", _half_after),
    rule("minutes before", "without number|quarter minute_mark? number|ordinal|one_oclock", _without),
    rule("minutes before", "number|quarter minute_mark? to_hour number|ordinal oclock?", _to_the_hour),
    rule("minutes past", "number|quarter minute_mark? past number|ordinal|hour_ordinal oclock?", _past),
    rule("minutes into", "quarter ordinal", _into),
    rule("minutes into", "number minute_mark ordinal", _into),
    rule("minutes into", "quarter|number minute_mark? into ordinal", _into),
    rule("minutes beside the half", "number minute_mark? to_hour|past half_before number", _beside_half),
    rule("hour and a half", "number half_more", _and_half),
    rule("within an hour", "ordinal hour_within", _within),
    rule("within an hour", "number dash? number_end hour_within", _within),
    rule("beginning of an hour", "edge ordinal hour_within?", _start_of),
)
