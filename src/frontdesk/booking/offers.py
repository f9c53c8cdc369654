"""The price list as far as booking needs it: who does a service, how long they take and what they ask.

Several services in one visit are done one after another by one master, so only a master who does all of them can take
the visit, and lengths and prices add up.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal

from frontdesk.booking.appointments import Service
from frontdesk.booking.ids import MasterId


@dataclass(frozen=True, slots=True)
class Price:
    """From `low` to `high` in the salon's currency; the same where the price is exact."""

    low: Decimal
    high: Decimal

    def __add__(self, other: "Price") -> "Price":
        return Price(self.low + other.low, self.high + other.high)


@dataclass(frozen=True, slots=True)
class Terms:
    """How one master does one service. `length_s` includes the technical break after it."""

    length_s: int
    price: Price

    def __post_init__(self) -> None:
        if self.length_s <= 0:
            raise ValueError(f"a service must take a positive number of seconds, not {self.length_s}")


@dataclass(frozen=True, slots=True)
class Offer:
    """A service that can be booked, with the terms of every master who does it."""

    service: Service
    masters: Mapping[MasterId, Terms]


def lengths_of(offers: Sequence[Offer], master: MasterId | None = None) -> dict[MasterId, int]:
    """How long a visit with these services takes, by each master who does them all; of `master` alone where named.

    None means anyone. It is empty where nobody does all of them, and where no service is named.
    """
    return {
        one: sum(offer.masters[one].length_s for offer in offers)
        for one in _masters(offers)
        if master is None or one == master
    }


def prices_of(offers: Sequence[Offer], master: MasterId | None = None) -> dict[MasterId, Price]:
    """What such a visit costs, by master as in `lengths_of`."""
    return {
        one: sum((offer.masters[one].price for offer in offers), start=Price(Decimal(0), Decimal(0)))
        for one in _masters(offers)
        if master is None or one == master
    }


def _masters(offers: Sequence[Offer]) -> list[MasterId]:
    return sorted(set.intersection(*(set(offer.masters) for offer in offers))) if offers else []
