"""The doctor's look at MAX, and at a Telegram bot whose messages are fetched."""

from pathlib import Path

import httpx2
import pytest
from clinic_kit import SETTINGS, Clinic

from frontdesk.service.findings import State, as_text

MAX = """
[max.main]
salons = ["centre"]
token = "max-bot-token"
secret = "max-secret"
"""
OURS = {"url": "https://desk.example.com/webhooks/max/main", "time": 1, "update_types": ["message_created"]}


@pytest.fixture
def clinic(tmp_path: Path) -> Clinic:
    made = Clinic(tmp_path, more=MAX)
    made.messengers |= {
        "me": (200, {"user_id": 1, "name": "Ясный день", "is_bot": True}),
        "subscriptions": (200, {"subscriptions": [OURS]}),
    }
    return made


def test_of_a_fine_max_bot_there_is_nothing_to_say(clinic: Clinic) -> None:
    assert clinic.faults() == []
    seen = {(one.where, one.check) for one in clinic.examined()}
    assert {("max.main", "token"), ("max.main", "webhook")} <= seen


@pytest.mark.parametrize(
    ("question", "answer", "state", "check"),
    [
        ("me", (401, {"code": "verify.token", "message": "Invalid access_token"}), State.BROKEN, "token"),
        ("me", (503, {}), State.WARNING, "messenger"),
        ("me", httpx2.ConnectError("no route"), State.WARNING, "messenger"),
        ("subscriptions", (200, {"subscriptions": []}), State.BROKEN, "webhook"),
        ("subscriptions", (200, {"subscriptions": [{"url": "https://other.example/hook"}]}), State.BROKEN, "webhook"),
        ("subscriptions", (200, {"subscriptions": "none"}), State.BROKEN, "webhook"),
        ("subscriptions", (500, {}), State.WARNING, "messenger"),
    ],
)
def test_a_max_account_that_is_not_right(
    clinic: Clinic, question: str, answer: object, state: State, check: str
) -> None:
    clinic.messengers[question] = answer
    fault = clinic.only_fault()
    assert (fault.where, fault.state, fault.check) == ("max.main", state, check)
    assert "max-bot-token" not in as_text(clinic.examined())


@pytest.mark.parametrize("content", [None, "not a certificate"], ids=["no file", "no certificate"])
def test_a_certificate_that_can_not_be_read_is_named(clinic: Clinic, tmp_path: Path, content: str | None) -> None:
    path = tmp_path / "root.pem"
    if content is not None:
        path.write_text(content)
    clinic.more = f'{MAX}ca_file = "{path}"\n'
    fault = clinic.only_fault()
    assert (fault.where, fault.state, fault.check) == ("max.main", State.BROKEN, "certificate")


def polled(clinic: Clinic, url: str) -> Clinic:
    clinic.settings = SETTINGS.replace('secret = "telegram-secret"', 'mode = "polling"')
    clinic.messengers["getWebhookInfo"] = (200, {"ok": True, "result": {"url": url}})
    return clinic


def test_a_bot_whose_messages_are_fetched_needs_no_webhook_and_no_secret(clinic: Clinic) -> None:
    assert polled(clinic, "").faults() == []


def test_a_webhook_beside_the_fetching_is_a_warning(clinic: Clinic) -> None:
    fault = polled(clinic, "https://other.example/hook").only_fault()
    assert (fault.where, fault.state, fault.check) == ("telegram.main", State.WARNING, "webhook")


def test_a_bot_with_a_webhook_needs_its_secret(clinic: Clinic) -> None:
    clinic.settings = SETTINGS.replace('secret = "telegram-secret"', "")
    fault = clinic.only_fault()
    assert 'mode = "polling"' in fault.seen
