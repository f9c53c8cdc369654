"""`frontdesk sync` fills the copies, says what it found, and says so where it could not."""

from pathlib import Path

import pytest

from frontdesk.service.sync_command import SyncError, as_rows, as_text, is_whole, sync
from frontdesk.service.wiring import World
from frontdesk.yclients.paging import Progress
from sync_kit import Salon


@pytest.fixture
def salon(tmp_path: Path) -> Salon:
    return Salon(tmp_path)


def world(salon: Salon) -> World:
    return World(clock=salon.clock, log=salon.wired.parts.log, provider=salon.provider, gate=salon.gate)


def test_it_fills_the_copy_and_tells_what_is_in_it(salon: Salon) -> None:
    heard: list[tuple[str, Progress]] = []
    copied = sync(salon.settings, world(salon), lambda key, page: heard.append((key, page)))
    assert is_whole(copied)
    (row,) = as_rows(copied)
    assert (row["salon"], row["title"]) == ("centre", "Салон красоты «Ясный день»")
    assert row["calls"] == salon.calls == 9
    assert row["services"] > 0
    assert row["masters"] > 0
    assert heard[0][0] == "centre"
    assert heard[0][1].done == heard[0][1].total == row["appointments"] > 0
    assert "appointments until" in as_text(copied)

    async def story() -> None:
        assert await salon.copied() == salon.journal()

    salon.play(story)


def test_a_running_service_goes_on_from_what_was_filled(salon: Salon) -> None:
    sync(salon.settings, world(salon), lambda *_: None)

    async def story() -> None:
        await salon.wired.keeper.load()
        settings_alone = 3
        assert await salon.step() == settings_alone
        assert await salon.copied() == salon.journal()

    salon.play(story)


def test_a_salon_that_can_not_be_read_is_told_with_what_to_do(salon: Salon) -> None:
    salon.breaks(do="status", value=401)
    copied = sync(salon.settings, world(salon), lambda *_: None)
    assert not is_whole(copied)
    assert "frontdesk doctor" in as_text(copied)
    assert as_rows(copied)[0]["fault"]


def test_an_unknown_salon_is_named_with_those_there_are(salon: Salon) -> None:
    with pytest.raises(SyncError, match=r"no \[salon\.north\].*centre"):
        sync(salon.settings, world(salon), lambda *_: None, only="north")
