"""What is kept of a salon on this side, and how old it is."""

from dataclasses import dataclass
from datetime import date

from frontdesk.booking.menu import Menu
from frontdesk.booking.salon import Salon
from frontdesk.booking.schedules import BookingRules
from frontdesk.booking.times import Instant


@dataclass(frozen=True, slots=True)
class SalonCopy:
    """The salon itself: its settings, services and staff."""

    salon: Salon
    menu: Menu
    rules: BookingRules


@dataclass(frozen=True, slots=True)
class Freshness:
    """When each part was last known to be as the journal has it; None where it never was.

    `covers_until` is the last day whose schedule and appointments are in the copy. `hinted` where something is known to
    have changed that was not read yet.
    """

    salon: Instant | None = None
    schedule: Instant | None = None
    appointments: Instant | None = None
    covers_until: date | None = None
    hinted: bool = False
