"""The state of the link to a salon's journal, in words that say what it means for the salon."""

from dataclasses import dataclass
from typing import assert_never
from zoneinfo import ZoneInfo

from frontdesk.booking.times import Instant
from frontdesk.desk.times import moment
from frontdesk.desk.words import Words
from frontdesk.outage.link import LinkState
from frontdesk.store.links import Link


@dataclass(frozen=True, slots=True)
class LinkWords:
    """`tone` is `well`, `doubt` or `away`; `cause` is the fault itself, where the text does not hold it."""

    tone: str
    text: str
    cause: str = ""


def link_words(link: Link | None, waiting: int, zone: ZoneInfo, now: Instant, say: Words) -> LinkWords:
    """What the administrator is told of the link; `waiting` is how much is on its way to that journal."""
    if link is None:
        return LinkWords("well", say("Журнал отвечает"))
    state, since = link.state, moment(link.since, now, zone, say)
    match state:
        case LinkState.ONLINE:
            return LinkWords("well", say("Журнал отвечает"))
        case LinkState.SUSPECT:
            return LinkWords("doubt", say("Журнал отвечает не всегда, проверяю"), link.cause)
        case LinkState.OFFLINE:
            text = say("Журнал недоступен с {since}, принято заявок: {number}", since=since, number=waiting)
            return LinkWords("away", text, link.cause)
        case LinkState.RECOVERING:
            return LinkWords("doubt", say("Журнал снова отвечает, передаю заявки: {number}", number=waiting))
        case LinkState.LOCKED_OUT:
            return LinkWords("away", say("Доступ закрыт с {since}: {cause}", since=since, cause=link.cause))
        case _:
            assert_never(state)
    assert_never(state)
