"""What people come for, and when they have got it."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from frontdesk.simulation.journal import Entry


class Goal(StrEnum):
    """What a client wants of the salon."""

    CANCEL_ONE = "cancel one"
    CANCEL_OF_SEVERAL = "cancel one of several"
    CANCEL_THEN_UNDO = "cancel then undo"
    LIST = "list"
    FREE = "ask what is free"
    FREE_THEN_BOOK = "ask what is free and book"
    BOOK_EXACT = "book with master and time"
    BOOK_MASTER = "book with master"
    BOOK_TIME = "book with time"
    BOOK_OPEN = "book a service"
    BOOK_THEN_CANCEL = "book then cancel"
    DECLINE_BOOKING = "decline a booking"
    DECLINE_CANCEL = "decline a cancellation"
    HUMAN = "ask for a person"
    MOVE = "move"
    MOVE_TO = "move to a time"
    MOVE_THEN_BACK = "move then back"
    CONFIRM = "confirm"
    BOOK_AT_BRANCH = "book at a branch"


MOVES = frozenset({Goal.MOVE, Goal.MOVE_TO, Goal.MOVE_THEN_BACK})
CANCELS = frozenset({Goal.CANCEL_ONE, Goal.CANCEL_OF_SEVERAL, Goal.CANCEL_THEN_UNDO, Goal.DECLINE_CANCEL})
NEEDS_ONE = (MOVES | CANCELS | {Goal.LIST, Goal.CONFIRM}) - {Goal.CANCEL_OF_SEVERAL}
BOOKS = frozenset(
    {
        Goal.BOOK_EXACT,
        Goal.BOOK_MASTER,
        Goal.BOOK_TIME,
        Goal.BOOK_OPEN,
        Goal.BOOK_THEN_CANCEL,
        Goal.DECLINE_BOOKING,
        Goal.FREE_THEN_BOOK,
        Goal.BOOK_AT_BRANCH,
    }
)
OF_ONE_SALON = tuple(goal for goal in Goal if goal is not Goal.BOOK_AT_BRANCH)
ASKS_FREE = frozenset({Goal.FREE, Goal.FREE_THEN_BOOK})


@dataclass(frozen=True, slots=True)
class Service:
    """A line of the price list, as a client knows it."""

    id: int
    title: str


@dataclass(slots=True)
class Errand:
    """One client's business. `when` is the time they came for, if any; `target` the appointment it is about.

    `branch` is the title of the one they want it at, where there are several.
    """

    goal: Goal
    service: Service | None = None
    master: str = ""
    when: datetime | None = None
    target: Entry | None = None
    others: tuple[Entry, ...] = field(default=())
    branch: str = ""
