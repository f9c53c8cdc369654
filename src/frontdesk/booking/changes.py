"""What a settled command changed in the journal, for the salon's own people and for the ledger."""

from dataclasses import dataclass
from datetime import timedelta
from decimal import Decimal
from enum import StrEnum

from frontdesk.booking.appointments import Appointment, Master
from frontdesk.booking.ids import AppointmentId
from frontdesk.booking.times import Instant

LATE = timedelta(hours=24)
"""A time given up later than this before its start is hard to fill again. The lead is kept too, for any other bound."""


class ChangeKind(StrEnum):
    """What happened to the appointment."""

    CANCELLED = "cancelled"
    MOVED = "moved"
    BOOKED = "booked"
    CONFIRMED = "confirmed"
    RESTORED = "restored"
    CAME = "came"
    NO_SHOW = "no_show"
    """Nobody came, and nobody had said so: a person of the salon noted it."""
    EXPECTED = "expected"
    """It is open again whether anybody comes."""


@dataclass(frozen=True, slots=True)
class Change:
    """One change of one appointment.

    `before` is how it stood and `after` how it stands, without what is known of the client; None where there was or is
    none, and where it could not be read. `starts_at` is the start of the time given up, else of the time taken.
    `price` adds up the salon's lowest prices, None where they are not known. `client` is the name alone.
    """

    kind: ChangeKind
    salon: str
    asked_at: Instant
    appointment: AppointmentId | None = None
    before: Appointment | None = None
    after: Appointment | None = None
    starts_at: Instant | None = None
    price: Decimal | None = None
    client: str = ""

    @property
    def lead(self) -> timedelta | None:
        """From when it was asked for until the start; negative where that had passed already."""
        return None if self.starts_at is None else self.starts_at - self.asked_at

    @property
    def is_late(self) -> bool:
        """Whether a time was given up late."""
        gives_up = self.kind in {ChangeKind.CANCELLED, ChangeKind.MOVED}
        return gives_up and self.lead is not None and self.lead < LATE

    @property
    def masters(self) -> tuple[Master, ...]:
        """Whose day it changes: one, or two where it was moved from one to the other."""
        stood = [one.master for one in (self.before, self.after) if one is not None and one.master.id]
        return tuple({master.id: master for master in stood}.values())
