"""The made-up history as the store keeps it: the chats of those who write, and the ledger of what they asked for."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import timedelta
from typing import Any, Final

from sqlalchemy import Connection, insert, select

from frontdesk.booking.changes import LATE, ChangeKind
from frontdesk.demo_history.journal import Deed, History
from frontdesk.demo_history.people import Regular
from frontdesk.desk.chat import DemoClient
from frontdesk.store.ledger import AskedBy, Outcome
from frontdesk.store.tables import chats, ledger

CENTS: Final = 100
TAKES: Final = timedelta(seconds=6)
"""From the client's yes to the journal's word."""


def open_web_chats(connection: Connection, account: tuple[str, str], people: Sequence[DemoClient]) -> None:
    """Makes the chats in which the visitor may speak as one of these."""
    channel, salon = account
    rows = [
        {"channel": channel, "account": salon, "user": one.phone, "name": one.name, "proved": one.phone}
        for one in people
    ]
    connection.execute(insert(chats), rows)


def open_chats(connection: Connection, salon: str, people: list[Regular]) -> dict[int, int]:
    """Makes a chat for each of these; its number by the number of the client's card."""
    rows = [
        {"channel": one.channel, "account": salon, "user": one.user, "name": one.name, "proved": one.phone}
        for one in people
    ]
    connection.execute(insert(chats), rows)
    numbers = {row.proved: row.id for row in connection.execute(select(chats.c.id, chats.c.proved))}
    return {one.card: numbers[one.phone] for one in people}


def write(connection: Connection, salon: str, history: History, numbers: Mapping[int, int]) -> None:
    """Every deed, in the order in which they were done."""
    rows = list(_rows(salon, history, numbers))
    if rows:
        connection.execute(insert(ledger), rows)


def _rows(salon: str, history: History, numbers: Mapping[int, int]) -> Iterator[dict[str, Any]]:
    for deed in sorted(history.deeds, key=lambda one: one.at):
        lead = deed.starts_at - deed.at
        yield {
            "salon": salon,
            "appointment": deed.appointment.id,
            "master": deed.appointment.master_id,
            "kind": deed.kind,
            "at": deed.at + TAKES,
            "asked_at": deed.at,
            "asked_by": AskedBy.PERSON,
            "chat": numbers[deed.regular.card],
            "channel": deed.regular.channel,
            "reason": deed.reason or None,
            "starts_at": deed.starts_at,
            "lead_s": int(lead.total_seconds()),
            "late": deed.kind in {ChangeKind.CANCELLED, ChangeKind.MOVED} and lead < LATE,
            "value_cents": int(deed.value * CENTS),
            "outcome": _outcome(deed, history),
        }


def _outcome(deed: Deed, history: History) -> Outcome | None:
    if deed.kind is ChangeKind.MOVED:
        return Outcome.MOVED
    made_up_for = deed.kind is ChangeKind.CANCELLED and deed.appointment.id in history.rebooked
    return Outcome.REBOOKED if made_up_for else None
