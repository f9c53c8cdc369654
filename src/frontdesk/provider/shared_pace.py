"""The pace of several processes at one address: each asks a shared ledger for places before it calls.

The ledger is one small row that every exchange locks, so all processes see the same places held, by one clock, the
database's. A place is held from the exchange that granted it until a second (and a minute) after the exchange that
told of its answer: later than the answer itself, so the rule of `pace` holds for all of them together.

An exchange carries everything at once: how many calls of the process are under way, a provider's wish to be left alone,
and as many places as there are people and work waiting. Where nothing is free the process comes back when something may
be. Nobody else is let past a person who waits in another process.

A process says what it holds, not what it has given back, so nothing that gets lost on the way counts for good: neither
an exchange whose answer never came, nor a process that was thought dead and is not. While it has calls under way it
gives a sign of life. One that is silent is dead: its calls reached the provider before, or never will, so their places
are free a second and a minute after that. Without this a few kills would leave every process waiting at a full ledger.
"""

import asyncio
import heapq
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import partial
from itertools import count
from typing import Any, Final, Protocol, TypeVar

from pydantic import TypeAdapter

from frontdesk.yclients.errors import Paced
from frontdesk.yclients.pace import MINUTE, Held, Limits, Priority, opens_at
from frontdesk.yclients.turnstile import LONGEST_PAUSE_S, PAUSE_AFTER_REFUSAL_S, REST_AT_MOST_S, WAITING_AT_MOST

T = TypeVar("T")

SIGN_OF_LIFE_S: Final = 1.0
"""A process with calls under way is heard of at least this often."""
DEAD_AFTER_S: Final = 5.0
"""One that was not heard of for so long is dead; a short stall of a loaded machine is not taken for that."""
PEOPLE_WAIT_S: Final = 0.5
"""A process whose people wait says so at least this often."""
LOOK_AGAIN_S: Final = 0.1
"""How soon to ask again while only an answer to another process can free a place."""
ASKED_AT_ONCE: Final = 20


@dataclass(frozen=True, slots=True)
class UnderWay:
    """The calls of one process that have no answer yet, and when it was last heard of."""

    calls: int
    heard_at: float


@dataclass(frozen=True, slots=True)
class Places:
    """What the ledger holds; all times are the ledger's, in seconds. `under_way` and `people` are by process."""

    answered: tuple[float, ...] = ()
    under_way: Mapping[str, UnderWay] = field(default_factory=dict)
    people: Mapping[str, float] = field(default_factory=dict)
    closed_until: float = 0.0


_PLACES = TypeAdapter(Places)


class PaceLedger(Protocol):
    """The one row that all processes share."""

    async def exchange(self, change: Callable[[dict[str, Any], float], tuple[dict[str, Any], T]]) -> T:
        """Locks the row, hands over its content and the ledger's time, keeps the new content, answers with the rest."""
        ...


@dataclass(frozen=True, slots=True)
class Report:
    """What a process brings to an exchange: its calls under way, and who wants a place, the first one first."""

    process: str
    waiting: tuple[Priority, ...] = ()
    under_way: int = 0
    rest_s: float = 0.0


@dataclass(frozen=True, slots=True)
class Grant:
    """How many of those who waited may call now, when to ask again, and for how long nobody may call at all."""

    admitted: int
    again_s: float | None
    closed_s: float


def exchanged(places: Places, now: float, report: Report, limits: Limits) -> tuple[Places, Grant]:
    """What an exchange makes of the ledger."""
    places = _told(_swept(places, now), now, report)
    admitted = 0
    while admitted < len(report.waiting) and _opens(places, report, report.waiting[admitted], now, limits) <= now:
        admitted += 1
        places = replace(places, under_way=_calls(places, now, report.process, report.under_way + admitted))
    left = report.waiting[admitted:]
    places = replace(places, people=_people(places, now, report.process, waits=Priority.PERSON in left))
    opens = _opens(places, report, left[0], now, limits) if left else now
    again_s = (opens - now if opens < float("inf") else LOOK_AGAIN_S) if left else None
    return places, Grant(admitted, again_s, max(0.0, places.closed_until - now))


def _in_row(row: dict[str, Any], now: float, report: Report, limits: Limits) -> tuple[dict[str, Any], Grant]:
    places, grant = exchanged(_PLACES.validate_python(row), now, report, limits)
    return _PLACES.dump_python(places, mode="json"), grant


def _held(row: dict[str, Any], now: float) -> tuple[dict[str, Any], int]:
    places = _swept(_PLACES.validate_python(row), now)
    return row, len(places.answered) + _in_flight(places)


def _swept(places: Places, now: float) -> Places:
    dead = {name: one for name, one in places.under_way.items() if one.heard_at + DEAD_AFTER_S <= now}
    ended = [one.heard_at + DEAD_AFTER_S for one in dead.values() for _ in range(one.calls)]
    return Places(
        answered=tuple(at for at in sorted((*places.answered, *ended)) if at + MINUTE > now),
        under_way={name: one for name, one in places.under_way.items() if name not in dead},
        people={process: at for process, at in places.people.items() if at + PEOPLE_WAIT_S > now},
        closed_until=places.closed_until,
    )


