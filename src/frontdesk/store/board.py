"""A day of a salon as the desk shows it: the local copy, what was asked for since, and what the assistant did there.

Everything is read in one transaction, so that no block of the board says two things at once. Each question is answered
from an index: the copy's by salon and day, the open commands', the ledger's by appointment and by time.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, Row, Select, func, select

from frontdesk.booking.appointments import Appointment, Master
from frontdesk.booking.commands import Command, OfAppointment
from frontdesk.booking.ids import AppointmentId
from frontdesk.booking.schedules import WorkingDay, start_of
from frontdesk.booking.times import Instant, Local, to_instant, to_local
from frontdesk.outage.command import CommandState
from frontdesk.store.codec import Unreadable, load_command
from frontdesk.store.ledger import Event, moved_from, of_appointments
from frontdesk.store.links import Link, of_salon
from frontdesk.store.mirror_codec import ends_after, load_appointment, load_working
from frontdesk.store.mirror_tables import mirror_appointments, mirror_salons, mirror_working
from frontdesk.store.tables import OPEN, WITH_HUMAN, chats, commands

MOST_APPOINTMENTS = 600
MOST_ASKED = 300
NEWEST_SETTLED = 300
"""So many of the newest commands are looked through for refusals that the administrator is to see."""
MOVED_WITHIN = timedelta(days=60)
LONGEST = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Asked:
    """A command as the board shows it. `detail` is what the journal, or the fault, said last."""

    number: int
    command: Command
    state: CommandState
    since: Instant
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Left:
    """An appointment that was moved away: as it stood, as far as that is known, and as it stands now."""

    event: int
    before: Appointment
    after: Appointment


@dataclass(frozen=True, slots=True)
class SalonDay:
    """What is known of it.

    `asked` are the salon's open commands, whatever day they are about; `waiting` counts those beyond the bound too.
    `refused` is the last refusal of each appointment, where nothing was asked about it since. `events` are in order.
    `left` are those that were moved away from a time of this day.
    """

    day: date
    appointments: tuple[Appointment, ...] = ()
    working: tuple[WorkingDay, ...] = ()
    asked: tuple[Asked, ...] = ()
    waiting: int = 0
    refused: Mapping[AppointmentId, Asked] = field(default_factory=dict)
    events: Mapping[AppointmentId, tuple[Event, ...]] = field(default_factory=dict)
    left: tuple[Left, ...] = ()
    link: Link | None = None
    handovers: int = 0
    is_cut: bool = False
    """There are more appointments than are read."""
    read_at: Instant | None = None


def of_day(connection: Connection, salon: str, day: date, zone: ZoneInfo, now: Instant) -> SalonDay:
    """The whole day of a salon, of all its masters."""
    appointments = _of_day(connection, salon, day)
    asked = _open(connection, salon)
    return SalonDay(
        day=day,
        appointments=appointments,
        working=_working(connection, salon, day),
        asked=asked,
        waiting=count_open(connection, salon) if len(asked) == MOST_ASKED else len(asked),
        refused=_refused(connection, salon),
        events=_events(connection, salon, [one.id for one in appointments]),
        left=_left(connection, salon, day, zone, now),
        link=of_salon(connection, salon),
        is_cut=len(appointments) >= MOST_APPOINTMENTS,
        handovers=connection.execute(select(func.count()).select_from(chats).where(WITH_HUMAN)).scalar_one(),
        read_at=connection.execute(
            select(mirror_salons.c.appointments_at).where(mirror_salons.c.salon == salon)
        ).scalar_one_or_none(),
    )


def appointment(connection: Connection, salon: str, number: AppointmentId) -> Appointment | None:
    """One appointment of the copy."""
    return _appointments(connection, salon, [number]).get(number)


def of_appointment(connection: Connection, salon: str, about: Appointment) -> SalonDay:
    """What is on its way about one appointment, its last refusal, and the link: the day without anything else."""
    return SalonDay(
        day=about.start.date(),
        appointments=(about,),
        asked=tuple(one for one in _open(connection, salon) if _about(one) == about.id),
        refused=_refused(connection, salon),
        link=of_salon(connection, salon),
    )


def _of_day(connection: Connection, salon: str, day: date) -> tuple[Appointment, ...]:
    """What began the day before may reach into this one."""
    midnight = start_of(day)
    earlier = (content for content in _begun(connection, salon, day - LONGEST) if ends_after(content, midnight))
    touching = (load_appointment(content) for content in (*earlier, *_begun(connection, salon, day)))
    return tuple(sorted(touching, key=lambda one: (one.start, one.id)))


def _begun(connection: Connection, salon: str, day: date) -> list[str]:
    found = connection.execute(
        select(mirror_appointments.c.content)
        .where(mirror_appointments.c.salon == salon, mirror_appointments.c.day == day)
        .order_by(mirror_appointments.c.master, mirror_appointments.c.appointment)
        .limit(MOST_APPOINTMENTS)
    ).scalars()
    return list(found)


def _working(connection: Connection, salon: str, day: date) -> tuple[WorkingDay, ...]:
    found = connection.execute(
        select(mirror_working.c.content)
        .where(mirror_working.c.salon == salon, mirror_working.c.day == day)
        .order_by(mirror_working.c.master)
    ).scalars()
    return tuple(load_working(content) for content in found)


def _open(connection: Connection, salon: str) -> tuple[Asked, ...]:
    return _asked(connection, select(commands).where(OPEN, commands.c.salon == salon).limit(MOST_ASKED))


def count_open(connection: Connection, salon: str) -> int:
    """How many commands are on their way to the salon's journal."""
    counted = select(func.count()).select_from(commands).where(OPEN, commands.c.salon == salon)
    return connection.execute(counted).scalar_one()


