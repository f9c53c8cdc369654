"""The demo in a process of its own, and Debian's Chromium to look at it."""

from collections.abc import Iterator
from pathlib import Path
from shutil import which

import pytest
from playwright.sync_api import Browser, sync_playwright

from blackbox.processes import Process, http, is_ready
from blackbox.waiting import until

CHROMIUM = which("chromium")
ROOT = Path(__file__).parents[2]
AXE = ROOT / "var" / "axe.min.js"
VENDOR = ROOT / "src" / "frontdesk" / "desk" / "static" / "vendor"


@pytest.fixture(scope="module")
def chromium() -> Iterator[Browser]:
    """A browser for one file: while it stands, Playwright keeps an event loop running in this thread,
    and no other file's `asyncio.run` could start.
    """
    if CHROMIUM is None:
        pytest.skip("no chromium here: install it (Debian: apt install chromium) to run the tests of the pages")
    if not (AXE.exists() and VENDOR.exists()):
        pytest.skip("the browser files are not here: run `make vendor`")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
        yield browser
        browser.close()


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a demo in which some have written already: one for each file, which changes its journal."""
    started = Process(tmp_path_factory.mktemp("demo"), "demo", "--port", "0")
    started.start()
    with http() as client:
        is_ready(client, started.address)
        for number, words in enumerate(("Хочу отменить запись", "Позовите администратора", "Сколько стоит маникюр?")):
            chat = f"{started.address}/chat/7900000000{number + 1}/messages"
            client.post(chat, json={"id": f"first {number}", "text": words}).raise_for_status()
            until(lambda chat=chat: client.get(chat, params={"after": 0}).json() != [], "an answer")
    yield started.address
    started.stop()
