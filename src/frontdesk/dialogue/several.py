"""Several wishes in one message: each is answered by its own words, and a booking waits for what goes before it."""

import re
from collections.abc import Sequence
from dataclasses import replace

from frontdesk.booking.commands import Cancel, Done, Move
from frontdesk.dialogue.scene import Scene, Tap
from frontdesk.dialogue.talk import Choice, Settled, Talk, Turn
from frontdesk.language.heard import Heard

SURE = 0.6
"""From this score on an intent was surely heard."""
_CANCELS = re.compile(r"отмен|удали|сними|cancel", re.IGNORECASE)
_BARE_SERVICE, _BARE_DAY = 0.65, 0.55
"""So sure is a booking that nothing but a service, or a day, speaks for."""
_GOES_ON = re.compile(r"\s*(?:(?:ну )?а|and|what about)\b", re.IGNORECASE)
_OF_A_SERVICE = frozenset({"price", "staff", "services"})
_BOOKINGS = frozenset({"book", "free"})
_OF_ONE_STANDING = frozenset({"cancel", "move", "confirm"})


def books_the_topic(talk: Talk, heard: Heard) -> bool:
    """«Да», said to a price with «Записаться» under it, is that tap."""
    return heard.intent == "yes" and talk.question is None and len(talk.topic) == 1


def moves_instead(talk: Talk, heard: Heard) -> Tap | None:
    """«16:30» or «а можно в понедельник?», said to «Отменить?» or «Подтвердить?», is a tap on «Перенести»."""
    question = talk.question
    asked = question is not None and question.intent in {"cancel", "confirm"} and question.step == "confirm"
    if question is None or not asked or not question.subjects or not heard.readings or heard.services:
        return None
    wants_time = all(one.name == "free" or (one.name == "book" and one.score <= SURE) for one in heard.intents)
    return Tap("pick", str(question.subjects[0]), fresh=True) if wants_time else None


def asks_on(talk: Talk, heard: Heard) -> str:
    """«А завтра?» after the hours, «а педикюр?» after a price: the same question again; empty where it is none."""
    wished = any(one.score > (_BARE_SERVICE if heard.services else _BARE_DAY) for one in heard.intents)
    begins_so = _GOES_ON.match(heard.text) and not wished
    if talk.question is not None or not begins_so or bool(heard.readings) == bool(heard.services):
        return ""
    goes_on = talk.answered == "hours" if heard.readings else talk.answered in _OF_A_SERVICE
    return talk.answered if goes_on else ""


def surely(name: str, heard: Heard) -> bool:
    """Whether it was surely wished; a hint that has a part of the message for itself is enough."""
    return heard.said(name, SURE) or any(part.intent == name for part in heard.parts)


def first_of(wishes: Sequence[str], heard: Heard) -> str | None:
    """What is begun with: what is to become of an appointment that stands, before a new one is made.

    «Не приду завтра и хочу перенести на среду» is no cancellation.
    """
    if {"cancel", "move"} <= set(wishes) and not _CANCELS.search(heard.text):
        return "move"
    if booking(heard) is None:
        return next(iter(wishes), None)
    return next((name for name in wishes if name in _OF_ONE_STANDING), next(iter(wishes), None))


def own_words(name: str, heard: Heard) -> Heard:
    """What was said of this wish alone; the whole message where its own words do not tell enough."""
    part = next((one for one in heard.parts if one.intent == name), None)
    if part is None:
        return heard
    if name in _OF_ONE_STANDING:
        return part if booking(heard) is not None else heard
    return part if part.services else heard


def booking(heard: Heard) -> Heard | None:
    """The part that wishes a new appointment."""
    return next((one for one in heard.parts if one.intent in _BOOKINGS and (one.services or one.readings)), None)


def kept_for_later(name: str, heard: Heard, turn: Turn) -> Turn:
    """The turn, with the booking that was wished beside a cancellation or a move."""
    later = booking(heard) if name in _OF_ONE_STANDING else None
    return turn if later is None else replace(turn, talk=replace(turn.talk, later=later))


def and_now_the_booking(scene: Scene, event: Settled, turn: Turn) -> Turn:
    """Once the first is done, the way to the booking stands in the same message."""
    over = isinstance(event.command, Cancel | Move) and isinstance(event.outcome, Done)
    if scene.talk.later is None or not over or not turn.replies:
        return turn
    first, *rest = turn.replies
    text = f"{first.text}\n\n{scene.words('Вы хотели ещё записаться: нажмите «Записаться», и продолжим.')}"
    way = Choice("book:later::0", scene.words("Записаться"))
    return replace(turn, replies=(replace(first, text=text, choices=(*first.choices, way)), *rest))


def resumed(talk: Talk, heard: Heard) -> Heard:
    """The booking that was put off, where nothing newer was said."""
    said = heard.services or heard.readings or heard.masters
    return talk.later if talk.later is not None and not said else heard


def own_draft(name: str, talk: Talk) -> Talk:
    """A new booking does not begin with the draft of a move."""
    moving = talk.draft is not None and talk.draft.moving is not None
    return replace(talk, draft=None) if moving and name in _BOOKINGS else talk
