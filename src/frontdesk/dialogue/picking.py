"""Which appointments the words of a message point at."""

import re
from datetime import date, time

from frontdesk.booking.appointments import Appointment
from frontdesk.dialogue.scene import Tap
from frontdesk.dialogue.talk import Question
from frontdesk.language.heard import Candidate, Heard, Reading, Relation

_WEEKDAY = "weekday"
"""The rule that a day was named by its weekday alone."""
_LAST = re.compile(r"\bсам\w+ поздн|\bthe latest\b", re.IGNORECASE)
_ANY = re.compile(
    r"пофиг|вс[её] равно|без ?разницы|не ?важно|(?:когда|как) угодно|\bлюб(?:ое|ой|ую)\b|на ваш(?:е усмотрение| выбор)"
    r"|\bany(?:time| time)?\b",
    re.IGNORECASE,
)


def pointed_at(appointments: tuple[Appointment, ...], heard: Heard) -> tuple[Appointment, ...]:
    """The appointments that fit every day, time, service and master that was said; all where none was.

    «Вторник» is the next one; where nothing stands on it, the appointments of any later Tuesday are meant.
    """
    alike = tuple(
        one
        for one in appointments
        if _fits(heard.services, {service.id for service in one.services}) and _fits(heard.masters, {one.master.id})
    )
    on_the_day = tuple(one for one in alike if _fits_readings(one, heard.readings))
    return on_the_day or tuple(one for one in alike if any(_on_its_weekday(one, each) for each in heard.readings))


def by_number(question: Question, number: int) -> Tap | None:
    """«второе»: the choice of that number in the question, as if it were tapped; None where there is none."""
    choices = question.reply.choices
    position = number - 1 if number > 0 else number
    if not -len(choices) <= position < len(choices):
        return None
    _, option, argument, _ = choices[position].id.split(":")
    return Tap(option, argument, fresh=True)


def by_hour(question: Question, heard: Heard) -> Tap | None:
    """«в 10»: the one offered time of that hour, on whatever day; None where none or several have it."""
    only = heard.readings[0] if len(heard.readings) == 1 else None
    if only is None or only.start is None or only.start.date or only.end or only.open_end or only.start.time is None:
        return None
    if heard.services or heard.masters:
        return None
    offered = [one.id.split(":") for one in question.reply.choices]
    hour = f"T{only.start.time:%H%M}-"
    fitting = [parts for parts in offered if parts[1] == "slot" and hour in parts[2]]
    return Tap("slot", fitting[0][2], fresh=True) if len(fitting) == 1 else None


def by_relation(question: Question, heard: Heard) -> Tap | None:
    """«Самое ближайшее» or «всё равно», said to a list of times, is the first; a yes to one thing alone is it."""
    offered = [one.id.split(":")[1] for one in question.reply.choices]
    if heard.readings or heard.services or heard.masters or not offered:
        return None
    if offered[0] == "slot" and _LAST.search(heard.text):
        return by_number(question, -1)
    soonest = heard.shift is not None and heard.shift.relation is Relation.NEAREST
    if offered[0] == "slot" and (soonest or _ANY.search(heard.text)):
        return by_number(question, 1)
    return by_number(question, 1) if heard.said("yes") and offered in (["service"], ["slot"]) else None


def points(heard: Heard) -> bool:
    """Whether anything was said that tells one appointment from another."""
    return bool(heard.readings or heard.services or heard.masters)


def _fits(candidates: tuple[Candidate, ...], ids: set[int]) -> bool:
    return not candidates or any(candidate.id in ids for candidate in candidates)


def _fits_readings(appointment: Appointment, readings: tuple[Reading, ...]) -> bool:
    return not readings or any(_fits_reading(appointment, reading) for reading in readings)


def _fits_reading(appointment: Appointment, reading: Reading) -> bool:
    start, end = reading.start, reading.end
    day = appointment.start.date()
    if end is None and not reading.open_end:
        return (start is None or start.date in (None, day)) and _fits_time(appointment.start.time(), reading)
    first = start.date if start else None
    last = end.date if end else first
    return _between(day, first, last) and _fits_time(appointment.start.time(), reading)


def _on_its_weekday(appointment: Appointment, reading: Reading) -> bool:
    day = reading.start.date if reading.start and reading.end is None and _WEEKDAY in reading.rules else None
    same = day is not None and day.weekday() == appointment.start.weekday()
    return same and _fits_time(appointment.start.time(), reading)


def _between(day: date, first: date | None, last: date | None) -> bool:
    return (first is None or first <= day) and (last is None or day <= last)


def _fits_time(at: time, reading: Reading) -> bool:
    first = reading.start.time if reading.start else None
    last = reading.end.time if reading.end else None
    if last is None and not reading.open_end:
        return first in (None, at)
    return (first is None or first <= at) and (last is None or at <= last)
