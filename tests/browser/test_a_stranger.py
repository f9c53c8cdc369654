"""Somebody who has read nothing tries the demo, from the line it greets with to the reasons of its cancellations."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from blackbox.processes import Process, http, is_ready
from browser.walking import DESKTOP, PHONE, visitor

SOON_MS = 30_000


@pytest.fixture(scope="module")
def fresh(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a demo that nobody has touched."""
    started = Process(tmp_path_factory.mktemp("stranger"), "demo", "--port", "0")
    started.start()
    with http() as client:
        is_ready(client, started.address)
    yield started.address
    started.stop()


def says(page: Page, words: str) -> None:
    page.locator("#text").fill(words)
    page.get_by_role("button", name="Отправить").click()


def books(page: Page, words: str) -> None:
    """Asks for a time, takes the first that is offered, and is asked to confirm it."""
    yes = page.locator("#messages").get_by_role("button", name="Да, записать")
    before, offers = yes.count(), page.locator("#messages li").filter(has_text="удобно")
    offered = offers.count()
    says(page, words)
    expect(offers).to_have_count(offered + 1, timeout=SOON_MS)
    offers.last.get_by_role("button").first.click()
    expect(yes).to_have_count(before + 1, timeout=SOON_MS)


def test_the_way_from_a_booking_through_an_outage_to_the_desk(chromium: Browser, fresh: str) -> None:
    with visitor(chromium, fresh, DESKTOP, "light", "ru-RU") as one:
        page, messages = one.page, one.page.locator("#messages")
        one.opens("/")
        books(page, "Запишите меня на маникюр без покрытия на послезавтра")
        messages.get_by_role("button", name="Да, записать").last.click()
        expect(messages).to_contain_text("Записала вас", timeout=SOON_MS)
        one.photographs("stranger-1-booked")
        page.get_by_role("button", name="Выключить журнал").click()
        expect(page.locator("#state")).to_contain_text("Журнал не отвечает", timeout=SOON_MS)
        one.photographs("stranger-1-down")
        books(page, "Запишите меня на массаж спины в четверг")
        messages.get_by_role("button", name="Да, записать").last.click()
        expect(page.locator("#state")).to_contain_text("ждёт журнала: 1", timeout=SOON_MS)
        one.photographs("stranger-2-down")
        page.get_by_role("link", name="Очередь").click()
        expect(page.locator("main")).to_contain_text("Новая запись")
        one.photographs("stranger-3-waits")
        page.get_by_role("link", name="Попробовать").click()
        page.get_by_role("button", name="Включить журнал").click()
        expect(page.locator("#journal")).to_contain_text("Массаж спины", timeout=SOON_MS)
        expect(page.locator("#state")).to_contain_text("Журнал отвечает", timeout=SOON_MS)
        one.photographs("stranger-4-done")
        assert one.faults == []


@pytest.mark.parametrize("screen", [DESKTOP, PHONE], ids=["desktop", "phone"])
def test_a_conversation_that_waits_is_taken_over_answered_and_given_back(
    chromium: Browser, fresh: str, screen: dict[str, int]
) -> None:
    with visitor(chromium, fresh, screen, "light", "ru-RU") as one:
        one.opens("/desk/conversations")
        page, words = one.page, f"Здравствуйте! Сейчас помогу ({screen['width']})."
        page.get_by_role("link", name="Ростислав").click()
        page.get_by_role("button", name="Взять на себя").click()
        page.get_by_label("Ваш ответ клиенту").fill(words)
        page.get_by_role("button", name="Отправить").click()
        expect(page.locator("#lines")).to_contain_text(words)
        expect(page.locator("#lines")).to_contain_text("отправлено", timeout=SOON_MS)
        one.photographs(f"stranger-5-answered-{screen['width']}")
        page.get_by_role("button", name="Вернуть ассистенту").click()
        expect(page.locator("#state")).to_contain_text("отвечает ассистент")
        assert one.faults == []


def test_the_desk_tells_why_appointments_were_cancelled(chromium: Browser, fresh: str) -> None:
    with visitor(chromium, fresh, DESKTOP, "light", "ru-RU") as one:
        one.opens("/desk")
        expect(one.page.locator(".block").first).to_be_visible()
        one.page.get_by_role("link", name="Отмены").click()
        for reason in ("Болезнь", "Не может прийти", "Нужно другое время", "WhatsApp", "Telegram"):
            expect(one.page.get_by_role("row", name=reason).first).to_be_visible()
        one.photographs("stranger-6-why")
        assert one.barriers() == []
        assert one.faults == []
