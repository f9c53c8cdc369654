"""The doctor names the cause of what is wrong and says what to do; of a fine set-up it has nothing to say."""

import json
import sqlite3
from collections.abc import Callable, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from datetime import date, timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Any

import httpx2
import pytest

from frontdesk.emulator.app import Emulator, build
from frontdesk.emulator.faults import Rule
from frontdesk.service.doctor import Instruments, examine
from frontdesk.service.findings import Finding, State, as_rows, as_text, is_broken
from frontdesk.service.witness import MOST_CALLS
from frontdesk.store.database import open_store
from frontdesk.yclients.turnstile import Open
from service_kit import FakeClock

COMPANY = 962302
PHONE_NUMBER_ID = "106540352242922"
SETTINGS = """
[store]
url = "sqlite:///{folder}/frontdesk.db"

[salon.centre]
{salon}

[whatsapp.main]
salons = ["centre"]
phone_number_id = "106540352242922"
access_token = "EAAG-whatsapp-access-token"
app_secret = "app-secret"
verify_token = "verify-token"

[telegram.main]
salons = ["centre"]
token = "110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw"
secret = "telegram-secret"
"""
SALON = {
    "company_id": COMPANY,
    "partner_token": '"demo-partner"',
    "user_token": '"demo-user"',
    "webhook_secret": '"provider-secret"',
}
HOOKS = {
    "urls": ["https://desk.example.com/webhooks/yclients/centre?secret=provider-secret"],
    "active": 1,
    **dict.fromkeys(("record", "client", "master", "service", "service_category", "salon"), 1),
}
GATEWAY_TIMEOUT = Rule(do="status", value=504)

Handler = Callable[[httpx2.Request], httpx2.Response]


class Provider(httpx2.AsyncBaseTransport):
    """The emulator, with a clock of its own in the Date header; or `instead`, which stands before it."""

    def __init__(self, emulator: Emulator, clock: FakeClock) -> None:
        self._inner = httpx2.ASGITransport(emulator)
        self.clock = clock
        self.ahead: timedelta | None = timedelta()
        self.instead: Handler | None = None
        self.methods: list[tuple[str, str]] = []

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        self.methods.append((request.method, request.url.path))
        if self.instead:
            return self.instead(request)
        answer = await self._inner.handle_async_request(request)
        if self.ahead is None:
            return answer
        answer.headers["date"] = format_datetime(self.clock.now() + self.ahead, usegmt=True)
        return answer


def meta_and_telegram(answers: Mapping[str, Any]) -> httpx2.MockTransport:
    """Both messengers: the answer to each question by the end of its path."""

    def answer(request: httpx2.Request) -> httpx2.Response:
        said = answers[request.url.path.rsplit("/", 1)[1]]
        if isinstance(said, Exception):
            raise said
        status, body = said
        return httpx2.Response(status, json=body)

    return httpx2.MockTransport(answer)


@dataclass
class Clinic:
    """A fine set-up, and what a test breaks in it."""

    folder: Path
    clock: FakeClock = field(default_factory=FakeClock)
    salon: dict[str, Any] = field(default_factory=lambda: dict(SALON))
    settings: str = SETTINGS
    more: str = ""

    def __post_init__(self) -> None:
        self.emulator = build("demo", pace=False)
        self.emulator.world.clock.set(self.clock.now())
        self.emulator.world.hooks[COMPANY] = dict(HOOKS)
        self.provider = Provider(self.emulator, self.clock)
        self.messengers: dict[str, Any] = {
            PHONE_NUMBER_ID: (200, {"id": PHONE_NUMBER_ID, "verified_name": "Ясный день", "quality_rating": "GREEN"}),
            "getMe": (200, {"ok": True, "result": {"id": 110201543, "username": "yasny_bot"}}),
            "getWebhookInfo": (
                200,
                {"ok": True, "result": {"url": "https://desk.example.com/webhooks/telegram/main"}},
            ),
        }

    @property
    def rights(self) -> dict[str, Any]:
        return next(iter(self.emulator.world.users.values())).rights[COMPANY]

    def examined(self) -> tuple[Finding, ...]:
        salon = "\n".join(f"{key} = {value}" for key, value in self.salon.items())
        path = self.folder / "frontdesk.toml"
        path.write_text(self.settings.format(folder=self.folder, salon=salon) + self.more, encoding="utf-8")
        instruments = Instruments(
            clock=self.clock,
            provider=self.provider,
            messengers=meta_and_telegram(self.messengers),
            gate=Open(),
            environment={},
        )
        return examine(path, instruments, lambda _: None)

    def faults(self) -> list[tuple[State, str, str]]:
        """What is not as it should be: how bad, what, and its words."""
        return [(one.state, one.check, one.seen) for one in self.examined() if one.state is not State.OK]

    def only_fault(self) -> Finding:
        """The one thing found wrong, which must say what to do."""
        found = self.examined()
        (fault,) = [one for one in found if one.state is not State.OK]
        assert fault.cure.endswith(".")
        assert is_broken(found) is (fault.state is State.BROKEN)
        return fault


