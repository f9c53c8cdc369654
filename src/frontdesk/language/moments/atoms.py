"""What single expressions mean before they are put together: a day, an hour, a part of the day, a wish, a mark."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from frontdesk.language.heard import PartOfDay, Relation
from frontdesk.language.moments.calendar import Span


class Sort(StrEnum):
    """How a day was named: it decides what it can be joined with."""

    RELATIVE = "relative"
    WEEKDAY = "weekday"
    NUMBER = "number"
    DATE = "date"
    WEEK = "week"
    WINDOW = "window"


@dataclass(frozen=True, slots=True)
class Day:
    """A day, or with `last` a window of days.

    `others` are days the same words may mean, with their weights; `weight` is this one's. `has_year` tells an explicit
    year, which alone may name a past day; `past` that the words look back («вчера»); `open` that
    the days after are meant too («с понедельника»); `counted` that it was counted from now; `bare` that its words need
    company to be a day. `also` is the part of the day that the same word means after a day ("Freitag morgen"),
    `part` the one that is part of the word ("Freitagabend").
    """

    first: date
    sort: Sort
    last: date | None = None
    weekday: int | None = None
    weight: float = 1.0
    others: tuple[tuple[date, float], ...] = ()
    has_year: bool = False
    past: bool = False
    bare: bool = False
    open: bool = False
    counted: bool = False
    also: PartOfDay | None = None
    part: PartOfDay | None = None


class Half(StrEnum):
    """Which half of the day an hour is in, where that was said."""

    AM = "am"
    PM = "pm"
    EXACT = "exact"
    """The hour is of twenty-four: «15:30», «03:45»."""


@dataclass(frozen=True, slots=True)
class Clock:
    """An hour and minute.

    A `weak` one is an hour only beside a preposition, a day or a part of the day; `bare` tells a number alone,
    `counted` one that may be a duration («3 часа»), `glued` four digits («1530»), `midnight` the named
    one that ends a day, `part` the part of the day beside it.
    """

    hour: int
    minute: int = 0
    half: Half | None = None
    weak: bool = False
    bare: bool = False
    counted: bool = False
    glued: bool = False
    midnight: bool = False
    part: PartOfDay | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the day; `today` where the words mean this day's ("tonight"), `past` the last one («прошлой ночью»)."""

    part: PartOfDay
    today: bool = False
    past: bool = False


@dataclass(frozen=True, slots=True)
class Instant:
    """A day with a time that was counted, not named: «через два часа»; `now` that it is this very moment («сейчас»)."""

    first: date
    clock: Clock
    past: bool = False
    now: bool = False


@dataclass(frozen=True, slots=True)
class Amount:
    """An amount of time; `direction` is 1 counted ahead («через два дня»), -1 back («два дня назад»), 0 by itself."""

    span: Span
    direction: int = 0


@dataclass(frozen=True, slots=True)
class Wish:
    """A relation to another moment, and how far from it where that was said."""

    relation: Relation
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Hours:
    """A stretch of the day; one end may be open: «после шести», «до трех»."""

    start: Clock | Part | None
    end: Clock | Part | None


@dataclass(frozen=True, slots=True)
class Limit:
    """A day before which all should be done: «до пятницы»."""

    day: "Day"


@dataclass(frozen=True, slots=True)
class Mark:
    """A joining word by its category: `at`, `from`, `until`, `not` and so on."""

    category: str


@dataclass(frozen=True, slots=True)
class Gap:
    """Words that say nothing about time."""


Atom = Day | Clock | Part | Instant | Amount | Wish | Hours | Limit | Mark | Gap


@dataclass(frozen=True, slots=True)
class Placed:
    """An atom with the tokens it covers (from `start` up to `end`) and the rule that read it."""

    atom: Atom
    start: int
    end: int
    rule: str = ""
