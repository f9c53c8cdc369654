"""What each token may mean: its senses, by category, with the value there and the token after.

Built once a message in three passes, each on the ground of the one before: words and phrases of the lexicon (misspelt
ones too), numbers put together («двадцать» «пятого»), amounts of time («два с половиной часа»).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from frontdesk.language.hours import OpeningHours
from frontdesk.language.moments.calendar import Span
from frontdesk.language.moments.vocabulary import Vocabulary
from frontdesk.language.tokens import Kind, Token

Sense = tuple[str, int]
Senses = dict[str, Sense]

_FRACTIONS = frozenset({*"123456789", "25", "75"})
"""«1.5 часа», «2,25 часа»; «2.02 часа в три» is a day."""
_TENS = 20
_UNITS = 10
_HUNDRED = 100
_HOUR_S = 3600
_OF_THE_CLOCK = 9 * _HOUR_S

UNITS: Mapping[str, Span] = {
    "second": Span(seconds=1),
    "minute": Span(seconds=60),
    "quarter_hour": Span(seconds=900),
    "half_hour": Span(seconds=1800),
    "hour": Span(seconds=_HOUR_S),
    "half_day": Span(seconds=12 * _HOUR_S),
    "day": Span(days=1),
    "weekday": Span(workdays=1),
    "week": Span(days=7),
    "fortnight": Span(days=14),
    "half_month": Span(days=15),
    "month": Span(months=1),
    "quarter_year": Span(months=3),
    "half_year": Span(months=6),
    "year": Span(months=12),
}


@dataclass(slots=True)
class Scene:
    """A message laid out for the rules: tokens, senses, amounts, and the salon's now and hours."""

    tokens: Sequence[Token]
    vocabulary: Vocabulary
    now: datetime
    hours: OpeningHours
    senses: list[Senses] = field(default_factory=list)
    spans: dict[int, tuple[Span, int]] = field(default_factory=dict)
    misspelt: set[int] = field(default_factory=set)


def lay_out(tokens: Sequence[Token], vocabulary: Vocabulary, now: datetime, hours: OpeningHours) -> Scene:
    """The scene of a message."""
    scene = Scene(tokens, vocabulary, now, hours)
    scene.senses = [_senses(scene, at) for at in range(len(tokens))]
    for at in reversed(range(len(tokens))):
        _put_number_together(scene, at)
        _take_ending(scene, at)
    _tell_counted(scene)
    for at in reversed(range(len(tokens))):
        found = _span(scene, at)
        if found is not None:
            scene.spans[at] = found
            scene.senses[at]["span"] = ("", found[1])
    return scene


def _senses(scene: Scene, at: int) -> Senses:
    token = scene.tokens[at]
    senses: Senses = {token.kind.value: (token.text, at + 1)}
    word = token.text
    if token.kind is Kind.WORD or word == "@":
        entries = scene.vocabulary.of(word)
        if not entries and (right := scene.vocabulary.corrected(word)) is not None:
            entries = scene.vocabulary.of(right)
            scene.misspelt.add(at)
        for entry in entries:
            end = _phrase_end(scene.tokens, at + 1, entry.rest)
            if end and (entry.category not in senses or senses[entry.category][1] < end):
                senses[entry.category] = (entry.value, end)
    return senses


def _phrase_end(tokens: Sequence[Token], at: int, rest: tuple[str, ...]) -> int | None:
    for word in rest:
        if at >= len(tokens) or tokens[at].text != word:
            return None
        at += 1
    return at


def _put_number_together(scene: Scene, at: int) -> None:
    """«двадцать» and «пятого» make 25, «сто» and «двадцать» make 120; a dash may stand between, as in "twenty-five"."""
    senses = scene.senses[at]
    if "number" not in senses or scene.tokens[at].kind is Kind.NUMBER:
        return
    value, after = int(senses["number"][0]), senses["number"][1]
    if value % _UNITS or value < _TENS or after >= len(scene.tokens):
        return
    after += _is_hyphen(scene, after)
    limit = _UNITS if value < _HUNDRED else _HUNDRED
    if scene.tokens[after].kind is Kind.NUMBER or _counts_down(scene, at, after):
        return
    for category in ("number", "ordinal", "day_ordinal", "neuter_ordinal"):
        following = scene.senses[after].get(category)
        if following is not None and 0 < int(following[0]) < limit:
            senses[category] = (str(value + int(following[0])), following[1])


def _is_hyphen(scene: Scene, at: int) -> bool:
    tokens = scene.tokens
    tight = tokens[at].kind is Kind.DASH and tokens[at - 1].end == tokens[at].start
    return tight and at + 1 < len(tokens) and tokens[at + 1].start == tokens[at].end


def _tell_counted(scene: Scene) -> None:
    """«на 14 занятий»: an unknown word in the plural after a number is what it counts."""
    endings = tuple(scene.vocabulary.options.get("counted_endings", ()))
    for senses in [senses for senses in scene.senses if "number" in senses] if endings else ():
        after = senses["number"][1]
        if after < len(scene.tokens) and scene.tokens[after].text.endswith(endings):
            following = scene.senses[after]
            if following.keys() == {"word"}:
                following["not_hour"] = ("", after + 1)


def _counts_down(scene: Scene, at: int, after: int) -> bool:
    """«без двадцати восемь» is twenty to eight, «без двадцати пяти восемь» twenty-five to."""
    if not at or "without" not in scene.senses[at - 1] or "number" not in scene.senses[after]:
        return False
    following = scene.senses[after]["number"][1]
    hour = scene.senses[following] if following < len(scene.tokens) else {}
    return hour.keys().isdisjoint({"number", "ordinal", "one_oclock", "minute_mark"})


