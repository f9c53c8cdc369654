"""How a wish of a person becomes a command, beside those that are there already: `outage.order` decides, this writes.

A booking that waits is named by the negative of its command's number, as long as it has no appointment. A wish about
it that waited for it too is given the appointment's own number as soon as that is known.
"""

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any, assert_never

from sqlalchemy import ColumnElement, Connection, Row, bindparam, delete, exists, func, or_, select, update

from frontdesk.booking.commands import Book, Command, Done, OfAppointment
from frontdesk.booking.ids import AppointmentId
from frontdesk.booking.times import Instant
from frontdesk.dialogue.talk import Settled
from frontdesk.outage import order
from frontdesk.outage.command import COMMAND, CommandEvent, CommandState
from frontdesk.outage.order import Annihilate, Join, Queue, Replace, Standing
from frontdesk.store.codec import Unreadable, dump_command, load_command
from frontdesk.store.columns import Moment
from frontdesk.store.links import is_closed
from frontdesk.store.once import insert_once
from frontdesk.store.tables import OPEN, commands, watchers
from frontdesk.store.telling import Telling, tell, tell_deferred

CLOSED = "the salon's journal can't be reached"
SOON = timedelta(seconds=5)
"""An earlier wish that is tried so soon may let this one go on before anybody has read that it waits."""


@dataclass(frozen=True, slots=True)
class Gone:
    """The booking that a wish is about was never made."""


_ROW = select(commands).where(commands.c.id == bindparam("command_id")).with_for_update()
_END = (
    update(commands)
    .where(commands.c.id == bindparam("command_id"))
    .values(state=bindparam("becomes"), detail=bindparam("why"), lease=commands.c.lease + 1, lease_until=None)
)
_BECOME = (
    update(commands)
    .where(commands.c.id == bindparam("command_id"))
    .values(
        state=bindparam("becomes"),
        command=bindparam("wish"),
        person=bindparam("whose"),
        revision=commands.c.revision + 1,
        next_try_at=bindparam("now", type_=Moment),
        deferred_at=bindparam("deferred", type_=Moment),
        detail="",
    )
)
_REWRITE = update(commands).where(commands.c.id == bindparam("command_id")).values(command=bindparam("wish"))
_ASK_AGAIN = update(commands).where(commands.c.id == bindparam("command_id")).values(revision=commands.c.revision + 1)
_MINE = (
    select(commands)
    .join(watchers, watchers.c.command == commands.c.id)
    .where(
        OPEN,
        watchers.c.chat == bindparam("of_chat"),
        commands.c.subject == bindparam("about"),
        commands.c.lease_until.is_(None),
    )
    .with_for_update(of=commands)
)
_WAITS_BEHIND = select(
    exists().where(
        OPEN,
        commands.c.salon == bindparam("at"),
        commands.c.person == bindparam("whose"),
        commands.c.id < bindparam("command_id"),
        commands.c.state.in_((CommandState.WAITING, CommandState.UNSURE)),
        commands.c.deferred_at.is_not(None),
        commands.c.next_try_at > bindparam("soon", type_=Moment),
    )
)
_WATCHED_BY = select(watchers.c.chat).where(watchers.c.command == bindparam("command_id"))
_COUNT = select(func.count()).select_from(watchers).where(watchers.c.command == bindparam("command_id"))
_UNWATCH = delete(watchers).where(
    watchers.c.command == bindparam("command_id"), watchers.c.chat == bindparam("of_chat")
)


def add(connection: Connection, chat: int | None, command: Command, now: Instant) -> int:
    """Takes the wish in, or joins, changes or ends the command that it meets; answers with the command's number.

    No chat waits for what the salon itself asks for: `chat` is then None.
    """
    number = None
    while number is None:
        wish, standing = _met(connection, command)
        number = _entered(connection, chat, wish, order.decide(wish, standing), now)
    return number


