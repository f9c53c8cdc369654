"""The one door to the provider: facts in, commands out."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from http import HTTPStatus
from typing import assert_never

from structlog.typing import FilteringBoundLogger

from frontdesk.booking import moving
from frontdesk.booking.appointments import Appointment
from frontdesk.booking.cancelling import Hindrance, hindrance
from frontdesk.booking.changes import Change, ChangeKind
from frontdesk.booking.commands import (
    Book,
    Cancel,
    Command,
    Confirm,
    Done,
    Explain,
    Move,
    ProvePhone,
    RefusalReason,
    Refused,
    Restore,
    SendCode,
)
from frontdesk.booking.ids import ClientId, MasterId, Phone
from frontdesk.booking.times import Instant
from frontdesk.dialogue.notices import Day
from frontdesk.dialogue.talk import Facts, Person, Problem, Wants
from frontdesk.language.catalogue import Catalogue
from frontdesk.provider import booking, calendars, changes, changing, codes, events, reading
from frontdesk.provider.answers import Evidence, Found, NotFound, Performed, Unknown
from frontdesk.provider.api import after_writing, before_writing
from frontdesk.provider.branch import Branch, ClientBook
from frontdesk.provider.cancelling import Cancellation
from frontdesk.provider.slots import free_slots
from frontdesk.provider.working import working_in
from frontdesk.yclients import errors
from frontdesk.yclients.endpoints.clients import ClientFilter, SearchClients
from frontdesk.yclients.endpoints.records import GetRecord, GetRecords
from frontdesk.yclients.models.record import Record

MOST_APPOINTMENTS = 200
MOST_CLIENTS = 10
_REASONS = {
    Hindrance.TAKEN_PLACE: RefusalReason.TAKEN_PLACE,
    Hindrance.FORBIDDEN: RefusalReason.FORBIDDEN,
    Hindrance.TOO_LATE: RefusalReason.TOO_LATE,
    Hindrance.ALREADY_CANCELLED: RefusalReason.NOT_FOUND,
}

Existing = Cancel | Move | Confirm | Restore | Explain


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
                await branch.refresh(now, self.log)
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
        """What is known of the salons and, where wanted, of this person's appointments and of free times."""
        branches = [self.branches[key] for key in salons]
        try:
            for branch in branches:
                await branch.refresh(now, self.log)
            return await self._facts(branches, person, wants, now)
        except errors.ProviderError as fault:
            self.log.error("the journal can't be read", cause=str(fault))  # noqa: TRY400 - a state, not a bug
            return _known(branches, person, now, problem=_problem(fault))

    async def _facts(self, branches: Sequence[Branch], person: Person, wants: Wants, now: Instant) -> Facts:
        appointments = await self._appointments(branches, person, now) if wants.appointments else None
        working = await working_in(branches, wants.working, now) if wants.working else None
        known = replace(_known(branches, person, now, appointments=appointments), working=working)
        wanted = wants.slots or (wants.slots_for(known) if wants.slots_for else None)
        if wanted is None:
            return known
        branch = self.branches[wanted.salon or branches[0].salon.key]
        return replace(known, slots=await free_slots(branch, wanted, branch.salon.local(now)))

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
        # Never trust a filter alone: what is not on this phone is not this person's.
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
        """Does it, reading again first what is to be changed."""
        branch = self.branches[command.salon]
        if isinstance(command, Book | SendCode | ProvePhone):
            return await self._make(branch, command), None
        try:
            record = await _read(branch, command)
        except errors.ProviderError as fault:
            return before_writing(fault), None
        about = reading.appointment(record, branch.salon)
        if about is None:
            return Refused(RefusalReason.OTHER, "the appointment has no time"), None
        if (answer := _stands_against(command, about, branch)) is not None:
            return answer, about
        try:
            return await self._change(branch, command, record, about), about
        except errors.ProviderError as fault:
            return after_writing(fault), about

    def describe(self, command: Command, about: Appointment | None) -> Change | None:
        """What the command, now done, has changed; nothing is asked of the provider."""
        return changes.described(self.branches[command.salon], command, about)

    async def day_of(self, change: Change, now: Instant) -> Day:
        """The salon's clock, and the day of the time given up, where it can be read."""
        branch = self.branches[change.salon]
        gone, shown = change.before, branch.salon.local(now)
        if gone is None or change.kind not in {ChangeKind.CANCELLED, ChangeKind.MOVED}:
            return Day(shown)
        try:
            return Day(shown, await calendars.calendar_of(branch, gone.master, gone.start.date()))
        except errors.ProviderError as fault:
            self.log.warning("the day of a change can't be read", salon=change.salon, cause=str(fault))
            return Day(shown)

    async def works(self, salon: str, master: MasterId) -> bool:
        """Whether this master still works there, as far as the provider says so."""
        try:
            return salon in self.branches and await calendars.works(self.branches[salon], master)
        except errors.ProviderError as fault:
            self.log.warning("the salon's staff can't be read", salon=salon, cause=str(fault))
            return True

    async def _make(self, branch: Branch, command: Book | SendCode | ProvePhone) -> Performed:
        """What needs nothing read before it."""
        if not isinstance(command, Book):
            return await codes.perform(branch, command)
        try:
            await booking.book(branch, command)
        except errors.ProviderError as fault:
            return await events.refused(branch, command, fault)
        return Done()

    async def _change(self, branch: Branch, command: Existing, record: Record, about: Appointment) -> Performed:
        match command:
            case Cancel():
                settings = branch.salon.policy.cancel
                await Cancellation(branch.api, self.log, branch.salon.id, command, record, settings).write()
            case Move():
                await changing.move(branch, command, record)
            case Confirm():
                await changing.confirm(branch, record, shares_visit=command.shares_visit)
            case Restore():
                if not await changing.restore(branch, command, record, about):
                    return Refused(RefusalReason.BUSY)
            case Explain():
                await changing.explain(branch, command, record)
            case _:
                assert_never(command)
        return Done()

    async def evidence(self, command: Command) -> tuple[Evidence, Appointment | None]:
        """Whether the journal shows what the command asked for."""
        branch = self.branches[command.salon]
        if isinstance(command, SendCode | ProvePhone):
            return NotFound(), None
        try:
            if isinstance(command, Book):
                found, record = await booking.evidence(branch, command)
                return found, reading.appointment(record, branch.salon) if record else None
            return _evidence(command, reading.appointment(await _read(branch, command), branch.salon))
        except errors.Refused as refused:
            gone = refused.status == HTTPStatus.NOT_FOUND and isinstance(command, Cancel)
            return (Found() if gone else Unknown(str(refused))), None
        except errors.ProviderError as fault:
            return Unknown(str(fault)), None


