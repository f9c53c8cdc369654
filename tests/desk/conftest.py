from collections.abc import Iterator
from pathlib import Path

import pytest
from desk_kit import House

from fresh_store import fresh_store


@pytest.fixture
def house(tmp_path: Path) -> Iterator[House]:
    store = fresh_store(f"sqlite:///{tmp_path}/desk.db")
    yield House(store)
    store._close()
