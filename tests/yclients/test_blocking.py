import threading

import httpx2
import pytest

from frontdesk.yclients.blocking import BlockingClient
from frontdesk.yclients.endpoints.clients import SearchClientVisits
from frontdesk.yclients.endpoints.records import GetRecord, GetRecords
from frontdesk.yclients.errors import Refused
from frontdesk.yclients.turnstile import Open
from frontdesk.yclients.wire import Credentials

TOKENS = Credentials("partner", "user")


def _client(handle):
    return BlockingClient(TOKENS, transport=httpx2.MockTransport(handle), pace=Open())


def _record(_request):
    return httpx2.Response(200, json={"success": True, "data": {"id": 2}, "meta": {"n": 1}})


def test_a_call_returns_its_result():
    with _client(_record) as api:
        assert api(GetRecord(company_id=1, record_id=2)).id == 2
        assert api.answer(GetRecord(company_id=1, record_id=2)).meta == {"n": 1}


def test_a_refusal_is_raised_where_the_call_was_made():
    def refuse(_request):
        return httpx2.Response(404, json={"success": False, "meta": {"message": "Не найдено"}})

    with _client(refuse) as api, pytest.raises(Refused, match="Не найдено"):
        api(GetRecord(company_id=1, record_id=2))


def test_pages_are_an_ordinary_iterator():
    def page(request):
        number = int(request.url.params["page"])
        rows = [{"id": number * 10}, {"id": number * 10 + 1}] if number < 3 else []
        return httpx2.Response(200, json={"success": True, "data": rows, "meta": []})

    with _client(page) as api:
        assert [record.id for record in api.pages(GetRecords(company_id=1))] == [10, 11, 20, 21]


def test_pages_may_be_left_early_and_the_client_closed_before_them():
    def page(request):
        return httpx2.Response(200, json={"success": True, "data": [{"id": int(request.url.params["page"])}]})

    with _client(page) as api:
        assert next(api.pages(GetRecords(company_id=1))).id == 1
        left = api.pages(GetRecords(company_id=1))
        next(left)
    del left


def test_a_clients_past_is_followed_by_the_days_the_answers_name():
    asked = []

    def page(request):
        asked.append(request.content)
        following = {"from": "2026-01-01", "to": "2026-06-30"} if len(asked) == 1 else {"from": None, "to": None}
        data = {"records": [{"id": len(asked)}], "goods_transactions": []}
        body = {"success": True, "data": data, "meta": {"dateCursor": {"next": following}}}
        return httpx2.Response(200, json=body)

    call = SearchClientVisits(
        company_id=1, client_id=7, client_phone=None, from_=None, to=None, payment_statuses=(), attendance=None
    )
    with _client(page) as api:
        assert [part.records[0].id for part in api.history(call)] == [1, 2]
    assert b'"from":null,"to":null' in asked[0]
    assert b'"from":"2026-01-01","to":"2026-06-30"' in asked[1]


def test_an_undeclared_path_can_be_called():
    with _client(_record) as api:
        assert api.undeclared("GET", "/api/v1/storages/1").data == {"id": 2}


def test_calls_from_several_threads_share_the_client():
    got = []
    with _client(_record) as api:
        threads = [
            threading.Thread(target=lambda: got.append(api(GetRecord(company_id=1, record_id=2)).id)) for _ in range(8)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    assert got == [2] * 8


def test_signing_in_asks_for_the_code_where_it_is_wanted():
    answers = [{"uuid": "u-1"}, {"id": 1, "user_token": "t"}]

    def reply(_request):
        return httpx2.Response(200, json={"success": True, "data": answers.pop(0)})

    with _client(reply) as api:
        assert api.sign_in("login", "password", lambda factor: f"code for {factor.uuid}").id == 1


def test_a_client_that_was_not_opened_says_how_to():
    with pytest.raises(RuntimeError, match="with BlockingClient"):
        _client(_record)(GetRecord(company_id=1, record_id=2))