def _take_ending(scene: Scene, at: int) -> None:
    """«к 5-ти», «после 2-х», "5ish": a number's own ending belongs to it."""
    if scene.tokens[at].kind is not Kind.NUMBER:
        return
    after = at + 1
    if after < len(scene.tokens) and scene.tokens[after].kind is Kind.DASH:
        after += 1
    if after < len(scene.tokens) and scene.tokens[after].start - scene.tokens[at].end == after - at - 1:
        ending = scene.senses[after].get("cardinal_end")
        if ending is not None:
            scene.senses[at]["number"] = (scene.tokens[at].text, ending[1])


def _span(scene: Scene, at: int) -> tuple[Span, int] | None:
    """An amount of time that begins here: «полтора часа», «2,5 часа», «час пятнадцать», «два часа и 10 минут»."""
    first = _turned_span(scene, at) or _simple_span(scene, at)
    if first is None:
        return None
    span, after = first
    if after == at + 1 and span.days == 7:  # noqa: PLR2004 - «неделя» without a number goes on with nothing
        return first
    half = scene.senses[after].get("half_more") if after < len(scene.tokens) else None
    if half is not None:
        return span.times(1.5), half[1]
    following = _after_and(scene, after)
    if (
        following in scene.spans
        and _has_count(scene, following, span)
        and scene.spans[following][0] != span
        and _smaller(scene.spans[following][0], span)
    ):
        return span + scene.spans[following][0], scene.spans[following][1]
    minutes = _said_alone(scene, after) if after < len(scene.tokens) else None
    if minutes is not None and span.seconds % _HOUR_S == 0 and span.seconds and _is_minutes(minutes, scene):
        return span + Span(seconds=60 * int(minutes[0])), minutes[1]
    return span, after


_OF_AN_HOUR = frozenset({"ordinal", "hour_ordinal", "past", "to_hour", "into"})


def _has_count(scene: Scene, at: int, span: Span) -> bool:
    """«2 часа 30 минут» goes on; «5 дней часов в 12», «день, двадцать минут шестого», «7 дней 13 часов» do not."""
    after = scene.spans[at][1]
    ordered = after < len(scene.tokens) and not scene.senses[after].keys().isdisjoint(_OF_AN_HOUR)
    unit = scene.senses[at].get("unit", ("", 0))[0]
    by_day = not span.seconds and scene.spans[at][0].seconds >= _OF_THE_CLOCK
    return not (ordered or by_day) and unit not in {"hour", "day", "minute"}


def _said_alone(scene: Scene, at: int) -> Sense | None:
    """The number here, unless it is the beginning of a day: «двадцать восьмого»."""
    number, day = scene.senses[at].get("number"), scene.senses[at].get("day_ordinal")
    return None if number and day and day[1] > number[1] else number


def _is_minutes(minutes: Sense, scene: Scene) -> bool:
    following = scene.senses[minutes[1]] if minutes[1] < len(scene.tokens) else {}
    return 1 < int(minutes[0]) < 60 and not following.keys() & {"unit", "hour_mark", "month", "part", "not_hour", "at"}  # noqa: PLR2004


def _smaller(one: Span, other: Span) -> bool:
    return (one.months, one.days, one.workdays, one.seconds) < (other.months, other.days, other.workdays, other.seconds)


def _after_and(scene: Scene, at: int) -> int:
    if at < len(scene.tokens) and ("and" in scene.senses[at] or scene.tokens[at].kind is Kind.COMMA):
        return at + 1
    return at


def _simple_span(scene: Scene, at: int) -> tuple[Span, int] | None:
    for count, after in _counts(scene, at):
        if after < len(scene.tokens) and (unit := scene.senses[after].get("unit")) is not None:
            return UNITS[unit[0]].times(count), unit[1]
    return None


def _turned_span(scene: Scene, at: int) -> tuple[Span, int] | None:
    """«дня через два», «через недели две»: the turned order makes it about so many."""
    unit = scene.senses[at].get("unit")
    if unit is None or "turned" not in scene.senses[at]:
        return None
    after = unit[1]
    between = scene.senses[after].get("in") if after < len(scene.tokens) else None
    led = at > 0 and "in" in scene.senses[at - 1]
    number_at = between[1] if between else after
    if not (between or led) or number_at >= len(scene.tokens):
        return None
    number = scene.senses[number_at].get("number") or scene.senses[number_at].get("amount")
    return (UNITS[unit[0]].times(float(number[0])), number[1]) if number else None


def _counts(scene: Scene, at: int) -> list[tuple[float, int]]:
    """The ways to read how many units follow; none said is one."""
    senses = scene.senses[at]
    token = scene.tokens[at]
    counts: list[tuple[float, int]] = []
    if token.kind is Kind.PAIR and token.parts[1] != "/" and token.parts[2] in _FRACTIONS:
        counts.append((float(f"{token.parts[0]}.{token.parts[2]}"), at + 1))
    for category in ("amount", "number"):
        if category in senses:
            value, after = float(senses[category][0]), senses[category][1]
            half = scene.senses[after].get("half_more") if after < len(scene.tokens) else None
            counts.append((value + 0.5, half[1]) if half else (value, after))
            counts.extend(_range_count(scene, value, after))
    if "unit" in senses:
        counts.append((1.0, at))
    return counts


def _range_count(scene: Scene, value: float, after: int) -> list[tuple[float, int]]:
    """«2-3 дня» begins with the second."""
    if after + 1 < len(scene.tokens) and scene.tokens[after].kind is Kind.DASH and "number" in scene.senses[after + 1]:
        return [(value, scene.senses[after + 1]["number"][1])]
    return []