def withdraw(connection: Connection, chat: int, subject: str, now: Instant) -> bool:
    """Takes back what this chat asked for, if it has surely not left; false where it has, or where nothing was asked.

    Where other chats wait for it too, it goes on for them.
    """
    rows = connection.execute(_MINE, {"of_chat": chat, "about": subject}).all()
    in_hand = [row for row in rows if CommandState(row.state).is_in_hand]
    for row in in_hand:
        if connection.execute(_COUNT, {"command_id": row.id}).scalar_one() > 1:
            connection.execute(_UNWATCH, {"command_id": row.id, "of_chat": chat})
        else:
            _end(connection, row, CommandEvent.HELD_BACK, f"taken back by the client at {now:%H:%M}")
    return bool(in_hand)


def become(connection: Connection, number: int, wish: Command, event: CommandEvent, now: Instant) -> None:
    """The command becomes this wish and is due at once; what comes of it is told anew. Raises NoSuchMove.

    Whoever knew that it waits still does, where it is the salon that has it tried again.
    """
    row = connection.execute(_ROW, {"command_id": number}).one()
    becomes = COMMAND.after(CommandState(row.state), event)
    values = {"wish": dump_command(wish), "whose": wish.phone, "becomes": becomes, "now": now}
    values["deferred"] = row.deferred_at if event is CommandEvent.RETRIED else None
    connection.execute(_BECOME, {"command_id": number, **values})


def resolved(connection: Connection, row: Row[Any], command: Command, now: Instant) -> Command | Gone | None:
    """The command with its appointment's own number; None where it has become something else just now."""
    if not isinstance(command, OfAppointment) or command.appointment >= 0:
        return command
    booking = connection.execute(_ROW, {"command_id": -command.appointment}).one_or_none()
    if booking is None or booking.person != command.phone:
        return Gone()
    if CommandState(booking.state).is_open:
        _met_again(connection, row, command, now)
        return None
    if booking.made is None:
        return Gone()
    known = replace(command, appointment=AppointmentId(booking.made))
    connection.execute(_REWRITE, {"command_id": row.id, "wish": dump_command(known)})
    return known


def _met_again(connection: Connection, row: Row[Any], command: Command, now: Instant) -> None:
    """Its booking came into conflict while this waited for it: now the two can be settled together."""
    chats = connection.execute(_WATCHED_BY, {"command_id": row.id}).scalars().all()
    _end(connection, row, CommandEvent.ANNIHILATED, "settled together with its booking")
    for chat in chats:
        add(connection, chat, command, now)


def _met(connection: Connection, command: Command) -> tuple[Command, tuple[Standing, ...]]:
    """The wish under its appointment's own number, and the commands it may touch, locked, oldest first."""
    wish = command
    if isinstance(command, OfAppointment) and command.appointment < 0:
        booking = connection.execute(_ROW, {"command_id": -command.appointment}).one_or_none()
        if booking is not None and booking.made is not None and booking.person == command.phone:
            wish = replace(command, appointment=AppointmentId(booking.made))
    rows = connection.execute(_near(wish)).all()
    read = (one for row in rows if (one := _standing(row)) is not None)
    return wish, tuple(one for one in read if order.touches(wish, one))


def _near(wish: Command) -> Any:  # noqa: ANN401 - a select of rows
    if isinstance(wish, Book):
        mine = (commands.c.person == wish.phone) | (commands.c.subject == wish.subject)
        about: ColumnElement[bool] = mine & commands.c.subject.startswith("booking ")
    else:
        about = or_(commands.c.subject == wish.subject, commands.c.subject.startswith(f"{wish.subject} after "))
        if isinstance(wish, OfAppointment):
            about |= commands.c.id == -wish.appointment
    return select(commands).where(OPEN, commands.c.salon == wish.salon, about).order_by(commands.c.id).with_for_update()


def _standing(row: Row[Any]) -> Standing | None:
    try:
        return Standing(row.id, load_command(row.command), CommandState(row.state))
    except Unreadable:
        return None


