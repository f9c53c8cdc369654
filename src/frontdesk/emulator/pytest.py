"""Fixtures for tests of programs that speak to YCLIENTS: a salon of their own for each test.

    def test_it_cancels(frontdesk_emulator_url):
        my_program(base_url=frontdesk_emulator_url, partner_token="demo-partner", user_token="demo-user")

Nothing heavy is imported until a fixture is asked for.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from collections.abc import Iterator

    from frontdesk.emulator.app import Emulator


@pytest.fixture
def frontdesk_salon() -> str:
    """Which salon is played: `demo`, `chain`, `empty`, or the path of a TOML file. Override it to choose."""
    return "demo"


@pytest.fixture
def frontdesk_emulator(frontdesk_salon: str) -> Emulator:
    """The emulator in process: an ASGI application for `httpx2.ASGITransport`, with its `world` at hand."""
    from frontdesk.emulator.app import build  # noqa: PLC0415 - see above

    return build(frontdesk_salon, pace=False)


@pytest.fixture
def frontdesk_emulator_url(frontdesk_emulator: Emulator) -> Iterator[str]:
    """The address of the emulator served on a free port of this machine."""
    from frontdesk.emulator.serving import serving  # noqa: PLC0415 - see above

    with serving(frontdesk_emulator) as url:
        yield url