@pytest.fixture
def clinic(tmp_path: Path) -> Clinic:
    return Clinic(tmp_path)


def test_of_a_fine_set_up_there_is_nothing_to_say(clinic: Clinic) -> None:
    found = clinic.examined()
    assert {one.state for one in found} == {State.OK}
    assert {one.cure for one in found} == {""}
    assert not is_broken(found)
    checks = {one.check for one in found}
    assert {"host", "partner token", "user token", "rights", "clock", "time zone", "pace"} <= checks
    assert as_text(found).endswith(f"{len(found)} ok, 0 warning, 0 broken")


def test_it_only_asks_and_asks_little(clinic: Clinic) -> None:
    clinic.examined()
    assert len(clinic.provider.methods) <= MOST_CALLS
    written = [path for method, path in clinic.provider.methods if method != "GET"]
    assert written == [f"/api/v1/company/{COMPANY}/clients/search"]
    assert not (clinic.folder / "frontdesk.db").exists()


def test_an_unknown_partner_token_is_the_partner_id_that_the_provider_misses(clinic: Clinic) -> None:
    clinic.salon["partner_token"] = '"bf7s9d2k4m8q"'
    fault = clinic.only_fault()
    assert (fault.state, fault.where, fault.check) == (State.BROKEN, "salon.centre", "partner token")
    assert "unknown to the provider or not activated" in fault.seen
    assert "«Не указан идентификатор партнера»" in fault.seen
    assert "partner_token" in fault.cure


def test_no_partner_token_at_all(clinic: Clinic) -> None:
    clinic.salon["partner_token"] = '""'
    fault = clinic.only_fault()
    assert (fault.check, fault.seen) == ("partner token", "no partner token reaches the provider")
    assert clinic.provider.methods == []


def test_a_user_token_that_ended(clinic: Clinic) -> None:
    clinic.salon["user_token"] = '"ended-user-token"'
    fault = clinic.only_fault()
    assert (fault.state, fault.check) == (State.BROKEN, "user token")
    assert "«Необходима авторизация»" in fault.seen


def test_an_address_that_redirects_to_another_host(clinic: Clinic) -> None:
    clinic.salon["base_url"] = '"https://www.example.com"'
    clinic.provider.instead = lambda _: httpx2.Response(301, headers={"location": "https://shop.example.org/"})
    fault = clinic.only_fault()
    assert (fault.state, fault.check) == (State.BROKEN, "host")
    assert fault.seen == "www.example.com is not the API's host: it redirects to shop.example.org"
    assert "https://api.yclients.com" in fault.cure


def test_an_address_that_is_a_web_page(clinic: Clinic) -> None:
    clinic.provider.instead = lambda _: httpx2.Response(200, html="<html>Онлайн-запись</html>")
    fault = clinic.only_fault()
    assert (fault.state, fault.check) == (State.BROKEN, "media type")
    assert "answers with text/html instead of JSON" in fault.seen


def test_an_address_with_the_path_of_the_api_in_it(clinic: Clinic) -> None:
    clinic.salon["base_url"] = '"https://api.yclients.com/api/v1"'
    fault = clinic.only_fault()
    assert (fault.state, fault.check) == (State.BROKEN, "host")
    assert "without a path" in fault.cure


@pytest.mark.parametrize("address", ["api.yclients.com", "http://salon:port", "https://", "ftp://api.yclients.com"])
def test_an_address_that_is_none(clinic: Clinic, address: str) -> None:
    clinic.salon["base_url"] = f'"{address}"'
    fault = clinic.only_fault()
    assert (fault.state, fault.check) == (State.BROKEN, "host")
    assert "base_url is no address" in fault.seen
    assert clinic.provider.methods == []


