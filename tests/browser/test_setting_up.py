"""From an empty folder to a salon that answers: the first link, and each step of the set-up, wrong tokens first."""

import stat
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from blackbox.processes import http, is_ready
from browser.first_start import BOT, MAX, NUMBER, FirstStart, first_start
from browser.walking import DESKTOP, PHONE, Visitor, visitor

PASSWORD = "a long enough password"
SOON_MS = 20_000
STEPS = ("salon", "whatsapp", "telegram", "max", "web", "service", "done")


@pytest.fixture(scope="module")
def start(tmp_path_factory: pytest.TempPathFactory) -> Iterator[FirstStart]:
    with first_start(tmp_path_factory.mktemp("first")) as started:
        yield started


def signs_in(page: Page, start: FirstStart, name: str = "Мария") -> None:
    page.goto(f"{start.address}/desk/sign-in")
    page.get_by_label("Имя", exact=True).fill(name)
    page.get_by_label("Пароль", exact=True).fill(PASSWORD)
    page.get_by_role("button", name="Войти").click()
    expect(page.get_by_role("heading", level=1, name="Подключение")).to_be_visible(timeout=SOON_MS)


def enters(page: Page, **fields: str) -> None:
    """Fills in the step by the names of its fields and has it written and looked at."""
    for name, said in fields.items():
        page.locator(f"[name={name}]").fill(said)
    page.get_by_role("button", name="Сохранить и проверить").click()
    expect(page.locator(".findings li").first).to_be_visible(timeout=SOON_MS)


def no_faults(one: Visitor) -> list[str]:
    """A form that is refused is answered 422, and a browser notes that; nothing else may be there."""
    return [fault for fault in one.faults if "422" not in fault]


def test_the_first_link_lets_the_owner_in_once_to_set_a_password(chromium: Browser, start: FirstStart) -> None:
    with visitor(chromium, start.address, PHONE, "light", "ru-RU") as one:
        page = one.page
        one.opens(start.link)
        one.photographs("first-link")
        assert one.barriers() == []
        page.get_by_role("button", name="Войти").click()
        expect(page.get_by_role("heading", name="Новый пароль")).to_be_visible()
        page.get_by_label("Имя для входа").fill("Мария")
        page.get_by_label("Новый пароль").fill(PASSWORD)
        page.get_by_label("Ещё раз").fill(f"{PASSWORD}?")
        page.get_by_role("button", name="Сохранить").click()
        expect(page.get_by_role("alert")).to_contain_text("не совпадают")
        one.photographs("first-password")
        assert one.barriers() == []
        page.get_by_label("Новый пароль").fill(PASSWORD)
        page.get_by_label("Ещё раз").fill(PASSWORD)
        page.get_by_role("button", name="Сохранить").click()
        expect(page.get_by_role("heading", level=1, name="Подключение")).to_be_visible()
        assert no_faults(one) == []
    with visitor(chromium, start.address, DESKTOP, "dark", "ru-RU") as another:
        another.opens(start.link)
        another.page.get_by_role("button", name="Войти").click()
        expect(another.page.get_by_role("heading", name="Ссылка больше не действует")).to_be_visible()


def test_a_wrong_password_is_told_and_the_right_one_opens_the_set_up(chromium: Browser, start: FirstStart) -> None:
    with visitor(chromium, start.address, DESKTOP, "dark", "ru-RU") as one:
        one.opens("/desk")
        one.page.get_by_label("Имя", exact=True).fill("Мария")
        one.page.get_by_label("Пароль", exact=True).fill("something else")
        one.page.get_by_role("button", name="Войти").click()
        expect(one.page.get_by_role("alert")).to_contain_text("не подходят")
        one.photographs("sign-in-wrong")
        assert one.barriers() == []
        signs_in(one.page, start)
        assert [fault for fault in one.faults if "401" not in fault] == []


