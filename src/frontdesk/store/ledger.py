"""The ledger: every change of an appointment that was asked for here, written with the command that made it.

The journal shows a cancellation with the very status of a client who did not come, so what really happened stands here:
a polite cancellation is never counted as a no-show. An event is also what the salon's people are told from: `notice`
keeps the words' material, client's name included, until they are told, and no longer.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from enum import StrEnum
from typing import Any

from pydantic import TypeAdapter, ValidationError
from sqlalchemy import Connection, Row, Select, bindparam, select, update

from frontdesk.booking.changes import Change, ChangeKind
from frontdesk.booking.ids import AppointmentId, MasterId
from frontdesk.booking.times import Instant
from frontdesk.dialogue.talk import Reply
from frontdesk.outage.reply import ReplyState
from frontdesk.store.codec import dump_reply
from frontdesk.store.columns import Moment, written_out
from frontdesk.store.leases import Due
from frontdesk.store.once import insert_once
from frontdesk.store.tables import UNTOLD, chats, ledger, replies, watchers

MOST_EVENTS = 1_000
"""Events one question is answered with; the newest where there are more."""
REBOOKED_WITHIN = timedelta(days=14)
"""A booking so long after a cancellation from the same chat still makes up for it."""
MOST_LISTENERS = 3
"""Two masters, where it is moved from one to the other, and the administrator."""
TOLD = frozenset({ChangeKind.CANCELLED, ChangeKind.MOVED, ChangeKind.BOOKED, ChangeKind.RESTORED})
"""What the master wants to know at once. That a client will come, the journal shows."""
_CENTS = 100
_CHANGE = TypeAdapter(Change)


class AskedBy(StrEnum):
    """Who asked for the change."""

    PERSON = "person"
    STAFF = "staff"


class Outcome(StrEnum):
    """What came of a cancellation or a move for the salon."""

    MOVED = "moved"
    REBOOKED = "rebooked"


@dataclass(frozen=True, slots=True)
class Event:
    """One line of the ledger. `at` is when it was done; `value` is in the salon's currency.

    `lead_s` is the start minus when it was asked, in seconds; `late` where a time was given up less than a day ahead.
    `outcome` is None where nothing came of it.
    """

    id: int
    salon: str
    appointment: AppointmentId | None
    master: MasterId | None
    kind: ChangeKind
    at: Instant
    asked_at: Instant
    asked_by: AskedBy
    chat: int | None
    channel: str | None
    reason: str | None
    starts_at: Instant | None
    lead_s: int | None
    late: bool
    value: Decimal | None
    outcome: Outcome | None


@dataclass(frozen=True, slots=True)
class Untold:
    """An event that somebody is to be told; `until` fences it: whoever claims it later has another one."""

    id: int
    change: Change
    at: Instant
    until: Instant


_ASKER = (
    select(chats.c.id, chats.c.channel)
    .join(watchers, watchers.c.chat == chats.c.id)
    .where(watchers.c.command == bindparam("command_id"))
    .order_by(chats.c.id)
    .limit(1)
)
_OLDEST = select(ledger).where(UNTOLD).order_by(ledger.c.tell_at).limit(1).with_for_update(skip_locked=True)
_CLAIM = update(ledger).where(ledger.c.id == bindparam("event")).values(tell_at=bindparam("until", type_=Moment))
_TOLD = (
    update(ledger)
    .where(ledger.c.id == bindparam("event"), ledger.c.tell_at == bindparam("held", type_=Moment))
    .values(tell_at=None, notice=None)
)
_LAST = (
    select(ledger.c.id)
    .where(
        ledger.c.salon == bindparam("at"),
        ledger.c.appointment == bindparam("of"),
        ledger.c.kind == ChangeKind.CANCELLED,
    )
    .order_by(ledger.c.id.desc())
    .limit(1)
)
_GIVEN_UP = (
    select(ledger.c.id)
    .where(
        ledger.c.salon == bindparam("at"),
        ledger.c.at > bindparam("since", type_=Moment),
        ledger.c.chat == bindparam("who"),
        ledger.c.kind == ChangeKind.CANCELLED,
        ledger.c.outcome.is_(None),
    )
    .order_by(ledger.c.id.desc())
    .limit(1)
)
_REBOOKED = update(ledger).where(ledger.c.id == bindparam("event")).values(outcome=Outcome.REBOOKED)
_BLANK = (
    update(replies)
    .where(replies.c.key == bindparam("named"), written_out(replies.c.state, ReplyState.SENT, ReplyState.REFUSED))
    .values(content=bindparam("blank"))
)
_EXPLAIN = update(ledger).where(ledger.c.id == bindparam("event")).values(reason=bindparam("why"))


def note(connection: Connection, change: Change, command: int, now: Instant) -> None:
    """Writes down what a command changed; call it in the transaction that settles the command."""
    asker = connection.execute(_ASKER, {"command_id": command}).one_or_none()
    about = change.before or change.after
    tells = change.kind in TOLD and about is not None
    row = {
        "salon": change.salon,
        "appointment": change.appointment,
        "master": about.master.id if about else None,
        "kind": change.kind,
        "at": now,
        "asked_at": change.asked_at,
        "asked_by": AskedBy.PERSON if asker else AskedBy.STAFF,
        "chat": asker.id if asker else None,
        "channel": asker.channel if asker else None,
        "starts_at": change.starts_at,
        "lead_s": None if change.lead is None else int(change.lead.total_seconds()),
        "late": change.is_late,
        "outcome": Outcome.MOVED if change.kind is ChangeKind.MOVED else None,
        "value_cents": None if change.price is None else int(change.price * _CENTS),
        "notice": _CHANGE.dump_json(change).decode() if tells else None,
        "tell_at": now if tells else None,
    }
    if asker and change.kind in {ChangeKind.BOOKED, ChangeKind.RESTORED}:
        _rebook(connection, change.salon, asker.id, now)
    insert_once(connection, ledger, row)


def _rebook(connection: Connection, salon: str, chat: int, now: Instant) -> None:
    """Whoever cancelled lately and books again has not been lost."""
    key = {"at": salon, "who": chat, "since": now - REBOOKED_WITHIN}
    if (event := connection.execute(_GIVEN_UP, key).scalar_one_or_none()) is not None:
        connection.execute(_REBOOKED, {"event": event})


def explain(connection: Connection, salon: str, appointment: AppointmentId, reason: str) -> bool:
    """Notes why an appointment was cancelled, by the reason's code; False where no cancellation of it is known."""
    event = connection.execute(_LAST, {"at": salon, "of": appointment}).scalar_one_or_none()
    if event is not None:
        connection.execute(_EXPLAIN, {"event": event, "why": reason})
    return event is not None


