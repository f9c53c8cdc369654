from pathlib import Path

import pytest

from service_kit import Service, open_service


@pytest.fixture
def service(tmp_path: Path) -> Service:
    return open_service(tmp_path)
