"""What was understood of a message, as the desk shows it: in one line, and whole for who wants to know why."""

from collections.abc import Iterator
from dataclasses import dataclass

from frontdesk.desk.words import Words
from frontdesk.language.heard import Candidate, Heard, Moment, PartOfDay, Reading


@dataclass(frozen=True, slots=True)
class Understood:
    """`brief` is one line; `facts` are pairs of a name and a value, best first; `rules` is what made it so."""

    brief: str
    facts: tuple[tuple[str, str], ...]
    rules: str


def understood(heard: Heard, say: Words) -> Understood:
    """What was heard, in the desk's words."""
    parts = [_intent(heard.intent, say)]
    parts += [_reading(one) for one in heard.readings[:1]]
    parts += [one.title for one in (*heard.services[:1], *heard.masters[:1])]
    return Understood(" · ".join(part for part in parts if part), tuple(_facts(heard, say)), ", ".join(_rules(heard)))


def _facts(heard: Heard, say: Words) -> Iterator[tuple[str, str]]:
    for intent in heard.intents:
        yield say("Намерение"), _scored(_intent(intent.name, say), intent.score)
    for reading in heard.readings:
        yield say("Время"), _scored(_reading(reading), reading.score)
    if heard.part_of_day:
        yield say("Часть дня"), _part_of_day(heard.part_of_day, say)
    for service in heard.services:
        yield say("Услуга"), _candidate(service)
    for master in heard.masters:
        yield say("Мастер"), _candidate(master)
    if heard.choice is not None:
        yield say("Выбор"), str(heard.choice) if heard.choice > 0 else say("последний")


def _rules(heard: Heard) -> Iterator[str]:
    """Each once, in the order in which they fired."""
    yield from dict.fromkeys((*heard.why, *(rule for reading in heard.readings for rule in reading.rules)))


def _candidate(one: Candidate) -> str:
    return _scored(one.title, one.score)


def _scored(what: str, score: float) -> str:
    return f"{what}, {score:.0%}"


def _reading(reading: Reading) -> str:
    start, end = _moment(reading.start), _moment(reading.end)
    if end or reading.open_end:
        return f"{start} – {end}".strip()
    return start


def _moment(moment: Moment | None) -> str:
    if moment is None:
        return ""
    day = f"{moment.date:%d.%m}" if moment.date else ""
    return f"{day} {moment.time:%H:%M}".strip() if moment.time else day


def _part_of_day(part: PartOfDay, say: Words) -> str:
    names = {
        PartOfDay.MORNING: say("утро"),
        PartOfDay.NOON: say("полдень"),
        PartOfDay.AFTERNOON: say("день"),
        PartOfDay.EVENING: say("вечер"),
        PartOfDay.NIGHT: say("ночь"),
    }
    return names[part]


def _intent(name: str, say: Words) -> str:
    """By its name in the registry, where this desk has no word for it."""
    names = {
        "book": say("записаться"),
        "free": say("свободное время"),
        "cancel": say("отменить"),
        "move": say("перенести"),
        "list": say("мои записи"),
        "confirm": say("подтвердить визит"),
        "price": say("цена"),
        "hours": say("часы работы"),
        "address": say("адрес"),
        "services": say("услуги"),
        "staff": say("мастера"),
        "human": say("позвать человека"),
        "greet": say("приветствие"),
        "thanks": say("благодарность"),
        "yes": say("да"),
        "no": say("нет"),
        "undo": say("вернуть как было"),
        "stop": say("не писать первыми"),
        "start": say("начать"),
        "erase": say("стереть данные"),
        "export": say("выдать данные"),
        "reason": say("причина отмены"),
        "branch": say("филиал"),
        "code": say("код"),
        "other": say("не понято"),
    }
    return names.get(name, name)
