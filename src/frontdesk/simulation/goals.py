"""What people come for, how they say it, and when they have got it."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from random import Random

from frontdesk.dialogue.grammar import MONTHS, dative
from frontdesk.simulation.journal import Entry


class Goal(StrEnum):
    """What a client wants of the salon."""

    CANCEL_ONE = "cancel one"
    CANCEL_OF_SEVERAL = "cancel one of several"
    LIST = "list"
    BOOK_EXACT = "book with master and time"
    BOOK_MASTER = "book with master"
    BOOK_TIME = "book with time"
    BOOK_OPEN = "book a service"
    BOOK_THEN_CANCEL = "book then cancel"
    DECLINE_BOOKING = "decline a booking"
    DECLINE_CANCEL = "decline a cancellation"
    HUMAN = "ask for a person"
    MOVE = "move"
    CONFIRM = "confirm"


NEEDS_ONE = frozenset({Goal.CANCEL_ONE, Goal.LIST, Goal.DECLINE_CANCEL, Goal.MOVE, Goal.CONFIRM})
BOOKS = frozenset(
    {
        Goal.BOOK_EXACT,
        Goal.BOOK_MASTER,
        Goal.BOOK_TIME,
        Goal.BOOK_OPEN,
        Goal.BOOK_THEN_CANCEL,
        Goal.DECLINE_BOOKING,
    }
)


@dataclass(frozen=True, slots=True)
class Service:
    """A line of the price list, as a client knows it."""

    id: int
    title: str


@dataclass(slots=True)
class Errand:
    """One client's business. `when` is the time they came for, if any; `target` the appointment it is about."""

    goal: Goal
    service: Service | None = None
    master: str = ""
    when: datetime | None = None
    target: Entry | None = None
    others: tuple[Entry, ...] = field(default=())


def said_day(when: datetime, now: datetime, chance: Random) -> str:
    """A day as people say it: «завтра», «22 ноября», or both ways round."""
    ahead = (when.date() - now.date()).days
    near = {0: "сегодня", 1: "завтра", 2: "послезавтра"}.get(ahead)
    if near and chance.random() < 2 / 3:
        return near
    return f"{when.day} {MONTHS[when.month - 1]}"


def said_when(when: datetime, now: datetime, chance: Random) -> str:
    """A moment as people say it."""
    clock = f"{when:%H:%M}" if when.minute or chance.random() < 1 / 2 else f"{when.hour}:00"
    return f"{said_day(when, now, chance)} в {clock}"


def opening(  # noqa: PLR0911 - one line a goal
    errand: Errand, now: datetime, chance: Random
) -> str:
    """The first words."""
    match errand.goal:
        case Goal.CANCEL_ONE | Goal.DECLINE_CANCEL:
            return _one(chance, CANCEL)
        case Goal.CANCEL_OF_SEVERAL:
            return _cancelling(errand, now, chance)
        case Goal.LIST:
            return _one(chance, LIST)
        case Goal.HUMAN:
            return _one(chance, HUMAN)
        case Goal.MOVE:
            return _moving(errand, now, chance)
        case Goal.CONFIRM:
            return _one(chance, CONFIRM)
        case _:
            return booking(errand, now, chance)


CANCEL = ("Хочу отменить запись", "Отмените мою запись, пожалуйста", "Не смогу прийти, отмените запись")
LIST = ("Когда у меня запись?", "Напомните, на какое время я записана?", "Мои записи")
HUMAN = ("Позовите администратора", "Хочу поговорить с живым человеком", "Переключите на администратора")
CONFIRM = ("Подтверждаю запись", "Да, я приду, подтверждаю запись")


def _one(chance: Random, phrases: tuple[str, ...]) -> str:
    return chance.choice(phrases)


def _cancelling(errand: Errand, now: datetime, chance: Random) -> str:
    if errand.target is not None and chance.random() < 1 / 2:
        return f"Отмените запись {said_day(errand.target.start, now, chance)}"
    return chance.choice(CANCEL)


def _moving(errand: Errand, now: datetime, chance: Random) -> str:
    if errand.when is not None and chance.random() < 1 / 2:
        return f"Перенесите мою запись на {said_when(errand.when, now, chance)}"
    return "Хочу перенести запись"


def booking(errand: Errand, now: datetime, chance: Random) -> str:
    """A wish for an appointment, as much of it as the errand names."""
    title = errand.service.title if errand.service else ""
    parts = [f"{chance.choice(BOOK)} {title.lower()}"]
    if errand.master:
        parts.append(f"к {dative(errand.master)}")
    if errand.when is not None:
        parts.append(said_when(errand.when, now, chance))
    return ", ".join(parts) if chance.random() < 1 / 2 else " ".join(parts)


BOOK = ("Запишите меня на", "Хочу записаться на", "Можно записаться на")
