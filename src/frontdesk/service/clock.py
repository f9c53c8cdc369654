import asyncio
from datetime import UTC, datetime

from frontdesk.booking.times import Instant


class SystemClock:
    """The machine's own time."""

    def now(self) -> Instant:
        """This moment."""
        return Instant(datetime.now(UTC))

    async def sleep(self, seconds: float) -> None:
        """Returns so much later."""
        await asyncio.sleep(seconds)
