"""What the door needs of the local copy of a salon.

The copy holds the front desk's own shapes, never the provider's: two readings are compared on that normal form, so a
repeated or reordered hint is no change. Whoever keeps it is the store; what it says is as old as `Freshness` says.
"""

from collections.abc import Collection, Sequence
from datetime import date
from typing import Protocol

from frontdesk.booking.appointments import Appointment
from frontdesk.booking.copies import Freshness, SalonCopy
from frontdesk.booking.ids import AppointmentId, MasterId, Phone
from frontdesk.booking.schedules import WorkingDay
from frontdesk.booking.times import Instant

__all__ = ["Freshness", "Mirror", "SalonCopy"]


class Mirror(Protocol):
    """The local copy of every salon, by the salon's key."""

    async def freshness(self, salon: str) -> Freshness:
        """How old the copy is."""
        ...

    async def note_fresh(self, salon: str, freshness: Freshness) -> None:
        """Takes over the parts of `freshness` that are not None."""
        ...

    async def salon(self, salon: str) -> SalonCopy | None:
        """The salon as last read; None before the first time."""
        ...

    async def keep_salon(self, salon: str, copy: SalonCopy) -> bool:
        """Keeps it; whether it differs from what was kept."""
        ...

    async def working(
        self, salon: str, masters: Collection[MasterId], first: date, last: date
    ) -> tuple[WorkingDay, ...]:
        """The kept working days; a day that is not there is unknown."""
        ...

    async def keep_working(self, salon: str, first: date, last: date, days: Sequence[WorkingDay]) -> None:
        """Replaces all working days from `first` to `last`."""
        ...

    async def on_days(
        self, salon: str, masters: Collection[MasterId], first: date, last: date
    ) -> tuple[Appointment, ...]:
        """The appointments of these masters that touch these days, cancelled and deleted ones included."""
        ...

    async def of_phone(self, salon: str, phone: Phone, since: date) -> tuple[Appointment, ...]:
        """The appointments of the client with this phone, from the day `since` on."""
        ...

    async def appointment(self, salon: str, appointment: AppointmentId) -> Appointment | None:
        """One appointment."""
        ...

    async def keep(self, salon: str, appointments: Sequence[Appointment], read_at: Instant) -> int:
        """Keeps these as read at that moment; older readings never replace newer. How many differed."""
        ...

    async def forget_before(self, salon: str, day: date) -> int:
        """Drops appointments and schedule of earlier days; how many appointments."""
        ...

    async def forget(self, salon: str) -> None:
        """Drops the whole copy: the settings name another salon under this key now."""
        ...
