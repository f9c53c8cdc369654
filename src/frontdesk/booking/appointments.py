"""Appointments as the salon's journal has them."""

from dataclasses import dataclass, field
from datetime import timedelta
from enum import Enum

from frontdesk.booking.ids import AppointmentId, ClientId, MasterId, Phone, ServiceId, VisitId
from frontdesk.booking.times import Instant, Local


class Attendance(Enum):
    """The status of a visit."""

    CONFIRMED = "confirmed"
    CAME = "came"
    WAITING = "waiting"
    NO_SHOW = "no_show"


class Pending(Enum):
    """How sure it is that the journal will hold what was asked of it."""

    WAITING = "waiting"
    """It has not left yet, so it may still be changed or taken back."""
    UNSURE = "unsure"
    """It left, and what came of it is not known."""


@dataclass(frozen=True, slots=True)
class Service:
    """A service of an appointment, under the salon's own title."""

    id: ServiceId
    title: str


@dataclass(frozen=True, slots=True)
class Master:
    """Who does it."""

    id: MasterId
    name: str


@dataclass(frozen=True, slots=True)
class Client:
    """A person in the salon's book; `phone` is None where the token may not see phones."""

    id: ClientId
    name: str
    phone: Phone | None = field(repr=False)


@dataclass(frozen=True, slots=True)
class Appointment:
    """One appointment of the journal. `salon` is the branch's key; `length_s` includes the technical break.

    `pending` where it stands here as it was asked for, and the journal does not say so yet. One that is still to be
    made has a negative id: that of its command.
    """

    id: AppointmentId
    salon: str
    visit: VisitId | None
    client: Client | None
    master: Master
    services: tuple[Service, ...]
    start: Local
    length_s: int
    attendance: Attendance
    created: Instant | None = None
    deleted: bool = False
    comment: str = ""
    api_id: str = ""
    activity: int | None = None
    pending: Pending | None = None

    def is_on(self, now: Local) -> bool:
        """Whether it has begun and is not over yet; `now` is on its salon's clock."""
        return self.start <= now < self.end

    @property
    def end(self) -> Local:
        """When it ends on the salon's clock."""
        return Local(self.start + timedelta(seconds=self.length_s))

    @property
    def stands(self) -> bool:
        """Whether it is still expected: neither deleted nor marked as not coming."""
        return not self.deleted and self.attendance is not Attendance.NO_SHOW
