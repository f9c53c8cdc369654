"""The real service over a temporary database, driven one piece of work at a time, in an order that never varies."""

from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import count
from typing import Any, Final, TypeVar

import httpx2
import structlog
from sqlalchemy import Connection
from structlog.typing import EventDict, FilteringBoundLogger, WrappedLogger

from frontdesk.booking.times import Instant
from frontdesk.channels.messages import Accepted, Address, Batch, Incoming, Sent
from frontdesk.dialogue.talk import Reply
from frontdesk.service.courier import Courier
from frontdesk.service.jobs import Job
from frontdesk.service.parts import Account
from frontdesk.service.prober import Prober
from frontdesk.service.sender import Sender
from frontdesk.service.settings import Settings
from frontdesk.service.turn import Turns
from frontdesk.service.webhooks import Webhooks
from frontdesk.service.wiring import Wired, World, wire
from frontdesk.simulation.clock import VirtualClock
from frontdesk.store import backlog, replies
from frontdesk.store.database import open_store
from frontdesk.store.leases import Due, take_over
from frontdesk.yclients.errors import ProviderError
from frontdesk.yclients.turnstile import Open

CHANNEL, ACCOUNT = "whatsapp", "simulated"
MOST_STEPS: Final = 2_000
"""More work than this at one moment is a loop that never rests."""

KEPT_EVERY: Final = timedelta(minutes=1)
"""So often the copy of the journal is brought up to date, where anything happens at all.

Hours at which nothing happens are jumped over, so whoever needs the copy as young as it would be lets something happen
just before.
"""

TIDIED_EVERY: Final = timedelta(minutes=1)
NEVER: Final = Instant(datetime.max.replace(tzinfo=UTC))
NOT_WOKEN_BY_LOOK: Final = frozenset({0, 2})
"""The sender and the courier: of a journal that is still away, only turns may have something new to say."""

T = TypeVar("T")

Hears = Callable[[Address, Reply, str], None]


class NeverRests(RuntimeError):
    """The service goes on and on at one moment."""


class Outlet:
    """The messenger: everything sent is heard at once by whoever listens."""

    def __init__(self, hears: Hears) -> None:
        self._hears = hears

    async def send(self, address: Address, reply: Reply, key: str) -> Sent:
        """Delivers."""
        self._hears(address, reply, key)
        return Accepted(f"out-{key}")

    async def show_typing(self, address: Address, message_id: str) -> None:
        """Nobody looks."""

    async def acknowledge(self, address: Address, message_id: str) -> None:
        """Nobody waits for it."""


class Stage:
    """The service, the clock, and what went wrong inside."""

    def __init__(
        self, settings: Settings, clock: VirtualClock, provider: httpx2.AsyncBaseTransport, hears: Hears
    ) -> None:
        self.clock = clock
        self.faults: list[str] = []
        self._keys = count(1)
        world = World(
            clock=clock,
            log=self._log(),
            provider=provider,
            gate=Open(),
            new_key=lambda: f"s{next(self._keys)}",
            open_store=partial(open_store, in_line=True),
            extra_accounts={(CHANNEL, ACCOUNT): Account("WhatsApp", tuple(settings.salon), Outlet(hears))},
        )
        self._wired: Wired = wire(settings, world)
        parts, bells = self._wired.parts, self._wired.bells
        self._jobs: tuple[Job[Any], ...] = (
            Sender(parts, bells),
            Turns(parts, bells),
            Courier(parts, bells),
            Prober(parts, bells),
        )
        self._asleep: dict[int, Instant] = {}
        self._webhooks = Webhooks(parts, bells)
        self._kept_at: Instant | None = None
        self._tidied_at: Instant | None = None
        self._closed: frozenset[str] = frozenset()

    def _log(self) -> FilteringBoundLogger:
        def kept(_logger: WrappedLogger, _method: str, event: EventDict) -> EventDict:
            if event.get("exc_info") or "set aside" in event["event"]:
                rendered = structlog.processors.format_exc_info(None, "", event)
                self.faults.append(" ".join(str(rendered.get(part, "")) for part in ("event", "exception")))
            raise structlog.DropEvent

        log: FilteringBoundLogger = structlog.wrap_logger(
            structlog.PrintLogger(), processors=[kept], wrapper_class=structlog.make_filtering_bound_logger(0)
        )
        return log

    async def takes(self, *messages: Incoming) -> None:
        """What a messenger's webhook does."""
        self._asleep.clear()
        await self._webhooks.take_in(Batch(messages))

    async def rest(self) -> Instant | None:
        """Does all the work there is now; says when there will be more."""
        now = self.clock.now()
        await self._tidies(now)
        for _ in range(MOST_STEPS):
            await self._keeps_the_copy()
            done, due = await self._step()
            if not done:
                return due
        raise NeverRests(f"more than {MOST_STEPS} pieces of work at {now:%H:%M:%S}")

    async def _tidies(self, now: Instant) -> None:
        """Nobody is killed here, so there is hardly ever a lease to end."""
        if self._tidied_at is not None and now - self._tidied_at < TIDIED_EVERY:
            return
        self._tidied_at = now
        store, silence = self._wired.parts.store, self._wired.parts.limits.silence
        await store.write(partial(take_over, now=now, silence=silence))
        await store.write(partial(replies.end_silence, now=now))
        self._asleep.clear()

    async def _keeps_the_copy(self) -> None:
        """As often as the service does: in its rhythm, after each write, and once a journal is back."""
        now, keeper = self.clock.now(), self._wired.keeper
        closed, before = self._wired.parts.links.closed(), self._closed
        written = any(kept.noting.has_news() for kept in keeper.salons.values())
        is_due = self._kept_at is None or now - self._kept_at >= KEPT_EVERY
        if not (is_due or written or closed != before):
            return
        self._kept_at, self._closed = now, closed
        self._asleep.clear()
        for salon in keeper.salons:
            with suppress(ProviderError):
                await keeper.step(salon)

    async def _step(self) -> tuple[bool, Instant | None]:
        """Does one piece of work; else says when the next is due. What can be said is said first."""
        now = self.clock.now()
        for number, job in enumerate(self._jobs):
            if self._asleep.get(number, now) > now:
                continue
            if (due := await _do(job)) is None:
                self._done_by(job)
                return True, None
            self._asleep[number] = due
        return False, min((due for due in self._asleep.values() if due < NEVER), default=None)

    def _done_by(self, job: Job[Any]) -> None:
        """What has been done may be work for the others, but for one more look at a journal that is still away."""
        is_look = isinstance(job, Prober) and self._wired.parts.links.closed() == self._closed != frozenset()
        self._asleep = {n: due for n, due in self._asleep.items() if is_look and n in NOT_WOKEN_BY_LOOK}

    async def left_hanging(self) -> dict[str, int]:
        """What is still open, by table and state."""
        work: Callable[[Connection], backlog.Backlog] = backlog.count
        waiting = await self._wired.parts.store.read(work)
        return {f"{table} {state}": number for (table, state), number in waiting.counts.items()}

    async def close(self) -> None:
        """Lets go of the database."""
        await self._wired.parts.store.close()


async def _do(job: Job[T]) -> Instant | None:
    """Claims one piece of work and does it; where there is none, says when there will be."""
    claimed = await job.claim()
    if claimed is None:
        return NEVER
    if isinstance(claimed, Due):
        return claimed.at
    await job.handle(claimed)
    return None
