"""A choice from what was offered: «2», «второй вариант», «последнюю»."""

import re
from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from itertools import pairwise

from frontdesk.language.heard import Expecting
from frontdesk.language.words import Particles, Word

_NUMBER = re.compile(r"\s*(?:№|#|n)?\s*(\d{1,2})\s*[.)]?\s*")
_MOST = 30
_SHORT = 3
_OFFERED = frozenset({Expecting.DATE, Expecting.TIME, Expecting.SERVICE, Expecting.MASTER})


@dataclass(frozen=True, slots=True)
class Counting:
    """How a language counts what it points at."""

    ordinals: Mapping[str, int]
    """Forms of «первый», «второй», ... and of «последний» (-1)."""
    cardinals: Mapping[str, int]
    """«один», «два», ...: a choice only where one was asked for."""
    nouns: frozenset[str]
    """«вариант», «номер»: beside them any number is a choice."""
    anyone: frozenset[str]
    """«любой», «неважно»: as an answer or beside «мастер» they leave the master open."""
    whoever: frozenset[str] = frozenset()
    """«кому нибудь»: two words that do so behind «к»."""
    pronouns: frozenset[str] = frozenset()
    """«one» of "the first one", which is no hour."""
    toward: frozenset[str] = frozenset()
    """«к»."""


def pointing_words(words: Sequence[Word], counting: Counting) -> tuple[int, ...]:
    """Places of "first one": it points at what was offered, and names no day and no hour."""
    pairs = (
        place
        for place, (word, following) in enumerate(pairwise(words))
        if word.form in counting.ordinals and following.form in counting.pronouns
    )
    return tuple(place for first in pairs for place in (first, first + 1))


def find_choice(  # noqa: PLR0913 - what was said, and all that it may mean
    text: str,
    words: Sequence[Word],
    counting: Counting,
    particles: Particles,
    expecting: Expecting | None,
    *,
    dated: bool = False,
) -> int | None:
    """Which of the offered things is meant, counted from 1, or -1, the last one.

    A bare number is one only where a choice was asked for, or nothing was; beside «вариант» or «номер» always. Of
    times, days, services and masters an ordinal chooses, «давайте второе», unless a day or time was said (`dated`).
    """
    said = [word for word in words if word.form not in particles.fillers]
    if expecting in {Expecting.CHOICE, None} and (bare := _NUMBER.fullmatch(text)):
        return _within(int(bare.group(1)))
    if (pointed := _beside_noun(said, counting)) is not None:
        return pointed
    if expecting in _OFFERED and not dated:
        return _only_ordinal(said, counting) if len(said) <= _SHORT else None
    return _asked_for(said, counting) if expecting is Expecting.CHOICE else None


def anyone_named(words: tuple[Word, ...], counting: Counting, cues: AbstractSet[str], *, asked: bool) -> str | None:
    """The word that leaves the master open: «к любому мастеру», or «неважно» where a master was asked for."""
    for place, word in enumerate(words):
        if word.form in counting.anyone and word.negated_by < 0:
            beside = words[max(place - 1, 0) : place] + words[place + 1 : place + 2]
            if asked or any(each.form in cues for each in beside):
                return word.form
    return _whoever(words, counting, asked=asked)


def _whoever(words: tuple[Word, ...], counting: Counting, *, asked: bool) -> str | None:
    """«К кому-нибудь»."""
    for place, word in enumerate(words):
        pair = " ".join(each.form for each in words[place : place + 2])
        toward = asked or (place > 0 and words[place - 1].form in counting.toward)
        if toward and word.negated_by < 0 and not counting.whoever.isdisjoint({pair, word.form}):
            return pair
    return None


def _within(number: int) -> int | None:
    return number if 1 <= number <= _MOST else None


def _value(word: Word, counting: Counting) -> int | None:
    if word.form.isdecimal():
        return _within(int(word.form[:3]))
    if word.negated_by >= 0:
        return None
    return counting.ordinals.get(word.form, counting.cardinals.get(word.form))


def _beside_noun(said: Sequence[Word], counting: Counting) -> int | None:
    """«Второй вариант», «вариант 2», «номер два»."""
    for place, word in enumerate(said):
        if word.form in counting.nouns:
            beside = (*said[place + 1 : place + 2], *said[max(place - 1, 0) : place])
            values = [value for each in beside if (value := _value(each, counting)) is not None]
            if values:
                return values[0]
    return None


def _only_ordinal(said: Sequence[Word], counting: Counting) -> int | None:
    ordinals = {counting.ordinals[word.form] for word in said if word.form in counting.ordinals and word.negated_by < 0}
    return ordinals.pop() if len(ordinals) == 1 else None


def _asked_for(said: Sequence[Word], counting: Counting) -> int | None:
    """The only ordinal of the answer, or a number that is nearly all of it."""
    if (ordinal := _only_ordinal(said, counting)) is not None:
        return ordinal
    if len(said) == 1:
        return _value(said[0], counting)
    return None
