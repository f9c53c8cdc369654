"""The one door to the provider: facts in, commands out."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
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
    OfAppointment,
    ProvePhone,
    RefusalReason,
    Refused,
    Restore,
    SendCode,
    SetAttendance,
)
from frontdesk.booking.ids import MasterId
from frontdesk.booking.outstanding import NOTHING_OPEN, OpenCommands
from frontdesk.booking.times import Instant
from frontdesk.dialogue.notices import Day
from frontdesk.dialogue.talk import Facts, Person, Wants
from frontdesk.language.catalogue import Catalogue
from frontdesk.provider import attending, booking, calendars, changes, changing, codes, events, reading
from frontdesk.provider.answers import Evidence, Found, NotFound, Performed, Unknown
from frontdesk.provider.api import after_writing, before_writing, by_master
from frontdesk.provider.away import AgeLimits, Copy
from frontdesk.provider.branch import Branch, ClientBook
from frontdesk.provider.cancelling import Cancellation
from frontdesk.provider.live import Live
from frontdesk.provider.looking import Look, Silence, Source, never_silent, problem_of
from frontdesk.provider.mirror import Mirror
from frontdesk.yclients import errors
from frontdesk.yclients.endpoints.records import GetRecord
from frontdesk.yclients.models.record import Record

_REASONS = {
    Hindrance.TAKEN_PLACE: RefusalReason.TAKEN_PLACE,
    Hindrance.FORBIDDEN: RefusalReason.FORBIDDEN,
    Hindrance.TOO_LATE: RefusalReason.TOO_LATE,
    Hindrance.ALREADY_CANCELLED: RefusalReason.NOT_FOUND,
}


@dataclass(frozen=True)
class Door:
    """Speaks to the provider for the assistant; nobody else does."""

    branches: Mapping[str, Branch]
    clients: ClientBook
    log: FilteringBoundLogger
    mirror: Mirror | None = None
    """The local copy, where one is kept."""
    ages: AgeLimits = field(default_factory=AgeLimits)
    silence: Silence = never_silent
    now: Callable[[], Instant] | None = None
    """The clock: no visit is written to a time that has begun. Without one every time is still to come."""

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

    async def learn(self, salons: Sequence[str], now: Instant) -> None:
        """Reads those that have never been read: of an unknown list every service would be heard as one it lacks."""
        for branch in (self.branches[key] for key in salons):
            if branch.read_at is None:
                await self._source(branch, now)

    def catalogue(self, salons: Sequence[str]) -> Catalogue:
        """The services and masters of these salons, as last read."""
        known = [self.branches[key].catalogue for key in salons]
        return Catalogue(
            tuple(service for one in known for service in one.services),
            tuple(master for one in known for master in one.masters),
        )

    async def look_up(
        self, person: Person, salons: Sequence[str], wants: Wants, now: Instant, asked: OpenCommands = NOTHING_OPEN
    ) -> Facts:
        """What is known of the salons and, where wanted, of this person's appointments and of free times.

        It is the journal's answer with the open commands laid over it, or the local copy's where the journal is silent.
        """
        sources = [await self._source(self.branches[key], now) for key in salons]
        return await Look(sources, person, now, asked).facts(wants)

    async def _source(self, branch: Branch, now: Instant) -> Source:
        silent = self.silence(branch.salon.key)
        since = silent.since if silent is not None else now
        live = Live(branch, self.clients, now, self.mirror, partial(self._fresh, branch, now))
        source = Source(live, partial(self._copy, branch, now, since), self.log)
        if silent is not None:
            source.problem = silent.problem
            return source
        try:
            await branch.refresh(now, self.log)
        except errors.ProviderError as fault:
            self.log.warning("the journal can't be read", salon=branch.salon.key, cause=str(fault))
            source.problem = problem_of(fault)
        return source

    async def _copy(self, branch: Branch, now: Instant, since: Instant) -> Copy | None:
        if self.mirror is None:
            return None
        freshness = await self.mirror.freshness(branch.salon.key)
        return Copy(branch, self.mirror, freshness, now, since, self.ages)

    async def _fresh(self, branch: Branch, now: Instant) -> Copy | None:
        """The local copy, where it is as good as the journal's own answer."""
        copy = None if branch.unread() else await self._copy(branch, now, now)
        return copy if copy is not None and copy.is_fresh else None

    async def perform(self, command: Command) -> tuple[Performed, Appointment | None]:
        """Does it, reading again first what is to be changed."""
        branch = self.branches[command.salon]
        if isinstance(command, Book):
            return await self._book(branch, command)
        if isinstance(command, SendCode | ProvePhone):
            return await codes.perform(branch, command), None
        return await self._perform_on(branch, command)

    async def _perform_on(self, branch: Branch, command: OfAppointment) -> tuple[Performed, Appointment | None]:
        try:
            record = await _read(branch, command)
        except errors.ProviderError as fault:
            return before_writing(fault), None
        about = reading.appointment(record, branch.salon)
        if about is None:
            return Refused(RefusalReason.OTHER, "the appointment has no time"), None
        if (answer := _stands_against(command, about, branch)) is not None:
            return answer, about
        if isinstance(command, Move) and self._has_begun(branch, command):
            return Refused(RefusalReason.PASSED), about
        try:
            return await self._change(branch, command, record, about), about
        except errors.ProviderError as fault:
            performed = after_writing(fault)
            return by_master(performed) if isinstance(command, Move) else performed, about

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
            copy = await self._fresh(branch, now)
            return Day(shown, await calendars.calendar_of(branch, gone.master, gone.start.date(), copy))
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

    async def _book(self, branch: Branch, command: Book) -> tuple[Performed, Appointment | None]:
        if self._has_begun(branch, command):
            return Refused(RefusalReason.PASSED), None
        try:
            await branch.renew()
        except errors.ProviderError as fault:
            return before_writing(fault), None
        if (reason := booking.no_longer(branch, command)) is not None:
            return Refused(reason), None
        try:
            made = await booking.book(branch, command)
        except errors.ProviderError as fault:
            performed = await events.refused(branch, command, fault)
            return performed if command.event else by_master(performed), None
        return Done(), changes.booked(branch, command, made) if made else None

    def _has_begun(self, branch: Branch, command: Book | Move) -> bool:
        """The journal itself takes any time, so a wish that waited would be written to where nobody can come."""
        if self.now is None or command.force:
            return False
        return command.start <= branch.salon.local(self.now())

    async def _change(self, branch: Branch, command: OfAppointment, record: Record, about: Appointment) -> Performed:
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
            case SetAttendance():
                await attending.set_attendance(branch, command, record)
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
            return _evidence_of_refusal(command, refused), None
        except errors.ProviderError as fault:
            return Unknown(str(fault)), None


