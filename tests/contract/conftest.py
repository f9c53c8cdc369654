"""The real client against the emulator, twice: in process, and over a socket."""

import asyncio
from collections.abc import Iterator

import httpx2
import pytest
from stages import Salon, Stage, Way, demo_world

from frontdesk.emulator.app import create_app
from frontdesk.emulator.serving import serving


@pytest.fixture(scope="session")
def runner() -> Iterator[asyncio.Runner]:
    with asyncio.Runner() as runner:
        yield runner


@pytest.fixture(scope="session", params=["in process", "over a socket"])
def way(request: pytest.FixtureRequest, runner: asyncio.Runner) -> Iterator[Way]:
    stage = Stage()
    if request.param == "in process":
        way = Way(stage, runner, "http://emulator", httpx2.ASGITransport(stage))
        yield way
        way.close()
        return
    with serving(stage) as address:
        way = Way(stage, runner, address, None)
        yield way
        way.close()


@pytest.fixture
def salon(way: Way) -> Salon:
    way.stage.emulator = create_app(demo_world())
    return Salon(way.stage.emulator, way)
