"""The salon's services, masters and prices as lines of a message."""

from collections.abc import Iterable, Sequence
from itertools import groupby

from frontdesk.booking.menu import Listed
from frontdesk.booking.offers import Price
from frontdesk.dialogue.offering import SHOWN, offered_services
from frontdesk.dialogue.scene import Scene
from frontdesk.dialogue.talk import Choice

MOST_LINES = 30
"""More than that nobody reads, and a message has its bound."""


def meant(scene: Scene) -> tuple[Listed, ...]:
    """The services that the words may mean, in the order of the salon's list."""
    likely = {candidate.id for candidate in scene.heard.services}
    return tuple(one for one in scene.menu.listed if one.offer.service.id in likely)


def ids(listed: Sequence[Listed]) -> tuple[int, ...]:
    """The services by number."""
    return tuple(one.offer.service.id for one in listed)


def of_draft(scene: Scene) -> tuple[Listed, ...]:
    """The services that are being talked about: in the making, else a few that are offered, asked about, or booked."""
    drafted = scene.talk.draft.services if scene.talk.draft else ()
    offered = offered_services(scene.talk.question)
    visit = scene.talk.visit.services if scene.talk.visit else ()
    services = drafted or (offered if len(offered) < SHOWN else ()) or scene.talk.topic or visit
    return tuple(one for one in scene.menu.listed if one.offer.service.id in services)


def priced(scene: Scene, listed: Listed) -> str:
    """«Женская стрижка: 2 000 ₽»; the title alone where the salon names no price."""
    title, price = listed.offer.service.title, _price(listed)
    written = scene.words.price(price, scene.menu.currency) if price else ""
    return f"{title}: {written}" if written else title


def price_list(scene: Scene, listed: Sequence[Listed]) -> str:
    """A line a service under its category; how many more there are, where they are too many."""
    lines: list[str] = []
    for category, of_category in groupby(listed[:MOST_LINES], key=lambda one: one.category):
        lines += [f"{category}:"] if category else []
        lines += [f"• {priced(scene, one)}" for one in of_category]
    if len(listed) > MOST_LINES:
        more = len(listed) - MOST_LINES
        lines.append(scene.words("И ещё {n}: напишите название, и я отвечу.", n=more))
    return "\n".join(lines)


def ways_to_book(scene: Scene, listed: Iterable[Listed]) -> tuple[Choice, ...]:
    """A way to book each of a few services at once; of one, «Записаться»."""
    few = tuple(listed)[:SHOWN]
    if len(few) == 1:
        return (Choice(f"book:service:{few[0].offer.service.id}:0", scene.words("Записаться")),)
    return tuple(Choice(f"book:service:{one.offer.service.id}:0", one.offer.service.title) for one in few)


def _price(listed: Listed) -> Price | None:
    prices = [terms.price for terms in listed.offer.masters.values()]
    if not prices:
        return None
    return Price(min(price.low for price in prices), max(price.high for price in prices))
