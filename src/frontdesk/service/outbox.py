"""`frontdesk outbox`: what waits to be written to the journal, for the person who runs the front desk.

It works beside a running service, on the same database; a hurried command is found there within a second or so.
"""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, TypeVar

from sqlalchemy import Connection

from frontdesk.booking.phones import mask_phone
from frontdesk.booking.times import Instant
from frontdesk.outage.command import CommandState
from frontdesk.service.logs import hidden
from frontdesk.store import outbox
from frontdesk.store.database import BadStore, open_store
from frontdesk.store.health import Health, look
from frontdesk.store.outbox import IN_HAND, OpenCommand

T = TypeVar("T")

MOST_LISTED = 1_000
DROPPED = "given up by a person at the command line"
_NOT_DROPPED = {
    CommandState.SENT: "it is on its way to the provider right now: look again in a minute",
    CommandState.UNSURE: (
        "it was sent and its reply was lost, so it may stand in the journal: dropping it would tell the client that it "
        "does not. The journal is asked again by itself; `frontdesk outbox retry` asks it now"
    ),
}
_NOT_HURRIED = {
    CommandState.SENT: "it is on its way to the provider right now",
}

_CLOSED = {
    Health.EMPTY: "there is nothing in the database of store.url yet; check the address, or start Frontdesk once",
    Health.OLDER: "the database is of an older version; start this Frontdesk once, which brings it up to date",
    Health.NEWER: "the database was written by a newer Frontdesk; use that one",
    Health.LOCKED: "another program keeps the database locked; end it and try again",
    Health.UNUSABLE: "the database of store.url can't be worked with; `frontdesk doctor` says more",
}


class OutboxError(Exception):
    """A command of the outbox can't be treated so; the text says why and what to do."""


@dataclass(frozen=True, slots=True)
class Listing:
    """The oldest open commands; `total` counts those that are not shown too."""

    commands: tuple[OpenCommand, ...]
    total: int


def listed(address: str, most: int) -> Listing:
    """What is open in the store of this address, the oldest first. Raises BadStore, OutboxError."""
    return Listing(*_in_store(address, lambda connection: outbox.oldest(connection, most)))


def retry(address: str, numbers: Sequence[int], now: Instant) -> None:
    """Makes these commands due now: all of them, or none where one can't be. Raises BadStore, OutboxError."""

    def work(connection: Connection) -> None:
        for number in numbers:
            command = _found(connection, number)
            if not outbox.try_again(connection, number, now):
                raise OutboxError(_refusal(command, "retried", _NOT_HURRIED))

    _in_store(address, work)


def drop(address: str, numbers: Sequence[int], now: Instant) -> None:
    """Gives these commands up and has their clients told: all, or none where one can't be. Raises as `retry`."""

    def work(connection: Connection) -> None:
        for number in numbers:
            command = _found(connection, number)
            if command.state not in IN_HAND:
                raise OutboxError(_refusal(command, "dropped", _NOT_DROPPED))
            outbox.give_up(connection, number, DROPPED, now)

    _in_store(address, work)


def _found(connection: Connection, number: int) -> OpenCommand:
    command = outbox.find(connection, number)
    if command is None:
        raise OutboxError(f"no open command has the number {number}: see `frontdesk outbox list`")
    return command


def _refusal(command: OpenCommand, what: str, reasons: dict[CommandState, str]) -> str:
    why = reasons.get(command.state, "it has just been taken up: look again")
    return f"command {command.id} ({command.state}) can't be {what}: {why}; nothing was changed"


def _in_store(address: str, work: Callable[[Connection], T]) -> T:
    """One transaction on a store that is there already: a mistyped address must not make a new, empty one."""
    health, said = look(address)
    if health is not Health.READY:
        raise BadStore(f"the outbox can't be opened: {_CLOSED[health]}{said and f' ({said})'}")
    return asyncio.run(_written(address, work))


async def _written(address: str, work: Callable[[Connection], T]) -> T:
    store = open_store(address)
    try:
        return await store.write(work)
    finally:
        await store.close()


def as_rows(listing: Listing) -> dict[str, Any]:
    """For a program: times are ISO instants, phones are masked."""
    return {"total": listing.total, "commands": [_row(one) for one in listing.commands]}


def as_text(listing: Listing) -> str:
    """For a person: a line a command, and how many there are."""
    lines = [_line(one) for one in listing.commands]
    left = listing.total - len(listing.commands)
    end = f"{listing.total} open" + (f", {left} of them not shown: --most shows more" if left else "")
    return "\n".join([*lines, end])


def _row(one: OpenCommand) -> dict[str, Any]:
    return {
        "id": one.id,
        "kind": one.kind,
        "salon": one.salon,
        "person": mask_phone(one.person),
        "state": str(one.state),
        "since": one.since.isoformat(timespec="seconds"),
        "tries": one.tries,
        "next_try": one.next_try.isoformat(timespec="seconds") if one.next_try else None,
        "why": hidden(one.why),
    }


def _line(one: OpenCommand) -> str:
    row = _row(one)
    told = f"{row['id']:>6}  {row['state']:<8}  {row['kind']:<8}  {row['salon']}  {row['person']}  since {row['since']}"
    again = f", again at {row['next_try']}" if row["next_try"] else ""
    return f"{told}, tries {row['tries']}{again}{row['why'] and ': ' + row['why']}"