def test_wrong_tokens_of_the_journal_are_told_in_russian_and_the_right_ones_pass(
    chromium: Browser, start: FirstStart
) -> None:
    with visitor(chromium, start.address, DESKTOP, "light", "ru-RU") as one:
        page, where = one.page, {"branch": "962302", "base_url": start.provider}
        signs_in(page, start)
        page.get_by_label("Номер филиала").fill("962302")
        page.get_by_role("button", name="Сохранить и проверить").click()
        expect(page.get_by_role("alert")).to_contain_text("Заполните: Токен партнёра")
        enters(page, partner_token="partner-0000", user_token="demo-user", **where)
        expect(page.locator(".findings .broken")).to_contain_text("журнал не знает этого токена партнёра")
        expect(page.get_by_role("heading", name="Записано, но ещё не работает")).to_be_visible()
        one.photographs("setup-salon-wrong")
        assert one.barriers() == []
        enters(page, partner_token="demo-partner", user_token="user-0000")
        expect(page.locator(".findings .broken")).to_contain_text("токена пользователя нет, он неверен")
        enters(page, user_token="demo-user", branch="1")
        expect(page.locator(".findings .broken")).to_be_visible()
        enters(page, **where)
        expect(page.locator(".findings .broken")).to_have_count(0)
        expect(page.locator(".findings")).to_contain_text("можно искать")
        one.photographs("setup-salon-right")
        assert one.barriers() == []
        assert "demo-partner" not in page.content()
        assert no_faults(one) == []


@pytest.mark.parametrize(
    ("step", "wrong", "told", "right", "well"),
    [
        (
            "whatsapp",
            {
                "phone_number_id": "100500",
                "access_token": "EAA0000",
                "app_secret": "app-0000",
                "verify_token": "verify-0000",
            },
            "Meta отказывает, код 190",
            {"access_token": NUMBER},
            "токен принят",
        ),
        ("telegram", {"token": "1:bot-0000"}, "Telegram не принимает токен", {"token": BOT}, "@clear_day_bot"),
        ("max", {"token": "max-0000", "secret": "a-long-secret"}, "MAX его не принимает", {"token": MAX}, "Ясный день"),
    ],
)
def test_each_messenger_is_looked_at_as_soon_as_it_is_written(  # noqa: PLR0917 - a step and what it says
    chromium: Browser,
    start: FirstStart,
    step: str,
    wrong: dict[str, str],
    told: str,
    right: dict[str, str],
    well: str,
) -> None:
    with visitor(chromium, start.address, PHONE, "dark", "ru-RU") as one:
        page = one.page
        signs_in(page, start)
        one.opens(f"/desk/setup?step={step}")
        address = {"whatsapp": "graph_url"}.get(step, "api_url")
        enters(page, **wrong, **{address: start.messengers})
        expect(page.locator(".findings .broken").first).to_contain_text(told)
        one.photographs(f"setup-{step}-wrong")
        assert one.barriers() == []
        enters(page, **right)
        expect(page.locator(".findings .ok").first).to_contain_text(well)
        one.photographs(f"setup-{step}-right")
        assert not one.overflows()
        assert one.faults == []


@pytest.mark.parametrize(("screen", "theme"), [("phone", "light"), ("phone", "dark"), ("desktop", "dark")])
def test_every_step_can_be_read_by_everybody(chromium: Browser, start: FirstStart, screen: str, theme: str) -> None:
    with visitor(chromium, start.address, {"phone": PHONE, "desktop": DESKTOP}[screen], theme, "ru-RU") as one:
        signs_in(one.page, start)
        for step in STEPS:
            one.opens(f"/desk/setup?step={step}")
            one.photographs(f"setup-{step}-{screen}-{theme}")
            assert one.barriers() == []
            assert not one.overflows()
        assert one.faults == []


def test_the_set_up_ends_in_a_salon_that_runs(chromium: Browser, start: FirstStart) -> None:
    with visitor(chromium, start.address, DESKTOP, "light", "ru-RU") as one:
        page = one.page
        signs_in(page, start)
        one.opens("/desk/setup?step=service")
        page.get_by_role("button", name="Новый секрет для журнала").click()
        expect(page.get_by_role("status").filter(has_text="Скопируйте адрес сейчас")).to_be_visible()
        one.photographs("setup-service-secret")
        one.opens("/desk/setup?step=done")
        one.photographs("setup-done")
        page.get_by_role("button", name="Запустить").click()
        expect(page.get_by_role("heading", name="Запускается")).to_be_visible()
        one.photographs("setup-starts")
        file = start.folder / "frontdesk.toml"
        assert stat.S_IMODE(file.stat().st_mode) == stat.S_IRUSR | stat.S_IWUSR
        assert "webhook_secret" in start.written()
    with http() as client:
        is_ready(client, start.address)
