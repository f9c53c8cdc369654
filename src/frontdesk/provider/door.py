"""The one door to the provider: facts in, commands out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from http import HTTPStatus
from typing import Protocol

from structlog.typing import FilteringBoundLogger

from frontdesk.booking.appointments import Appointment
from frontdesk.booking.cancelling import Hindrance, hindrance
from frontdesk.booking.commands import Command, Done, RefusalReason, Refused
from frontdesk.booking.ids import ClientId, Phone
from frontdesk.booking.menu import Menu
from frontdesk.booking.salon import Salon
from frontdesk.booking.times import Instant
from frontdesk.dialogue.talk import Facts, Person, Problem, Wants
from frontdesk.language.catalogue import Catalogue
from frontdesk.provider import reading
from frontdesk.provider.answers import Evidence, Found, NotFound, NotSent, Performed, ReplyLost, Unknown
from frontdesk.provider.cancelling import Api, Cancellation
from frontdesk.provider.listing import catalogue, read_menu
from frontdesk.yclients import errors
from frontdesk.yclients.endpoints.clients import ClientFilter, SearchClients
from frontdesk.yclients.endpoints.companies import GetCompany
from frontdesk.yclients.endpoints.records import GetRecord, GetRecords
from frontdesk.yclients.models.record import Record

_REASONS = {
    Hindrance.TAKEN_PLACE: RefusalReason.TAKEN_PLACE,
    Hindrance.FORBIDDEN: RefusalReason.FORBIDDEN,
    Hindrance.TOO_LATE: RefusalReason.TOO_LATE,
}
SALON_FRESH_FOR = timedelta(minutes=10)
MOST_APPOINTMENTS = 200
MOST_CLIENTS = 10


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
    """One salon at the provider: how to call it, and what was last known of it."""

    api: Api
    salon: Salon
    zone_is_set: bool = False
    """The settings name the time zone, so the provider's is not asked."""
    menu: Menu = field(default_factory=Menu)
    catalogue: Catalogue = field(default_factory=Catalogue)
    read_at: Instant | None = None


