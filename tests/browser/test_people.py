"""The owner lets people in: a master sees their own column and week alone, whoever is removed is out."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from blackbox.processes import Process, http, is_ready
from browser.walking import DESKTOP, PHONE, visitor

LINK = re.compile(r"/desk/link/[\w-]+")


@pytest.fixture(scope="module")
def staffed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a demo of its own, as its owner reaches it."""
    started = Process(tmp_path_factory.mktemp("people"), "demo", "--port", "0")
    started.start()
    with http() as client:
        is_ready(client, started.address)
    yield started.address
    started.stop()


def invited(chromium: Browser, address: str, name: str, role: str, master: str = "") -> str:
    """The owner adds somebody; the path of the link that they are given."""
    with visitor(chromium, address, DESKTOP, "light", "ru-RU") as owner:
        owner.opens("/desk/people")
        owner.page.get_by_label("Имя для входа").fill(name)
        owner.page.get_by_label("Роль").select_option(role)
        if master:
            owner.page.get_by_label("Кто это в журнале").select_option(label=master)
        owner.page.get_by_role("button", name="Добавить").click()
        shown = owner.page.get_by_role("status").filter(has_text="Передайте эту ссылку")
        expect(shown).to_be_visible()
        owner.photographs(f"people-added-{role}")
        assert owner.barriers() == []
        assert owner.faults == []
        found = LINK.search(shown.inner_text())
    assert found is not None
    return found[0]


@pytest.mark.parametrize(("screen", "theme"), [(DESKTOP, "dark"), (PHONE, "light")], ids=["desktop", "phone"])
def test_a_master_sees_their_own_day_and_week_and_nothing_else(
    chromium: Browser, staffed: str, screen: dict[str, int], theme: str
) -> None:
    name = f"мария {screen['width']}"
    link = invited(chromium, staffed, name, "master", "Мария Лебедева")
    with visitor(chromium, staffed, screen, theme, "ru-RU") as one:
        page = one.page
        one.opens(link)
        page.get_by_role("button", name="Войти").click()
        page.wait_for_load_state("load")
        one.opens("/desk")
        expect(page.locator(".column h2")).to_have_count(1)
        expect(page.locator(".column h2")).to_have_text("Мария Лебедева")
        one.photographs(f"master-today-{screen['width']}")
        assert one.barriers() == []
        sections = page.get_by_role("navigation", name="Разделы").get_by_role("link")
        expect(sections).to_have_count(2)
        sections.last.click()
        expect(page.get_by_role("heading", level=1, name="Моя неделя")).to_be_visible()
        one.photographs(f"master-week-{screen['width']}")
        assert one.barriers() == []
        assert not one.overflows()
        assert one.faults == []
        for path in ("/desk/conversations", "/desk/outbox", "/desk/cancellations", "/desk/people", "/desk/settings"):
            one.opens(path)
            expect(page.get_by_role("heading", name="Эта страница не для вас")).to_be_visible()


def test_whoever_is_removed_is_out_at_once(chromium: Browser, staffed: str) -> None:
    link = invited(chromium, staffed, "борис", "administrator")
    with visitor(chromium, staffed, DESKTOP, "light", "ru-RU") as one:
        one.opens(link)
        one.page.get_by_role("button", name="Войти").click()
        one.opens("/desk/outbox")
        expect(one.page.locator(".me")).to_contain_text("Борис")
        with visitor(chromium, staffed, PHONE, "dark", "ru-RU") as owner:
            owner.opens("/desk/people")
            owner.photographs("people-phone-dark")
            assert owner.barriers() == []
            owner.page.get_by_role("button", name="Убрать: Борис").click()
            expect(owner.page.get_by_role("button", name="Убрать: Борис")).to_have_count(0)
        one.opens("/desk/outbox")
        expect(one.page.locator(".me")).not_to_contain_text("Борис")
