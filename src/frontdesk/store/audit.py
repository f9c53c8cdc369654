"""Who of the salon did what at the desk: written with the deed, in its transaction."""

from collections.abc import Collection
from dataclasses import dataclass

from sqlalchemy import Connection, insert, update

from frontdesk.booking.ids import AppointmentId
from frontdesk.booking.times import Instant
from frontdesk.store.codec import brief
from frontdesk.store.desk_tables import desk_actions
from frontdesk.store.users import User


@dataclass(frozen=True, slots=True)
class About:
    """What a deed is about, as far as it is about any of these; `detail` says more and holds no client's words."""

    chat: int | None = None
    command: int | None = None
    salon: str | None = None
    appointment: AppointmentId | None = None
    detail: str = ""


NOTHING = About()


def note(connection: Connection, who: User, what: str, about: About, at: Instant) -> None:
    """Writes down what somebody did; call it in the transaction that does it.

    `what` is a Russian sentence of the desk («Диалог взят на себя»), which its catalogue translates when it is shown.
    """
    row = {
        "at": at,
        "who": who.shown,
        "what": what,
        "chat": about.chat,
        "command": about.command,
        "salon": about.salon,
        "appointment": about.appointment,
        "detail": brief(about.detail),
    }
    connection.execute(insert(desk_actions), row)


def forget(connection: Connection, chats_of_person: Collection[int]) -> None:
    """What was done stands; with whom it was done is not known any more."""
    connection.execute(update(desk_actions).where(desk_actions.c.chat.in_(chats_of_person)).values(chat=None))
