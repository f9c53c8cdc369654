"""The local copy of the salons, as `provider.mirror` asks for it.

Two laws hold whatever order readings come in: equal content is no change, and what was asked for earlier never replaces
what was asked for later. A reading carries the moment it was asked for, not the one it was answered: what changed in
between is told of or polled afterwards, and read again.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import cache, partial
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Insert,
    RowMapping,
    Select,
    bindparam,
    case,
    delete,
    exists,
    func,
    or_,
    select,
    update,
)

from frontdesk.booking.appointments import Appointment
from frontdesk.booking.copies import Freshness, SalonCopy
from frontdesk.booking.ids import AppointmentId, MasterId, Phone
from frontdesk.booking.schedules import WorkingDay
from frontdesk.booking.times import Instant
from frontdesk.store import mirror_codec as codec
from frontdesk.store.columns import written_out
from frontdesk.store.database import Store
from frontdesk.store.fate import LOST, fate
from frontdesk.store.mirror_tables import mirror_appointments, mirror_hints, mirror_salons, mirror_working
from frontdesk.store.once import insert_of, upsert, upsert_all
from frontdesk.store.threads import Priority

KEPT_AT_ONCE = 500
"""Rows of one statement; SQLite takes 32,766 values in one."""
MOST_OF_A_PERSON = 200
LONGEST = timedelta(days=1)
"""What began earlier than this before a day does not reach into it."""


@dataclass(frozen=True, slots=True)
class Mirror:
    """The copy in the store."""

    store: Store

    async def freshness(self, salon: str) -> Freshness:
        """How old the copy is."""
        return await self.store.read(partial(_freshness, salon=salon), Priority.WORK)

    async def note_fresh(self, salon: str, freshness: Freshness) -> None:
        """Takes over the parts of `freshness` that are not None."""
        await self.store.write(partial(_note_fresh, salon=salon, freshness=freshness), Priority.PAGE)

    async def salon(self, salon: str) -> SalonCopy | None:
        """The salon as last read; None before the first time."""
        content = await self.store.read(partial(_content, salon=salon), Priority.WORK)
        return codec.load_salon(content)

    async def keep_salon(self, salon: str, copy: SalonCopy) -> bool:
        """Keeps it; whether it differs from what was kept."""
        content = codec.dump_salon(copy)
        return await self.store.write(partial(_keep_salon, salon=salon, content=content), Priority.PAGE)

    async def working(
        self, salon: str, masters: Collection[MasterId], first: date, last: date
    ) -> tuple[WorkingDay, ...]:
        """The kept working days; a day that is not there is unknown."""
        asked = {"at": salon, "first": first, "last": last, "of": tuple(masters)}
        found = await self.store.read(lambda connection: connection.execute(_WORKING, asked).all(), Priority.WORK)
        return tuple(codec.load_working(row.content) for row in found)

    async def keep_working(self, salon: str, first: date, last: date, days: Sequence[WorkingDay]) -> None:
        """Replaces all working days from `first` to `last`."""
        rows = [
            {"salon": salon, "day": one.day, "master": one.master.id, "content": codec.dump_working(one)}
            for one in days
            if first <= one.day <= last
        ]
        asked = {"at": salon, "first": first, "last": last}
        await self.store.write(partial(_keep_working, asked=asked, rows=rows), Priority.PAGE)

    async def on_days(
        self, salon: str, masters: Collection[MasterId], first: date, last: date
    ) -> tuple[Appointment, ...]:
        """The appointments of these masters that touch these days, cancelled and deleted ones included."""
        asked = {"at": salon, "first": first - LONGEST, "last": last, "of": tuple(masters)}
        found = await self._appointments(_ON_DAYS, asked)
        return tuple(one for one in found if one.end.date() >= first)

    async def of_phone(self, salon: str, phone: Phone, since: date) -> tuple[Appointment, ...]:
        """The appointments of the client with this phone, from the day `since` on; at most 200, the earliest."""
        return await self._appointments(_OF_PHONE, {"at": salon, "of": phone, "first": since})

    async def appointment(self, salon: str, appointment: AppointmentId) -> Appointment | None:
        """One appointment."""
        return next(iter(await self._appointments(_ONE, {"at": salon, "of": appointment})), None)

    async def keep(self, salon: str, appointments: Sequence[Appointment], read_at: Instant) -> int:
        """Keeps these as read at that moment; older readings never replace newer. How many differed."""
        rows = list({one.id: _row(salon, one, read_at) for one in appointments}.values())
        changed = 0
        for begin in range(0, len(rows), KEPT_AT_ONCE):
            work = partial(_keep, salon=salon, rows=rows[begin : begin + KEPT_AT_ONCE])
            changed += await self.store.write(work, Priority.PAGE)
        return changed

    async def forget_before(self, salon: str, day: date) -> int:
        """Drops appointments and schedule of earlier days; how many appointments."""
        return await self.store.write(partial(_forget_before, asked={"at": salon, "before": day}), Priority.PAGE)

    async def forget(self, salon: str) -> None:
        """Drops the whole copy: the settings name another salon under this key now."""
        await self.store.write(partial(_forget, salon=salon), Priority.PAGE)

    async def _appointments(self, statement: Select[Any], asked: dict[str, Any]) -> tuple[Appointment, ...]:
        found = await self.store.read(lambda connection: connection.execute(statement, asked).all(), Priority.WORK)
        return tuple(codec.load_appointment(row.content) for row in found)


_SALON = mirror_salons.c.salon == bindparam("at")
_FRESHNESS = select(
    mirror_salons.c.salon_at,
    mirror_salons.c.schedule_at,
    mirror_salons.c.appointments_at,
    mirror_salons.c.covers_until,
    exists().where(mirror_hints.c.salon == mirror_salons.c.salon).label("hinted"),
).where(_SALON)
_CONTENT = select(mirror_salons.c.content).where(_SALON)
_FROM_TO = (
    mirror_working.c.salon == bindparam("at"),
    mirror_working.c.day.between(bindparam("first"), bindparam("last")),
)
_WORKING = (
    select(mirror_working.c.content)
    .where(*_FROM_TO, mirror_working.c.master.in_(bindparam("of", expanding=True)))
    .order_by(mirror_working.c.day, mirror_working.c.master)
)
_CLEAR_WORKING = delete(mirror_working).where(*_FROM_TO)
_HERE = mirror_appointments.c.salon == bindparam("at")
_ON_DAYS = (
    select(mirror_appointments.c.content)
    .where(
        _HERE,
        mirror_appointments.c.day.between(bindparam("first"), bindparam("last")),
        mirror_appointments.c.master.in_(bindparam("of", expanding=True)),
    )
    .order_by(mirror_appointments.c.day, mirror_appointments.c.appointment)
)
_OF_PHONE = (
    select(mirror_appointments.c.content)
    .where(_HERE, mirror_appointments.c.phone == bindparam("of"), mirror_appointments.c.day >= bindparam("first"))
    .order_by(mirror_appointments.c.day, mirror_appointments.c.appointment)
    .limit(MOST_OF_A_PERSON)
)
_FIRST = select(func.min(mirror_appointments.c.salon).label("salon")).cte("salons", recursive=True)
_AFTER = select(func.min(mirror_appointments.c.salon)).where(mirror_appointments.c.salon > _FIRST.c.salon)
_SALONS = _FIRST.union_all(select(_AFTER.scalar_subquery()).where(_FIRST.c.salon.is_not(None)))
"""The salons of which appointments are kept, from one to the next in the key: the index of phones begins with them."""
_WITH_PHONE = select(
    mirror_appointments.c.salon, mirror_appointments.c.appointment, mirror_appointments.c.content
).where(mirror_appointments.c.phone == bindparam("of"), mirror_appointments.c.salon.in_(select(_SALONS.c.salon)))
_WITHOUT_CLIENT = (
    update(mirror_appointments)
    .where(_HERE, mirror_appointments.c.appointment == bindparam("which"))
    .values(phone=None, content=bindparam("without"))
)
_ONE = select(mirror_appointments.c.content).where(_HERE, mirror_appointments.c.appointment == bindparam("of"))
_KNOWN = select(mirror_appointments.c.appointment, mirror_appointments.c.content, mirror_appointments.c.read_at).where(
    _HERE, mirror_appointments.c.appointment.in_(bindparam("of", expanding=True))
)
_DROP = delete(mirror_appointments).where(_HERE, mirror_appointments.c.day < bindparam("before"))
_DROP_WORKING = delete(mirror_working).where(
    mirror_working.c.salon == bindparam("at"), mirror_working.c.day < bindparam("before")
)


def _freshness(connection: Connection, salon: str) -> Freshness:
    row = connection.execute(_FRESHNESS, {"at": salon}).one_or_none()
    if row is None:
        return Freshness()
    return Freshness(row.salon_at, row.schedule_at, row.appointments_at, row.covers_until, bool(row.hinted))


def _note_fresh(connection: Connection, salon: str, freshness: Freshness) -> None:
    said = {
        "salon_at": freshness.salon,
        "schedule_at": freshness.schedule,
        "appointments_at": freshness.appointments,
        "covers_until": freshness.covers_until,
    }
    if parts := {name: part for name, part in said.items() if part is not None}:
        upsert(connection, mirror_salons, {"salon": salon, **parts})


def _content(connection: Connection, salon: str) -> str | None:
    content: str | None = connection.execute(_CONTENT, {"at": salon}).scalar_one_or_none()
    return content


def _keep_salon(connection: Connection, salon: str, content: str) -> bool:
    if _content(connection, salon) == content:
        return False
    upsert(connection, mirror_salons, {"salon": salon, "content": content})
    return True


def _keep_working(connection: Connection, asked: dict[str, Any], rows: list[dict[str, Any]]) -> None:
    connection.execute(_CLEAR_WORKING, asked)
    upsert_all(connection, mirror_working, rows)


def _row(salon: str, one: Appointment, read_at: Instant) -> dict[str, Any]:
    return {
        "salon": salon,
        "appointment": one.id,
        "master": one.master.id,
        "day": one.start.date(),
        "phone": one.client.phone if one.client else None,
        "content": codec.dump_appointment(one),
        "read_at": read_at,
        "shown_at": Instant(datetime.replace(one.start, tzinfo=UTC)),
        "service": min((service.id for service in one.services), default=None),
        "fate": fate(one),
        "created_at": one.created,
    }


_SAID = ("master", "day", "phone", "content", "read_at", "shown_at", "service", "fate", "created_at")


def _keep(connection: Connection, salon: str, rows: list[dict[str, Any]]) -> int:
    asked = {"at": salon, "of": [row["appointment"] for row in rows]}
    known = {row["appointment"]: row for row in connection.execute(_KNOWN, asked).mappings()}
    newer = [row for row in rows if _is_newer(row, known.get(row["appointment"]))]
    if newer:
        connection.execute(_over_older(connection.dialect.name), newer)
    return sum(_differs(row, known.get(row["appointment"])) for row in newer)


def _is_newer(row: dict[str, Any], known: RowMapping | None) -> bool:
    return known is None or bool(known["read_at"] <= row["read_at"])


def _differs(row: dict[str, Any], known: RowMapping | None) -> bool:
    return known is None or bool(known["content"] != row["content"])


@cache
def _over_older(dialect: str) -> Insert:
    """Several processes may keep at once, so the law stands in the statement too."""
    statement = insert_of(dialect, mirror_appointments)
    before = mirror_appointments.c
    said: dict[str, ColumnElement[Any]] = {name: statement.excluded[name] for name in _SAID}
    said["was_moved"] = or_(before.was_moved, before.shown_at != statement.excluded.shown_at)
    became = case((written_out(before.fate, *LOST), before.lost_at), else_=statement.excluded.read_at)
    said["lost_at"] = case((written_out(statement.excluded.fate, *LOST), became))
    return statement.on_conflict_do_update(
        index_elements=["salon", "appointment"],
        set_=said,
        where=mirror_appointments.c.read_at <= statement.excluded.read_at,
    )


def forget_client(connection: Connection, phone: Phone) -> None:
    """Takes whoever has this phone out of every appointment; what time they take is still known."""
    for row in connection.execute(_WITH_PHONE, {"of": phone}).all():
        content = codec.dump_appointment(replace(codec.load_appointment(row.content), client=None))
        connection.execute(_WITHOUT_CLIENT, {"at": row.salon, "which": row.appointment, "without": content})


def _forget_before(connection: Connection, asked: dict[str, Any]) -> int:
    connection.execute(_DROP_WORKING, asked)
    return connection.execute(_DROP, asked).rowcount


def _forget(connection: Connection, salon: str) -> None:
    for table in (mirror_appointments, mirror_working, mirror_hints, mirror_salons):
        connection.execute(delete(table).where(table.c.salon == salon))