def _entered(
    connection: Connection, chat: int | None, wish: Command, decision: order.Decision, now: Instant
) -> int | None:
    """Writes the decision; None where another process was quicker, and it is to be made anew."""
    match decision:
        case Join(number):
            return _joined(connection, chat, number, now)
        case Replace(number, becomes, drops):
            for dropped in drops:
                _dropped(connection, dropped, number)
            return _replaced(connection, chat, number, becomes, now)
        case Annihilate(number):
            return _annihilated(connection, chat, number, wish, now)
        case Queue(behind, settles):
            if settles is not None:
                row = connection.execute(_ROW, {"command_id": settles}).one()
                _end(connection, row, CommandEvent.REFUSED, "the client chose another time")
            return _queued(connection, chat, wish, behind, now)
        case _:
            assert_never(decision)


def _queued(connection: Connection, chat: int | None, wish: Command, behind: int | None, now: Instant) -> int | None:
    row = {
        "salon": wish.salon,
        "person": wish.phone,
        "subject": wish.subject if behind is None else f"{wish.subject} after {behind}",
        "command": dump_command(wish),
        "state": CommandState.WAITING,
        "created_at": now,
        "next_try_at": now,
    }
    number = insert_once(connection, commands, row)
    if number is not None:
        _watch(connection, number, chat)
        _tell_at_once(connection, number, now)
    return number


def _joined(connection: Connection, chat: int | None, number: int, now: Instant) -> int:
    """Whoever asks again for what has to wait is told again that it waits."""
    row = connection.execute(_ROW, {"command_id": number}).one()
    _watch(connection, number, chat)
    if row.deferred_at is not None:
        connection.execute(_ASK_AGAIN, {"command_id": number})
        row = connection.execute(_ROW, {"command_id": number}).one()
        tell_deferred(connection, row, CLOSED, now, only=chat)
    return number


def _dropped(connection: Connection, dropped: int, number: int) -> None:
    """Whoever waits for what the wish undoes waits for the wish now."""
    row = connection.execute(_ROW, {"command_id": dropped}).one()
    for chat in connection.execute(_WATCHED_BY, {"command_id": dropped}).scalars().all():
        _watch(connection, number, chat)
    _end(connection, row, CommandEvent.ANNIHILATED, "undone before it left")


def _replaced(connection: Connection, chat: int | None, number: int, wish: Command, now: Instant) -> int:
    become(connection, number, wish, CommandEvent.REPLACED, now)
    _watch(connection, number, chat)
    _tell_at_once(connection, number, now, only=chat)
    return number


def _annihilated(connection: Connection, chat: int | None, number: int, wish: Command, now: Instant) -> int:
    row = connection.execute(_ROW, {"command_id": number}).one()
    _end(connection, row, CommandEvent.ANNIHILATED, "undone before it left")
    _watch(connection, number, chat)
    tell(connection, Telling(number, row.revision, Settled(wish, Done(never_made=True))), now)
    return number


def _watch(connection: Connection, number: int, chat: int | None) -> None:
    if chat is not None:
        insert_once(connection, watchers, {"command": number, "chat": chat})


def _tell_at_once(connection: Connection, number: int, now: Instant, only: int | None = None) -> None:
    """Nobody waits for a try to learn that the journal is closed, or that an earlier wish of theirs has to wait."""
    row = connection.execute(_ROW, {"command_id": number}).one()
    behind = {"at": row.salon, "whose": row.person, "command_id": number, "soon": now + SOON}
    if is_closed(connection, row.salon) or connection.execute(_WAITS_BEHIND, behind).scalar_one():
        tell_deferred(connection, row, CLOSED, now, only)


def _end(connection: Connection, row: Row[Any], event: CommandEvent, why: str) -> None:
    becomes = COMMAND.after(CommandState(row.state), event)
    connection.execute(_END, {"command_id": row.id, "becomes": becomes, "why": why})
