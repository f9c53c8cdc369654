"""The settings file under the hands of the guided set-up, and the doctor that looks at what it wrote."""

import asyncio
from pathlib import Path

import httpx2
import pytest

from frontdesk.desk.set_up import BadSetUp
from frontdesk.emulator.app import build
from frontdesk.service.doctor import Instruments
from frontdesk.service.set_up import Ending, SettingsFile, set_up_of

SALON = {
    "provider": "yclients",
    "partner_token": "demo-partner",
    "user_token": "demo-user",
    "branch": "962302",
    "base_url": "http://emulator.invalid",
}
WRITTEN = """\
# our salon
[service]
quiet_ms = 900 # people write slowly

[salon.north]
company_id = 1 # the old one
partner_token = "env:PARTNER"
user_token = "env:USER"
"""


@pytest.fixture
def file(tmp_path: Path) -> SettingsFile:
    return SettingsFile(tmp_path / "frontdesk.toml", {"PARTNER": "p", "USER": "u"})


def test_comments_other_keys_and_names_of_variables_stay(file: SettingsFile) -> None:
    file.path.write_text(WRITTEN, encoding="utf-8")
    file.keep("salon", {"branch": "2"})
    assert file.path.read_text(encoding="utf-8") == WRITTEN.replace("company_id = 1", "company_id = 2")


def test_a_file_that_others_could_read_is_closed_to_them(file: SettingsFile) -> None:
    file.path.write_text(WRITTEN, encoding="utf-8")
    file.path.chmod(0o644)
    file.keep("salon", {"branch": "2"})
    assert file.path.stat().st_mode & 0o777 == 0o600


def test_what_could_not_be_read_at_the_next_start_is_not_written(file: SettingsFile) -> None:
    file.path.write_text(WRITTEN, encoding="utf-8")
    with pytest.raises(BadSetUp, match="public_url"):
        file.keep("service", {"public_url": "not an address"})
    assert file.path.read_text(encoding="utf-8") == WRITTEN
    assert [one.name for one in file.path.parent.iterdir()] == ["frontdesk.toml"]


def test_a_complaint_holds_no_secret(file: SettingsFile) -> None:
    with pytest.raises(BadSetUp) as raised:
        file.keep("salon", {**SALON, "user_token": "env:NOBODY_HAS_IT", "branch": "0"})
    assert "env:NOBODY" not in str(raised.value)


def test_a_file_that_is_no_toml_is_left_as_it_is(file: SettingsFile) -> None:
    file.path.write_text("[salon", encoding="utf-8")
    with pytest.raises(BadSetUp):
        file.keep("salon", SALON)
    assert file.written("salon") == {}
    assert file.path.read_text(encoding="utf-8") == "[salon"


@pytest.mark.parametrize(("token", "states"), [("demo-partner", {"ok", "warning"}), ("another", {"broken"})])
def test_the_doctor_looks_at_what_was_written(file: SettingsFile, token: str, states: set[str]) -> None:
    instruments = Instruments(provider=httpx2.ASGITransport(build("demo", pace=False)))
    set_up = set_up_of(file, instruments, Ending())
    set_up.keep("salon", {**SALON, "partner_token": token})
    found = asyncio.run(_examined(set_up.examine))
    assert {one.state for one in found} == states
    assert token not in str(found)
    assert set_up.is_stale()


async def _examined(examine):
    return await examine("salon")
