"""Keeps the local copy of every salon beside the conversations, one process a salon.

A turn never waits for this: it looks at the lists that stand in memory. The process that has claimed a salon reads it
at the provider, at the lowest priority of the pace; the others take over what it has kept.
"""

import asyncio
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import time, timedelta
from functools import partial

from structlog.typing import FilteringBoundLogger

from frontdesk.booking.times import Instant
from frontdesk.provider.comparing import compared
from frontdesk.provider.keeping import Keeping, hints_of
from frontdesk.provider.noting import Noting
from frontdesk.provider.syncing import Syncing
from frontdesk.service.bells import Bell
from frontdesk.service.clock import Clock
from frontdesk.service.metrics import Metrics
from frontdesk.store import hints
from frontdesk.store.database import Store
from frontdesk.store.hints import Hint
from frontdesk.yclients import errors

TICK_S = 1.0
CLAIM = timedelta(seconds=60)
RENEWED_BEFORE = timedelta(seconds=30)
LONGEST_PAUSE_S = 30.0
FEW = 10


def is_open(salon: str) -> bool:
    """Every salon may be read."""
    del salon
    return True


@dataclass
class Kept:
    """One salon: its copy, the writes to note in it, and how long the claim on it lasts."""

    keeping: Keeping
    noting: Noting
    bell: Bell = field(default_factory=Bell)
    mine_until: Instant | None = None
    failures: int = 0


@dataclass
class MirrorKeeper:
    """Keeps them all. `me` tells this process from others; of a salon that is not open the provider is not asked."""

    salons: Mapping[str, Kept]
    store: Store
    clock: Clock
    log: FilteringBoundLogger
    me: str
    open: Callable[[str], bool] = is_open
    metrics: Metrics = field(default_factory=Metrics)

    async def load(self) -> None:
        """Takes the lists from the copy, so that a salon is known even where its provider does not answer."""
        for kept in self.salons.values():
            await kept.keeping.syncing.load()

    async def take_over(self) -> None:
        """Keeps the lists that somebody had to wait for, so that they are not read twice."""
        for kept in self.salons.values():
            if kept.keeping.syncing.branch.read_at is not None:
                await kept.keeping.syncing.keep_lists()

    async def run(self) -> None:
        """Keeps every salon until it is cancelled."""
        async with asyncio.TaskGroup() as group:
            for salon in self.salons:
                group.create_task(self._keep(salon))

    async def _keep(self, salon: str) -> None:
        kept = self.salons[salon]
        while True:
            try:
                await self.step(salon)
            except errors.ProviderError as fault:
                self._failed(salon, str(fault))
                await self.clock.sleep(min(TICK_S * 2**kept.failures, LONGEST_PAUSE_S))
            except Exception:
                self.log.exception("the copy of a salon could not be kept", salon=salon)
                await self.clock.sleep(LONGEST_PAUSE_S)
            else:
                kept.failures = 0
            await kept.bell.wait(TICK_S, self.clock)

    def _failed(self, salon: str, cause: str) -> None:
        kept = self.salons[salon]
        if kept.failures == 0:
            self.log.warning("the journal can't be read; its copy grows older", salon=salon, cause=cause)
        kept.failures = min(kept.failures + 1, 10)

    async def step(self, salon: str) -> None:
        """Does what is due now; raises the client's errors."""
        kept, now = self.salons[salon], self.clock.now()
        await self._compare(kept.keeping.syncing)
        await self._note(salon, await kept.noting.take_in(kept.keeping))
        if not await self._is_mine(salon, now):
            await kept.keeping.syncing.load()
        elif self.open(salon):
            named, newest = await self.store.read(partial(hints.waiting, salon=salon))
            await kept.keeping.keep(hints_of([(one.kind, one.thing) for one in named]))
            if newest is not None:
                await self.store.write(partial(hints.read, salon=salon, hints=named, until=newest))

    async def _compare(self, syncing: Syncing) -> None:
        """Counts how often our own arithmetic names the times that the provider named."""
        lately = syncing.branch.times.lately
        while lately:
            difference = await compared(syncing, lately.popleft())
            if difference is None:
                continue
            self.metrics.compared.labels("agree" if difference.is_none else "differ").inc()
            if not difference.is_none:
                master, day, _ = difference.asked
                ours, theirs = (_few(one) for one in (difference.ours, difference.theirs))
                self.log.info(
                    "free times differ", salon=syncing.key, master=master, day=str(day), ours=ours, theirs=theirs
                )

    async def _note(self, salon: str, appointments: frozenset[int]) -> None:
        if appointments:
            named = [Hint("record", number) for number in appointments]
            await self.store.write(partial(hints.add, salon=salon, hints=named, now=self.clock.now()))

    async def _is_mine(self, salon: str, now: Instant) -> bool:
        kept = self.salons[salon]
        if kept.mine_until is None or kept.mine_until - now < RENEWED_BEFORE:
            claim = partial(hints.claim, salon=salon, keeper=self.me, now=now, lasts=CLAIM)
            kept.mine_until = Instant(now + CLAIM) if await self.store.write(claim) else None
        return kept.mine_until is not None


def _few(starts: Collection[time]) -> str:
    """As many as tell what is wrong."""
    return " ".join(f"{one:%H:%M}" for one in sorted(starts)[:FEW]) + (" ..." if len(starts) > FEW else "")
