"""The only thing that writes to the provider, live and after an outage.

A claim writes the next try before the attempt, so whatever happens to this process the command is found again: as
`sent`, which may have had its effect, and then the journal is asked first. What was found out is committed together
with the event that tells the chat, and the words are made from that event by an ordinary turn.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import assert_never

from sqlalchemy import Connection
from structlog.contextvars import bound_contextvars

from frontdesk.booking.appointments import Appointment
from frontdesk.booking.cancelling import reason_code
from frontdesk.booking.changes import Change
from frontdesk.booking.commands import (
    CODE_SENT,
    CODE_TRIED,
    Book,
    Conflicted,
    Deferred,
    Done,
    Explain,
    Move,
    Outcome,
    ProvePhone,
    RefusalReason,
    Refused,
    SendCode,
)
from frontdesk.booking.times import Instant
from frontdesk.outage.command import CommandEvent, CommandState
from frontdesk.outage.link import LinkEvent, LinkState
from frontdesk.provider.answers import Evidence, Found, NotFound, NotSent, Performed, ReplyLost, Unknown
from frontdesk.service.jobs import Job
from frontdesk.store import attempts, commands, hints, ledger, links
from frontdesk.store.commands import ClaimedCommand, backoff
from frontdesk.store.hints import Hint
from frontdesk.store.leases import Due, LeaseLost

CONFLICTS = frozenset(
    {
        RefusalReason.BUSY,
        RefusalReason.PASSED,
        RefusalReason.NO_MASTER,
        RefusalReason.MASTER_LEFT,
        RefusalReason.NOT_BOOKABLE,
        RefusalReason.OTHER,
    }
)
"""Refusals that the client could not know of when the wish was taken in."""
FIRST_LOOK = timedelta(seconds=1)
"""After a lost reply the journal is asked so soon: a yes counts at once, a no only after the settling time."""


@dataclass(frozen=True, slots=True)
class Verdict:
    """What an attempt came to: how the state moves (None: not at all), what the chat is told, when to try again."""

    event: CommandEvent | None
    tell: Outcome | None
    again: Instant
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Courier(Job[ClaimedCommand]):
    """Carries commands to the provider."""

    def claiming(self) -> Callable[[Connection], ClaimedCommand | Due | None]:
        """The next command that may go; else when one is due; None where nothing moves."""
        now, limits = self.parts.clock.now(), self.parts.limits
        until = Instant(now + limits.attempt + limits.spare)
        return partial(commands.claim, now=now, until=until)

    async def handle(self, claimed: ClaimedCommand) -> None:
        """Performs it or looks it up, and commits what came of that."""
        with bound_contextvars(command=claimed.lease.id):
            if claimed.state is CommandState.UNSURE:
                verdict, about = await self._look(claimed)
            else:
                verdict, about = await self._perform(claimed)
        event = verdict.event.value if verdict.event else "unsettled"
        self.parts.metrics.commands.labels(event).inc()
        if verdict.event is CommandEvent.CONFLICTED:
            self.parts.metrics.conflicts.labels(claimed.command.salon).inc()
        self.parts.log.info(
            "a command was tried",
            command=claimed.lease.id,
            kind=type(claimed.command).__name__,
            salon=claimed.command.salon,
            came_of_it=event,
            tries=claimed.tries,
        )
        change = self._change(claimed, verdict, about)
        work = partial(settle, claimed=claimed, verdict=verdict, about=about, now=self.parts.clock.now(), change=change)
        try:
            await self.parts.store.write(work)
        except LeaseLost:
            self.parts.log.warning("a command was taken over by another worker", command=claimed.lease.id)
        self.bells.turns.ring()
        self.bells.commands.ring()
        if change is not None:
            self.bells.changes.ring()

    def _change(self, claimed: ClaimedCommand, verdict: Verdict, about: Appointment | None) -> Change | None:
        """What is new in the journal; what a first try found standing there already, was not our doing."""
        if not isinstance(verdict.tell, Done) or (verdict.tell.already and claimed.tries == 1):
            return None
        return self.parts.door.describe(claimed.command, about)

    async def _perform(self, claimed: ClaimedCommand) -> tuple[Verdict, Appointment | None]:
        about: Appointment | None = None
        performed: Performed
        if await self._is_one_code_too_many(claimed):
            return judged(Refused(RefusalReason.TOO_MANY_CODES), self.parts.clock.now(), claimed.tries), None
        try:
            async with asyncio.timeout(self.parts.limits.attempt.total_seconds()):
                performed, about = await self.parts.door.perform(claimed.command)
        except Exception as fault:
            self.parts.log.exception("an attempt at the provider broke off", command=claimed.lease.id)
            performed = ReplyLost(f"the attempt broke off ({type(fault).__name__})")
        performed = await self._or_locked_out(claimed, performed)
        if _may_be_our_own_doing(claimed, performed):
            performed, about = await self._unless_our_own(claimed, performed, about)
        return judged(conflicting(claimed, performed), self.parts.clock.now(), claimed.tries), about

    async def _or_locked_out(self, claimed: ClaimedCommand, performed: Performed) -> Performed:
        """A refusal of the right to do it may be one of the whole salon: only a look can tell, and then it waits."""
        salon, links = claimed.command.salon, self.parts.links
        doubted = isinstance(performed, Refused) and performed.reason is RefusalReason.OTHER
        if not doubted or links.state(salon) is not LinkState.SUSPECT or salon not in self.parts.probes:
            return performed
        try:
            async with asyncio.timeout(self.parts.limits.attempt.total_seconds()):
                sight = await self.parts.probes[salon]()
        except TimeoutError:
            return performed
        if sight.event is not LinkEvent.REFUSED_ENTRY:
            return performed
        await links.saw(salon, sight)
        return NotSent(sight.cause)

    async def _is_one_code_too_many(self, claimed: ClaimedCommand) -> bool:
        if not claimed.command.subject.startswith((CODE_SENT, CODE_TRIED)):
            return False
        now, number = self.parts.clock.now(), claimed.lease.id
        counting = partial(attempts.too_many, number=number, command=claimed.command, now=now)
        return await self.parts.store.read(counting)

    async def _unless_our_own(
        self, claimed: ClaimedCommand, performed: Performed, about: Appointment | None
    ) -> tuple[Performed, Appointment | None]:
        """The refusal, unless the journal shows that the first try was done; where it can't be asked, nobody knows."""
        evidence, found = await self._evidence(claimed)
        match evidence:
            case Found():
                return Done(), found
            case NotFound():
                return performed, about
            case Unknown(detail=detail):
                return ReplyLost(detail), about
            case _:
                assert_never(evidence)

    async def _look(self, claimed: ClaimedCommand) -> tuple[Verdict, Appointment | None]:
        evidence, about = await self._evidence(claimed)
        settled_at = Instant((claimed.sent_at or self.parts.clock.now()) + self.parts.limits.settle)
        return weighed(evidence, self.parts.clock.now(), settled_at, claimed.tries), about

    async def _evidence(self, claimed: ClaimedCommand) -> tuple[Evidence, Appointment | None]:
        try:
            async with asyncio.timeout(self.parts.limits.attempt.total_seconds()):
                return await self.parts.door.evidence(claimed.command)
        except Exception as fault:
            self.parts.log.exception("a look-up of a command broke off", command=claimed.lease.id)
            return Unknown(f"the look-up broke off ({type(fault).__name__})"), None


