"""What the doctor says of rights that the user lacks."""

from datetime import date

import httpx2
import pytest
from clinic_kit import COMPANY, PHONE_NUMBER_ID, Clinic

from frontdesk.emulator.faults import Rule
from frontdesk.service.findings import State


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
