"""Every store test runs on SQLite, and on PostgreSQL where a server's programs are found."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from blackbox import postgres as servers
from blackbox.postgres import Server
from frontdesk.store.database import Store, open_store


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    with servers.running() as server:
        yield server


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a new, empty database."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/frontdesk.db"
    server: Server = request.getfixturevalue("postgres")
    return server.new_database()


@pytest.fixture
def store(address: str) -> Iterator[Store]:
    opened = open_store(address)
    yield opened
    opened._close()
