"""Commands on their way to the provider. Their states move by `outage.COMMAND` alone.

One open command an appointment: a repeat joins it, and its chat is told too. Commands of one person at one salon leave
in the order in which they were given; those of different people go side by side.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import Connection, Row, bindparam, exists, select, update

from frontdesk.booking.appointments import Appointment
from frontdesk.booking.commands import Command, Outcome
from frontdesk.booking.times import Instant
from frontdesk.channels.messages import Address
from frontdesk.dialogue.talk import Settled
from frontdesk.outage.command import COMMAND, CommandEvent, CommandState
from frontdesk.store import chats, inbox
from frontdesk.store.codec import SETTLED, Unreadable, brief, dump_command, load_command, outcome_kind
from frontdesk.store.inbox import Arrival
from frontdesk.store.leases import Due, Lease, LeaseLost
from frontdesk.store.once import insert_once
from frontdesk.store.tables import NOT_DONE, OPEN, OPEN_COMMANDS, MessageState, Moment, commands, watchers, written_out
from frontdesk.store.tables import chats as chat_table
from frontdesk.store.tables import inbox as inbox_table

LONGEST_BACKOFF_S = 60
MOVING = (CommandState.WAITING, CommandState.SENT, CommandState.UNSURE)
"""The states in which a command keeps later ones of the same person back; a conflict waits for a person's word."""


@dataclass(frozen=True, slots=True)
class ClaimedCommand:
    """A command under a lease: `sent` is to be performed now, `unsure` to be looked up.

    `sent_at` is when it last left for the provider.
    """

    lease: Lease
    command: Command
    state: CommandState
    tries: int
    sent_at: Instant | None


older = commands.alias("older")
_OLDER_FIRST = exists().where(
    older.c.salon == commands.c.salon,
    older.c.person == commands.c.person,
    older.c.id < commands.c.id,
    written_out(older.c.state, *OPEN_COMMANDS),
    older.c.state.in_(MOVING),
)
_HELD_BACK = (commands.c.state == CommandState.WAITING) & exists().where(
    watchers.c.command == commands.c.id,
    inbox_table.c.chat == watchers.c.chat,
    NOT_DONE,
    inbox_table.c.state == MessageState.UNREAD,
    inbox_table.c.kind != SETTLED,
)
_NEXT = (
    select(commands)
    .where(
        OPEN,
        commands.c.state.in_((CommandState.WAITING, CommandState.UNSURE)),
        commands.c.lease_until.is_(None),
        ~_OLDER_FIRST,
        ~_HELD_BACK,
    )
    .order_by(commands.c.next_try_at, commands.c.id)
    .limit(1)
    .with_for_update(of=commands, skip_locked=True)
)
_CLAIM = (
    update(commands)
    .where(commands.c.id == bindparam("command_id"))
    .values(
        lease=commands.c.lease + 1,
        lease_until=bindparam("until", type_=Moment),
        tries=commands.c.tries + 1,
        state=bindparam("becomes"),
        next_try_at=bindparam("again", type_=Moment),
        sent_at=bindparam("left", type_=Moment),
    )
)
_END = (
    update(commands)
    .where(
        commands.c.id == bindparam("command_id"),
        commands.c.lease == bindparam("held"),
        commands.c.lease_until.is_not(None),
    )
    .values(
        lease_until=None,
        state=bindparam("becomes"),
        detail=bindparam("why"),
        next_try_at=bindparam("again", type_=Moment),
    )
)
_SET = (
    update(commands)
    .where(commands.c.id == bindparam("command_id"))
    .values(state=bindparam("becomes"), detail=bindparam("why"))
)
_OPEN_ONE = (
    select(commands.c.id)
    .where(
        commands.c.salon == bindparam("at"),
        commands.c.subject == bindparam("about"),
        OPEN,
    )
    .with_for_update()
)
_WATCHING = (
    select(chat_table.c.id, chat_table.c.channel, chat_table.c.account, chat_table.c.user)
    .join(watchers, watchers.c.chat == chat_table.c.id)
    .where(watchers.c.command == bindparam("command_id"))
)


