"""Each page as a browser shows it: on a phone and on a desk, in light and in dark."""

import re
from itertools import product

import pytest
from playwright.sync_api import Browser, expect

from browser.walking import DESKTOP, PHONE, visitor
from frontdesk.desk.page import every_page
from frontdesk.desk.set_up import SET_UP

CONVERSATIONS = "/desk/conversations"
FURTHER = [f"{CONVERSATIONS}/1", "/desk/settings/texts", "/desk/nowhere", "/desk/link/a-link", "/desk/sign-in"]
PATHS = [*(page.path for page in every_page() if page.path != SET_UP), *FURTHER]
"""The demo has nothing to set up."""
SCREENS = {"phone": PHONE, "desktop": DESKTOP}


def name(path: str) -> str:
    return re.sub(r"\W+", "-", path).strip("-")


@pytest.mark.parametrize(("screen", "theme"), list(product(SCREENS, ("light", "dark"))))
@pytest.mark.parametrize("path", PATHS, ids=name)
def test_a_page_has_no_barrier_no_fault_and_asks_nobody_else(
    chromium: Browser, demo: str, path: str, screen: str, theme: str
) -> None:
    with visitor(chromium, demo, SCREENS[screen], theme, "ru-RU") as one:
        one.opens(path)
        one.photographs(f"{name(path)}-{screen}-{theme}")
        assert one.barriers() == []
        assert not one.overflows()
        assert [fault for fault in one.faults if "404 (Not Found)" not in fault or path != "/desk/nowhere"] == []


@pytest.mark.parametrize("path", PATHS, ids=name)
def test_a_page_speaks_english_to_whose_browser_does(chromium: Browser, demo: str, path: str) -> None:
    with visitor(chromium, demo, DESKTOP, "light", "en-GB") as one:
        one.opens(path)
        one.photographs(f"{name(path)}-english")
        assert one.page.locator("html").get_attribute("lang") == "en"
        assert one.barriers() == []


def test_what_a_client_writes_appears_without_a_reload(chromium: Browser, demo: str) -> None:
    with visitor(chromium, demo, DESKTOP, "light", "ru-RU") as one:
        one.opens(f"{CONVERSATIONS}/3")
        words = "А педикюр у вас делают?"
        sent = one.page.request.post(f"{demo}/chat/79000000003/messages", data={"id": "live", "text": words})
        assert sent.ok
        expect(one.page.locator("#lines")).to_contain_text(words, timeout=15_000)
        assert one.faults == []


def test_the_colours_can_be_chosen_against_the_system(chromium: Browser, demo: str) -> None:
    with visitor(chromium, demo, DESKTOP, "light", "ru-RU") as one:
        one.opens(CONVERSATIONS)
        one.page.locator(".account summary").click()
        one.photographs("account-desktop")
        one.page.get_by_role("button", name="Тёмная").click()
        expect(one.page.locator("html")).to_have_attribute("data-theme", "dark")
        expect(one.page).to_have_url(demo + CONVERSATIONS)
        assert one.barriers() == []
        one.page.locator(".account summary").click()
        one.page.get_by_role("button", name="English").click()
        expect(one.page.get_by_role("heading", name="Conversations")).to_be_visible()


def test_the_keyboard_reaches_the_content_first(chromium: Browser, demo: str) -> None:
    with visitor(chromium, demo, DESKTOP, "light", "ru-RU") as one:
        one.opens(CONVERSATIONS)
        one.page.keyboard.press("Tab")
        expect(one.page.get_by_role("link", name="К содержанию")).to_be_focused()
        one.page.keyboard.press("Enter")
        one.page.keyboard.press("Tab")
        assert one.page.evaluate("document.activeElement.closest('main') !== null")


def test_a_menu_closes_with_escape(chromium: Browser, demo: str) -> None:
    with visitor(chromium, demo, PHONE, "light", "ru-RU") as one:
        one.opens(CONVERSATIONS)
        one.page.locator(".account summary").click()
        one.photographs("account-phone")
        expect(one.page.get_by_text("Как в системе")).to_be_visible()
        one.page.keyboard.press("Escape")
        expect(one.page.get_by_text("Как в системе")).to_be_hidden()
