"""The day's board in a browser: the card of an appointment, and what the journal makes of a mark."""

import pytest
from playwright.sync_api import Browser, expect

from browser.walking import DESKTOP, PHONE, Visitor, visitor


def opens_tomorrow(one: Visitor) -> None:
    """Somebody comes every tomorrow of the demo salon."""
    one.opens("/desk")
    one.page.get_by_label("Следующий день").click()
    one.page.wait_for_load_state("load")


def test_a_mark_goes_to_the_journal_and_the_block_shows_it_without_a_reload(chromium: Browser, demo: str) -> None:
    with visitor(chromium, demo, DESKTOP, "light", "ru-RU") as one:
        opens_tomorrow(one)
        block = one.page.locator(".block.waiting").first
        key = block.get_attribute("id")
        block.get_by_role("link").click()
        card = one.page.get_by_role("dialog")
        card.get_by_text("Не пришёл").click()
        card.get_by_label("Комментарий").fill("Не отвечает на звонки")
        one.photographs("today-card-desktop")
        assert one.barriers() == []
        card.get_by_role("button", name="Отправить в журнал").click()
        expect(card).to_be_hidden()
        expect(one.page.locator(f"#{key}.no_show")).not_to_contain_text("Отправляю", timeout=20_000)
        one.photographs("today-no-show-desktop")
        one.page.locator(f"#{key}").get_by_role("link").click()
        expect(card).to_contain_text("Не отвечает на звонки")
        expect(card).to_contain_text("Отмечено: не пришёл")
        assert one.faults == []


def test_the_card_opens_and_closes_by_keyboard(chromium: Browser, demo: str) -> None:
    with visitor(chromium, demo, DESKTOP, "dark", "ru-RU") as one:
        opens_tomorrow(one)
        one.page.locator(".block").get_by_role("link").first.focus()
        one.page.keyboard.press("Enter")
        card = one.page.get_by_role("dialog")
        expect(card).to_be_visible()
        one.page.keyboard.press("Escape")
        expect(card).to_be_hidden()
        assert one.faults == []


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_on_a_phone_the_names_lead_to_each_master(chromium: Browser, demo: str, theme: str) -> None:
    with visitor(chromium, demo, PHONE, theme, "ru-RU") as one:
        opens_tomorrow(one)
        names = one.page.get_by_role("navigation", name="Мастера").get_by_role("link")
        last = names.last.inner_text()
        names.last.click()
        expect(one.page.get_by_role("heading", name=last)).to_be_in_viewport()
        one.photographs(f"today-last-master-phone-{theme}")
        assert not one.overflows()
        assert one.barriers() == []


def test_the_list_says_the_same_for_who_does_not_see_the_board(chromium: Browser, demo: str) -> None:
    with visitor(chromium, demo, PHONE, "light", "ru-RU") as one:
        opens_tomorrow(one)
        blocks = one.page.locator(".block").count()
        one.page.get_by_role("link", name="Список").click()
        expect(one.page.locator(".day-list tbody tr")).to_have_count(blocks)
        one.photographs("today-list-phone")
        assert not one.overflows()
        assert one.barriers() == []


def test_another_day_is_opened_as_soon_as_it_is_chosen(chromium: Browser, demo: str) -> None:
    with visitor(chromium, demo, DESKTOP, "light", "ru-RU") as one:
        opens_tomorrow(one)
        heading, chosen = one.page.get_by_role("heading", level=1), one.page.get_by_label("День", exact=True)
        day, month, year = map(int, chosen.input_value().split("."))
        another = 15 if day != 15 else 16
        chosen.fill(f"{another}.{month}.{year}")
        chosen.press("Enter")
        expect(heading).to_contain_text(f"{another} ")
        expect(chosen).to_have_value(f"{another}.{month:02}.{year}")
        assert one.faults == []


def test_the_browsers_own_calendar_writes_the_day_as_people_here_do(chromium: Browser, demo: str) -> None:
    with visitor(chromium, demo, DESKTOP, "light", "en-US") as one:
        one.opens("/desk")
        expect(one.page.get_by_role("button", name="Open the calendar")).to_be_visible()
        one.page.locator(".date .picker").evaluate(
            "one => { one.value = '2026-12-31'; one.dispatchEvent(new Event('change', {bubbles: true})); }"
        )
        expect(one.page.get_by_role("heading", level=1)).to_contain_text("31 December")
        expect(one.page.get_by_label("Day", exact=True)).to_have_value("31.12.2026")
        assert one.faults == []
