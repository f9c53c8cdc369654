"""Keeps MAX delivering: looks every half hour whether the subscription is still there, and makes it anew."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field

from structlog.typing import FilteringBoundLogger

from frontdesk.channels.max_subscriptions import NotToldError, Subscriptions

LOOK_EVERY_S = 1800.0
AFTER_A_FAULT_S = 60.0


@dataclass(frozen=True, slots=True)
class Renewal:
    """One bot's watch. `url` is the public address of its webhook."""

    name: str
    subscriptions: Subscriptions
    url: str
    secret: str = field(repr=False)
    sleep: Callable[[float], Awaitable[None]]
    log: FilteringBoundLogger

    async def run(self) -> None:
        """Looks until cancelled."""
        while True:
            await self.sleep(await self.look())

    async def look(self) -> float:
        """One look; answers with the seconds until the next."""
        try:
            if self.url not in await self.subscriptions.addresses():
                await self.subscriptions.add(self.url, self.secret)
                self.log.warning("MAX had no subscription of this bot: made anew", bot=self.name)
        except NotToldError as fault:
            self.log.error("MAX's subscription could not be looked after", bot=self.name, why=str(fault))  # noqa: TRY400 - no fault of ours
            return AFTER_A_FAULT_S
        return LOOK_EVERY_S