def test_a_host_that_does_not_answer(clinic: Clinic) -> None:
    clinic.emulator.faults.replace([Rule(do="refuse")])
    fault = clinic.only_fault()
    assert (fault.state, fault.check) == (State.BROKEN, "host")
    assert "no answer from the provider" in fault.seen


def test_a_provider_that_fails_is_not_the_salons_fault(clinic: Clinic) -> None:
    clinic.emulator.faults.replace([GATEWAY_TIMEOUT])
    fault = clinic.only_fault()
    assert (fault.state, fault.check) == (State.BROKEN, "provider")
    assert "Nothing to mend here" in fault.cure


def test_a_salon_that_does_not_exist(clinic: Clinic) -> None:
    clinic.salon["company_id"] = 5
    fault = clinic.only_fault()
    assert (fault.state, fault.check) == (State.BROKEN, "salon")
    assert "no salon with company_id 5" in fault.seen


def test_a_salon_that_is_not_connected_to_the_application(clinic: Clinic) -> None:
    clinic.emulator.world.partners["demo-partner"].company_ids = frozenset()
    fault = clinic.only_fault()
    assert (fault.state, fault.check) == (State.BROKEN, "salon")
    assert "is not connected to the application" in fault.seen


def test_a_licence_that_ended(clinic: Clinic) -> None:
    clinic.emulator.world.companies[COMPANY].licence_until = date(2026, 11, 1)
    fault = clinic.only_fault()
    assert (fault.state, fault.check) == (State.BROKEN, "licence")
    assert f"«Необходимо продлить лицензию в филиале с id: {COMPANY}»" in fault.seen


@pytest.mark.parametrize(
    ("right", "says"),
    [
        ("timetable_access", "the journal can't be read"),
        ("create_records_access", "nothing can be booked"),
        ("edit_records_access", "nothing can be moved"),
        ("edit_records_attendance_access", "nothing can be confirmed"),
        ("client_phones_access", "phones are hidden"),
    ],
)
def test_a_right_that_the_user_lacks(clinic: Clinic, right: str, says: str) -> None:
    clinic.rights[right] = False
    fault = clinic.only_fault()
    assert (fault.state, fault.check) == (State.BROKEN, "rights")
    assert right in fault.seen
    assert says in fault.seen
    assert right in fault.cure


def test_without_the_right_to_clients_their_search_fails_too(clinic: Clinic) -> None:
    clinic.rights["clients_access"] = False
    assert [(state, check) for state, check, _ in clinic.faults()] == [
        (State.BROKEN, "rights"),
        (State.BROKEN, "clients"),
    ]


def test_phones_that_come_hidden_whatever_the_rights_say(clinic: Clinic) -> None:
    for client in clinic.emulator.world.clients.of(COMPANY):
        client.phone = "7900*****01"
    fault = clinic.only_fault()
    assert (fault.state, fault.check) == (State.BROKEN, "clients")
    assert "phones hidden" in fault.seen


def test_deletion_as_a_fallback_without_the_right_to_it_is_a_warning(clinic: Clinic) -> None:
    clinic.rights["delete_records_access"] = False
    fault = clinic.only_fault()
    assert (fault.state, fault.check) == (State.WARNING, "deletion")
    assert "cancel.fallback_delete is on" in fault.seen


def test_deletion_as_the_way_to_cancel_without_the_right_to_it_is_broken(clinic: Clinic) -> None:
    clinic.rights["delete_records_access"] = False
    clinic.more = '\n[cancel]\nmethod = "delete"\n'
    fault = clinic.only_fault()
    assert (fault.state, fault.check) == (State.BROKEN, "deletion")


def test_deletion_that_nobody_asked_for_needs_no_right(clinic: Clinic) -> None:
    clinic.rights["delete_records_access"] = False
    clinic.more = "\n[cancel]\nfallback_delete = false\n"
    assert clinic.faults() == []


def test_a_list_that_is_refused_while_others_are_not(clinic: Clinic) -> None:
    clinic.emulator.faults.replace([Rule(do="status", value=403, path=f"/api/v1/company/{COMPANY}/staff*")])
    fault = clinic.only_fault()
    assert (fault.state, fault.check) == (State.BROKEN, "masters")


