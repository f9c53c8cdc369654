"""The pace, for tasks of one event loop: a call waits at the turnstile until it is its turn.

One turnstile serves every client that calls from this address, as the provider counts calls by address.
"""

import asyncio
from typing import Final, Protocol

from frontdesk.yclients.errors import Paced
from frontdesk.yclients.pace import Limits, Pace, Priority

PAUSE_AFTER_REFUSAL_S: Final = 2.0
"""How long all calls rest after a 429 that does not say how long."""

REST_AT_MOST_S: Final = 60.0
"""A longer rest than this is not waited for: calls fail at once."""
LONGEST_PAUSE_S: Final = 3600.0
WAITING_AT_MOST: Final = 10_000


class Gate(Protocol):
    """What a client passes before each call."""

    async def enter(self, priority: Priority) -> None:
        """Waits for the call's turn."""

    def leave(self) -> None:
        """The call has its answer, or is known to get none."""

    def rest(self, seconds: float | None) -> None:
        """The provider refused a call as one too many: all wait."""


class Open:
    """A gate that lets everything through, for a provider that sets no limits: an emulator without its own."""

    async def enter(self, priority: Priority) -> None:
        """Waits for nothing."""

    def leave(self) -> None:
        """Keeps no count."""

    def rest(self, seconds: float | None) -> None:
        """Does not hold others up."""


class Turnstile:
    """Lets calls through at the provider's pace, people first."""

    def __init__(self, pace: Pace | None = None) -> None:
        self._pace = pace or Pace()
        self._waiting: dict[int, asyncio.Future[None]] = {}
        self._alarm: asyncio.TimerHandle | None = None

    async def enter(self, priority: Priority) -> None:
        """Waits for the call's turn; being cancelled meanwhile gives the turn to the next.

        Raises Paced if thousands wait already, or if the provider wants to be left alone for more than a minute.
        """
        loop = asyncio.get_running_loop()
        closed_s = self._pace.closed_for(loop.time())
        if closed_s > REST_AT_MOST_S or len(self._waiting) >= WAITING_AT_MOST:
            raise Paced(closed_s or None)
        ticket = self._pace.ask(priority)
        turn = self._waiting[ticket] = loop.create_future()
        self._admit(loop)
        try:
            await turn
        except asyncio.CancelledError:
            self._give_up(ticket, turn)
            raise

    def leave(self) -> None:
        """The call has its answer, or is known to get none."""
        loop = asyncio.get_running_loop()
        self._pace.answered(loop.time())
        if self._waiting:
            self._admit(loop)

    def rest(self, seconds: float | None) -> None:
        """The provider refused a call as one too many: all wait."""
        loop = asyncio.get_running_loop()
        pause_s = PAUSE_AFTER_REFUSAL_S if seconds is None else min(seconds, LONGEST_PAUSE_S)
        self._pace.close(loop.time() + pause_s)

    @property
    def limits(self) -> Limits:
        """The provider's limits, as they are kept here."""
        return self._pace.limits

    @property
    def waiting(self) -> int:
        """How many calls wait for their turn."""
        return len(self._waiting)

    def used(self) -> int:
        """How many places of the minute are held."""
        return self._pace.used(asyncio.get_running_loop().time())

    def _give_up(self, ticket: int, turn: asyncio.Future[None]) -> None:
        if self._waiting.pop(ticket, None) is not None:
            self._pace.withdraw(ticket)
        elif not turn.cancelled():
            self.leave()  # it was let through in the same moment

    def _admit(self, loop: asyncio.AbstractEventLoop) -> None:
        for ticket in self._pace.admit(loop.time()):
            turn = self._waiting.pop(ticket)
            if turn.cancelled():
                self._pace.answered(loop.time())
            else:
                turn.set_result(None)
        if self._alarm is not None:
            self._alarm.cancel()
            self._alarm = None
        opens = self._pace.next_turn(loop.time())
        if opens is not None:
            self._alarm = loop.call_at(opens, self._admit, loop)
