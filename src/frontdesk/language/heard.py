"""What was heard in a message: every reading with its score, never a guess dressed as knowledge.

`understand` answers with a `Heard`. A part that was not said is None: an unknown day is unknown, never "today".
All days and times are salon-local and carry no zone; the caller knows the salon's.
"""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum


class Certainty(StrEnum):
    """How a part of a moment came to be known."""

    CERTAIN = "certain"
    """It was said: «в субботу», «в 15:00»."""
    IMPLIED = "implied"
    """It follows from what was said: the year of «15 марта», the afternoon of «в три»."""


@dataclass(frozen=True, slots=True)
class Moment:
    """A salon-local day, a time of day, or both; what is None was not said.

    `nearest` stands only where the day was not said: the nearest day on which the time is still ahead. It is a hint for
    one who must have a day; a dialogue asks. `carried` likewise stands only beside a day counted from now («через
    неделю»), whose time was not said: the present time of day.
    """

    date: dt.date | None = None
    time: dt.time | None = None
    date_certainty: Certainty | None = None
    time_certainty: Certainty | None = None
    nearest: dt.date | None = None
    carried: dt.time | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """One way to read the days and times of a message.

    «с 12 до 15» has both ends; «после шести» only `start` with `open_end`; «до обеда» only `end`.
    `score` is between 0 and 1; several readings with close scores are a reason to ask.
    """

    start: Moment | None
    end: Moment | None
    score: float
    open_end: bool = False
    rules: tuple[str, ...] = ()


class PartOfDay(StrEnum):
    """A part of the day as people name it; the window it stands for is the lexicon's."""

    MORNING = "morning"
    NOON = "noon"
    AFTERNOON = "afternoon"
    EVENING = "evening"
    NIGHT = "night"


class Relation(StrEnum):
    """A wish that is only meaningful beside another moment, which the dialogue knows."""

    EARLIER = "earlier"
    LATER = "later"
    SAME_TIME = "same_time"
    AS_LAST_TIME = "as_last_time"
    NEAREST = "nearest"


@dataclass(frozen=True, slots=True)
class Shift:
    """«на полчаса позже»: the relation, and by how many seconds where that was said."""

    relation: Relation
    by_s: int | None = None


@dataclass(frozen=True, slots=True)
class Candidate:
    """A service or a master of the salon's own lists that the words may mean; `score` is between 0 and 1."""

    id: int
    title: str
    score: float


@dataclass(frozen=True, slots=True)
class ScoredIntent:
    """An intent by its name in the registry (`book`, `cancel`, ...), with a score between 0 and 1."""

    name: str
    score: float


class Expecting(StrEnum):
    """What the dialogue has just asked for: it decides between readings, it never forbids another answer."""

    DATE = "date"
    TIME = "time"
    SERVICE = "service"
    MASTER = "master"
    CHOICE = "choice"
    YES_NO = "yes_no"
    PHONE = "phone"
    NAME = "name"
    CODE = "code"
    REASON = "reason"


@dataclass(frozen=True, slots=True)
class Heard:
    """A message as understood.

    `intents`, `readings`, `services` and `masters` stand best first and may be empty. `choice` counts from 1
    («второй» is 2, «последний» is -1). `phone` is digits only in E.164. `why` names the rules that fired, in order.
    """

    text: str
    language: str
    intents: tuple[ScoredIntent, ...] = ()
    readings: tuple[Reading, ...] = ()
    part_of_day: PartOfDay | None = None
    shift: Shift | None = None
    services: tuple[Candidate, ...] = ()
    masters: tuple[Candidate, ...] = ()
    unclear: tuple[Candidate, ...] = ()
    """What one more service may be, named beside a sure one in words that fit several: «стрижка и борода»."""
    foreign: bool = False
    """Whether a service was named that salons do, and this one does not."""
    anyone: bool = False
    """Whether it was said that any master will do."""
    choice: int | None = None
    phone: str | None = None
    why: tuple[str, ...] = ()
    parts: tuple["Heard", ...] = ()
    """Each wish by itself, where the message has several and they can be told apart."""

    @property
    def intent(self) -> str:
        """The best intent's name; `other` where nothing was recognised."""
        return self.intents[0].name if self.intents else "other"

    def said(self, name: str, at_least: float = 0.5) -> bool:
        """Whether this intent is among those heard, with at least the given score."""
        return any(intent.name == name and intent.score >= at_least for intent in self.intents)
