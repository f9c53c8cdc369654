"""The emulator's journal as the judge reads it: the truth, past every call and every cache."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import combinations

from frontdesk.booking.ids import Phone
from frontdesk.booking.phones import international_phone
from frontdesk.emulator.things import Appointment
from frontdesk.emulator.world import World
from frontdesk.yclients.models.attendance import Attendance


@dataclass(frozen=True, slots=True)
class Entry:
    """One appointment as it stands. `start` is on the salon's wall clock."""

    id: int
    phone: Phone | None = field(repr=False)
    master: int
    services: tuple[int, ...]
    start: datetime
    length_s: int
    attendance: Attendance
    deleted: bool
    comment: str

    @property
    def stands(self) -> bool:
        """Whether the client is expected."""
        return not self.deleted and self.attendance is not Attendance.NO_SHOW

    @property
    def end(self) -> datetime:
        """When the master is free again."""
        return self.start + timedelta(seconds=self.length_s)


Journal = Mapping[int, Entry]


def look(world: World, company: int) -> Journal:
    """Every appointment of a salon, by id."""
    phones = {client.id: international_phone(client.phone) for client in world.clients.of(company)}
    return {one.id: _entry(one, phones.get(one.client_id or 0)) for one in world.appointments.of(company)}


def look_everywhere(world: World) -> Journal:
    """Every appointment of every branch, by id."""
    return {number: entry for company in world.companies for number, entry in look(world, company).items()}


def _entry(one: Appointment, phone: Phone | None) -> Entry:
    return Entry(
        one.id,
        phone,
        one.master_id,
        tuple(line.id for line in one.services),
        one.start,
        one.length_s,
        Attendance(one.attendance),
        one.deleted,
        one.comment,
    )


def of_person(journal: Journal, phone: Phone) -> list[Entry]:
    """A client's appointments, soonest first."""
    return sorted((one for one in journal.values() if one.phone == phone), key=lambda one: (one.start, one.id))


def clashes(journal: Journal) -> set[tuple[int, int]]:
    """Standing appointments of one master that overlap, as pairs of ids."""
    standing = sorted((one for one in journal.values() if one.stands), key=lambda one: (one.master, one.start))
    by_master: dict[int, list[Entry]] = {}
    for one in standing:
        by_master.setdefault(one.master, []).append(one)
    return {pair for own in by_master.values() for pair in _overlaps(own)}


def _overlaps(entries: Sequence[Entry]) -> set[tuple[int, int]]:
    return {
        (min(one.id, other.id), max(one.id, other.id))
        for one, other in combinations(entries, 2)
        if one.start < other.end and other.start < one.end
    }
