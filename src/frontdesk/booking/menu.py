"""What a salon offers: its services with their terms, its masters, and what the salon asks of those who book."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from frontdesk.booking.appointments import Master
from frontdesk.booking.ids import MasterId, ServiceId
from frontdesk.booking.offers import Offer


@dataclass(frozen=True, slots=True)
class Listed:
    """An offer in the salon's list, under its category."""

    offer: Offer
    category: str = ""
    group: bool = False
    """It is done with several clients at once, at times that the salon sets."""


@dataclass(frozen=True, slots=True)
class Staffer:
    """A master who takes clients; `specialty` is in the salon's own words."""

    master: Master
    specialty: str = ""


@dataclass(frozen=True, slots=True)
class Menu:
    """The whole of it. `confirms_phone` where a booking on an unproved phone needs a code from an SMS."""

    listed: tuple[Listed, ...] = ()
    staff: tuple[Staffer, ...] = ()
    any_master: bool = True
    confirms_phone: bool = False
    currency: str = "₽"
    most_places: int = 1
    """So many places of a group event may be booked at once."""

    def offers(self, services: Iterable[int]) -> tuple[Offer, ...]:
        """The offers of these services, in the order asked for; those no longer listed are left out."""
        by_id = {one.offer.service.id: one.offer for one in self.listed}
        return tuple(by_id[ServiceId(service)] for service in services if service in by_id)

    def is_group(self, services: Iterable[int]) -> bool:
        """Whether one of these services is a group's."""
        wanted = set(services)
        return any(one.group and one.offer.service.id in wanted for one in self.listed)

    def master(self, master: int) -> Master | None:
        """A master of the list."""
        return next((one.master for one in self.staff if one.master.id == master), None)

    def masters_of(self, offers: Sequence[Offer]) -> tuple[Master, ...]:
        """Those who do all of these services."""
        return tuple(one.master for one in self.staff if all(one.master.id in offer.masters for offer in offers))

    def does_all(self, master: MasterId, offers: Sequence[Offer]) -> bool:
        """Whether this master does all of these services."""
        return all(master in offer.masters for offer in offers)
