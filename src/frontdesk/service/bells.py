"""How one step wakes the next at once. A bell is a hint: the work itself stands in the database and is polled for."""

import asyncio
from dataclasses import dataclass, field

from frontdesk.service.clock import Clock


class Bell:
    """Rung when there may be work."""

    def __init__(self) -> None:
        self._rung = asyncio.Event()

    def ring(self) -> None:
        """There may be work."""
        self._rung.set()

    async def wait(self, seconds: float, clock: Clock) -> None:
        """Returns when the bell rings, or after so many seconds; a ring since the last wait counts."""
        if not self._rung.is_set():
            alarm = asyncio.ensure_future(clock.sleep(seconds))
            alarm.add_done_callback(self._over)
            try:
                await self._rung.wait()
            finally:
                alarm.remove_done_callback(self._over)
                alarm.cancel()
        self._rung.clear()

    def _over(self, _alarm: asyncio.Future[None]) -> None:
        self._rung.set()


@dataclass(frozen=True, slots=True)
class Bells:
    """One for each kind of work."""

    turns: Bell = field(default_factory=Bell)
    commands: Bell = field(default_factory=Bell)
    replies: Bell = field(default_factory=Bell)
    changes: Bell = field(default_factory=Bell)

    def ring(self) -> None:
        """There may be work of every kind."""
        for bell in (self.turns, self.commands, self.replies, self.changes):
            bell.ring()
