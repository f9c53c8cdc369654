"""How a wish is said, in Russian and in English. A price list is in Russian, and English clients name its lines so."""

from calendar import month_name
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from random import Random
from typing import Final

from frontdesk.dialogue.grammar import MONTHS, dative
from frontdesk.simulation.goals import ASKS_FREE, CANCELS, MOVES, Errand, Goal


@dataclass(frozen=True, slots=True)
class Tongue:
    """One language's ways to say what there is to say."""

    near_days: Mapping[int, str]
    months: tuple[str, ...]
    at: str
    cancel: tuple[str, ...]
    cancel_on: str
    list: tuple[str, ...]
    human: tuple[str, ...]
    confirm: tuple[str, ...]
    move: str
    move_to: str
    book: tuple[str, ...]
    free: tuple[str, ...]
    to_master: str
    undo: tuple[str, ...]
    decline: str
    wait: str
    another_hour: str
    take: str
    thanks: str
    any_day: str


RUSSIAN: Final = Tongue(
    near_days={0: "сегодня", 1: "завтра", 2: "послезавтра"},
    months=MONTHS,
    at="{day} в {time}",
    cancel=("Хочу отменить запись", "Отмените мою запись, пожалуйста", "Не смогу прийти, отмените запись"),
    cancel_on="Отмените запись {day}",
    list=("Когда у меня запись?", "Напомните, на какое время я записана?", "Мои записи"),
    human=("Позовите администратора", "Хочу поговорить с живым человеком", "Переключите на администратора"),
    confirm=("Подтверждаю запись", "Да, я приду, подтверждаю запись"),
    move="Хочу перенести запись",
    move_to="Перенесите мою запись на {when}",
    book=("Запишите меня на", "Хочу записаться на", "Можно записаться на"),
    free=("Когда свободно на", "Какое время есть на"),
    to_master="к {master}",
    undo=("Верните запись", "Я передумала отменять, верните запись", "Верните всё как было"),
    decline="нет, не надо",
    wait="Ой, подождите, нет, не отменяйте",
    another_hour="Нет, лучше в {hour}:00",
    take="давайте {when}",
    thanks="Спасибо большое!",
    any_day="завтра",
)
ENGLISH: Final = Tongue(
    near_days={0: "today", 1: "tomorrow"},
    months=tuple(month_name[1:]),
    at="{day} at {time}",
    cancel=(
        "I want to cancel my appointment",
        "Please cancel my appointment",
        "I can't come, please cancel my booking",
    ),
    cancel_on="Cancel my appointment on {day}",
    list=("When is my appointment?", "What time am I booked?", "My appointments"),
    human=("I want to talk to a human", "Can I speak to the manager?"),
    confirm=("I confirm my appointment",),
    move="I want to reschedule my appointment",
    move_to="Move my appointment to {when}",
    book=("Please book me for", "I'd like to book"),
    free=("When is there free time for", "What times are available for"),
    to_master="with {master}",
    undo=("Please restore my appointment", "Bring back my appointment"),
    decline="no, thank you",
    wait="Wait, no, don't cancel",
    another_hour="No, better at {hour}:00",
    take="{when}, please",
    thanks="Thank you so much!",
    any_day="tomorrow",
)
TONGUES: Final = {"ru": RUSSIAN, "en": ENGLISH}


def said_day(when: datetime, now: datetime, chance: Random, tongue: Tongue) -> str:
    """A day as people say it: «завтра», «22 ноября», or both ways round."""
    near = tongue.near_days.get((when.date() - now.date()).days)
    if near and chance.random() < 2 / 3:
        return near
    return plain_day(when, tongue)


def plain_day(when: datetime, tongue: Tongue) -> str:
    """«22 ноября»."""
    return f"{when.day} {tongue.months[when.month - 1]}"


def said_when(when: datetime, now: datetime, chance: Random, tongue: Tongue) -> str:
    """A moment as people say it."""
    clock = f"{when:%H:%M}" if when.minute or chance.random() < 1 / 2 else f"{when.hour}:00"
    return tongue.at.format(day=said_day(when, now, chance, tongue), time=clock)


def where(branch: str) -> str:
    """«в Заречье»: what tells a branch from the others of its name."""
    return branch.partition("» ")[2]


def opening(errand: Errand, now: datetime, chance: Random, tongue: Tongue) -> str:
    """The first words."""
    fixed = {Goal.LIST: tongue.list, Goal.HUMAN: tongue.human, Goal.CONFIRM: tongue.confirm}
    if errand.goal in fixed:
        return chance.choice(fixed[errand.goal])
    if errand.goal in CANCELS:
        return _cancelling(errand, now, chance, tongue)
    wish = _moving if errand.goal in MOVES else _booking
    return wish(errand, now, chance, tongue)


def _cancelling(errand: Errand, now: datetime, chance: Random, tongue: Tongue) -> str:
    if errand.goal is Goal.CANCEL_OF_SEVERAL and errand.target is not None and chance.random() < 1 / 2:
        return tongue.cancel_on.format(day=said_day(errand.target.start, now, chance, tongue))
    return chance.choice(tongue.cancel)


def _moving(errand: Errand, now: datetime, chance: Random, tongue: Tongue) -> str:
    if errand.when is not None and (errand.goal is Goal.MOVE_TO or chance.random() < 1 / 2):
        return tongue.move_to.format(when=said_when(errand.when, now, chance, tongue))
    return tongue.move


def _booking(errand: Errand, now: datetime, chance: Random, tongue: Tongue) -> str:
    """A wish for an appointment, as much of it as the errand names."""
    title = errand.service.title if errand.service else ""
    openers = tongue.free if errand.goal in ASKS_FREE else tongue.book
    parts = [f"{chance.choice(openers)} {title.lower()}"]
    if errand.master:
        name = dative(errand.master) if tongue is RUSSIAN else errand.master
        parts.append(tongue.to_master.format(master=name))
    if errand.goal is Goal.BOOK_AT_BRANCH:
        parts.append(where(errand.branch))
    if errand.when is not None:
        parts.append(said_when(errand.when, now, chance, tongue))
    return ", ".join(parts) if chance.random() < 1 / 2 else " ".join(parts)
