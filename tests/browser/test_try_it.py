"""A stranger tries the demo: asks, takes the journal down, brings it back, and sees the request go through."""

from playwright.sync_api import Browser, expect

from browser.walking import DESKTOP, visitor

SOON_MS = 20_000


def test_a_request_made_while_the_journal_is_down_goes_through_when_it_is_back(chromium: Browser, demo: str) -> None:
    with visitor(chromium, demo, DESKTOP, "light", "ru-RU") as one:
        page = one.page
        one.opens("/")
        expect(page).to_have_url(f"{demo}/chat")
        yes = page.get_by_role("button", name="Да, отменить")
        expect(yes).to_have_count(1, timeout=SOON_MS)
        page.get_by_role("button", name="Хочу отменить запись").click()
        expect(yes).to_have_count(2, timeout=SOON_MS)
        page.get_by_role("button", name="Выключить журнал").click()
        expect(page.locator("#state")).to_contain_text("Журнал не отвечает")
        yes.last.click()
        expect(page.locator("#state")).to_contain_text("ждёт журнала: 1", timeout=SOON_MS)
        page.get_by_text("Запросы к журналу").click()
        expect(page.locator(".requests tbody tr").first).to_be_visible()
        one.photographs("try-it-down")
        assert one.barriers() == []
        page.get_by_role("button", name="Включить журнал").click()
        expect(page.locator('#journal li[data-status="no_show"]')).to_be_visible(timeout=SOON_MS)
        expect(page.locator("#state")).to_contain_text("Журнал отвечает", timeout=SOON_MS)
        expect(page.locator("#messages")).to_contain_text("отменила", ignore_case=True, timeout=SOON_MS)
        one.photographs("try-it-through")
        assert one.faults == []
