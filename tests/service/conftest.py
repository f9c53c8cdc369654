from pathlib import Path

import pytest
from clinic_kit import Clinic

from outage_kit import House
from service_facts import address
from service_kit import Service, open_service


@pytest.fixture
def service(tmp_path: Path) -> Service:
    return open_service(tmp_path)


@pytest.fixture
def clinic(tmp_path: Path) -> Clinic:
    return Clinic(tmp_path)


@pytest.fixture
def house(service: Service) -> House:
    service.owner = address("79160000009")
    return House(service)
