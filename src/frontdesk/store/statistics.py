"""Why appointments do not take place: counts over the copy of the journal, explained by the ledger.

What is counted are the appointments of whole days that are over, so each has come to its end. The journal gives one
status to a client who did not come and to one who cancelled in time; the ledger knows what was asked for here, and the
rest is a no-show, or was cancelled at the salon where the journal's comment says so or the appointment was deleted.
Every share is of the appointments in the same copy, so nothing is divided by what was not counted.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, Final

from pydantic import ValidationError
from sqlalchemy import Connection, func, select

from frontdesk.booking.times import Instant
from frontdesk.store import mirror_codec
from frontdesk.store.columns import MICROSECOND
from frontdesk.store.mirror_tables import mirror_appointments, mirror_salons
from frontdesk.store.statistics_queries import DAYS, MOVED, By, Loss, lost_statement, whole_statement
from frontdesk.store.tables import ledger

MOST_NAMES: Final = 50
_M = mirror_appointments.c


@dataclass(frozen=True, slots=True)
class Span:
    """Whole days at a salon, both ends included. `ahead` is by how much its clock is ahead of UTC."""

    salon: str
    first: date
    last: date
    ahead: timedelta


@dataclass(frozen=True, slots=True)
class Lost:
    """Appointments of one group that did not take place in one way.

    `word` is set by reason and channel; `number` is the group of the lead, the hour of the week from Monday's midnight,
    or the master, whose `service` is beside it. `cents` adds up the prices of those `valued`; `won`, `won_cents` and
    `won_valued` are the same of those whose client booked anew within 14 days; `open` may still do so.
    """

    by: By
    loss: Loss
    word: str | None
    number: int | None
    service: int | None
    many: int
    cents: int
    valued: int
    won: int
    won_cents: int
    won_valued: int
    open: int


@dataclass(frozen=True, slots=True)
class Whole:
    """How many appointments there were in one group, those that took place included."""

    by: By
    number: int | None
    service: int | None
    many: int


@dataclass(frozen=True, slots=True)
class Moves:
    """How many appointments have another time now: by what was asked for here, and by the salon in its journal."""

    here: int
    salon: int


@dataclass(frozen=True, slots=True)
class Known:
    """The first day whose appointments are kept, when they were last read, and since when anything was asked for here.

    None where there is nothing yet.
    """

    first: date | None
    read_at: Instant | None
    asked_since: Instant | None


@dataclass(frozen=True, slots=True)
class Names:
    """What masters and services are called that appointments of these days name."""

    masters: dict[int, str]
    services: dict[int, str]


def known(connection: Connection, salon: str) -> Known:
    """Since when what is kept at all."""
    first = select(func.min(_M.day)).where(_M.salon == salon)
    read_at = select(mirror_salons.c.appointments_at).where(mirror_salons.c.salon == salon)
    since = select(func.min(ledger.c.at)).where(ledger.c.salon == salon)
    return Known(
        connection.execute(first).scalar_one(),
        connection.execute(read_at).scalar_one_or_none(),
        connection.execute(since).scalar_one(),
    )


def lost(connection: Connection, span: Span, now: Instant) -> tuple[Lost, ...]:
    """What did not take place, by everything it is counted by."""
    rows = connection.execute(lost_statement(), _asked(span) | {"now": now, "ahead": span.ahead // MICROSECOND})
    return tuple(Lost(By(row[0]), Loss(row[1]), *row[2:]) for row in rows)


def whole(connection: Connection, span: Span) -> tuple[Whole, ...]:
    """All appointments, by master with service and by hour of the week."""
    rows = connection.execute(whole_statement(), _asked(span))
    return tuple(Whole(By(row[0]), *row[1:]) for row in rows)


def moves(connection: Connection, span: Span) -> Moves:
    """Which of the appointments have been moved to the time they have."""
    return Moves(*connection.execute(MOVED, _asked(span)).one())


def names(connection: Connection, span: Span, masters: Sequence[int], services: Sequence[int]) -> Names:
    """The names that the appointments themselves carry, for who and what left the salon's lists; at most MOST_NAMES."""
    found = Names({}, {})
    for column, wanted in ((_M.master, masters), (_M.service, services)):
        for number in wanted[:MOST_NAMES]:
            one = select(_M.content).where(*DAYS, column == number).limit(1)
            content = connection.execute(one, _asked(span)).scalar_one_or_none()
            _note_names(found, content)
    return found


def _note_names(found: Names, content: str | None) -> None:
    """What another version wrote names nobody; it is soon read again."""
    try:
        appointment = mirror_codec.load_appointment(content or "")
    except ValidationError:
        return
    found.masters[appointment.master.id] = appointment.master.name
    found.services.update((service.id, service.title) for service in appointment.services)


def _asked(span: Span) -> dict[str, Any]:
    return {"at": span.salon, "first": span.first, "last": span.last}