async def _read(branch: Branch, command: Existing) -> Record:
    return await branch.api(GetRecord(company_id=branch.salon.id, record_id=command.appointment))


def _known(
    branches: Sequence[Branch],
    person: Person,
    now: Instant,
    *,
    appointments: tuple[Appointment, ...] | None = None,
    problem: Problem | None = None,
) -> Facts:
    return Facts(
        now=now,
        person=person,
        salons=tuple(branch.salon for branch in branches),
        menus={branch.salon.key: branch.menu for branch in branches},
        appointments=appointments,
        live=problem is None,
        as_of=now if problem is None else None,
        problem=problem,
    )


def _problem(fault: errors.ProviderError) -> Problem:
    forbidden = isinstance(fault, errors.Refused) and fault.status == HTTPStatus.FORBIDDEN
    return Problem.LOCKED_OUT if forbidden or isinstance(fault, errors.Unauthorised) else Problem.AWAY


def _evidence(command: Existing, about: Appointment | None) -> tuple[Evidence, Appointment | None]:
    if isinstance(command, Cancel):
        shown = about is None or not about.stands
    else:
        shown = about is not None and changing.shows(command, about)
    return (Found() if shown else NotFound()), about


def _stands_against(command: Existing, about: Appointment, branch: Branch) -> Performed | None:
    """What stands against the command, judged by when it was asked."""
    if about.client is None or about.client.phone != command.phone:
        return Refused(RefusalReason.NOT_YOURS)
    if _evidence(command, about)[0] == Found():
        return Done(already=True)
    hindered = _hindrance(command, about, branch)
    return Refused(_REASONS[hindered]) if hindered else None


def _hindrance(command: Existing, about: Appointment, branch: Branch) -> Hindrance | None:
    asked_at = branch.salon.local(command.asked_at)
    match command:
        case Cancel():
            return hindrance(about, branch.salon.policy, asked_at)
        case Move():
            return moving.hindrance(about, branch.salon.policy, asked_at)
        case Confirm() | Restore():
            return Hindrance.TAKEN_PLACE if about.start <= asked_at else None
        case Explain():
            return None
        case _:
            assert_never(command)
