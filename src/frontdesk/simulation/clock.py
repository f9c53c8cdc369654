import asyncio
import heapq
import time
from datetime import timedelta
from itertools import count

from frontdesk.booking.times import Instant


class VirtualClock:
    """Time that passes when it is told to."""

    def __init__(self, start: Instant) -> None:
        self._now = start
        self._numbers = count()
        self._sleepers: list[tuple[Instant, int, asyncio.Future[None]]] = []
        self._let_go_at: float | None = None

    def now(self) -> Instant:
        """This moment."""
        if self._let_go_at is None:
            return self._now
        return Instant(self._now + timedelta(seconds=time.monotonic() - self._let_go_at))

    def let_go(self) -> None:
        """From here time passes by itself, as everybody's does."""
        self._let_go_at = time.monotonic()

    async def sleep(self, seconds: float) -> None:
        """Returns once so much time has been let pass."""
        if self._let_go_at is not None:
            return await asyncio.sleep(seconds)
        woken: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        until = Instant(self._now + timedelta(seconds=seconds))
        heapq.heappush(self._sleepers, (until, next(self._numbers), woken))
        return await woken

    def advance(self, seconds: float) -> None:
        """Lets so much time pass."""
        self.advance_to(Instant(self._now + timedelta(seconds=seconds)))

    def advance_to(self, moment: Instant) -> None:
        """Lets time pass until a moment; one that has passed already changes nothing."""
        self._now = max(self._now, moment)
        while self._sleepers and self._sleepers[0][0] <= self._now:
            woken = heapq.heappop(self._sleepers)[2]
            if not woken.done():
                woken.set_result(None)
