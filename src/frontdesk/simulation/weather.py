"""The way to the provider on a bad day: slow, down, broken, or cut off after the deed was done."""

from collections.abc import Callable, Sequence
from random import Random
from typing import Final

import httpx2

from frontdesk.emulator.app import Emulator
from frontdesk.simulation.clock import VirtualClock
from frontdesk.simulation.journal import Journal, look_everywhere
from frontdesk.simulation.outages import Away, Outage, at

TIMEOUT_S: Final = 20.0
"""What a lost answer costs: the caller waits for so long before it gives up."""
LONGEST_STORM: Final = 12
"""Calls in a row that one outage may swallow."""
FAULTS: Final = ("refuse", "status", "lose_reply", "status_after", "delay", "delay", "storm")

DONE_ALL_THE_SAME: Final = 0.3
"""Of the calls into an outage that reach anybody, so many do their deed, and nobody hears of it."""

Watch = Callable[[Journal, Journal], None]
"""Told of the journal before and after a call of the service that may have changed it."""


class Weather(httpx2.AsyncBaseTransport):
    """The emulator behind a line on which `rate` of the calls go wrong."""

    def __init__(  # noqa: PLR0913 - what the line is made of, by name
        self,
        emulator: Emulator,
        *,
        clock: VirtualClock,
        chance: Random,
        rate: float,
        watch: Watch,
        outages: Sequence[Outage] = (),
    ) -> None:
        self._emulator = emulator
        self._inside = httpx2.ASGITransport(emulator)
        self._clock = clock
        self._chance = chance
        self._rate = rate
        self._watch = watch
        self._outages = outages
        self._storm = 0
        self._is_fine = True
        self.faults = 0

    def breaks(self) -> None:
        """The fine weather that a day begins with is over."""
        self._is_fine = False

    def clears(self) -> None:
        """Nothing goes wrong from now on."""
        self._is_fine = True

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        """One call of the service."""
        if request.method == "GET":
            return await self._through(request)
        before = look_everywhere(self._emulator.world)
        try:
            return await self._through(request)
        finally:
            self._watch(before, look_everywhere(self._emulator.world))

    async def _through(self, request: httpx2.Request) -> httpx2.Response:
        if self._is_fine:
            return await self._inside.handle_async_request(request)
        if (away := at(self._outages, self._clock.now())) is not None:
            self.faults += 1
            return await self._is_away(away, request)
        fault = self._fault()
        if fault is None:
            return await self._inside.handle_async_request(request)
        self.faults += 1
        if fault == "refuse":
            raise httpx2.ConnectError("the line is down", request=request)
        if fault == "status":
            return httpx2.Response(self._chance.choice((500, 502, 503)), text="<html>nginx</html>", request=request)
        response = await self._inside.handle_async_request(request)
        return self._late(fault, request, response)

    async def _is_away(self, how: Away, request: httpx2.Request) -> httpx2.Response:
        """A call into an outage."""
        if how is Away.LOCKED_OUT:
            said = {"success": False, "data": None, "meta": {"message": "Необходима авторизация"}}
            return httpx2.Response(401, json=said, request=request)
        if how is Away.REFUSING:
            raise httpx2.ConnectError("the line is down", request=request)
        if self._chance.random() < DONE_ALL_THE_SAME:
            await self._inside.handle_async_request(request)
        if how is Away.BROKEN:
            return httpx2.Response(502, text="<html>nginx</html>", request=request)
        self._clock.advance(TIMEOUT_S)
        raise httpx2.ReadTimeout("no answer", request=request)

    def _late(self, fault: str, request: httpx2.Request, response: httpx2.Response) -> httpx2.Response:
        """What becomes of an answer after the deed was done."""
        if fault == "lose_reply":
            self._clock.advance(TIMEOUT_S)
            raise httpx2.ReadTimeout("the answer was lost", request=request)
        if fault == "status_after":
            return httpx2.Response(504, text="<html>nginx</html>", request=request)
        self._clock.advance(self._chance.uniform(0.5, 15))
        return response

    def _fault(self) -> str | None:
        if self._storm > 0:
            self._storm -= 1
            return "refuse"
        if self._chance.random() >= self._rate:
            return None
        fault = self._chance.choice(FAULTS)
        if fault == "storm":
            self._storm = self._chance.randint(2, LONGEST_STORM)
            return "refuse"
        return fault