def backoff(tries: int) -> timedelta:
    """How long to wait after so many tries: 1, 2, 4 seconds and so on, a minute at the most."""
    doublings = min(max(tries - 1, 0), LONGEST_BACKOFF_S)
    return timedelta(seconds=min(2**doublings, LONGEST_BACKOFF_S))


def add(connection: Connection, chat: int, command: Command, now: Instant) -> int:
    """Takes the command in, or joins the open one about the same appointment; answers with its id."""
    row = {
        "salon": command.salon,
        "person": command.phone,
        "subject": command.subject,
        "command": dump_command(command),
        "state": CommandState.WAITING,
        "created_at": now,
        "next_try_at": now,
    }
    number = None
    while number is None:
        number = insert_once(connection, commands, row) or _open_one(connection, command)
    insert_once(connection, watchers, {"command": number, "chat": chat})
    return number


def _open_one(connection: Connection, command: Command) -> int | None:
    """Locks the open command, so that it can't be settled without this chat; None where it has just been."""
    key = {"at": command.salon, "about": command.subject}
    return connection.execute(_OPEN_ONE, key).scalar_one_or_none()


def claim(connection: Connection, now: Instant, until: Instant) -> ClaimedCommand | Due | None:
    """The next command, leased, its next try already written; else when one is due; None where nothing moves."""
    row = connection.execute(_NEXT).one_or_none()
    if row is None:
        return None
    if row.next_try_at > now:
        return Due(row.next_try_at)
    try:
        command = load_command(row.command)
    except Unreadable as fault:
        return _refused_unread(connection, row, str(fault), now)
    state = CommandState(row.state)
    leaves = state is CommandState.WAITING
    becomes = COMMAND.after(state, CommandEvent.CLAIMED) if leaves else state
    sent_at = now if leaves else row.sent_at
    again = now + backoff(row.tries + 1)
    connection.execute(
        _CLAIM, {"command_id": row.id, "until": until, "becomes": becomes, "again": again, "left": sent_at}
    )
    return ClaimedCommand(Lease(row.id, row.lease + 1), command, becomes, row.tries + 1, sent_at)


def _refused_unread(connection: Connection, row: Row[Any], detail: str, now: Instant) -> Due:
    """One row that nobody can read must not keep all the others waiting."""
    becomes = COMMAND.after(CommandState(row.state), CommandEvent.REFUSED)
    connection.execute(_SET, {"command_id": row.id, "becomes": becomes, "why": detail})
    return Due(now)


def move(connection: Connection, claimed: ClaimedCommand, event: CommandEvent, again: Instant, detail: str) -> None:
    """Ends the claim with what happened; the next try, where there is one, is at `again`. Raises LeaseLost."""
    _end(connection, claimed, COMMAND.after(claimed.state, event), again, detail)


def look_again(connection: Connection, claimed: ClaimedCommand, again: Instant, detail: str) -> None:
    """Ends the claim of an unsure command that is as unsure as before. Raises LeaseLost."""
    _end(connection, claimed, claimed.state, again, detail)


def _end(connection: Connection, claimed: ClaimedCommand, becomes: CommandState, again: Instant, detail: str) -> None:
    lease = claimed.lease
    values = {"command_id": lease.id, "held": lease.number, "becomes": becomes, "again": again, "why": brief(detail)}
    if connection.execute(_END, values).rowcount != 1:
        raise LeaseLost(f"command {lease.id} was taken over")


def tell(
    connection: Connection, claimed: ClaimedCommand, outcome: Outcome, about: Appointment | None, now: Instant
) -> None:
    """Puts the outcome before every chat that watches this command, once each."""
    settled = Settled(claimed.command, outcome, about)
    for chat in connection.execute(_WATCHING, {"command_id": claimed.lease.id}).all():
        address = Address(chat.channel, chat.account, chat.user)
        message_id = f"command-{claimed.lease.id}-{outcome_kind(outcome)}-chat-{chat.id}"
        if inbox.add(connection, chat.id, Arrival(address, message_id, settled, now), now):
            chats.wake(connection, chat.id, now)
