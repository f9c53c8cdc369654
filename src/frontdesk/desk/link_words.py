"""The state of the link to a salon's journal, in words that say what it means for the salon."""

from dataclasses import dataclass

from frontdesk.booking.times import Instant
from frontdesk.desk.parts import SalonCard
from frontdesk.desk.times import moment
from frontdesk.desk.words import Words
from frontdesk.outage.link import LinkState
from frontdesk.store.board import SalonDay


@dataclass(frozen=True, slots=True)
class LinkWords:
    """`tone` is `well`, `doubt` or `away`."""

    tone: str
    text: str


def link_words(kept: SalonDay, salon: SalonCard, now: Instant, say: Words) -> LinkWords:
    """What the administrator is told of the link."""
    link = kept.link
    since = moment(link.since, now, salon.zone, say) if link else ""
    match link.state if link else LinkState.ONLINE:
        case LinkState.ONLINE:
            return LinkWords("well", say("Журнал отвечает"))
        case LinkState.SUSPECT:
            return LinkWords("doubt", say("Журнал отвечает не всегда, проверяю"))
        case LinkState.OFFLINE:
            return LinkWords(
                "away", say("Журнал недоступен с {since}, принято заявок: {number}", since=since, number=kept.waiting)
            )
        case LinkState.RECOVERING:
            return LinkWords("doubt", say("Журнал снова отвечает, передаю заявки: {number}", number=kept.waiting))
        case LinkState.LOCKED_OUT:
            cause = link.cause if link else ""
            return LinkWords("away", say("Доступ закрыт с {since}: {cause}", since=since, cause=cause))
