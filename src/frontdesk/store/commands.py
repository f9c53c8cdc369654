"""Commands on their way to the provider. Their states move by `outage.COMMAND` alone.

A repeat joins the open command about the same appointment, and its chat is told too; what becomes of any other wish
about it is `outage.order`'s to say (see `store.asked`). Commands of one person at one salon leave in the order in
which they were given; those of different people go side by side. To a salon whose link is closed none leaves: its
chats are told once, at once, that it waits.
"""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import Connection, Row, bindparam, exists, select, update

from frontdesk.booking.appointments import Appointment
from frontdesk.booking.commands import Command, Deferred, Outcome, RefusalReason, Refused
from frontdesk.booking.ids import AppointmentId
from frontdesk.booking.times import Instant
from frontdesk.dialogue.talk import Settled
from frontdesk.outage.command import COMMAND, CommandEvent, CommandState
from frontdesk.store import asked, telling
from frontdesk.store.asked import add, withdraw
from frontdesk.store.codec import SETTLED, Unreadable, brief, load_command
from frontdesk.store.columns import Moment, written_out
from frontdesk.store.leases import Due, Lease, LeaseLost
from frontdesk.store.links import is_closed_to
from frontdesk.store.tables import NOT_DONE, OPEN, OPEN_COMMANDS, MessageState, commands, watchers
from frontdesk.store.tables import inbox as inbox_table
from frontdesk.store.telling import Telling

__all__ = ["ClaimedCommand", "add", "backoff", "claim", "look_again", "move", "note_made", "tell", "withdraw"]

LONGEST_BACKOFF_S = 60
MOVING = (CommandState.WAITING, CommandState.SENT, CommandState.UNSURE)
"""The states in which a command keeps later ones of the same person back; a conflict waits for a person's word."""


@dataclass(frozen=True, slots=True)
class ClaimedCommand:
    """A command under a lease: `sent` is to be performed now, `unsure` to be looked up.

    `sent_at` is when it last left for the provider. `deferred` where its chats know that it had to wait. `revision`
    counts the wishes it has been.
    """

    lease: Lease
    command: Command
    state: CommandState
    tries: int
    sent_at: Instant | None
    deferred: bool = False
    revision: int = 0


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
        ~is_closed_to(commands.c.salon),
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
_MADE = update(commands).where(commands.c.id == bindparam("command_id")).values(made=bindparam("appointment"))


def backoff(tries: int) -> timedelta:
    """How long to wait after so many tries: 1, 2, 4 seconds and so on, a minute at the most."""
    doublings = min(max(tries - 1, 0), LONGEST_BACKOFF_S)
    return timedelta(seconds=min(2**doublings, LONGEST_BACKOFF_S))


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
    match asked.resolved(connection, row, command, now):
        case asked.Gone():
            return _refused_gone(connection, row, command, now)
        case None:
            return Due(now)
        case known:
            return _claimed(connection, row, known, now, until)


def _refused_gone(connection: Connection, row: Row[Any], command: Command, now: Instant) -> Due:
    """The booking that it is about was never made."""
    why = "the booking that it is about was never made"
    becomes = COMMAND.after(CommandState(row.state), CommandEvent.REFUSED)
    connection.execute(_SET, {"command_id": row.id, "becomes": becomes, "why": why})
    settled = Settled(command, Refused(RefusalReason.NOT_FOUND, why))
    telling.tell(connection, Telling(row.id, row.revision, settled), now)
    return Due(now)


def _claimed(connection: Connection, row: Row[Any], command: Command, now: Instant, until: Instant) -> ClaimedCommand:
    state = CommandState(row.state)
    leaves = state is CommandState.WAITING
    becomes = COMMAND.after(state, CommandEvent.CLAIMED) if leaves else state
    sent_at = now if leaves else row.sent_at
    again = now + backoff(row.tries + 1)
    connection.execute(
        _CLAIM, {"command_id": row.id, "until": until, "becomes": becomes, "again": again, "left": sent_at}
    )
    return ClaimedCommand(
        Lease(row.id, row.lease + 1),
        command,
        becomes,
        row.tries + 1,
        sent_at,
        deferred=row.deferred_at is not None,
        revision=row.revision,
    )


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


def note_made(connection: Connection, number: int, appointment: AppointmentId) -> None:
    """The booking of this number came to this appointment."""
    connection.execute(_MADE, {"command_id": number, "appointment": appointment})


def tell(
    connection: Connection, claimed: ClaimedCommand, outcome: Outcome, about: Appointment | None, now: Instant
) -> None:
    """Puts the outcome before every chat that watches this command, once each; so do those behind one that waits."""
    number, command = claimed.lease.id, claimed.command
    telling.tell(connection, Telling(number, claimed.revision, Settled(command, outcome, about)), now)
    if isinstance(outcome, Deferred):
        telling.tell_behind(connection, number, command, outcome.detail, now)
