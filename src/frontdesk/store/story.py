"""Who did what, when and through which channel: deeds at the desk, what clients asked for, what changed in the journal.

The three stand in tables of their own; a page is the newest of each, put in order. Every question is answered from an
index, and a phone's last digits are looked for among the chats alone.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, or_, select

from frontdesk.booking.changes import ChangeKind
from frontdesk.booking.commands import Command, appointment_subject
from frontdesk.booking.ids import AppointmentId, Phone
from frontdesk.booking.times import Instant
from frontdesk.channels.messages import Address
from frontdesk.outage.command import CommandState
from frontdesk.store.codec import Unreadable, load_command
from frontdesk.store.desk_tables import desk_actions
from frontdesk.store.ledger import AskedBy
from frontdesk.store.tables import chats, commands, ledger, watchers

MOST_SHOWN = 50
MOST_READ = 2 * MOST_SHOWN
"""Of each kind: what was done in one and the same instant stays on one page."""
MOST_CHATS = 50
"""So many chats whose phone ends in the digits asked for are looked at."""


@dataclass(frozen=True, slots=True)
class Deed:
    """Somebody of the salon did it at the desk; `what` is a Russian sentence."""

    who: str
    what: str
    detail: str


@dataclass(frozen=True, slots=True)
class Asked:
    """A client asked for it; None where this version can't read what."""

    command: Command | None
    state: CommandState
    detail: str


@dataclass(frozen=True, slots=True)
class Changed:
    """It was done in the journal."""

    kind: ChangeKind
    by: AskedBy
    reason: str | None


@dataclass(frozen=True, slots=True)
class Client:
    """The client whose chat it is about."""

    chat: int
    address: Address
    name: str
    phone: Phone | None = field(repr=False)


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the story."""

    at: Instant
    what: Deed | Asked | Changed
    salon: str | None
    appointment: AppointmentId | None
    client: Client | None


@dataclass(frozen=True, slots=True)
class Question:
    """What is looked for; all of it is meant at once. `digits` are the last of the client's phone.

    `since` is the first instant that counts, `until` the first that does not any more.
    """

    appointment: AppointmentId | None = None
    digits: str = ""
    since: Instant | None = None
    until: Instant | None = None


def told(connection: Connection, question: Question) -> tuple[Entry, ...]:
    """The newest entries first, about MOST_SHOWN; those of the last one's very instant are all there."""
    mine = _chats(connection, question.digits) if question.digits else None
    found = [_deed(row) for row in connection.execute(_deeds(question, mine))]
    found += [_changed(row) for row in connection.execute(_changes(question, mine))]
    found += [_asked(row) for row in connection.execute(_wishes(question, mine))]
    found.sort(key=lambda entry: entry.at, reverse=True)
    if len(found) <= MOST_SHOWN:
        return tuple(found)
    return tuple(entry for entry in found if entry.at >= found[MOST_SHOWN - 1].at)


def _chats(connection: Connection, digits: str) -> Sequence[int]:
    ends = or_(chats.c.proved.endswith(digits), chats.c.claimed.endswith(digits), chats.c.user.endswith(digits))
    return (
        connection.execute(select(chats.c.id).where(ends).order_by(chats.c.id.desc()).limit(MOST_CHATS)).scalars().all()
    )


def _deeds(question: Question, mine: Sequence[int] | None) -> Select[Any]:
    found = _with_client(desk_actions, desk_actions.c.chat).where(*_when(desk_actions.c.at, question))
    if mine is not None:
        found = found.where(desk_actions.c.chat.in_(mine))
    if question.appointment is not None:
        about = desk_actions.c.command.in_(select(commands.c.id).where(_is_about(question.appointment)))
        found = found.where((desk_actions.c.appointment == question.appointment) | about)
    return found.order_by(desk_actions.c.at.desc()).limit(MOST_READ)


def _changes(question: Question, mine: Sequence[int] | None) -> Select[Any]:
    found = _with_client(ledger, ledger.c.chat).where(*_when(ledger.c.at, question))
    if mine is not None:
        found = found.where(ledger.c.chat.in_(mine))
    if question.appointment is not None:
        found = found.where(ledger.c.appointment == question.appointment)
    return found.order_by(ledger.c.at.desc()).limit(MOST_READ)


def _wishes(question: Question, mine: Sequence[int] | None) -> Select[Any]:
    asker = (
        select(watchers.c.chat)
        .where(watchers.c.command == commands.c.id)
        .order_by(watchers.c.chat)
        .limit(1)
        .correlate(commands)
        .scalar_subquery()
    )
    found = _with_client(commands, asker).where(*_when(commands.c.created_at, question))
    if mine is not None:
        found = found.where(commands.c.id.in_(select(watchers.c.command).where(watchers.c.chat.in_(mine))))
    if question.appointment is not None:
        found = found.where(_is_about(question.appointment))
    return found.order_by(commands.c.created_at.desc()).limit(MOST_READ)


def _with_client(table: Any, chat: Any) -> Select[Any]:  # noqa: ANN401 - any table, and a column or a subquery of it
    client = (chats.c.channel, chats.c.account, chats.c.user, chats.c.name, chats.c.proved, chats.c.claimed)
    labelled = [column.label(f"client_{column.name}") for column in (chats.c.id, *client)]
    return select(table, *labelled).select_from(table).outerjoin(chats, chats.c.id == chat)


def _when(column: ColumnElement[Any], question: Question) -> Iterator[ColumnElement[bool]]:
    if question.since is not None:
        yield column >= question.since
    if question.until is not None:
        yield column < question.until


def _is_about(appointment: AppointmentId) -> ColumnElement[bool]:
    subject = appointment_subject(appointment)
    after = f"{subject} after "
    queued = (commands.c.subject > after) & (commands.c.subject < f"{after}:")
    return commands.c.subject.in_([subject, f"reason {appointment}"]) | queued | (commands.c.made == appointment)


def _deed(row: Row[Any]) -> Entry:
    return Entry(row.at, Deed(row.who, row.what, row.detail), row.salon, row.appointment, _client(row))


def _changed(row: Row[Any]) -> Entry:
    what = Changed(ChangeKind(row.kind), AskedBy(row.asked_by), row.reason)
    return Entry(row.at, what, row.salon, row.appointment, _client(row))


def _asked(row: Row[Any]) -> Entry:
    try:
        command: Command | None = load_command(row.command)
    except Unreadable:
        command = None
    appointment = getattr(command, "appointment", None) or row.made
    known = appointment if appointment is not None and appointment > 0 else None
    what = Asked(command, CommandState(row.state), row.detail)
    return Entry(row.created_at, what, row.salon, known, _client(row))


def _client(row: Row[Any]) -> Client | None:
    if row.client_id is None:
        return None
    address = Address(row.client_channel, row.client_account, row.client_user)
    return Client(row.client_id, address, row.client_name, row.client_proved or row.client_claimed)