def test_one_call_too_many_ends_the_examination(clinic: Clinic) -> None:
    clinic.emulator.faults.replace([Rule(do="status", value=429, path="/api/v1/records/*")])
    fault = clinic.only_fault()
    assert (fault.state, fault.check) == (State.BROKEN, "pace")
    assert "too many calls" in fault.seen


@pytest.mark.parametrize(
    ("ahead", "state"),
    [
        (timedelta(seconds=-90), State.WARNING),
        (timedelta(minutes=-12), State.BROKEN),
        (timedelta(hours=1), State.BROKEN),
    ],
)
def test_a_clock_that_is_not_the_providers(clinic: Clinic, ahead: timedelta, state: State) -> None:
    clinic.provider.ahead = ahead
    fault = clinic.only_fault()
    assert (fault.state, fault.check) == (state, "clock")
    assert f"{abs(ahead).total_seconds():.0f} s apart" in fault.seen


def test_a_provider_that_does_not_say_what_time_it_is_says_nothing_of_our_clock(clinic: Clinic) -> None:
    clinic.provider.ahead = None
    found = clinic.examined()
    assert "clock" not in {one.check for one in found}
    assert {one.state for one in found} == {State.OK}


def test_a_time_zone_that_is_not_the_salons(clinic: Clinic) -> None:
    clinic.salon["time_zone"] = '"Asia/Yekaterinburg"'
    fault = clinic.only_fault()
    assert (fault.state, fault.check) == (State.BROKEN, "time zone")
    assert '"Europe/Moscow"' in fault.cure


def test_another_name_of_the_same_time_is_fine(clinic: Clinic) -> None:
    clinic.salon["time_zone"] = '"Europe/Simferopol"'
    assert clinic.faults() == []


def test_settings_that_can_not_be_read(clinic: Clinic) -> None:
    clinic.salon["user_token"] = '"env:NO_SUCH_TOKEN_OF_OURS"'
    fault = clinic.only_fault()
    assert (fault.where, fault.state) == ("settings", State.BROKEN)
    assert "NO_SUCH_TOKEN_OF_OURS" in fault.seen


