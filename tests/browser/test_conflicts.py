"""A time that was promised while the journal was away is taken when it is back: the administrator settles it."""

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

import httpx2
import pytest
from playwright.sync_api import Browser, Page, expect

from blackbox.processes import Process, http, is_ready
from blackbox.waiting import until
from browser.walking import DESKTOP, PHONE, Visitor, visitor

SOON_MS = 45_000
MOSCOW = ZoneInfo("Europe/Moscow")
PEDICURE, MARIA = 5109, 2402
AWAY = [
    {"method": "GET", "do": "refuse"},
    {"method": "PUT", "do": "refuse"},
    {"method": "POST", "path": "/api/v1/records/*", "do": "refuse"},
]
"""The journal hears nobody but its own booking page, where somebody else is quicker."""
PARTNER = {"Authorization": "Bearer demo-partner", "Accept": "application/vnd.yclients.v2+json"}
WHEN = re.compile(r"(\d\d)\.(\d\d) (\d\d):(\d\d)")


@pytest.fixture(scope="module")
def taken(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a demo of its own."""
    started = Process(tmp_path_factory.mktemp("conflicts"), "demo", "--port", "0")
    started.start()
    with http() as client:
        is_ready(client, started.address)
    yield started.address
    started.stop()


class Client:
    """Somebody who writes to the salon."""

    def __init__(self, address: str, phone: str) -> None:
        self._chat = f"{address}/chat/{phone}/messages"
        self._phone = phone

    def says(self, message_id: str, **message: str) -> None:
        with http() as client:
            client.post(self._chat, json={"id": f"{self._phone} {message_id}", **message}).raise_for_status()

    def heard(self) -> list[dict[str, Any]]:
        with http() as client:
            return [one for one in client.get(self._chat).json() if not one["mine"]]

    def taps(self, message_id: str, beginning: str) -> None:
        """The choice of the newest message that begins so."""
        until(lambda: any(self._offered(beginning)), beginning)
        choice = self._offered(beginning)[0]
        self.says(message_id, choice=choice["id"], label=choice["label"])

    def _offered(self, beginning: str) -> list[dict[str, Any]]:
        said = self.heard()
        return [one for one in said[-1]["choices"] if one["label"].startswith(beginning)] if said else []


def breaks_the_journal(address: str) -> None:
    with http() as client:
        client.post(f"{address}/_emulator/faults", json={"rules": AWAY}).raise_for_status()


def takes_the_time(address: str, shown: str) -> None:
    """Somebody books the same time at the salon's own page."""
    found = WHEN.search(shown)
    assert found, shown
    day, month, hour, minute = map(int, found.groups())
    now = datetime.now(UTC).astimezone(MOSCOW)
    start = datetime(now.year + (month < now.month), month, day, hour, minute, tzinfo=MOSCOW)
    booking = {
        "phone": "79001234567",
        "fullname": "Кто-то другой",
        "email": "other@salon.example",
        "appointments": [{"id": 1, "services": [PEDICURE], "staff_id": MARIA, "datetime": start.isoformat()}],
    }
    with http() as client:
        answer = client.post(f"{address}/api/v1/book_record/962302", headers=PARTNER, json=booking)
    assert answer.status_code == httpx2.codes.CREATED, answer.text


def comes_to_a_conflict(one: Visitor, client: Client, day: str) -> None:
    """A booking that is promised while the journal is away, and taken by somebody else before it is back."""
    page = one.page
    client.says("wants", text=f"Запишите меня на педикюр {day}")
    client.taps("time", "")
    until(lambda: any(said["text"] for said in client.heard()), "an answer")
    breaks_the_journal(one.address)
    client.taps("yes", "Да, записать")
    one.opens("/desk/outbox")
    waits = page.get_by_role("row", name="Новая запись")
    expect(waits).to_be_visible(timeout=SOON_MS)
    takes_the_time(one.address, waits.inner_text())
    one.opens("/chat")
    page.get_by_role("button", name="Включить журнал").click()
    one.opens("/desk/outbox")
    expect(page.locator(".conflict")).to_be_visible(timeout=SOON_MS)


def is_settled(page: Page) -> None:
    expect(page.locator(".conflict")).to_have_count(0, timeout=SOON_MS)
    expect(page.locator("#outbox")).to_contain_text("Ничего не ждёт", timeout=SOON_MS)


def was_told(client: Client, words: str) -> None:
    until(lambda: words in client.heard()[-1]["text"].casefold(), f"that the client is told: {words}")


@pytest.mark.parametrize(("screen", "theme"), [(PHONE, "light"), (DESKTOP, "dark")], ids=["phone", "desktop"])
def test_another_time_is_given_with_one_click_and_the_client_is_told(
    chromium: Browser, taken: str, screen: dict[str, int], theme: str
) -> None:
    with visitor(chromium, taken, screen, theme, "ru-RU") as one:
        is_phone = screen == PHONE
        client = Client(taken, "79000000001" if is_phone else "79000000002")
        comes_to_a_conflict(one, client, "во вторник" if is_phone else "в среду")
        expect(one.page.locator(".offers button").first).to_be_visible(timeout=SOON_MS)
        one.photographs(f"conflict-{screen['width']}-{theme}")
        assert one.barriers() == []
        assert not one.overflows()
        one.page.locator(".offers button").first.click()
        is_settled(one.page)
        was_told(client, "записала вас")
        assert one.faults == []


def test_a_conflict_is_dropped_and_the_client_is_told(chromium: Browser, taken: str) -> None:
    with visitor(chromium, taken, DESKTOP, "light", "ru-RU") as one:
        client = Client(taken, "79000000003")
        comes_to_a_conflict(one, client, "в четверг")
        said = len(client.heard())
        one.page.get_by_role("button", name="Снять и сообщить клиенту").click()
        is_settled(one.page)
        until(lambda: len(client.heard()) > said, "a word to the client")
        assert "записала вас" not in client.heard()[-1]["text"].casefold()
        assert one.faults == []


def test_a_conflict_is_forced_onto_the_taken_time_and_the_client_is_told(chromium: Browser, taken: str) -> None:
    with visitor(chromium, taken, PHONE, "dark", "ru-RU") as one:
        client = Client(taken, "79000000005")
        comes_to_a_conflict(one, client, "в пятницу")
        one.page.get_by_role("button", name="Записать на занятое").click()
        is_settled(one.page)
        was_told(client, "записала вас")
        assert one.faults == []
