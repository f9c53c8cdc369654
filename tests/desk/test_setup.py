"""The guided set-up as its owner walks it, over a settings file in a folder of its own."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any, cast

import pytest
from desk_kit import Browser, House
from starlette.applications import Starlette
from structlog.testing import CapturingLogger
from structlog.typing import FilteringBoundLogger
from test_audit import deeds

from frontdesk.desk.app import desk_routes
from frontdesk.desk.page import every_page
from frontdesk.desk.set_up import SET_UP, Finding, SetUp
from frontdesk.service.set_up import SettingsFile
from frontdesk.store.users import Role

PARTNER, USER = "partner-secret-1", "user-secret-2"
SALON = {
    "step": "salon",
    "provider": "yclients",
    "partner_token": PARTNER,
    "user_token": USER,
    "branch": "962302",
    "title": "",
    "base_url": "",
}
HOSTILE = '"><script>alert(1)</script>'


@dataclass
class Site:
    """A desk with a set-up, whose doctor finds what a test says."""

    house: House
    file: SettingsFile
    findings: Sequence[Finding] = (Finding("ok", "host", "the API answers", ""),)
    log: CapturingLogger = field(default_factory=CapturingLogger)
    finished: list[bool] = field(default_factory=list)
    examined: list[str] = field(default_factory=list)

    async def examine(self, kind: str) -> Sequence[Finding]:
        self.examined.append(kind)
        return self.findings

    def browser(self, role: Role = Role.OWNER, *, is_first: bool = False, is_stale: bool = False) -> Browser:
        set_up = SetUp(
            command="frontdesk run --config frontdesk.toml",
            written=self.file.written,
            keep=self.file.keep,
            examine=self.examine,
            is_stale=lambda: is_stale,
            finish=lambda: self.finished.append(True),
            is_first=is_first,
        )
        desk = replace(self.house.desk(), set_up=set_up, log=cast("FilteringBoundLogger", self.log))
        self.house.user(role=role)
        one = Browser(Starlette(routes=desk_routes(desk)))
        one.sign_in()
        return one


@pytest.fixture
def site(house: House, tmp_path: Path) -> Site:
    return Site(house, SettingsFile(tmp_path / "frontdesk.toml", {}))


def save(one: Browser, **fields: str) -> Any:
    return one.submit(SET_UP, **fields)


def test_a_step_is_written_for_its_owner_alone_to_read_looked_at_and_noted(site: Site) -> None:
    answer = save(site.browser(), **SALON)
    assert "API отвечает" in answer.text
    assert site.file.path.stat().st_mode & 0o777 == 0o600
    assert site.file.settings().salon["centre"].partner_token.get_secret_value() == PARTNER
    assert site.examined == ["salon"]
    assert site.house.reads(deeds) == [("Anna", "Подключение изменено", "salon")]


def test_a_secret_is_never_shown_again_nor_logged(site: Site) -> None:
    site.findings = (Finding("broken", "partner token", "unknown", "Copy it anew."),)
    one = site.browser()
    pages = [
        save(one, **SALON),
        *(one.get(f"{SET_UP}?step={kind}") for kind in ("salon", "whatsapp", "service", "done")),
    ]
    for page in pages:
        assert PARTNER not in page.text
        assert USER not in page.text
    assert "Записано, но ещё не работает" in pages[0].text
    assert PARTNER not in str(site.log.calls)


def test_a_secret_left_empty_stays_and_what_is_emptied_goes(site: Site) -> None:
    one = site.browser()
    save(one, **{**SALON, "title": "Ясный день"})
    save(one, **{**SALON, "partner_token": "", "user_token": "another"})
    salon = site.file.settings().salon["centre"]
    assert (salon.partner_token.get_secret_value(), salon.user_token.get_secret_value()) == (PARTNER, "another")
    assert salon.title == ""


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"partner_token": ""}, "Заполните: Токен партнёра"),
        ({"branch": "twelve"}, "нужно число"),
        ({"branch": "0"}, "company_id"),
        ({"provider": "other"}, "Выберите из списка"),
        ({"title": "а\nб"}, "невидимые знаки"),
        ({"title": "я" * 2001}, "Слишком длинно"),
    ],
)
def test_what_can_not_be_is_refused_in_place_and_nothing_is_written(
    site: Site, change: dict[str, str], says: str
) -> None:
    answer = save(site.browser(), **(SALON | change))
    assert answer.status_code == 422
    assert says in answer.text
    assert PARTNER not in answer.text
    assert not site.file.path.exists()
    assert site.examined == []


def test_what_was_typed_stays_in_its_field(site: Site) -> None:
    answer = save(site.browser(), **(SALON | {"branch": "", "title": "Ясный день у реки"}))
    assert "Ясный день у реки" in answer.text


def test_a_messenger_serves_the_salon_and_a_bot_fetches_its_messages(site: Site) -> None:
    one = site.browser()
    save(one, **SALON)
    save(one, step="telegram", token="1:abc", api_url="")
    bot = site.file.settings().telegram["main"]
    assert (bot.salons, bot.mode, bot.token.get_secret_value()) == (("centre",), "polling", "1:abc")


def test_a_messenger_before_the_salon_is_refused_with_the_reason(site: Site) -> None:
    answer = save(site.browser(), step="telegram", token="1:abc", api_url="")
    assert answer.status_code == 422
    assert not site.file.path.exists()


def test_the_address_with_a_new_secret_is_shown_once(site: Site) -> None:
    one = site.browser()
    save(one, **SALON)
    save(one, step="service", public_url="https://desk.example")
    shown = one.submit(f"{SET_UP}/secret", page=f"{SET_UP}?step=service").text
    secret = site.file.settings().salon["centre"].webhook_secret
    assert secret
    assert f"https://desk.example/webhooks/yclients/centre?secret={secret.get_secret_value()}" in shown
    assert secret.get_secret_value() not in one.get(f"{SET_UP}?step=service").text


def test_hostile_text_shows_as_text(site: Site) -> None:
    site.findings = (Finding("warning", "salon", HOSTILE, HOSTILE),)
    answer = save(site.browser(), **(SALON | {"title": HOSTILE}))
    assert "<script>alert" not in answer.text


def test_before_the_first_start_there_is_nothing_but_the_set_up(site: Site) -> None:
    one = site.browser(is_first=True)
    assert one.get("/desk").headers["location"] == SET_UP
    others = [page.path for page in every_page() if page.path.startswith("/desk/") and page.path != SET_UP]
    assert {one.get(path).status_code for path in others} == {404}


def test_the_service_starts_once_the_salon_is_there(site: Site) -> None:
    one = site.browser(is_first=True)
    one.submit(f"{SET_UP}/finish", page=SET_UP)
    assert site.finished == []
    save(one, **SALON)
    assert "frontdesk run --config" in one.submit(f"{SET_UP}/finish", page=SET_UP).text
    assert site.finished == [True]


def test_a_running_service_is_not_ended_and_says_that_it_must_be_restarted_and_why(site: Site) -> None:
    one = site.browser(is_stale=True)
    assert "только при запуске" in one.get(SET_UP).text
    save(one, **SALON)
    one.submit(f"{SET_UP}/finish", page=SET_UP)
    assert site.finished == []


@pytest.mark.parametrize("role", [Role.ADMINISTRATOR, Role.MASTER])
def test_nobody_but_the_owner_sees_or_changes_it(site: Site, role: Role) -> None:
    one = site.browser(role)
    assert one.get(SET_UP).status_code == 403
    for path in ("", "/look", "/secret", "/finish"):
        assert one.post(SET_UP + path, {"form_token": "0" * 64, **SALON}).status_code == 403
    assert not site.file.path.exists()


def test_a_forged_form_writes_nothing(site: Site) -> None:
    assert site.browser().post(SET_UP, {"form_token": "0" * 64, **SALON}).status_code == 403
    assert not site.file.path.exists()