def notice_key(event: int, number: int) -> str:
    """Our own name for the message that tells the listener of this number."""
    return f"notice-{event}-{number}"


def forget(connection: Connection, chats_of_person: Collection[int]) -> None:
    """Who asked is not known any more, and what the salon's people were told is blank; what was done stands."""
    mine = ledger.c.chat.in_(chats_of_person)
    events = connection.execute(select(ledger.c.id).where(mine)).scalars().all()
    connection.execute(update(ledger).where(mine).values(chat=None))
    blank = dump_reply(Reply(""))
    keys = [
        {"named": notice_key(event, number), "blank": blank} for event in events for number in range(MOST_LISTENERS)
    ]
    if keys:
        connection.execute(_BLANK, keys)


def of_appointment(connection: Connection, salon: str, appointment: AppointmentId) -> tuple[Event, ...]:
    """What happened to one appointment, oldest first; of more than MOST_EVENTS the newest."""
    return _events(connection, select(ledger).where(ledger.c.salon == salon, ledger.c.appointment == appointment))


def of_appointments(connection: Connection, salon: str, appointments: Collection[AppointmentId]) -> tuple[Event, ...]:
    """What happened to several appointments of a salon, oldest first; as bounded as `of_appointment`."""
    return _events(connection, select(ledger).where(ledger.c.salon == salon, ledger.c.appointment.in_(appointments)))


def moved_from(connection: Connection, salon: str, begin: Instant, end: Instant, since: Instant) -> tuple[Event, ...]:
    """The moves, made after `since`, of what had begun between `begin` and `end`; as bounded as `of_appointment`."""
    moved = (ledger.c.kind == ChangeKind.MOVED, ledger.c.starts_at >= begin, ledger.c.starts_at < end)
    return _events(connection, select(ledger).where(ledger.c.salon == salon, ledger.c.at > since, *moved))


def claim(connection: Connection, now: Instant, until: Instant) -> Untold | Due | None:
    """The event that has waited longest to be told, the next try already written; else when one is due."""
    row = connection.execute(_OLDEST).one_or_none()
    if row is None:
        return None
    if row.tell_at > now:
        return Due(row.tell_at)
    connection.execute(_CLAIM, {"event": row.id, "until": until})
    try:
        return Untold(row.id, _CHANGE.validate_json(row.notice or ""), row.at, until)
    except ValidationError:
        connection.execute(_TOLD, {"event": row.id, "held": until})
        return Due(now)


def end(connection: Connection, untold: Untold) -> bool:
    """Nobody is to be told of it any more; False where another worker has it or was quicker."""
    return connection.execute(_TOLD, {"event": untold.id, "held": untold.until}).rowcount == 1


def _events(connection: Connection, which: Select[Any]) -> tuple[Event, ...]:
    found = connection.execute(which.order_by(ledger.c.id.desc()).limit(MOST_EVENTS)).all()
    return tuple(_event(row) for row in reversed(found))


def _event(row: Row[Any]) -> Event:
    return Event(
        id=row.id,
        salon=row.salon,
        appointment=row.appointment,
        master=row.master,
        kind=ChangeKind(row.kind),
        at=row.at,
        asked_at=row.asked_at,
        asked_by=AskedBy(row.asked_by),
        chat=row.chat,
        channel=row.channel,
        reason=row.reason,
        starts_at=row.starts_at,
        lead_s=row.lead_s,
        late=row.late,
        value=None if row.value_cents is None else Decimal(row.value_cents) / _CENTS,
        outcome=Outcome(row.outcome) if row.outcome else None,
    )
