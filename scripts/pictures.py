"""Makes the pictures of the README from the demo's own pages."""

import os
import socket
import subprocess
import sys
import time
from pathlib import Path
from shutil import which
from urllib.error import URLError
from urllib.request import urlopen

from playwright.sync_api import Browser, Page, sync_playwright

HERE = Path(__file__).parent.parent
PICTURES = HERE / "docs" / "pictures"
CHROMIUM = which("chromium") or "/usr/bin/chromium"
STARTS_WITHIN_S = 60
SOON_MS = 60_000
LARGEST = 200_000
DESKTOP, PHONE = {"width": 1180, "height": 700}, {"width": 390, "height": 760}
DESK_READS_WITHIN_S = 20


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


def opened(browser: Browser, address: str, screen: dict[str, int] = DESKTOP) -> Page:
    context = browser.new_context(viewport=screen, locale="ru-RU", color_scheme="light")
    page = context.new_page()
    page.goto(address)
    return page


def keep(page: Page, name: str) -> None:
    page.wait_for_timeout(800)
    picture = PICTURES / f"{name}.png"
    page.screenshot(path=picture, animations="disabled")
    if picture.stat().st_size > LARGEST:
        raise ValueError(f"{picture} is larger than {LARGEST} bytes")


def press(page: Page, name: str) -> None:
    page.locator("#messages").get_by_role("button", name=name).last.click(timeout=SOON_MS)


def chat(browser: Browser, address: str) -> None:
    page = opened(browser, f"{address}/chat")
    page.fill("#text", "Здравствуйте! Хочу отменить запись на завтра")
    page.click("#form button")
    press(page, "Да, отменить")
    page.wait_for_selector('#journal li[data-status="no_show"]', timeout=SOON_MS)
    keep(page, "chat")


def board(browser: Browser, address: str) -> None:
    page = opened(browser, f"{address}/desk")
    ends = time.monotonic() + DESK_READS_WITHIN_S
    while page.locator(".block").count() == 0 and time.monotonic() < ends:
        page.wait_for_timeout(1000)
        page.reload()
    keep(page, "today")


def conversation(browser: Browser, address: str) -> None:
    page = opened(browser, f"{address}/desk/conversations", PHONE)
    page.get_by_role("link", name="Виолетта").click()
    page.wait_for_selector("#lines li")
    keep(page, "conversation")


def cancellations(browser: Browser, address: str) -> None:
    keep(opened(browser, f"{address}/desk/cancellations"), "cancellations")


def outage(browser: Browser, address: str) -> None:
    page = opened(browser, f"{address}/chat")
    page.select_option("#client", index=1)
    page.get_by_role("button", name="Выключить журнал").click()
    page.fill("#text", "Отмените массаж спины")
    page.click("#form button")
    press(page, "Да, отменить")
    page.get_by_text("ждёт журнала: 1").first.wait_for(timeout=SOON_MS)
    page.get_by_text("Журнал не отвечает").first.wait_for(timeout=SOON_MS)
    page.goto(f"{address}/desk/outbox")
    page.get_by_text("ждёт отправки").or_(page.get_by_text("нет связи")).first.wait_for(timeout=SOON_MS)
    keep(page, "outbox")


def main() -> None:
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    command = [sys.executable, "-m", "frontdesk", "demo", "--port", str(port)]
    with subprocess.Popen(command, env=os.environ) as demo, sync_playwright() as playwright:
        try:
            wait_for(f"{address}/chat")
            browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
            for picture in (board, chat, conversation, cancellations, outage):
                picture(browser, address)
            browser.close()
        finally:
            demo.terminate()


if __name__ == "__main__":
    main()
