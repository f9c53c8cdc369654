"""«А подешевле?»: what of the same kind costs less."""

import re
from collections.abc import Sequence

from frontdesk.booking.menu import Listed
from frontdesk.dialogue.offering import lowest, service_choices
from frontdesk.dialogue.scene import Ask, Scene
from frontdesk.dialogue.talk import Draft, Turn
from frontdesk.language.heard import Expecting

_CHEAPER = re.compile(r"\b(?:по)?дешевле\b|\bдорого(?:вато)?\b|\bcheaper\b|\b(?:too |so )expensive\b", re.IGNORECASE)


_STEM = 5
"""Letters that Russian endings leave alone."""


def asks_cheaper(text: str) -> bool:
    """Whether the words find the price too high."""
    return _CHEAPER.search(text) is not None


def offer_cheaper(scene: Scene, services: Sequence[int]) -> Turn:
    """Puts what costs less before the client; the draft is kept."""
    listed = _cheaper(scene, services)
    if not listed:
        return scene.aside(scene.words("Дешевле, к сожалению, нет."))
    ask = Ask("book", "service", Expecting.SERVICE, draft=scene.talk.draft or Draft())
    return scene.ask(ask, scene.words("Дешевле есть вот что:"), *service_choices(scene, "book", listed))


def _cheaper(scene: Scene, services: Sequence[int]) -> tuple[Listed, ...]:
    """The services of the same kind that cost less than these, the dearest of them first."""
    chosen = [one for one in scene.menu.listed if one.offer.service.id in services]
    kinds = {(one.category, word) for one in chosen for word in _words(one)}
    limit = min((price.low for one in chosen if (price := lowest(one))), default=0)
    alike = (one for one in scene.menu.listed if any((one.category, word) in kinds for word in _words(one)))
    priced = ((price.low, one) for one in alike if (price := lowest(one)))
    return tuple(one for low, one in sorted(priced, key=lambda pair: -pair[0]) if 0 < low < limit)


def _words(listed: Listed) -> set[str]:
    """The words of a title by their beginnings: a beard is no cheaper colouring."""
    words = listed.offer.service.title.casefold().split()
    return {word[:_STEM] for word in words if len(word) >= _STEM}
