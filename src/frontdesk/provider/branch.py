"""One salon at the provider: how to call it, and what was last known of it.

Whoever keeps the local copy reads the lists anew in the background and puts them here; a turn only looks.
"""

from asyncio import Lock
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field, replace
from typing import Protocol

from structlog.typing import FilteringBoundLogger

from frontdesk.booking.copies import SalonCopy
from frontdesk.booking.ids import ClientId, Phone
from frontdesk.booking.menu import Menu
from frontdesk.booking.salon import Salon
from frontdesk.booking.schedules import BookingRules
from frontdesk.booking.times import Instant
from frontdesk.language.catalogue import Catalogue
from frontdesk.language.hours import OpeningHours
from frontdesk.provider import reading
from frontdesk.provider.api import Api
from frontdesk.provider.listing import catalogue, read_menu, read_rules
from frontdesk.provider.times import Times
from frontdesk.yclients import errors
from frontdesk.yclients.endpoints.companies import GetCompany


class ClientBook(Protocol):
    """Remembers which client of a salon has a phone, so that the second time nobody has to search."""

    async def known(self, salon: str, phone: Phone) -> tuple[ClientId, ...]:
        """The clients last found under this phone; empty where it was never looked up."""
        ...

    async def remember(self, salon: str, phone: Phone, clients: Sequence[ClientId]) -> None:
        """Keeps what was found."""
        ...


def nothing_unread() -> bool:
    """Nobody writes."""
    return False


async def as_they_are() -> None:
    """Nobody reads the lists anew."""


@dataclass
class Branch:
    """The salon, its lists, and the way to call its provider. `read_at` is when the lists were last asked for."""

    api: Api
    salon: Salon
    zone_is_set: bool = False
    """The settings name the time zone, so the provider's is not asked."""
    menu: Menu = field(default_factory=Menu)
    rules: BookingRules = field(default_factory=BookingRules)
    catalogue: Catalogue = field(default_factory=Catalogue)
    read_at: Instant | None = None
    settings_at: Instant | None = None
    times: Times = field(default_factory=Times)
    hours: OpeningHours = field(default_factory=OpeningHours)
    """When it is open, as far as reading a message needs it: from its schedule, once that is known."""
    unread: Callable[[], bool] = nothing_unread
    """Whether something was written here that the copy does not show yet."""
    renew: Callable[[], Awaitable[None]] = as_they_are
    """Reads the lists anew where that was not done lately; raises the client's errors."""
    _reading: Lock = field(default_factory=Lock, repr=False)
    said: Salon = field(init=False)
    """The salon as the settings have it: it stands wherever the provider says nothing."""

    def __post_init__(self) -> None:
        self.said = self.salon

    async def refresh(self, now: Instant, log: FilteringBoundLogger) -> None:
        """Reads the salon where it has never been read: then whoever asks has to wait."""
        async with self._reading:
            if self.read_at is None:
                await self.read_settings(self.api, now, log)
                await self.read_lists(self.api, now, log)

    async def read_settings(self, api: Api, now: Instant, log: FilteringBoundLogger) -> None:
        """Reads the salon itself and its rules of booking; raises the client's errors."""
        company = await api(GetCompany(id=self.salon.id))
        self.salon = self._as_said(reading.salon(company, self.said))
        self.menu = replace(self.menu, currency=company.currency_short_title or "₽")
        try:
            online, self.rules = await read_rules(api, self.salon.id)
        except errors.Refused as refused:
            self._stands(refused, log)
        else:
            self.menu = replace(
                self.menu,
                any_master=online.any_master is not False,
                confirms_phone=bool(online.confirm_number),
                most_places=online.activity_online_record_clients_count_max or 1,
            )
        self.settings_at = now

    async def read_lists(self, api: Api, now: Instant, log: FilteringBoundLogger) -> None:
        """Reads services, prices and masters; raises the client's errors."""
        try:
            menu = await read_menu(api, self.salon.id)
        except errors.Refused as refused:
            self._stands(refused, log)
        else:
            self.menu = replace(self.menu, listed=menu.listed, staff=menu.staff)
        self.catalogue = catalogue(self.menu)
        self.read_at = now

    def _stands(self, refused: errors.Refused, log: FilteringBoundLogger) -> None:
        """Some tokens may read the salon but not its lists: then the last known ones stand, and the rest goes on."""
        log.warning("the salon's lists can't be read", salon=self.salon.key, cause=str(refused))

    @property
    def copy(self) -> SalonCopy:
        """What is known of it, to be kept."""
        return SalonCopy(self.salon, self.menu, self.rules)

    def take(self, copy: SalonCopy, read_at: Instant) -> None:
        """Takes over what was kept."""
        self.salon = self._as_said(copy.salon)
        self.menu, self.rules, self.read_at = copy.menu, copy.rules, read_at
        self.catalogue = catalogue(copy.menu)

    def _as_said(self, salon: Salon) -> Salon:
        """What the settings say themselves goes before what was read or kept."""
        said = self.said
        return replace(
            salon,
            key=said.key,
            zone=said.zone if self.zone_is_set else salon.zone,
            phone=said.phone or salon.phone,
            policy=replace(salon.policy, cancel=said.policy.cancel),
        )
