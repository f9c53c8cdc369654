"""Talking to the assistant in the terminal, for whoever sets it up: one line is one message."""

import asyncio
import sys
import uuid
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TextIO

import httpx2
from structlog.typing import FilteringBoundLogger

from frontdesk.booking.ids import Phone
from frontdesk.channels.console import CHANNEL, Console
from frontdesk.channels.messages import Address, Batch, Incoming
from frontdesk.demo import SALON, demo_settings
from frontdesk.emulator.app import build
from frontdesk.service.clock import SystemClock
from frontdesk.service.parts import Account, Limits
from frontdesk.service.settings import Settings
from frontdesk.service.webhooks import Webhooks
from frontdesk.service.wiring import World, wire

ACCOUNT = "terminal"
ANSWER_WITHIN_S = 20.0
DEMO_PHONE = Phone("79000000001")


@dataclass
class Terminal:
    """One person at one terminal, who is taken to own the phone they name."""

    settings: Settings
    phone: Phone = field(repr=False)
    log: FilteringBoundLogger
    provider: httpx2.AsyncBaseTransport | None = None
    lines: TextIO = field(default_factory=lambda: sys.stdin)
    _answered: asyncio.Event = field(default_factory=asyncio.Event)

    async def talk(self) -> None:
        """Reads lines until the end of input and prints what the salon answers."""
        async with self._open() as (webhooks, console):
            while line := await asyncio.to_thread(self.lines.readline):
                if line.strip():
                    await self._say(webhooks, console, line)

    async def _say(self, webhooks: Webhooks, console: Console, line: str) -> None:
        now = webhooks.parts.clock.now()
        address = Address(CHANNEL, ACCOUNT, self.phone)
        message = Incoming(address, uuid.uuid4().hex, now, console.heard(line), proved=self.phone)
        self._answered.clear()
        await webhooks.take_in(Batch((message,)))
        try:
            async with asyncio.timeout(ANSWER_WITHIN_S):
                await self._answered.wait()
        except TimeoutError:
            print("(the assistant is silent)", file=sys.stderr)

    @asynccontextmanager
    async def _open(self) -> AsyncIterator[tuple[Webhooks, Console]]:
        console = Console(self._print)
        salons = tuple(self.settings.salon)
        world = World(
            clock=SystemClock(),
            log=self.log,
            provider=self.provider,
            limits=Limits(quiet=Limits().quiet * 0),
            extra_accounts={(CHANNEL, ACCOUNT): Account("терминал", salons, console)},
        )
        wired = wire(self.settings, world)
        async with wired.app.router.lifespan_context(wired.app):
            yield Webhooks(wired.parts, wired.bells), console

    def _print(self, text: str) -> None:
        print(text, flush=True)
        self._answered.set()


def demo_terminal(folder: Path, phone: Phone, log: FilteringBoundLogger) -> Terminal:
    """A terminal at the demo salon."""
    return Terminal(demo_settings(folder), phone, log, httpx2.ASGITransport(build(SALON, pace=False)))
