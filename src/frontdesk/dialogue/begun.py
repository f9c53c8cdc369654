"""What a booking begins with: whatever was spoken of just before is not asked again.

«Запишите», said after a price, means that service; «и через неделю на то же время» means the visit spoken of last. A
draft that is open already goes before both, and so does a service that is named.
"""

import re
from dataclasses import replace
from datetime import date, datetime, timedelta

from frontdesk.booking.times import Local
from frontdesk.booking.wishes import Wish
from frontdesk.dialogue.appointing import after
from frontdesk.dialogue.several import resumed
from frontdesk.dialogue.talk import Draft, Talk
from frontdesk.language.heard import Heard, Moment, Reading, Relation

_AGAIN = re.compile(
    r"\bещ[её] (?:раз|одн\w+ так)|\bтак(?:ую|ое|ой|ая) же\b|\bто ?же самое\b|\bповтор|\bsame (?:again|thing)\b",
    re.IGNORECASE,
)
_SAME = frozenset({Relation.SAME_TIME, Relation.AS_LAST_TIME})
_LATER = re.compile(
    r"\bчерез (?:(одну|две|три|четыре|[1-4]) )?недел|\bin (a|one|two|three|four|[1-4]) weeks?\b", re.IGNORECASE
)
_COUNT = {
    "одну": 1, "две": 2, "три": 3, "четыре": 4, "a": 1, "one": 1, "two": 2, "three": 3, "four": 4,
    "1": 1, "2": 2, "3": 3, "4": 4,
}  # fmt: skip


def begun(talk: Talk, heard: Heard) -> Draft:
    """The draft that these words begin, or go on with."""
    draft, heard = talk.draft or Draft(), resumed(talk, heard)
    if draft.services or heard.services:
        return after(draft, heard, None)
    if talk.visit is not None and _again(heard):
        return _like(talk.visit, heard)
    if len(talk.topic) == 1:
        draft = replace(draft, services=talk.topic)
    return after(draft, heard, None)


def _again(heard: Heard) -> bool:
    return (heard.shift is not None and heard.shift.relation in _SAME) or bool(_AGAIN.search(heard.text))


def _like(visit: Draft, heard: Heard) -> Draft:
    """Another visit like this one: its services and master, and its time where that was said."""
    fresh = Draft(services=visit.services, salon=visit.salon, wish=Wish(master=visit.wish.master))
    day, at = visit.wish.first_day, visit.wish.at
    if day is None or at is None:
        return after(fresh, heard, None)
    start = Local(datetime.combine(day, at))
    return after(fresh, replace(heard, readings=_counted_from(day, heard)), None, start)


def _counted_from(day: date, heard: Heard) -> tuple[Reading, ...]:
    """«Через неделю», said of a visit, counts from its day."""
    found = _LATER.search(heard.text)
    if found is None or not heard.readings:
        return heard.readings
    weeks = _COUNT[(found[1] or found[2] or "одну").lower()]
    start = heard.readings[0].start
    moment = Moment(date=day + timedelta(weeks=weeks), time=start.time if start else None)
    return (Reading(moment, None, 1.0),)