def _told(places: Places, now: float, report: Report) -> Places:
    known = places.under_way.get(report.process)
    answers = max(0, known.calls - report.under_way) if known else 0
    closed = max(places.closed_until, now + report.rest_s) if report.rest_s else places.closed_until
    return replace(
        places,
        answered=places.answered + (now,) * answers,
        under_way=_calls(places, now, report.process, report.under_way),
        closed_until=closed,
    )


def _calls(places: Places, now: float, process: str, calls: int) -> Mapping[str, UnderWay]:
    others = {name: one for name, one in places.under_way.items() if name != process}
    return {**others, process: UnderWay(calls, now)} if calls else others


def _in_flight(places: Places) -> int:
    return sum(one.calls for one in places.under_way.values())


def _opens(places: Places, report: Report, priority: Priority, now: float, limits: Limits) -> float:
    others = [process for process in places.people if process != report.process]
    if others and priority is not Priority.PERSON:
        return now + LOOK_AGAIN_S
    return opens_at(Held(_in_flight(places), places.answered, places.closed_until), priority, limits)


def _people(places: Places, now: float, process: str, *, waits: bool) -> dict[str, float]:
    others = {one: at for one, at in places.people.items() if one != process}
    return {**others, process: now} if waits else others


class SharedTurnstile:
    """A gate that several processes pass at one pace; `process` is the name of this one, unlike any other's."""

    def __init__(self, ledger: PaceLedger, process: str, limits: Limits | None = None) -> None:
        self._ledger = ledger
        self._process = process
        self._limits = limits or Limits()
        self._waiting: list[tuple[Priority, int, asyncio.Future[None]]] = []
        self._tickets = count()
        self._under_way = 0
        self._told = 0
        self._rest_s = 0.0
        self._closed_until = float("-inf")
        self._news = asyncio.Event()
        self._running: asyncio.Task[None] | None = None

    async def enter(self, priority: Priority) -> None:
        """Waits for the call's turn; being cancelled meanwhile gives the turn to the next.

        Raises Paced if thousands wait already, or if the provider wants to be left alone for more than a minute.
        """
        loop = asyncio.get_running_loop()
        closed_s = self._closed_until - loop.time()
        if closed_s > REST_AT_MOST_S or len(self._waiting) >= WAITING_AT_MOST:
            raise Paced(closed_s if closed_s > 0 else None)
        turn = loop.create_future()
        heapq.heappush(self._waiting, (priority, next(self._tickets), turn))
        self._wake()
        try:
            await turn
        except asyncio.CancelledError:
            if turn.done() and not turn.cancelled():
                self.leave()  # it was let through in the same moment
            raise

    def leave(self) -> None:
        """The call has its answer, or is known to get none."""
        self._under_way -= 1
        self._wake()

    def rest(self, seconds: float | None) -> None:
        """The provider refused a call as one too many: all wait, in every process."""
        self._rest_s = PAUSE_AFTER_REFUSAL_S if seconds is None else min(seconds, LONGEST_PAUSE_S)
        self._wake()

    @property
    def limits(self) -> Limits:
        """The provider's limits, as they are kept here."""
        return self._limits

    @property
    def waiting(self) -> int:
        """How many calls of this process wait for their turn."""
        return sum(not one[2].done() for one in self._waiting)

    async def used(self) -> int:
        """How many places of the minute all processes hold together."""
        return await self._ledger.exchange(_held)

    def _wake(self) -> None:
        self._news.set()
        if self._running is None or self._running.done():
            self._running = asyncio.get_running_loop().create_task(self._run())

    async def _run(self) -> None:
        while self._has_news() or self._under_way:
            if not self._has_news():
                await self._pause(SIGN_OF_LIFE_S)
            self._news.clear()
            if (grant := await self._exchange()) is None:
                return
            if grant.again_s is not None and grant.admitted == 0:
                await self._pause(grant.again_s)

    def _has_news(self) -> bool:
        return bool(self._take_waiting()) or self._under_way != self._told or self._rest_s > 0

    async def _exchange(self) -> Grant | None:
        """One exchange; None where the ledger can't be reached, which those who waited are told."""
        turns = self._take_waiting()
        report = Report(self._process, tuple(one[0] for one in turns), self._under_way, self._rest_s)
        self._rest_s = 0.0
        try:
            grant = await self._ledger.exchange(partial(_in_row, report=report, limits=self._limits))
        except Exception as fault:  # noqa: BLE001 - whoever waits for a place gets it
            for _, _, turn in turns:
                if not turn.done():
                    turn.set_exception(fault)
            return None
        self._closed_until = asyncio.get_running_loop().time() + grant.closed_s if grant.closed_s else float("-inf")
        self._told = report.under_way + grant.admitted
        self._admit(turns[: grant.admitted])
        return grant

    def _take_waiting(self) -> Sequence[tuple[Priority, int, asyncio.Future[None]]]:
        """The first of those who wait; they stay in line until they are admitted."""
        self._waiting = [one for one in self._waiting if not one[2].done()]
        return heapq.nsmallest(ASKED_AT_ONCE, self._waiting, key=lambda one: one[:2])

    def _admit(self, turns: Sequence[tuple[Priority, int, asyncio.Future[None]]]) -> None:
        self._under_way += len(turns)
        for _, _, turn in turns:
            if turn.cancelled():
                self.leave()
            else:
                turn.set_result(None)

    async def _pause(self, seconds: float) -> None:
        try:
            async with asyncio.timeout(seconds):
                await self._news.wait()
        except TimeoutError:
            return
