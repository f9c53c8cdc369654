"""One look at all that a turn needs: from the journal where it answers, from the local copy where it does not.

A journal that fails in the middle of a look-up is left alone for the rest of it, and what was asked is answered from
the copy within the same turn: nobody waits for a second failure. Whatever is told is the state with this person's open
commands laid over it, so an answer is the same whichever of the two it came from.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, replace
from http import HTTPStatus
from typing import TypeVar

from structlog.typing import FilteringBoundLogger

from frontdesk.booking.appointments import Appointment
from frontdesk.booking.ids import Phone
from frontdesk.booking.outstanding import NOTHING_OPEN, OpenCommands, held, with_places_left
from frontdesk.booking.schedules import WorkingDay
from frontdesk.booking.slots import Slot
from frontdesk.booking.times import Instant
from frontdesk.dialogue.talk import Facts, Person, Problem, SlotsWanted, Wants, WorkingWanted
from frontdesk.provider.away import Copy
from frontdesk.provider.branch import Branch
from frontdesk.provider.live import Live
from frontdesk.provider.overlay import overlaid
from frontdesk.yclients import errors

T = TypeVar("T")

PATIENCE_S = 10.0
"""A person waits for the answer: a journal that takes longer for a reading is passed over this once."""


@dataclass(frozen=True, slots=True)
class Silent:
    """A salon whose journal is known not to answer, why, and since when."""

    problem: Problem
    since: Instant


Silence = Callable[[str], Silent | None]
"""Whether the journal of the salon of this key is known to be silent."""


def never_silent(_salon: str) -> Silent | None:
    """Nobody watches: every look-up tries the journal first."""
    return None


@dataclass
class Source:
    """One salon as it is seen in this look-up. `problem` says why its journal is not asked (any more)."""

    live: Live
    copy: Callable[[], Awaitable[Copy | None]]
    log: FilteringBoundLogger
    problem: Problem | None = None
    as_of: Instant | None = None

    @property
    def branch(self) -> Branch:
        """The salon."""
        return self.live.branch

    async def ask(self, question: Callable[[Live | Copy], Awaitable[T | None]]) -> T | None:
        """The journal's answer, else the copy's; None where neither has one."""
        if self.problem is None:
            try:
                async with asyncio.timeout(PATIENCE_S):
                    return await question(self.live)
            except (errors.ProviderError, TimeoutError) as fault:
                self.log.warning("the journal can't be read", salon=self.branch.salon.key, cause=_cause(fault))
                self.problem = problem_of(fault)
        copy = await self.copy()
        if copy is None:
            return None
        self.as_of = copy.as_of
        return await question(copy)


def _cause(fault: Exception) -> str:
    return str(fault) or f"no answer in {PATIENCE_S:g} s"


def problem_of(fault: Exception) -> Problem:
    """Whether the journal is away, or the front desk is not let in."""
    forbidden = isinstance(fault, errors.Refused) and fault.status == HTTPStatus.FORBIDDEN
    return Problem.LOCKED_OUT if forbidden or isinstance(fault, errors.Unauthorised) else Problem.AWAY


@dataclass(frozen=True, slots=True)
class Look:
    """One look-up for one person; the first source is the salon that the conversation begins with."""

    sources: Sequence[Source]
    person: Person
    now: Instant
    asked: OpenCommands = NOTHING_OPEN

    async def facts(self, wants: Wants) -> Facts:
        """All that is wanted; `problem` where something of it could not be found out."""
        missing = False
        known = self._known()
        if wants.appointments and (phone := self.person.proved) is not None:
            known = replace(known, appointments=await self._appointments(phone))
            missing |= known.appointments is None
        if (week := wants.working) is not None:
            known = replace(known, working=await self._working(week))
            missing |= known.working is None
        wanted = wants.slots or (wants.slots_for(known) if wants.slots_for and not missing else None)
        if wanted is not None:
            slots = await self._slots(wanted)
            known = replace(known, slots=slots)
            missing |= slots is None
        return self._as_seen(known, missing=missing)

    def _known(self) -> Facts:
        branches = [source.branch for source in self.sources]
        return Facts(
            now=self.now,
            person=self.person,
            salons=tuple(branch.salon for branch in branches),
            menus={branch.salon.key: branch.menu for branch in branches},
        )

    async def _appointments(self, phone: Phone) -> tuple[Appointment, ...] | None:
        found: list[Appointment] = []
        for source in self.sources:
            told = await source.ask(lambda one: one.appointments(phone))
            if told is None:
                return None
            key, menu = source.branch.salon.key, source.branch.menu
            asked = (one for one in self.asked.own if one.command.salon == key)
            found += overlaid(told, asked, menu)
        return tuple(found)

    async def _working(self, week: WorkingWanted) -> tuple[WorkingDay, ...] | None:
        """Of every branch: which of them is meant may stand in the very words that are being answered."""
        found: list[WorkingDay] = []
        for source in self.sources:
            told = await source.ask(lambda one: one.working(week))
            if told is None:
                return None
            found += told
        return tuple(found)

    async def _slots(self, wanted: SlotsWanted) -> tuple[Slot, ...] | None:
        key = wanted.salon or self.sources[0].branch.salon.key
        source = next(one for one in self.sources if one.branch.salon.key == key)
        here = (one for one in self.asked.everyones if one.command.salon == key)
        others = [one for one in here if one.command.subject != wanted.settles]
        source.branch.times.forget_before(self.asked.changes)
        found = await source.ask(lambda one: one.slots(wanted, held(others)))
        left = None if found is None else with_places_left(found, others, wanted.places)
        if found and not left and wanted.first_day is not None:
            # All events of the wished days are promised away: as where they are full, those of the weeks ahead.
            return await self._slots(replace(wanted, first_day=None, last_day=None))
        return left

    def _as_seen(self, known: Facts, *, missing: bool) -> Facts:
        silent = [source for source in self.sources if source.problem is not None]
        ages = [source.as_of for source in silent if source.as_of is not None] or [self.now]
        unread = any(not source.branch.menu.listed for source in silent)
        problem = silent[0].problem if silent and (missing or unread) else None
        return replace(known, live=not silent, as_of=min(ages), problem=problem)