@dataclass(frozen=True)
class Door:
    """Speaks to the provider for the assistant; nobody else does."""

    branches: Mapping[str, Branch]
    clients: ClientBook
    log: FilteringBoundLogger

    async def open(self, now: Instant) -> None:
        """Reads every salon once, so that the first client need not wait; says in one line what is wrong."""
        for key, branch in self.branches.items():
            try:
                await self._refresh(branch, now)
            except errors.ProviderError as fault:
                self.log.error(  # noqa: TRY400 - one line that says what to do, not a traceback
                    "this salon's journal can't be read; clients are told that a person will help",
                    salon=key,
                    cause=str(fault),
                )
            else:
                self.log.info("salon found", salon=key, title=branch.salon.title, zone=branch.salon.zone.key)

    def catalogue(self, salons: Sequence[str]) -> Catalogue:
        """The services and masters of these salons, as last read."""
        known = [self.branches[key].catalogue for key in salons]
        return Catalogue(
            tuple(service for one in known for service in one.services),
            tuple(master for one in known for master in one.masters),
        )

    async def look_up(self, person: Person, salons: Sequence[str], wants: Wants, now: Instant) -> Facts:
        """What is known of the salons and, where wanted, of this person's appointments from today on."""
        branches = [self.branches[key] for key in salons]
        try:
            for branch in branches:
                await self._refresh(branch, now)
            appointments = await self._appointments(branches, person, now) if wants.appointments else None
        except errors.Unauthorised as fault:
            return self._trouble(Problem.LOCKED_OUT, fault, person, branches, now)
        except errors.ProviderError as fault:
            return self._trouble(_problem(fault), fault, person, branches, now)
        return Facts(now, person, _salons(branches), appointments, as_of=now)

    def _trouble(
        self, problem: Problem, fault: errors.ProviderError, person: Person, branches: Sequence[Branch], now: Instant
    ) -> Facts:
        self.log.error("the journal can't be read", problem=problem.value, cause=str(fault))
        return Facts(now, person, _salons(branches), live=False, problem=problem)

    async def _refresh(self, branch: Branch, now: Instant) -> None:
        if branch.read_at is not None and now - branch.read_at < SALON_FRESH_FOR:
            return
        company = await branch.api(GetCompany(id=branch.salon.id))
        salon = reading.salon(company, branch.salon)
        branch.salon = replace(salon, zone=branch.salon.zone) if branch.zone_is_set else salon
        await self._refresh_menu(branch, company.currency_short_title or "₽")
        branch.read_at = now

    async def _refresh_menu(self, branch: Branch, currency: str) -> None:
        """Some tokens may read the salon but not its lists: then the last known ones stand, and the rest goes on."""
        try:
            branch.menu = await read_menu(branch.api, branch.salon.id, currency)
        except errors.Refused as refused:
            self.log.warning("the salon's lists can't be read", salon=branch.salon.key, cause=str(refused))
        branch.catalogue = catalogue(branch.menu)

    async def _appointments(
        self, branches: Sequence[Branch], person: Person, now: Instant
    ) -> tuple[Appointment, ...] | None:
        if person.proved is None:
            return None
        found: list[Appointment] = []
        for branch in branches:
            found += await self._appointments_at(branch, person.proved, now)
        return tuple(found)

    async def _appointments_at(self, branch: Branch, phone: Phone, now: Instant) -> list[Appointment]:
        today = branch.salon.local(now).date()
        found: list[Appointment] = []
        for client in await self._clients_of(branch, phone):
            records = await branch.api(
                GetRecords(company_id=branch.salon.id, client_id=client, start_date=today, count=MOST_APPOINTMENTS)
            )
            found += [one for record in records if (one := reading.appointment(record, branch.salon)) is not None]
        return [one for one in found if one.client is not None and one.client.phone == phone]

    async def _clients_of(self, branch: Branch, phone: Phone) -> Sequence[ClientId]:
        if known := await self.clients.known(branch.salon.key, phone):
            return known
        matches = await branch.api(
            SearchClients(
                company_id=branch.salon.id,
                fields=("id", "name", "phone"),
                filters=(ClientFilter(type="quick_search", state={"value": phone}),),
                page_size=MOST_CLIENTS,
            )
        )
        # A quick search also finds the digits inside other numbers.
        found = [client.id for client in map(reading.client, matches) if client.phone == phone]
        if found:
            await self.clients.remember(branch.salon.key, phone, found)
        return found

    async def perform(self, command: Command) -> tuple[Performed, Appointment | None]:
        """Does it, reading the appointment again first."""
        branch = self.branches[command.salon]
        try:
            record = await branch.api(GetRecord(company_id=branch.salon.id, record_id=command.appointment))
        except errors.ProviderError as fault:
            return self._before_writing(fault), None
        about = reading.appointment(record, branch.salon)
        if (answer := _stands_against(command, about, branch.salon)) is not None:
            return answer, about
        return await self._write(branch, command, record), about

    def _before_writing(self, fault: errors.ProviderError) -> Performed:
        match fault:
            case errors.Refused(status=HTTPStatus.NOT_FOUND):
                return Refused(RefusalReason.NOT_FOUND, str(fault))
            case errors.Refused():
                return Refused(RefusalReason.OTHER, str(fault))
            case errors.Unauthorised():
                self.log.error("the provider does not accept the tokens", cause=str(fault))
                return Refused(RefusalReason.LOCKED_OUT, str(fault))
            case _:
                return NotSent(str(fault))

    async def _write(self, branch: Branch, command: Command, record: Record) -> Performed:
        settings = branch.salon.policy.cancel
        cancellation = Cancellation(branch.api, self.log, branch.salon.id, command, record, settings)
        try:
            await cancellation.write()
        except (errors.Unreachable, errors.Paced) as fault:
            return NotSent(str(fault))
        except (errors.Unsure, errors.Unexpected) as fault:
            return ReplyLost(str(fault))
        except (errors.Refused, errors.Unauthorised) as fault:
            return self._before_writing(fault)
        return Done()

    async def evidence(self, command: Command) -> tuple[Evidence, Appointment | None]:
        """Whether the journal shows what the command asked for."""
        branch = self.branches[command.salon]
        try:
            record = await branch.api(GetRecord(company_id=branch.salon.id, record_id=command.appointment))
        except errors.Refused as refused:
            gone = refused.status == HTTPStatus.NOT_FOUND
            return (Found() if gone else Unknown(str(refused))), None
        except errors.ProviderError as fault:
            return Unknown(str(fault)), None
        about = reading.appointment(record, branch.salon)
        return (Found() if about is None or not about.stands else NotFound()), about


def _salons(branches: Sequence[Branch]) -> tuple[Salon, ...]:
    return tuple(branch.salon for branch in branches)


def _problem(fault: errors.ProviderError) -> Problem:
    forbidden = isinstance(fault, errors.Refused) and fault.status == HTTPStatus.FORBIDDEN
    return Problem.LOCKED_OUT if forbidden else Problem.AWAY


def _stands_against(command: Command, about: Appointment | None, salon: Salon) -> Performed | None:
    if about is None:
        return Refused(RefusalReason.OTHER, "the appointment has no time")
    if about.client is None or about.client.phone != command.phone:
        return Refused(RefusalReason.NOT_YOURS)
    hindered = hindrance(about, salon.policy, salon.local(command.asked_at))
    if hindered is Hindrance.ALREADY_CANCELLED:
        return Done(already=True)
    return Refused(_REASONS[hindered]) if hindered else None
