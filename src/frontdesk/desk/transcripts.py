"""What was said in the web chats, as it is stored, and the waiting for what is new there."""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Final

from frontdesk.booking.times import Instant
from frontdesk.channels.messages import Address
from frontdesk.channels.web import WebDoor, render
from frontdesk.store.transcript import Line

LONGEST_WAIT_S: Final = 20.0
LOOKS_EVERY_S: Final = 2.0
COMMITTED_AFTER_S: Final = 0.05
"""So long after a message was handed over it stands in the store as sent."""


@dataclass(frozen=True)
class Transcripts:
    """`ours` reads what was written to a person above a number, `whole` the talk from both sides."""

    ours: Callable[[Address, int], Awaitable[list[Line]]]
    whole: Callable[[Address], Awaitable[list[Line]]]
    now: Callable[[], Instant]
    sleep: Callable[[float], Awaitable[None]]

    async def read(self, door: WebDoor, address: Address, after: int | None) -> list[dict[str, object]]:
        """What the page is to show: what is new above a number, for which it waits a while, or the whole talk."""
        try:
            lines = await self.whole(address) if after is None else await self._news(door, address, after)
        except asyncio.CancelledError:
            return []  # Cancelled where the service stops: whoever waits is answered with nothing new.
        return [shown(line) for line in lines]

    async def _news(self, door: WebDoor, address: Address, after: int) -> list[Line]:
        """Waits for the door, and looks by itself from time to time: another process may have written."""
        until = self.now().timestamp() + LONGEST_WAIT_S
        while not (lines := await self.ours(address, after)) and self.now().timestamp() < until:
            if await door.wait(address.user, LOOKS_EVERY_S):
                await self.sleep(COMMITTED_AFTER_S)
        return lines


def shown(line: Line) -> dict[str, object]:
    """One message as the page reads it."""
    if isinstance(line.said, str):
        return {"mine": True, "text": line.said}
    return {"mine": False, "number": line.number, **render(line.said)}
