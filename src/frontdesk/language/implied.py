"""What a message wants that names no wish: «на маник завтра в 3», «а в пятницу?», «❤️», «+»."""

import re
from dataclasses import replace

from frontdesk.language.heard import Expecting, Relation
from frontdesk.language.moments import Moments
from frontdesk.language.wanted import Wanted
from frontdesk.language.words import Message

_BOOK = 0.65
_HINT = 0.55
_FAINT = 0.45
_BELOW = 0.02
"""A courtesy stands below what the message is about."""
_SMALL = 2
"""Words up to this length are prepositions and the like."""
_MUCH = 2
_FEW = 4
_ASKED_YES = 0.95
_YES = 0.87
_WARM = frozenset("❤♥💕💖💗💙💚💛🧡💜🖤🤍💞💓😍🥰😘😊🙏👍👌👏🤗☺🌹💐🌸🫶🤝🔥")
_SAYS_CANCEL = re.compile(r"отмен|снять|сними|удали|вычеркн|скасу|cancel|absag|stornier", re.IGNORECASE)
_SMALL_TALK = frozenset({"greet", "thanks", "yes", "no"})
_ANOTHER_TIME = frozenset({Relation.EARLIER, Relation.LATER})
_PLUSES = frozenset({"+", "++", "+++"})


def implied(  # noqa: PLR0913 - the message, and all that was found in it
    text: str,
    message: Message,
    moments: Moments,
    wanted: tuple[Wanted, ...],
    expecting: Expecting | None,
    *,
    foreign: bool = False,
) -> tuple[Wanted, ...]:
    """What was heard, and what follows where nothing but courtesies was.

    A day, a service or a master given as the answer to a question is that answer and implies nothing more.
    """
    if not message.words:
        return _wordless(text.strip(), expecting)
    wanted = _rather_moved(text, moments, wanted)
    if expecting is not None or any(each.name not in _SMALL_TALK for each in wanted):
        return wanted
    found = _found(message, moments) or _foreign(message, foreign=foreign)
    if not found:
        return wanted
    top = max(each.score for each in found)
    beside = (replace(each, score=round(min(each.score, top - _BELOW), 3)) for each in wanted)
    return tuple(sorted((*found, *beside), key=lambda each: -each.score))


def _rather_moved(text: str, moments: Moments, wanted: tuple[Wanted, ...]) -> tuple[Wanted, ...]:
    """«Не успеваю к трём, можно попозже?» says that one can't come, and is no cancellation."""
    shifted = moments.shift is not None and moments.shift.relation in _ANOTHER_TIME
    cancel = next((each for each in wanted if each.name == "cancel"), None)
    if cancel is None or not shifted or _SAYS_CANCEL.search(text):
        return wanted
    move = Wanted("move", max(each.score for each in wanted), cancel.at, "move: can't come then, and another time")
    return (move, *(each for each in wanted if each.name not in {"cancel", "book", "move"}))


def _wordless(text: str, expecting: Expecting | None) -> tuple[Wanted, ...]:
    """«+» is how Russians say yes to a reminder; a heart or a thumb is kind, and agrees to nothing."""
    if text in _PLUSES:
        score = _ASKED_YES if expecting is Expecting.YES_NO else _YES
        return (Wanted("yes", score, 0, "yes: +"),)
    if text and any(letter in _WARM for letter in text):
        return (Wanted("thanks", _HINT, 0, "thanks: emoji"),)
    return ()


def _found(message: Message, moments: Moments) -> tuple[Wanted, ...]:
    tags = {tag for tags in message.tags.values() for tag in tags}
    asks = bool(message.questions)
    if "<service>" in tags or ("<master>" in tags and "<date>" in tags):
        book = Wanted("book", _BOOK, 0, "book: implied by what was named")
        return (book, Wanted("free", _FAINT, 0, "free: a question that names it")) if asks else (book,)
    if not tags or not _is_the_point(message):
        return ()
    if moments.shift is not None and moments.shift.relation in _ANOTHER_TIME:
        return (Wanted("move", _HINT, 0, "move: implied by another time"),)
    if asks:
        return (
            Wanted("free", _HINT, 0, "free: a question that names it"),
            Wanted("book", _FAINT, 0, "book: or a wish"),
        )
    return (Wanted("book", _HINT, 0, "book: implied by what was named"),)


def _foreign(message: Message, *, foreign: bool) -> tuple[Wanted, ...]:
    """«А шугаринг?», where it is not done: it is asked about as any service is."""
    asks = foreign and message.questions and len(message.words) <= _FEW
    return (Wanted("services", _HINT, 0, "services: a question that names one of others"),) if asks else ()


def _is_the_point(message: Message) -> bool:
    """Whether a day or a master is what the message is about: «на завтра в 15», and not «сегодня жарко»."""
    beside = sum(len(word.form) > _SMALL and place not in message.tags for place, word in enumerate(message.words))
    return _MUCH * beside <= len(message.tags)
