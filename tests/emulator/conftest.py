import pytest
from desks import Desk, desk_of

from frontdesk.emulator.pytest import frontdesk_emulator, frontdesk_emulator_url, frontdesk_salon  # noqa: F401 - fixtures


@pytest.fixture
def desk() -> Desk:
    """The demo salon at noon of Saturday 21 November 2026."""
    return desk_of("demo")
