"""Several wishes in one message, each with its own words: «отмените завтрашнюю и запишите на среду к Анне».

A cut lies before the clause, or the «и», with which the next wish begins. Where two wishes share a clause that nothing
divides, the message stays whole: better all words for both than the wrong ones for one.
"""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from itertools import pairwise

from frontdesk.language.wanted import Wanted
from frontdesk.language.words import Message, Word

_MOST = 3
_HEARD = 0.35
"""A hint beside a clear phrase; what it says by itself is heard anew."""
_SMALL_TALK = frozenset({"greet", "thanks", "yes", "no", "other"})


def apart(message: Message, wanted: Sequence[Wanted], joins: AbstractSet[str]) -> tuple[str, ...]:
    """The text of each wish, in order; empty where there is one, or where they can't be told apart."""
    told = [one for one in wanted if one.name not in _SMALL_TALK and one.score >= _HEARD]
    places = sorted({one.core or (one.at, one.at) for one in told})
    if not 1 < len(places) <= _MOST:
        return ()
    cuts = [
        next((cut for place in own if (cut := _cut(message.words, before[0], place, joins)) is not None), None)
        for before, own in pairwise(places)
    ]
    ends = [message.words[cut].start for cut in cuts if cut is not None]
    if len(ends) < len(cuts):
        return ()
    return tuple(message.text[begin:end] for begin, end in zip((0, *ends), (*ends, len(message.text)), strict=True))


def _cut(words: Sequence[Word], before: int, place: int, joins: AbstractSet[str]) -> int | None:
    """Where the wish at this place begins; None where nothing divides it from the one before."""
    begin = place
    while begin > before + 1 and words[begin - 1].clause == words[place].clause and words[begin].form not in joins:
        begin -= 1
    divided = words[begin].form in joins or words[begin - 1].clause != words[begin].clause
    return begin if divided else None
