"""One salon at its provider: a handful of reads at the provider's pace, nothing is written.

Nine calls: the salon, the user's rights, a page of the journal, a few clients, the four lists that clients book from,
and where changes are told.
"""

from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from datetime import timedelta
from email.utils import parsedate_to_datetime
from typing import Any
from zoneinfo import ZoneInfo

from frontdesk.booking.times import Instant
from frontdesk.service.checks_entrance import hindrance, is_licence, no_address
from frontdesk.service.checks_hooks import check_hooks
from frontdesk.service.checks_rights import judge
from frontdesk.service.clock import Clock
from frontdesk.service.findings import Finding, broken, fine, warning
from frontdesk.service.settings import SalonSettings, Settings
from frontdesk.service.witness import Witness
from frontdesk.yclients import errors
from frontdesk.yclients.client import Client
from frontdesk.yclients.contract import Endpoint
from frontdesk.yclients.endpoints.booking import GetBookServices
from frontdesk.yclients.endpoints.clients import SearchClients
from frontdesk.yclients.endpoints.companies import GetCompany
from frontdesk.yclients.endpoints.online_settings import GetOnlineSettings
from frontdesk.yclients.endpoints.records import GetRecords
from frontdesk.yclients.endpoints.services import GetServices
from frontdesk.yclients.endpoints.staff import GetStaff
from frontdesk.yclients.endpoints.users import GetRights
from frontdesk.yclients.models.company import Company
from frontdesk.yclients.profiles import Profile

CLOCK_WARNING = timedelta(seconds=30)
CLOCK_BROKEN = timedelta(minutes=5)
CLIENTS_LOOKED_AT = 5


@dataclass(frozen=True)
class SalonCheck:
    """A salon under examination; `api` sends through the witness, and tries nothing twice."""

    key: str
    settings: SalonSettings
    whole: Settings
    profile: Profile
    api: Client
    witness: Witness
    clock: Clock

    @property
    def where(self) -> str:
        """The salon's table of the settings."""
        return f"salon.{self.key}"

    async def findings(self) -> AsyncIterator[Finding]:
        """Everything found, up to what keeps us from looking further."""
        if (finding := no_address(self.where, self.settings, self.profile)) is not None:
            yield finding
            return
        try:
            async for finding in self._all():
                yield finding
        except errors.ProviderError as fault:
            yield hindrance(self.where, fault, self.witness, self.settings, self.profile)

    async def _all(self) -> AsyncIterator[Finding]:
        company = await self.api(GetCompany(id=self.settings.company_id))
        yield fine(self.where, "host", "the API answers")
        yield fine(self.where, "partner token", "known and activated")
        yield fine(self.where, "salon", f"found: {company.public_title or company.title or company.id}")
        for finding in (*self._clock(), self._zone(company)):
            yield finding
        async for finding in self._rights():
            yield finding
        async for finding in self._reads():
            yield finding
        yield await check_hooks(self.key, self.settings, self.api)
        yield fine(self.where, "pace", f"{self.witness.calls} calls, none of them one too many")

    def _clock(self) -> Iterator[Finding]:
        """By the provider's own Date header; some answers have none."""
        try:
            theirs = parsedate_to_datetime(self.witness.header("date"))
        except ValueError:
            return
        if theirs.tzinfo is None:
            return
        apart = abs(self.clock.now() - Instant(theirs))
        seen = f"this machine's clock and the provider's are {apart.total_seconds():.0f} s apart"
        cure = "Set this machine's clock by a time server (NTP)."
        if apart >= CLOCK_BROKEN:
            yield broken(self.where, "clock", seen, cure)
        elif apart >= CLOCK_WARNING:
            yield warning(self.where, "clock", seen, cure)
        else:
            yield fine(self.where, "clock", "as the provider's")

    def _zone(self, company: Company) -> Finding:
        ours, theirs = self.settings.time_zone, company.timezone_name
        if ours is None:
            return self._zone_of_the_salon(theirs)
        if theirs is None or self._offset(ours) == self._offset(theirs):
            return fine(self.where, "time zone", ours)
        seen = f"the settings say {ours}, the salon's account says {theirs}: every time told to clients would be wrong"
        return broken(self.where, "time zone", seen, f'Set time_zone to "{theirs}", or leave it out.')

    def _zone_of_the_salon(self, theirs: str | None) -> Finding:
        if self._offset(theirs) is not None:
            return fine(self.where, "time zone", f"{theirs}, by the salon's account")
        cure = 'Set time_zone in the settings, as in "Europe/Moscow", which is taken now.'
        return warning(self.where, "time zone", f"the salon's account names none that is known ({theirs})", cure)

    def _offset(self, zone: str | None) -> timedelta | None:
        try:
            return self.clock.now().astimezone(ZoneInfo(zone)).utcoffset() if zone else None
        except (KeyError, ValueError, OSError):
            return None

    async def _rights(self) -> AsyncIterator[Finding]:
        try:
            rights = await self.api(GetRights(company_id=self.settings.company_id))
        except errors.Refused as refused:
            self._let_licence_through(refused)
            cure = "Use the token of a user who works in this salon."
            yield warning(self.where, "rights", f"the user's rights can't be read: {refused}", cure)
            return
        yield fine(self.where, "user token", "accepted")
        for finding in judge(self.where, rights, self.whole.cancel):
            yield finding

    async def _reads(self) -> AsyncIterator[Finding]:
        company = self.settings.company_id
        yield await self._read("journal", GetRecords(company_id=company, count=1), "timetable_access")
        yield await self._clients()
        yield await self._read("services", GetServices(company_id=company), "settings_services_access")
        yield await self._read("online booking", GetBookServices(company_id=company), "timetable_access")
        yield await self._read("masters", GetStaff(company_id=company), "settings_master_access")
        yield await self._read("booking rules", GetOnlineSettings(company_id=company), "settings_access")

    async def _read(self, check: str, call: Endpoint[Any], right: str) -> Finding:
        try:
            await self.api(call)
        except errors.Refused as refused:
            return self._unreadable(check, refused, right)
        return fine(self.where, check, "can be read")

    def _unreadable(self, check: str, refused: errors.Refused, right: str) -> Finding:
        self._let_licence_through(refused)
        cure = f"Give the user of user_token the right to it ({right}) in the salon's account."
        return broken(self.where, check, f"can't be read: {refused}", cure)

    async def _clients(self) -> Finding:
        """Whatever the rights say: what hides a phone is seen in the phones."""
        call = SearchClients(company_id=self.settings.company_id, fields=("id", "phone"), page_size=CLIENTS_LOOKED_AT)
        try:
            clients = await self.api(call)
        except errors.Refused as refused:
            return self._unreadable("clients", refused, "clients_access")
        if clients and all(not client.phone or "*" in client.phone for client in clients):
            seen = "clients come with their phones hidden, so nobody's appointments can be found by their phone"
            cure = "Give the user of user_token the right client_phones_access in the salon's account."
            return broken(self.where, "clients", seen, cure)
        return fine(self.where, "clients", "can be searched")

    @staticmethod
    def _let_licence_through(refused: errors.Refused) -> None:
        """It stands in the way of everything, so it is told once."""
        if is_licence(refused):
            raise refused
