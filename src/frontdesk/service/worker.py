"""The loop that takes turns, carries commands and sends replies: woken by bells, polling where none rings.

One loop claims, the handling runs beside it, so many at once. To stop is to claim nothing more and let what runs
finish; what does not finish in time keeps its lease and is taken over after the start that follows.
"""

import asyncio
from collections.abc import Coroutine
from functools import partial
from typing import Any, TypeVar

from frontdesk.booking.times import Instant
from frontdesk.service.alarms import Alarms
from frontdesk.service.bells import Bell, Bells
from frontdesk.service.courier import Courier
from frontdesk.service.jobs import Claims, Job
from frontdesk.service.notices import Notices
from frontdesk.service.parts import Parts
from frontdesk.service.prober import Prober
from frontdesk.service.sender import Sender
from frontdesk.service.turn import Turns
from frontdesk.store import replies
from frontdesk.store.leases import Due, take_over
from frontdesk.store.purging import purge

T = TypeVar("T")

CLAIMED_AT_ONCE = 4
"""More would be kept from other workers that are free."""


class Worker:
    """Everything that goes on outside of requests."""

    def __init__(self, parts: Parts, bells: Bells) -> None:
        self._parts = parts
        self._bells = bells
        self._tidying = Bell()
        self._alarms = Alarms(parts, bells)
        self._purge_at = parts.clock.now()
        self._stopping = False
        self._loops: list[asyncio.Task[None]] = []
        self._failing: dict[str, str] = {}
        """What fails at every look, and how: where the database is away, the log has each once and is not flooded."""

    @property
    def runs(self) -> bool:
        """Whether every loop is alive."""
        return bool(self._loops) and not any(loop.done() for loop in self._loops)

    async def start(self) -> None:
        """Takes over what an earlier process left behind, then starts working."""
        await self._tidy(everything=self._parts.store.single_process)
        parts, bells, limits = self._parts, self._bells, self._parts.limits
        self._run(self._work(Turns(parts, bells), bells.turns, limits.turns_at_once))
        self._run(self._work(Courier(parts, bells), bells.commands, limits.commands_at_once))
        self._run(self._work(Sender(parts, bells), bells.replies, limits.replies_at_once))
        self._run(self._work(Notices(parts, bells), bells.changes, limits.notices_at_once))
        self._run(self._work(Prober(parts, bells), parts.links.changed, limits.looks_at_once))
        self._run(self._keep_tidy())

    async def stop(self) -> None:
        """Claims nothing more, lets what runs finish for a while, and breaks off the rest."""
        self._stopping = True
        self._bells.ring()
        self._parts.links.changed.ring()
        self._tidying.ring()
        if self._loops:
            _, late = await asyncio.wait(self._loops, timeout=self._parts.limits.stop.total_seconds())
            for loop in late:
                loop.cancel()
            await asyncio.gather(*self._loops, return_exceptions=True)

    def _run(self, loop: Coroutine[Any, Any, None]) -> None:
        self._loops.append(asyncio.create_task(loop))

    async def _work(self, job: Job[T], bell: Bell, at_once: int) -> None:
        slots = asyncio.Semaphore(at_once)
        async with asyncio.TaskGroup() as group:
            while not self._stopping:
                free = await _taken(slots)
                claims = await self._claims(job, free)
                for one in claims.found:
                    group.create_task(self._handled(job, one, slots))
                for _ in range(free - len(claims.found)):
                    slots.release()
                if claims.all_there_was:
                    await self._rest(bell, claims.due)

    async def _claims(self, job: Job[T], most: int) -> Claims[T]:
        name = type(job).__name__
        try:
            claims = await job.claim_many(most)
        except Exception as fault:
            if self._is_news(name, fault):
                self._parts.log.exception("nothing could be claimed", job=name)
            return Claims()
        self._goes_again(name)
        return claims

    def _is_news(self, what: str, fault: Exception) -> bool:
        before, self._failing[what] = self._failing.get(what), str(fault)
        return before != str(fault)

    def _goes_again(self, what: str) -> None:
        if self._failing.pop(what, None) is not None:
            self._parts.log.warning("it goes again", job=what)

    async def _handled(self, job: Job[T], claimed: T, slots: asyncio.Semaphore) -> None:
        try:
            await job.handle(claimed)
        except Exception:
            self._parts.log.exception("work under a lease failed", job=type(job).__name__)
        finally:
            slots.release()

    async def _rest(self, bell: Bell, due: Due | None) -> None:
        longest = self._parts.limits.poll.total_seconds()
        wait = (due.at - self._parts.clock.now()).total_seconds() if due else longest
        await bell.wait(min(max(wait, 0.0), longest), self._parts.clock)

    async def _keep_tidy(self) -> None:
        while not self._stopping:
            await self._tidying.wait(self._parts.limits.poll.total_seconds(), self._parts.clock)
            try:
                await self._tidy(everything=False)
                await self._purge()
                await self._alarms.look()
            except Exception as fault:
                if self._is_news("tidying", fault):
                    self._parts.log.exception("leases could not be ended, old words deleted, or the owner told")
            else:
                self._goes_again("tidying")

    async def _tidy(self, *, everything: bool) -> None:
        now, silence = self._parts.clock.now(), self._parts.limits.silence
        ended = await self._parts.store.write(partial(take_over, now=now, silence=silence, everything=everything))
        again = await self._parts.store.write(partial(replies.end_silence, now=now))
        if ended or again:
            self._bells.ring()

    async def _purge(self) -> None:
        """A small batch at a time, so that nobody waits for it."""
        now, limits = self._parts.clock.now(), self._parts.limits
        if now < self._purge_at:
            return
        gone = await self._parts.store.write(partial(purge, now=now, keep=limits.keep))
        self._purge_at = now if gone else Instant(now + limits.purge)


async def _taken(slots: asyncio.Semaphore) -> int:
    """Waits for a free slot and takes a few more if there are."""
    await slots.acquire()
    taken = 1
    while taken < CLAIMED_AT_ONCE and not slots.locked():
        await slots.acquire()
        taken += 1
    return taken
