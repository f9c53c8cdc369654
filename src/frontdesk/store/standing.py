"""What a turn must know of the outbox: the open commands of whoever writes, and the time that everybody's hold."""

from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Connection, bindparam, func, or_, select, text

from frontdesk.booking.appointments import Pending
from frontdesk.booking.commands import Book, Command, Move
from frontdesk.booking.ids import Phone
from frontdesk.booking.outstanding import OpenCommands, Outstanding, held, is_held
from frontdesk.outage.command import CommandState
from frontdesk.store.codec import Unreadable, load_command
from frontdesk.store.tables import OPEN, commands, ledger, watchers

_PENDING = {
    CommandState.WAITING: Pending.WAITING,
    CommandState.SENT: Pending.UNSURE,
    CommandState.UNSURE: Pending.UNSURE,
}
"""A command in conflict was found undone and holds nothing: what becomes of it is somebody's choice."""
_STANDING = select(commands.c.id, commands.c.command, commands.c.state).where(
    OPEN, commands.c.state.in_(tuple(_PENDING)), commands.c.salon.in_(bindparam("salons", expanding=True))
)
_OF_SALONS = _STANDING.order_by(commands.c.id)
_WATCHED = select(watchers.c.command).where(watchers.c.chat == bindparam("chat"))
_OWN = _STANDING.where(or_(commands.c.person == bindparam("phone"), commands.c.id.in_(_WATCHED))).order_by(
    commands.c.id
)
_CHANGES = select(func.max(ledger.c.id))
_ONE_AT_A_TIME = text("SELECT pg_advisory_xact_lock(hashtext(:place))")


def standing(
    connection: Connection, chat: int, phone: Phone | None, salons: Sequence[str], *, everyones: bool
) -> OpenCommands:
    """The open commands of this chat or this proved phone; with `everyones` those of all, for the time they hold.

    Then also how far the ledger has come: what is known of free times may be older than a change of another process.
    """
    own = connection.execute(_OWN, {"salons": salons, "phone": phone, "chat": chat}).all()
    if not everyones:
        return OpenCommands(tuple(_read(own)))
    others = connection.execute(_OF_SALONS, {"salons": salons}).all()
    changes = connection.execute(_CHANGES).scalar_one() or 0
    return OpenCommands(tuple(_read(own)), tuple(_read(others)), changes)


def is_taken(connection: Connection, command: Command) -> bool:
    """Whether somebody was promised this time already; true for at most all but one of those who ask at once."""
    if not isinstance(command, Book | Move):
        return False
    if connection.dialect.name == "postgresql":
        connection.execute(_ONE_AT_A_TIME, {"place": f"{command.salon} {command.master}"})
    rows = connection.execute(_OF_SALONS, {"salons": [command.salon]}).all()
    others = (one for one in _read(rows) if one.command.subject != command.subject)
    return is_held(command, held(others))


def _read(rows: Iterable[Any]) -> Iterable[Outstanding]:
    for row in rows:
        try:
            yield Outstanding(row.id, load_command(row.command), _PENDING[CommandState(row.state)])
        except Unreadable:
            continue
