"""A salon on a stage, called by the real client."""

import asyncio
import functools
from collections.abc import Coroutine
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

import httpx2

from frontdesk.emulator.app import Emulator
from frontdesk.emulator.clock import Clock
from frontdesk.emulator.salons.building import build_world
from frontdesk.emulator.world import World
from frontdesk.yclients.client import Client
from frontdesk.yclients.contract import Endpoint
from frontdesk.yclients.turnstile import Open
from frontdesk.yclients.wire import Answer, Credentials

R = TypeVar("R")

SATURDAY_NOON = datetime(2026, 11, 21, 12, 0, tzinfo=ZoneInfo("Europe/Moscow"))
DEMO = Credentials("demo-partner", "demo-user")


class Stage:
    """An ASGI application whose emulator can be changed, so that one server and one client serve a salon to each
    test."""

    emulator: Emulator

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        if scope["type"] == "http":
            await self.emulator(scope, receive, send)


@dataclass
class Way:
    """A way from the client to the stage; the clients live as long as it does, one for each pair of tokens."""

    stage: Stage
    runner: asyncio.Runner
    address: str
    transport: httpx2.AsyncBaseTransport | None
    clients: dict[tuple[str, str], Client] = field(default_factory=dict)

    def client(self, credentials: Credentials) -> Client:
        tokens = (credentials.partner_token, credentials.user_token)
        if tokens not in self.clients:
            self.clients[tokens] = Client(
                credentials, base_url=self.address, transport=self.transport, pace=Open(), attempts=1
            )
        return self.clients[tokens]

    def close(self) -> None:
        for client in self.clients.values():
            self.runner.run(client.__aexit__(None, None, None))


@dataclass
class Salon:
    """The demo salon, called by the real client."""

    emulator: Emulator
    way: Way

    @property
    def world(self) -> World:
        return self.emulator.world

    def __call__(self, call: Endpoint[R], credentials: Credentials = DEMO) -> R:
        return self.answer(call, credentials).data

    def answer(self, call: Endpoint[R], credentials: Credentials = DEMO) -> Answer[R]:
        return self.run(self.api(credentials).answer(call))

    def api(self, credentials: Credentials = DEMO) -> Client:
        return self.way.client(credentials)

    def run(self, work: Coroutine[Any, Any, R]) -> R:
        return self.way.runner.run(work)


@functools.cache
def _demo() -> bytes:
    clock = Clock()
    clock.set(SATURDAY_NOON)
    return build_world("demo", clock=clock).snapshot()


def demo_world() -> World:
    """The demo salon at noon of Saturday 21 November 2026."""
    clock = Clock()
    clock.set(SATURDAY_NOON)
    world = World(clock)
    world.restore(_demo())
    return world
