import datetime as dt
import json

import pytest
from pydantic import ValidationError

from frontdesk.yclients.contract import endpoints
from frontdesk.yclients.endpoints.clients import ClientFilter, SearchClients
from frontdesk.yclients.endpoints.records import DeleteRecord, GetRecord, GetRecords, PutRecord
from frontdesk.yclients.endpoints.visits import PutVisit
from frontdesk.yclients.errors import Unauthorised
from frontdesk.yclients.models.attendance import Attendance
from frontdesk.yclients.profiles import ALTEGIO, YCLIENTS
from frontdesk.yclients.wire import Credentials, read, request

TOKENS = Credentials("partner-secret", "user-secret")


def test_a_call_becomes_the_documented_request():
    sent = request(PutVisit(visit_id=7, record_id=5, attendance=Attendance.NO_SHOW, comment="нет"), YCLIENTS, TOKENS)
    assert (sent.method, sent.target) == ("PUT", "/api/v1/visits/7/5")
    assert sent.content == '{"attendance":-1,"comment":"нет"}'.encode()
    assert sent.headers == {
        "Accept": "application/vnd.yclients.v2+json",
        "Authorization": "Bearer partner-secret, User user-secret",
        "Content-Type": "application/json",
    }


def test_what_is_not_said_is_not_sent_and_a_flag_travels_as_a_digit():
    call = GetRecords(company_id=1, start_date=dt.date(2026, 11, 21), with_deleted=True)
    assert request(call, ALTEGIO, TOKENS).target == "/api/v1/records/1?start_date=2026-11-21&with_deleted=1"
    assert request(call, ALTEGIO, TOKENS).headers["Accept"] == "application/vnd.api.v2+json"


def test_a_delete_carries_no_body():
    sent = request(DeleteRecord(company_id=1, record_id=2), YCLIENTS, TOKENS)
    assert sent.content is None
    assert "Content-Type" not in sent.headers


def test_a_local_time_is_sent_as_the_salon_writes_it():
    call = PutRecord(company_id=1, record_id=2, datetime=dt.datetime(2026, 11, 22, 15, 0))  # noqa: DTZ001 - the salon's
    assert request(call, YCLIENTS, TOKENS).content == b'{"datetime":"2026-11-22 15:00:00"}'


def test_a_search_is_a_body_even_though_it_only_reads():
    filters = (ClientFilter(type="quick_search", state={"value": "79000000001"}),)
    sent = request(SearchClients(company_id=1, fields=("id", "phone"), filters=filters), YCLIENTS, TOKENS)
    assert sent.target == "/api/v1/company/1/clients/search"
    assert b'"fields":["id","phone"]' in (sent.content or b"")


def test_tokens_are_shown_nowhere():
    shown = repr(TOKENS) + repr(request(GetRecord(company_id=1, record_id=2), YCLIENTS, TOKENS))
    assert "secret" not in shown


@pytest.mark.parametrize("broken", ["abc\n", "a b", "tокen-with-cyrillic", "partner, User x"])
def test_a_token_that_no_header_can_carry_is_refused_without_being_shown(broken):
    for tokens in (Credentials(broken, "user"), Credentials("partner", broken)):
        with pytest.raises(Unauthorised, match="copy it anew") as refusal:
            request(GetRecord(company_id=1, record_id=2), YCLIENTS, tokens)
        assert broken not in str(refusal.value)


def test_a_call_that_needs_a_user_is_refused_without_one():
    with pytest.raises(Unauthorised, match="user token"):
        request(GetRecord(company_id=1, record_id=2), YCLIENTS, Credentials("partner"))


@pytest.mark.parametrize(
    "said",
    [
        {"attendance": -1},
        {"seance_length": -60},
        {"technical_break_duration": 100},
        {"technical_break_duration": 3900},
        {"services": ()},
        {},
        {"color": "red"},
    ],
)
def test_an_impossible_change_is_refused_before_it_is_sent(said):
    with pytest.raises(ValidationError):
        PutRecord(company_id=1, record_id=2, **said)


def test_a_visit_needs_both_status_and_comment():
    with pytest.raises(ValidationError, match="comment"):
        PutVisit(visit_id=1, record_id=2, attendance=Attendance.CAME)  # type: ignore[call-arg]


def test_an_empty_204_is_success():
    assert read(DeleteRecord, 204, {}, b"").data is None


def test_every_example_answer_reads_as_its_type():
    for endpoint in endpoints().values():
        example = endpoint.spec.example
        answer = read(endpoint, endpoint.spec.success, {}, _enveloped(example))
        assert answer.unread == ()


def test_every_example_call_can_be_made():
    for endpoint in endpoints().values():
        call = endpoint.model_validate(endpoint.spec.example_call, strict=False)
        assert request(call, YCLIENTS, TOKENS).path.startswith("/")


def _enveloped(data):
    return json.dumps({"success": True, "data": data, "meta": []}).encode()