def _may_be_our_own_doing(claimed: ClaimedCommand, performed: Performed) -> bool:
    """A time that is taken on a second try may be taken by the first."""
    again = claimed.tries > 1 and isinstance(claimed.command, Book)
    return again and isinstance(performed, Refused) and performed.reason is RefusalReason.BUSY


def conflicting(claimed: ClaimedCommand, performed: Performed) -> Performed | Conflicted:
    """A refusal of what a client has been told is taken in needs more than a word: another time, or a person."""
    timed = isinstance(claimed.command, Book | Move)
    if timed and claimed.deferred and isinstance(performed, Refused) and performed.reason in CONFLICTS:
        return Conflicted(performed.reason, performed.detail)
    return performed


def judged(performed: Performed | Conflicted, now: Instant, tries: int) -> Verdict:
    """What an attempt came to. A lost reply is not told yet: a look at the journal follows at once."""
    match performed:
        case Conflicted(detail=detail):
            return Verdict(CommandEvent.CONFLICTED, performed, now, detail)
        case Done():
            return Verdict(CommandEvent.DONE, performed, now)
        case Refused(detail=detail):
            return Verdict(CommandEvent.REFUSED, performed, now, detail)
        case NotSent(detail=detail):
            return Verdict(CommandEvent.NOT_SENT, Deferred(detail), Instant(now + backoff(tries)), detail)
        case ReplyLost(detail=detail):
            return Verdict(CommandEvent.REPLY_LOST, None, Instant(now + FIRST_LOOK), detail)
        case _:
            assert_never(performed)


