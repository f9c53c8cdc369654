"""One salon at the provider: how to call it, and what was last known of it."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from typing import Protocol

from structlog.typing import FilteringBoundLogger

from frontdesk.booking.ids import ClientId, Phone
from frontdesk.booking.menu import Menu
from frontdesk.booking.salon import Salon
from frontdesk.booking.times import Instant
from frontdesk.language.catalogue import Catalogue
from frontdesk.provider import reading
from frontdesk.provider.api import Api
from frontdesk.provider.listing import catalogue, read_menu
from frontdesk.yclients import errors
from frontdesk.yclients.endpoints.companies import GetCompany

FRESH_FOR = timedelta(minutes=10)


class ClientBook(Protocol):
    """Remembers which client of a salon has a phone, so that the second time nobody has to search."""

    async def known(self, salon: str, phone: Phone) -> tuple[ClientId, ...]:
        """The clients last found under this phone; empty where it was never looked up."""
        ...

    async def remember(self, salon: str, phone: Phone, clients: Sequence[ClientId]) -> None:
        """Keeps what was found."""
        ...


@dataclass
class Branch:
    """The salon, its lists, and the way to call its provider."""

    api: Api
    salon: Salon
    zone_is_set: bool = False
    """The settings name the time zone, so the provider's is not asked."""
    menu: Menu = field(default_factory=Menu)
    catalogue: Catalogue = field(default_factory=Catalogue)
    read_at: Instant | None = None

    async def refresh(self, now: Instant, log: FilteringBoundLogger) -> None:
        """Reads the salon and its lists anew where they are no longer fresh."""
        if self.read_at is not None and now - self.read_at < FRESH_FOR:
            return
        company = await self.api(GetCompany(id=self.salon.id))
        salon = reading.salon(company, self.salon)
        self.salon = replace(salon, zone=self.salon.zone) if self.zone_is_set else salon
        await self._refresh_menu(company.currency_short_title or "₽", log)
        self.read_at = now

    async def _refresh_menu(self, currency: str, log: FilteringBoundLogger) -> None:
        """Some tokens may read the salon but not its lists: then the last known ones stand, and the rest goes on."""
        try:
            self.menu = await read_menu(self.api, self.salon.id, currency)
        except errors.Refused as refused:
            log.warning("the salon's lists can't be read", salon=self.salon.key, cause=str(refused))
        self.catalogue = catalogue(self.menu)