def _refused(connection: Connection, salon: str) -> dict[AppointmentId, Asked]:
    newest = select(func.max(commands.c.id)).scalar_subquery() - NEWEST_SETTLED
    found = _asked(
        connection, select(commands).where(commands.c.id > newest, commands.c.salon == salon).order_by(commands.c.id)
    )
    last = {about: one for one in found if (about := _about(one)) is not None}
    return {about: one for about, one in last.items() if one.state is CommandState.REFUSED}


def _asked(connection: Connection, which: Select[Any]) -> tuple[Asked, ...]:
    read = (_read(row) for row in connection.execute(which).all())
    return tuple(sorted((one for one in read if one is not None), key=lambda one: one.number))


def _read(row: Row[Any]) -> Asked | None:
    """One that another version wrote can't be placed on a board; the outbox shows it."""
    try:
        return Asked(row.id, load_command(row.command), CommandState(row.state), row.created_at, row.detail)
    except Unreadable:
        return None


def _about(one: Asked) -> AppointmentId | None:
    return one.command.appointment if isinstance(one.command, OfAppointment) else None


def _events(
    connection: Connection, salon: str, numbers: Collection[AppointmentId]
) -> dict[AppointmentId, tuple[Event, ...]]:
    of_each: defaultdict[AppointmentId, list[Event]] = defaultdict(list)
    for event in of_appointments(connection, salon, numbers):
        if event.appointment is not None:
            of_each[event.appointment].append(event)
    return {number: tuple(events) for number, events in of_each.items()}


def _left(connection: Connection, salon: str, day: date, zone: ZoneInfo, now: Instant) -> tuple[Left, ...]:
    """Read where they stand now; the ledger knows where they stood, and their length is taken to be what it is now."""
    midnight = start_of(day)
    begin, end = (to_instant(Local(one), zone) for one in (midnight, midnight + timedelta(days=1)))
    moves = moved_from(connection, salon, begin, end, Instant(now - MOVED_WITHIN))
    stands = _appointments(connection, salon, [one.appointment for one in moves if one.appointment is not None])
    return tuple(left for one in moves if (left := _before(one, stands, zone)) is not None)


def _before(event: Event, stands: Mapping[AppointmentId, Appointment], zone: ZoneInfo) -> Left | None:
    """None where only the time it was moved to is known."""
    after = stands.get(event.appointment) if event.appointment is not None else None
    if after is None or event.starts_at is None or event.master is None:
        return None
    before = replace(after, start=to_local(event.starts_at, zone), master=Master(event.master, ""))
    stays = (before.start, before.master.id) == (after.start, after.master.id)
    return None if stays else Left(event.id, before, after)


def _appointments(
    connection: Connection, salon: str, numbers: Collection[AppointmentId]
) -> dict[AppointmentId, Appointment]:
    found = connection.execute(
        select(mirror_appointments.c.content).where(
            mirror_appointments.c.salon == salon, mirror_appointments.c.appointment.in_(numbers)
        )
    ).scalars()
    return {one.id: one for one in map(load_appointment, found)}
