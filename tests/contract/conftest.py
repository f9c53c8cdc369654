"""The real client against the emulator, twice: in process, and over a socket."""

import asyncio
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar
from zoneinfo import ZoneInfo

import httpx2
import pytest

from frontdesk.emulator.app import Emulator, create_app
from frontdesk.emulator.clock import Clock
from frontdesk.emulator.salons.building import build_world
from frontdesk.emulator.serving import serving
from frontdesk.emulator.world import World
from frontdesk.yclients.client import Client
from frontdesk.yclients.contract import Endpoint
from frontdesk.yclients.turnstile import Open
from frontdesk.yclients.wire import Answer, Credentials

R = TypeVar("R")

SATURDAY_NOON = datetime(2026, 11, 21, 12, 0, tzinfo=ZoneInfo("Europe/Moscow"))
DEMO = Credentials("demo-partner", "demo-user")


@dataclass
class Salon:
    """The demo salon, called by the real client."""

    emulator: Emulator
    address: str
    transport: httpx2.AsyncBaseTransport | None
    runner: asyncio.Runner

    @property
    def world(self) -> World:
        return self.emulator.world

    def __call__(self, call: Endpoint[R], credentials: Credentials = DEMO) -> R:
        return self.answer(call, credentials).data

    def answer(self, call: Endpoint[R], credentials: Credentials = DEMO) -> Answer[R]:
        return self.runner.run(self._answer(call, credentials))

    def client(self, credentials: Credentials = DEMO, **settings: Any) -> Client:
        return Client(
            credentials, base_url=self.address, transport=self.transport, pace=Open(), **{"attempts": 1, **settings}
        )

    async def _answer(self, call: Endpoint[R], credentials: Credentials) -> Answer[R]:
        async with self.client(credentials) as api:
            return await api.answer(call)


@contextmanager
def in_process(emulator: Emulator) -> Iterator[tuple[str, httpx2.AsyncBaseTransport | None]]:
    yield "http://emulator", httpx2.ASGITransport(emulator)


@contextmanager
def over_a_socket(emulator: Emulator) -> Iterator[tuple[str, httpx2.AsyncBaseTransport | None]]:
    with serving(emulator) as address:
        yield address, None


@pytest.fixture(params=[in_process, over_a_socket], ids=lambda way: way.__name__)
def salon(request: pytest.FixtureRequest) -> Iterator[Salon]:
    clock = Clock()
    clock.set(SATURDAY_NOON)
    emulator = create_app(build_world("demo", clock=clock))
    way: AbstractContextManager[tuple[str, httpx2.AsyncBaseTransport | None]] = request.param(emulator)
    with asyncio.Runner() as runner, way as (address, transport):
        yield Salon(emulator, address, transport, runner)
