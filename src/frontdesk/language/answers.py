"""Answers: what counts as a yes or a no, and what only begins like one.

«Да» and «нет» answer where a message begins with them, pleasantries apart: «да, отмените» agrees and cancels. A yes is
dropped where the message takes it back: with a question («да, а сколько стоит?», «да?»), with a "but" («да, но лучше в
16»), or where «да» only opens a sentence («да я просто спросила»). Soft words («хорошо», «ок», «давайте») agree only as
the whole message: «хорошо, но не приду» and «давайте запишемся» do not. A no is never harmful, so it is kept.
"""

from collections.abc import Iterable, Iterator, Sequence
from collections.abc import Set as AbstractSet

from frontdesk.language.heard import Expecting
from frontdesk.language.rules import Kind, Match
from frontdesk.language.wanted import Wanted, negated, rule_name
from frontdesk.language.words import Message

_WHOLE = 0.95
_UNASKED = 0.87
"""A yes that nobody asked for stands below what else was said."""
_AWAITED = 0.85
_SOFT = 0.6
_OPENING = 0.8
_RUN_ON = 0.6
"""An answer that runs on without a comma: «да отмените»."""
_ANSWERS = frozenset({Kind.WHOLE, Kind.OPENING})


def whole_answer(
    message: Message, matches: Sequence[Match], idle: AbstractSet[int], expecting: Expecting | None
) -> tuple[Wanted, Sequence[Match]] | None:
    """The answer that is the whole message, idle words and courtesies apart, and the matches that make it."""
    courteous = _words_of(match for match in matches if match.rule.courtesy and match.rule.kind is not Kind.WHOLE)
    passed = idle | courteous
    for name, own in _by_intent(match for match in matches if match.rule.kind in _ANSWERS):
        standing = [match for match in own if not negated(message, match) and not match.words <= courteous]
        asks = own[0].rule.assent and message.questions
        if standing and not asks and _covers(message, _words_of(standing) | passed):
            return Wanted(name, _whole_score(standing, expecting), 0, rule_name(message, standing[0])), standing
    return None


def opens(match: Match, matches: Sequence[Match], idle: AbstractSet[int]) -> bool:
    """Whether a match is an answer with nothing but idle words, courtesies and other answers before it."""
    if match.rule.kind is not Kind.OPENING:
        return False
    before = set(range(match.first)) - idle
    return not before or before <= _words_of(
        other for other in matches if other.rule.courtesy or other.rule.kind is Kind.OPENING
    )


def opening_score(
    message: Message, match: Match, won: Sequence[Match], idle: AbstractSet[int], contrasts: AbstractSet[str]
) -> float:
    """How surely a message that begins like an answer is one; 0 for a yes that the rest takes back."""
    assent = match.rule.assent
    if assent and (message.questions or negated(message, match)):
        return 0.0
    after = max(match.words) + 1
    rest = [place for place in range(after, len(message.words)) if place not in idle]
    if not rest or any(rest[0] in other.words and other.rule.kind is Kind.OPENING for other in won):
        return _OPENING
    if assent and any(message.words[place].form in contrasts for place in (after, rest[0])):
        return 0.0
    if message.words[after].clause != message.words[after - 1].clause:
        return _OPENING
    carried = any(rest[0] in other.words and other.rule.deniable and not other.rule.assent for other in won)
    return _RUN_ON if carried or not assent else 0.0


def _covers(message: Message, places: AbstractSet[int]) -> bool:
    """Whether these words and their repetitions are all there is: «да-да»."""
    forms = {message.words[place].form for place in places}
    return all(place in places or word.form in forms for place, word in enumerate(message.words))


def _by_intent(matches: Iterable[Match]) -> Iterator[tuple[str, list[Match]]]:
    grouped: dict[str, list[Match]] = {}
    for match in matches:
        grouped.setdefault(match.rule.intent, []).append(match)
    yield from grouped.items()


def _words_of(matches: Iterable[Match]) -> set[int]:
    return {place for match in matches for place in match.words}


def _whole_score(own: Sequence[Match], expecting: Expecting | None) -> float:
    assent = own[0].rule.assent
    awaited = not assent or expecting is Expecting.YES_NO
    if not assent or any(match.rule.kind is Kind.OPENING for match in own):
        return _WHOLE if awaited else _UNASKED
    return _AWAITED if awaited else _SOFT
