"""The state of every salon the emulator plays, and the few acts that touch more than one thing.

No input or output happens here: the clock and the source of numbers are passed in, and whoever serves the world calls
it from one thread. `snapshot` and `restore` make a world cheap to try things on.
"""

import pickle
from dataclasses import dataclass, field, fields
from datetime import UTC, date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from frontdesk.emulator.clock import Clock
from frontdesk.emulator.ids import Ids
from frontdesk.emulator.refusal import invalid
from frontdesk.emulator.shelves import AppointmentBook, ClientBook, EventBook, Shelf
from frontdesk.emulator.switches import Switches
from frontdesk.emulator.things import (
    Appointment,
    Category,
    Client,
    Code,
    Company,
    Json,
    Master,
    Partner,
    Position,
    Service,
    User,
    Visit,
)

FIRST_YEAR, LAST_YEAR = 1970, 2200
NOT_KEPT_IN_SNAPSHOT = frozenset({"clock"})


@dataclass(slots=True)
class Happening:
    """Something that a webhook tells: `status` is create, update or delete."""

    company_id: int
    resource: str
    resource_id: int
    status: str


@dataclass(slots=True)
class World:
    """Everything that is, at one moment."""

    clock: Clock = field(default_factory=Clock)
    ids: Ids = field(default_factory=Ids)
    switches: Switches = field(default_factory=Switches)
    companies: dict[int, Company] = field(default_factory=dict)
    categories: Shelf[Category] = field(default_factory=Shelf)
    services: Shelf[Service] = field(default_factory=Shelf)
    positions: Shelf[Position] = field(default_factory=Shelf)
    masters: Shelf[Master] = field(default_factory=Shelf)
    clients: ClientBook = field(default_factory=ClientBook)
    appointments: AppointmentBook = field(default_factory=AppointmentBook)
    activities: EventBook = field(default_factory=EventBook)
    visits: dict[int, Visit] = field(default_factory=dict)
    users: dict[int, User] = field(default_factory=dict)
    partners: dict[str, Partner] = field(default_factory=dict)
    codes: dict[str, Code] = field(default_factory=dict)
    hooks: dict[int, Json] = field(default_factory=dict)
    reviews: dict[int, list[Json]] = field(default_factory=dict)
    happenings: list[Happening] = field(default_factory=list)

    def snapshot(self) -> bytes:
        """The whole state but the clock, to be given to `restore`."""
        return pickle.dumps(
            {one.name: getattr(self, one.name) for one in fields(self) if one.name not in NOT_KEPT_IN_SNAPSHOT}
        )

    def restore(self, snapshot: bytes) -> None:
        """Goes back to a snapshot that this process made."""
        for name, value in pickle.loads(snapshot).items():  # noqa: S301 - bytes of our own snapshot, never from outside
            setattr(self, name, value)

    def now_local(self, company: Company) -> datetime:
        """The time on the salon's wall, naive."""
        return self.clock.now().astimezone(company.zone).replace(tzinfo=None)

    def user_with_token(self, token: str) -> User | None:
        """Whose token this is."""
        return next((user for user in self.users.values() if user.token == token), None)

    def tell(self, company_id: int, resource: str, resource_id: int, status: str) -> None:
        """Notes a change for the webhooks."""
        self.happenings.append(Happening(company_id, resource, resource_id, status))

    def write_appointment(self, appointment: Appointment) -> Appointment:
        """Adds an appointment to the journal, with its visit."""
        if appointment.visit_id not in self.visits:
            self.visits[appointment.visit_id] = Visit(
                appointment.visit_id,
                appointment.company_id,
                appointment.client_id,
                appointment.attendance,
                appointment.comment,
            )
        self.appointments.add(appointment)
        self.tell(appointment.company_id, "record", appointment.id, "create")
        return appointment

    def change_appointment(self, appointment: Appointment, **changes: Any) -> None:  # noqa: ANN401 - fields of the appointment
        """Changes an appointment; a deletion is told as one."""
        self.appointments.change(appointment, changed=self.clock.now(), **changes)
        self.tell(appointment.company_id, "record", appointment.id, "delete" if changes.get("deleted") else "update")

    def visit_for(self, company: Company, client: Client | None, start: datetime) -> int:
        """The visit a new appointment joins, by the salon's «interval between a client's visits», or a new one's id."""
        if client is not None and company.visit_gap_s is not None:
            gap = timedelta(seconds=company.visit_gap_s)
            for other in self.appointments.of_client(company.id, client.id):
                end = other.start + timedelta(seconds=other.length_s)
                if not other.deleted and other.start.date() == start.date() and other.start - gap <= start <= end + gap:
                    return other.visit_id
        return self.ids.number("visit")


def is_in_our_time(moment: date) -> bool:
    """Whether a day or a moment lies in the years that appointments are made for; others have no arithmetic."""
    return FIRST_YEAR <= moment.year <= LAST_YEAR


def instant_of(local: datetime, zone: ZoneInfo) -> datetime:
    """The instant of a salon's wall-clock time; the first one where the clock repeats it."""
    return local.replace(tzinfo=zone, fold=0)


def local_of(moment: datetime, zone: ZoneInfo) -> datetime:
    """The salon's wall-clock time of what a caller sent: a naive time is the salon's already.

    Refuses with 422 a time outside the years that a calendar of appointments is kept for.
    """
    if not is_in_our_time(moment):
        invalid(errors={"datetime": ["Недопустимая дата"]})
    return moment if moment.tzinfo is None else moment.astimezone(zone).replace(tzinfo=None)


def exists_on_the_wall(local: datetime, zone: ZoneInfo) -> bool:
    """Whether the salon's clock ever shows this time: in spring it skips an hour."""
    return local.replace(tzinfo=zone).astimezone(UTC).astimezone(zone).replace(tzinfo=None) == local