async def _read(branch: Branch, command: OfAppointment) -> Record:
    return await branch.api(GetRecord(company_id=branch.salon.id, record_id=command.appointment))


def _evidence_of_refusal(command: Command, refused: errors.Refused) -> Evidence:
    """An appointment that is gone is cancelled; any other change of it is not there, whether or not it once was."""
    if refused.status != HTTPStatus.NOT_FOUND or isinstance(command, Book):
        return Unknown(str(refused))
    return Found() if isinstance(command, Cancel) else NotFound()


def _evidence(command: OfAppointment, about: Appointment | None) -> tuple[Evidence, Appointment | None]:
    if isinstance(command, Cancel):
        shown = about is None or not about.stands
    else:
        shown = about is not None and changing.shows(command, about)
    return (Found() if shown else NotFound()), about


def _stands_against(command: OfAppointment, about: Appointment, branch: Branch) -> Performed | None:
    """What stands against the command, judged by when it was asked."""
    if isinstance(command, SetAttendance):
        return attending.stands_against(command, about)
    if about.client is None or about.client.phone != command.phone:
        return Refused(RefusalReason.NOT_YOURS)
    if _evidence(command, about)[0] == Found():
        return Done(already=True)
    if isinstance(command, Cancel | Move | Confirm) and command.stood_at not in {None, about.start}:
        return Refused(RefusalReason.RESCHEDULED)
    hindered = _hindrance(command, about, branch)
    return Refused(_REASONS[hindered]) if hindered else None


def _hindrance(command: OfAppointment, about: Appointment, branch: Branch) -> Hindrance | None:
    asked_at = branch.salon.local(command.asked_at)
    match command:
        case Cancel():
            return hindrance(about, branch.salon.policy, asked_at)
        case Move():
            return moving.hindrance(about, branch.salon.policy, asked_at)
        case Confirm() | Restore():
            return Hindrance.TAKEN_PLACE if about.start <= asked_at else None
        case Explain() | SetAttendance():
            return None
        case _:
            assert_never(command)
