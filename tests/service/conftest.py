from pathlib import Path

import pytest
from clinic_kit import Clinic

from service_kit import Service, open_service


@pytest.fixture
def service(tmp_path: Path) -> Service:
    return open_service(tmp_path)


@pytest.fixture
def clinic(tmp_path: Path) -> Clinic:
    return Clinic(tmp_path)