def weighed(evidence: Evidence, now: Instant, settled_at: Instant, tries: int) -> Verdict:
    """What a look at the journal came to. What it does not show counts as not done only after `settled_at`."""
    match evidence:
        case Found():
            return Verdict(CommandEvent.FOUND, Done(), now)
        case NotFound() if now >= settled_at:
            return Verdict(CommandEvent.NOT_FOUND, None, now, "the journal does not show it")
        case NotFound():
            detail = "the journal does not show it yet"
            return Verdict(None, Deferred(detail), settled_at, detail)
        case Unknown(detail=detail):
            return Verdict(None, Deferred(detail), Instant(now + backoff(tries)), detail)
        case _:
            assert_never(evidence)


def settle(  # noqa: PLR0913 - everything that is known of the attempt, by name
    connection: Connection,
    claimed: ClaimedCommand,
    verdict: Verdict,
    about: Appointment | None,
    now: Instant,
    *,
    change: Change | None = None,
) -> None:
    """One transaction: the command as it stands now, its line in the ledger, and the event for all who wait for it."""
    if isinstance(claimed.command, SendCode):
        attempts.forget_old(connection, now)
    if verdict.event is None:
        commands.look_again(connection, claimed, verdict.again, verdict.detail)
    else:
        commands.move(connection, claimed, verdict.event, verdict.again, verdict.detail)
    if isinstance(claimed.command, Explain) and isinstance(verdict.tell, Done):
        said = claimed.command
        ledger.explain(connection, said.salon, said.appointment, reason_code(said.comment))
    if change is not None:
        ledger.note(connection, change, claimed.lease.id, now)
    if isinstance(claimed.command, Book) and isinstance(verdict.tell, Done) and about is not None and about.id:
        commands.note_made(connection, claimed.lease.id, about.id)
    if isinstance(verdict.tell, Done):
        hint(connection, claimed, verdict, about, now)
    told = verdict.tell
    if told is None and links.is_closed(connection, claimed.command.salon):
        told = Deferred(verdict.detail)
    if told is not None:
        commands.tell(connection, claimed, told, about, now)


def hint(
    connection: Connection, claimed: ClaimedCommand, verdict: Verdict, about: Appointment | None, now: Instant
) -> None:
    """Until the copy surely shows what was done, nobody is to be told from it: the hint has it read once more.

    What a look found was written by a process that may have died before it noted it in the copy. And where there are
    several, the others don't see what the writer has still to note.
    """
    command, shared = claimed.command, connection.dialect.name == "postgresql"
    if isinstance(command, SendCode | ProvePhone) or not (shared or verdict.event is CommandEvent.FOUND):
        return
    known = hints.EVERYTHING if isinstance(command, Book) else command.appointment
    hints.add(connection, command.salon, [Hint("record", about.id if about is not None else known)], now)
