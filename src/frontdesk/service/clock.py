import asyncio
from datetime import UTC, datetime
from typing import Protocol

from frontdesk.booking.times import Instant


class Clock(Protocol):
    """The time, and waiting for it to pass."""

    def now(self) -> Instant:
        """This moment."""
        ...

    async def sleep(self, seconds: float) -> None:
        """Returns so much later."""
        ...


class SystemClock:
    """The machine's own time."""

    def now(self) -> Instant:
        """This moment."""
        return Instant(datetime.now(UTC))

    async def sleep(self, seconds: float) -> None:
        """Returns so much later."""
        await asyncio.sleep(seconds)
