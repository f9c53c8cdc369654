"""What the doctor says of our own side: clock, settings, store, messengers and webhooks."""

import json
import sqlite3
from contextlib import closing
from datetime import timedelta
from typing import Any

import pytest
from clinic_kit import COMPANY, PHONE_NUMBER_ID, SETTINGS, Clinic

from frontdesk.service.findings import State, as_rows, as_text
from frontdesk.store.database import open_store


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


def test_a_token_of_a_few_letters_garbles_no_sentence_and_is_hidden_where_it_stands(clinic: Clinic) -> None:
    clinic.settings = SETTINGS.replace("EAAG-whatsapp-access-token", "tok")
    message = "A broken token: tok, access_token=tok"
    clinic.messengers[PHONE_NUMBER_ID] = (401, {"error": {"code": 190, "message": message}})
    assert "A broken token: •••, access_token=•••" in as_text(clinic.examined())


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
