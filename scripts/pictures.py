"""Makes the pictures of the README from the demo's own pages."""

import socket
import subprocess
import sys
import time
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from playwright.sync_api import Page, sync_playwright

HERE = Path(__file__).parent.parent
PICTURES = HERE / "docs" / "pictures"
CHROMIUM = "/usr/bin/chromium"
STARTS_WITHIN_S = 30
ANSWERS_WITHIN_MS = 10_000


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


def wait_for(address: str) -> None:
    ends = time.monotonic() + STARTS_WITHIN_S
    while time.monotonic() < ends:
        try:
            urlopen(address)
        except URLError:
            time.sleep(0.2)
        else:
            return
    raise TimeoutError(f"{address} did not open within {STARTS_WITHIN_S} s")


def say(page: Page, words: str) -> None:
    shown = page.locator("#messages li").count()
    page.fill("#text", words)
    page.click("#form button")
    page.wait_for_function("n => document.querySelectorAll('#messages li').length >= n", arg=shown + 2)


def cancelling(page: Page) -> None:
    say(page, "Здравствуйте! Хочу отменить запись на завтра")
    page.get_by_role("button", name="Да, отменить").click(timeout=ANSWERS_WITHIN_MS)
    page.wait_for_selector('#journal li[data-status="no_show"]', timeout=ANSWERS_WITHIN_MS)


def main() -> None:
    port = free_port()
    command = [sys.executable, "-m", "frontdesk", "demo", "--port", str(port)]
    with subprocess.Popen(command) as demo:
        try:
            address = f"http://127.0.0.1:{port}/chat"
            wait_for(address)
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
                page = browser.new_page(viewport={"width": 1100, "height": 560})
                page.goto(address)
                cancelling(page)
                page.screenshot(path=PICTURES / "chat.png")
                browser.close()
        finally:
            demo.terminate()


if __name__ == "__main__":
    main()
