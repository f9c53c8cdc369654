"""Days and times in a message.

How a reading is made: the text is cut into tokens, masked where it is no time (a phone, a price, an address); each
token gets its senses from the language's lexicon; small named rules read single expressions from left to right, the
longest first; passes over the row of expressions join neighbours; the row falls into drafts, one a moment; each draft
is resolved against an explicit now and the salon's opening hours. Nothing is known of a language but its lexicon.

How it is scored: a reading starts at 1. Where the words allow two days their weights stand in its place («следующая
пятница» 0.55 and 0.45), each further moment of the message counts 0.95 of the one before, and a past one 0.3.
"""

from dataclasses import dataclass
from datetime import datetime

from frontdesk.language.heard import Expecting, PartOfDay, Reading, Relation, Shift
from frontdesk.language.hours import OpeningHours
from frontdesk.language.lexicon import Lexicon
from frontdesk.language.masks import masked_spans
from frontdesk.language.moments.amounts import AMOUNTS, WISHES
from frontdesk.language.moments.atoms import (
    Clock,
    Day,
    Gap,
    Hours,
    Instant,
    Limit,
    Mark,
    Part,
    Placed,
    Wish,
)  # fmt: skip
from frontdesk.language.moments.beside import BESIDE
from frontdesk.language.moments.calendar import Span
from frontdesk.language.moments.clocks import CLOCKS
from frontdesk.language.moments.counting import count_from_days, share_months
from frontdesk.language.moments.dates import DATES
from frontdesk.language.moments.days import DAYS
from frontdesk.language.moments.drafting import draft
from frontdesk.language.moments.joining import fold_parts, stretches, take_back
from frontdesk.language.moments.matching import Grammar
from frontdesk.language.moments.months import MONTHS
from frontdesk.language.moments.promoting import promote, take_for_days
from frontdesk.language.moments.resolving import Frame, resolve
from frontdesk.language.moments.row import Row
from frontdesk.language.moments.scene import Scene, lay_out
from frontdesk.language.moments.vocabulary import vocabulary
from frontdesk.language.tokens import readable, tokenise

__all__ = ["Moments", "read_moments"]

_GRAMMAR = Grammar((*AMOUNTS, *DATES, *DAYS, *MONTHS, *BESIDE, *CLOCKS, *WISHES))
_LEADING = frozenset({"at", "by", "about", "from", "to", "until", "after", "before", "between", "on", "in", "the"})
_MOST_READINGS = 6
_FIRST_YEAR, _LAST_YEAR = 1900, 8999


@dataclass(frozen=True, slots=True)
class Moments:
    """What a message says about time: readings best first, and which characters of the normalised text said it."""

    readings: tuple[Reading, ...] = ()
    part_of_day: PartOfDay | None = None
    shift: Shift | None = None
    spans: tuple[tuple[int, int], ...] = ()
    why: tuple[str, ...] = ()


def read_moments(
    text: str,
    lexicon: Lexicon,
    now: datetime,
    hours: OpeningHours | None = None,
    expecting: Expecting | None = None,
) -> Moments:
    """Read the days and times of a normalised message; `now` is salon-local and carries no zone.

    A lone number is an hour, or a day of the month, only if `expecting` says that one was asked for. Raises ValueError
    for a `now` outside 1900-8999, where the calendar has no room around it.
    """
    if not _FIRST_YEAR <= now.year <= _LAST_YEAR:
        raise ValueError(f"now has to be between {_FIRST_YEAR} and {_LAST_YEAR}, not {now.isoformat()}")
    frame = Frame(now, hours or OpeningHours())
    words = vocabulary(lexicon)
    text = readable(text)
    tokens = tokenise(text, masked_spans(text, lexicon))
    scene = lay_out(tokens, words, now, frame.hours)
    row = _row(scene)
    _drop_bare_months(row, scene)
    count_from_days(row, scene)
    share_months(row, scene)
    if expecting is Expecting.DATE:
        take_for_days(row, now.date())
    promote(row, alone=expecting is Expecting.TIME)
    fold_parts(row)
    take_back(row)
    stretches(row)
    drafts = draft(row)
    readings = resolve(drafts, frame)[:_MOST_READINGS]
    part = next((each.named_part for each in drafts if each.named_part is not None), None)
    return Moments(
        readings=tuple(readings),
        part_of_day=part,
        shift=_shift(row),
        spans=_spans(row, scene),
        why=tuple(dict.fromkeys(rule for reading in readings for rule in reading.rules)),
    )


def _row(scene: Scene) -> Row:
    """The atoms of a scene; words without meaning between them stand as gaps."""
    row: Row = []
    at = 0
    while at < len(scene.tokens):
        placed = _GRAMMAR.read(scene, at) or Placed(Gap(), at, at + 1)
        row.append(placed)
        at = placed.end
    return row


def _drop_bare_months(row: Row, scene: Scene) -> None:
    """A month's name alone says a day only where it is the whole message: «май» is a name, "may" a verb."""
    for at, placed in enumerate(row):
        if (
            isinstance(placed.atom, Day)
            and placed.atom.bare
            and placed.rule.startswith("month")
            and _said_amiss(row, at, scene)
        ):
            row[at] = Placed(Gap(), placed.start, placed.end)


def _said_amiss(row: Row, at: int, scene: Scene) -> bool:
    return len(row) > 1 or row[at].start in scene.misspelt


def _shift(row: Row) -> Shift | None:
    wishes = [placed.atom for placed in row if isinstance(placed.atom, Wish)]
    if not wishes:
        return None
    wish = next((each for each in wishes if each.span is not None), wishes[0])
    return Shift(Relation(wish.relation), _seconds(wish.span))


def _seconds(span: Span | None) -> int | None:
    if span is None or span.months or span.workdays:
        return None
    return span.days * 86400 + span.seconds


def _spans(row: Row, scene: Scene) -> tuple[tuple[int, int], ...]:
    spans: list[tuple[int, int]] = []
    for at, placed in enumerate(row):
        if isinstance(placed.atom, Day | Clock | Hours | Part | Instant | Limit | Wish):
            start = placed.start
            before = row[at - 1] if at else None
            if before is not None and isinstance(before.atom, Mark) and before.atom.category in _LEADING:
                start = before.start
            spans.append((scene.tokens[start].start, scene.tokens[placed.end - 1].end))
    return tuple(spans)