def test_a_database_that_another_program_keeps_locked(clinic: Clinic) -> None:
    open_store(f"sqlite:///{clinic.folder}/frontdesk.db")._close()
    with closing(sqlite3.connect(clinic.folder / "frontdesk.db", isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        fault = clinic.only_fault()
    assert (fault.where, fault.state) == ("store", State.BROKEN)
    assert "locked" in fault.seen
    assert clinic.faults() == []


def test_a_database_of_a_newer_version(clinic: Clinic) -> None:
    open_store(f"sqlite:///{clinic.folder}/frontdesk.db")._close()
    with closing(sqlite3.connect(clinic.folder / "frontdesk.db")) as other, other:
        other.execute("UPDATE alembic_version SET version_num = '9999'")
    fault = clinic.only_fault()
    assert (fault.where, fault.cure) == ("store", "Update this Frontdesk.")


def test_a_file_that_is_no_database(clinic: Clinic) -> None:
    (clinic.folder / "frontdesk.db").write_text("a shopping list, by no means a database\n" * 50, encoding="utf-8")
    fault = clinic.only_fault()
    assert (fault.where, fault.state) == ("store", State.BROKEN)


@pytest.mark.parametrize(
    ("question", "answer", "state", "check"),
    [
        (PHONE_NUMBER_ID, (401, {"error": {"code": 190, "message": "expired"}}), State.BROKEN, "access token"),
        (PHONE_NUMBER_ID, (400, {"error": {"code": 100, "message": "no such id"}}), State.BROKEN, "number"),
        (PHONE_NUMBER_ID, (403, {"error": {"code": 10, "message": "denied"}}), State.BROKEN, "permissions"),
        (PHONE_NUMBER_ID, (200, {"id": PHONE_NUMBER_ID, "quality_rating": "RED"}), State.WARNING, "number"),
        (PHONE_NUMBER_ID, httpx2.ConnectError("no route"), State.WARNING, "messenger"),
        ("getMe", (401, {"ok": False, "error_code": 401, "description": "Unauthorized"}), State.BROKEN, "token"),
        ("getMe", httpx2.ReadTimeout("slow"), State.WARNING, "messenger"),
        ("getWebhookInfo", (200, {"ok": True, "result": {"url": ""}}), State.BROKEN, "webhook"),
        ("getWebhookInfo", (200, {"ok": True, "result": {"url": "https://a.example/b"}}), State.BROKEN, "webhook"),
    ],
)
def test_a_messenger_account_that_is_not_right(
    clinic: Clinic, question: str, answer: object, state: State, check: str
) -> None:
    clinic.messengers[question] = answer
    fault = clinic.only_fault()
    assert (fault.state, fault.check) == (state, check)


def test_a_delivery_that_telegram_could_not_make_is_a_warning_while_it_is_recent(clinic: Clinic) -> None:
    info = {
        "url": "https://desk.example.com/webhooks/telegram/main",
        "last_error_date": int(clinic.clock.now().timestamp()) - 60,
        "last_error_message": "Wrong response from the webhook: 502 Bad Gateway",
        "pending_update_count": 3,
    }
    clinic.messengers["getWebhookInfo"] = (200, {"ok": True, "result": info})
    fault = clinic.only_fault()
    assert (fault.state, fault.check) == (State.WARNING, "webhook")
    assert "502 Bad Gateway (3 messages wait)" in fault.seen
    clinic.clock.advance(7200)
    clinic.emulator.world.clock.set(clinic.clock.now())
    assert clinic.faults() == []


def test_each_salon_is_examined_on_its_own(clinic: Clinic) -> None:
    clinic.more = '\n[salon.north]\ncompany_id = 7\npartner_token = "demo-partner"\nuser_token = "demo-user"\n'
    fault = clinic.only_fault()
    assert (fault.where, fault.check) == ("salon.north", "salon")


def test_a_set_up_without_messengers_is_a_warning(clinic: Clinic) -> None:
    clinic.settings = SETTINGS.partition("[whatsapp.main]")[0]
    fault = clinic.only_fault()
    assert (fault.state, fault.check) == (State.WARNING, "messengers")


def test_the_password_of_the_database_is_not_shown(clinic: Clinic) -> None:
    clinic.settings = SETTINGS.replace("sqlite:///{folder}/frontdesk.db", "postgresql://desk:s3cr3t-pass@127.0.0.1:1/x")
    fault = clinic.only_fault()
    assert (fault.where, fault.state) == ("store", State.BROKEN)
    assert "s3cr3t-pass" not in as_text(clinic.examined())


def test_what_others_quote_back_is_shown_without_tokens_and_phones(clinic: Clinic) -> None:
    message = "Bad token EAAG-whatsapp-access-token of +79160000001"
    clinic.messengers[PHONE_NUMBER_ID] = (401, {"error": {"code": 190, "message": message}})
    clinic.emulator.world.companies[COMPANY].title = "Салон demo-user 79000000001"
    shown = as_text(clinic.examined()) + json.dumps(as_rows(clinic.examined()), ensure_ascii=False)
    for secret in ("EAAG-whatsapp-access-token", "79160000001", "demo-user", "demo-partner", "79000000001", "AAHdq"):
        assert secret not in shown


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"active": 0}, "none is sent to this salon's address"),
        ({"urls": []}, "none is sent to this salon's address"),
        ({"urls": ["https://desk.example.com/webhooks/yclients/north?secret=provider-secret"]}, "none is sent"),
        ({"urls": ["https://desk.example.com/webhooks/yclients/centre?secret=old"]}, "another secret"),
        ({"record": 0, "service": 0}, "nothing is told of: record, service"),
    ],
)
def test_webhooks_that_are_not_set_as_they_should_be(clinic: Clinic, changed: dict[str, Any], said: str) -> None:
    clinic.emulator.world.hooks[COMPANY].update(changed)
    fault = clinic.only_fault()
    assert (fault.state, fault.check) == (State.WARNING, "webhooks")
    assert said in fault.seen
    assert "provider-secret" not in fault.seen + fault.cure


def test_without_a_webhook_secret_it_says_what_to_set_where(clinic: Clinic) -> None:
    del clinic.salon["webhook_secret"]
    fault = clinic.only_fault()
    assert (fault.state, fault.check) == (State.WARNING, "webhooks")
    assert "/webhooks/yclients/centre?secret=" in fault.cure
