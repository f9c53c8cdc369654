"""Fetches the messages of Telegram bots that have no webhook. An update is confirmed only once it is stored."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass

from structlog.typing import FilteringBoundLogger

from frontdesk.booking.times import Instant
from frontdesk.channels.messages import Batch
from frontdesk.channels.telegram_updates import NotFetched, Updates

LONGEST_WAIT_S = 60.0


@dataclass(slots=True)
class Poller:
    """One bot's loop. `offset` is the first update that is not stored yet."""

    updates: Updates
    take_in: Callable[[Batch], Awaitable[None]]
    now: Callable[[], Instant]
    sleep: Callable[[float], Awaitable[None]]
    log: FilteringBoundLogger
    offset: int = 0
    _failures: int = 0
    _webhook_ended: bool = False

    async def run(self) -> None:
        """Fetches until cancelled."""
        while True:
            try:
                trouble = await self.step()
            except Exception as fault:
                self.log.exception("fetched messages could not be stored", bot=self.updates.account)
                trouble = NotFetched(f"not stored ({type(fault).__name__})")
            await self._rest(trouble)

    async def step(self) -> NotFetched | None:
        """One call, its updates stored one by one; raises what the store raises, that update unconfirmed."""
        if not self._webhook_ended:
            if (trouble := await self.updates.end_webhook()) is not None:
                return trouble
            self._webhook_ended = True
        found = await self.updates.fetch(self.offset, self.now())
        if isinstance(found, NotFetched):
            self._webhook_ended = False
            return found
        for update in found:
            await self.take_in(update.batch)
            self.offset = max(self.offset, update.id + 1)
        return None

    async def _rest(self, trouble: NotFetched | None) -> None:
        if trouble is None:
            self._failures = 0
            return
        self._failures += 1
        wait_s = trouble.wait_s if trouble.wait_s is not None else 2.0 ** min(self._failures, 6)
        wait_s = min(max(wait_s, 1.0), LONGEST_WAIT_S)
        self.log.error("no messages can be fetched", bot=self.updates.account, why=trouble.detail, again_in_s=wait_s)
        await self.sleep(wait_s)
