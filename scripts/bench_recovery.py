"""How much of the provider's pace is used when a journal comes back and 2,000 bookings wait for it.

Time is virtual: it jumps whenever nothing can go on without it, so the figure is the pace's and not this machine's.
"""

import asyncio
import selectors
import sys
import tempfile
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path
from typing import Any

import httpx2
import structlog
from sqlalchemy import func, select

from frontdesk.booking.commands import Book
from frontdesk.booking.ids import MasterId, Phone, ServiceId
from frontdesk.booking.times import Instant, Local
from frontdesk.channels.messages import Address
from frontdesk.demo import SALON, demo_settings
from frontdesk.emulator.app import build
from frontdesk.outage.link import LinkEvent
from frontdesk.service.bells import Bells
from frontdesk.service.courier import Courier
from frontdesk.service.prober import Prober
from frontdesk.service.wiring import World, wire
from frontdesk.store import commands, links, masters, tables
from frontdesk.store.leases import Due
from frontdesk.yclients.turnstile import Turnstile

BACKLOG = 2_000
ANSWERS_AFTER_S = 0.08
PER_MINUTE = 200
AIM = 0.95
AT_ONCE = 8
SLOTS_A_DAY = 24
DOES = {2401: 5101, 2402: 5107, 2403: 5106, 2404: 5110, 2405: 5112}
"""A service that each master does."""


class VirtualLoop(asyncio.SelectorEventLoop):
    """A loop whose time jumps to its next timer, but never while a thread still works for it."""

    def __init__(self) -> None:
        self.jumped = 0.0
        self.working = 0
        super().__init__(_Jumping(self))

    def time(self) -> float:
        """The virtual time."""
        return self.jumped


class _Jumping(selectors.DefaultSelector):  # type: ignore[misc, valid-type]
    def __init__(self, loop: VirtualLoop) -> None:
        super().__init__()
        self._loop = loop

    def select(self, timeout: float | None = None) -> list[Any]:
        """Jumps to the next timer where nothing else can go on."""
        if self._loop.working or timeout is None:
            return super().select(timeout if not self._loop.working else 0.2 if timeout is None or timeout > 0 else 0)
        self._loop.jumped += max(timeout, 0.0)
        return super().select(0)


class LoopClock:
    """The loop's own time, as instants."""

    def __init__(self, loop: VirtualLoop) -> None:
        self._loop, self._start = loop, datetime.now(UTC)

    def now(self) -> Instant:
        """This moment."""
        return Instant(self._start + timedelta(seconds=self._loop.time()))

    async def sleep(self, seconds: float) -> None:
        """Returns so much virtual time later."""
        await asyncio.sleep(seconds)


class Distant(httpx2.ASGITransport):
    """The emulator, as far away as the provider is."""

    calls = 0

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        """Answers after the way there and back."""
        self.calls += 1
        await asyncio.sleep(ANSWERS_AFTER_S)
        return await super().handle_async_request(request)


def counted(loop: VirtualLoop, run: Callable[..., Awaitable[Any]]) -> Callable[..., Awaitable[Any]]:
    async def counting(*arguments: Any, **named: Any) -> Any:  # noqa: ANN401 - whatever is run
        loop.working += 1
        try:
            return await run(*arguments, **named)
        finally:
            loop.working -= 1

    return counting


def booking(number: int, now: datetime) -> Book:
    day, place = divmod(number // len(DOES), SLOTS_A_DAY)
    start = Local(datetime(now.year, now.month, now.day, 10) + timedelta(days=day + 1, minutes=20 * place))  # noqa: DTZ001
    phone = Phone(f"7900{number:07d}")
    master, service = list(DOES.items())[number % len(DOES)]
    services = (ServiceId(service),)
    return Book(SALON, phone, "Ирина", True, services, MasterId(master), start, 900, f"k{number}", Instant(now))


async def measure(loop: VirtualLoop, folder: Path) -> tuple[int, float, dict[str, int]]:
    clock, provider = LoopClock(loop), Distant(build("demo", pace=False))
    log = structlog.wrap_logger(None, processors=[_silent])
    wired = wire(demo_settings(folder), World(clock=clock, log=log, provider=provider, gate=Turnstile()))
    parts = wired.parts
    write = parts.store.write
    for name in ("write", "read"):
        setattr(parts.store, name, counted(loop, getattr(parts.store, name)))
    chat = (await write(lambda one: masters.listener_at(one, Address("web", "bench", "1")))).chat
    for _ in range(3):
        await write(partial(links.see, salon=SALON, event=LinkEvent.FAILED, now=clock.now()))

    def fill(connection: Any) -> None:  # noqa: ANN401 - the store's own
        for number in range(BACKLOG):
            commands.add(connection, chat, booking(number, clock.now()), clock.now())

    await write(fill)
    await parts.links.refresh()
    before = provider.calls
    prober, courier = Prober(parts, Bells()), Courier(parts, Bells())
    while not await step(prober):  # noqa: ASYNC110 - the prober says when it is due, and time is virtual
        await asyncio.sleep(0.1)
    opened = loop.time()
    await asyncio.gather(*(carry(courier) for _ in range(AT_ONCE)))
    states = await write(
        lambda one: dict(
            one.execute(select(tables.commands.c.state, func.count()).group_by(tables.commands.c.state)).all()
        )
    )
    await parts.store.close()
    return provider.calls - before, loop.time() - opened, states


async def step(job: Any) -> bool:  # noqa: ANN401 - any job
    claimed = await job.claim()
    if claimed is None or isinstance(claimed, Due):
        return False
    await job.handle(claimed)
    return True


async def carry(courier: Courier) -> None:
    while True:
        claimed = await courier.claim()
        if claimed is None:
            return
        if isinstance(claimed, Due):
            await asyncio.sleep(0.5)
            continue
        await courier.handle(claimed)


def _silent(_logger: object, _method: str, _event: Any) -> Any:  # noqa: ANN401 - structlog's own
    raise structlog.DropEvent


def main() -> int:
    loop = VirtualLoop()
    with tempfile.TemporaryDirectory() as folder:
        calls, seconds, states = loop.run_until_complete(measure(loop, Path(folder)))
    used = calls / (seconds * PER_MINUTE / 60)
    said = ", ".join(f"{number} {state}" for state, number in sorted(states.items()))
    print(f"{said}: {calls} calls in {seconds / 60:.1f} virtual minutes, {used:.1%} of the pace")
    settled = set(states) <= {"done", "conflict", "refused"}
    return 0 if used >= AIM and settled else 1


if __name__ == "__main__":
    sys.exit(main())
