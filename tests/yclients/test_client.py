import asyncio
import gzip
import json

import httpx2
import pytest
import stamina

from frontdesk.yclients.client import Client
from frontdesk.yclients.endpoints.clients import GetClients, SearchClients
from frontdesk.yclients.endpoints.records import DeleteRecord, GetRecord, GetRecords
from frontdesk.yclients.endpoints.visits import PutVisit
from frontdesk.yclients.errors import (
    Cause,
    Paced,
    ProviderError,
    Refused,
    Unauthorised,
    Unexpected,
    Unreachable,
    Unsure,
)
from frontdesk.yclients.models.attendance import Attendance
from frontdesk.yclients.profiles import ALTEGIO
from frontdesk.yclients.turnstile import Open
from frontdesk.yclients.wire import Credentials
from virtual import run

TOKENS = Credentials("partner-secret", "user-secret")
READ = GetRecord(company_id=1, record_id=2)
WRITE = PutVisit(visit_id=7, record_id=2, attendance=Attendance.NO_SHOW, comment="нет")


@pytest.fixture(autouse=True)
def _no_pauses():
    with stamina.set_testing(True, attempts=10, cap=True):
        yield


def _told(*replies):
    """What a client does when the provider replies so: its result, or its error, and how often it asked."""
    waiting = list(replies)
    asked = []

    def handle(request):
        asked.append(request)
        reply = waiting.pop(0) if len(waiting) > 1 else waiting[0]
        if isinstance(reply, Exception):
            raise reply
        status, body, *headers = reply
        content = body if isinstance(body, bytes) else json.dumps(body).encode()
        return httpx2.Response(status, content=content, headers=headers[0] if headers else {})

    return httpx2.MockTransport(handle), asked


def _do(call, *replies, **options):
    transport, asked = _told(*replies)

    async def main():
        async with Client(TOKENS, transport=transport, pace=options.pop("pace", Open()), **options) as api:
            return await api(call)

    try:
        return run(main()), len(asked)
    except Exception as fault:  # noqa: BLE001 - the fault is the fact under test
        return fault, len(asked)


RECORD = {"success": True, "data": {"id": 2, "visit_id": "7"}, "meta": []}


def test_a_call_gives_its_typed_result():
    record, asked = _do(READ, (200, RECORD))
    assert (record.id, record.visit_id, asked) == (2, 7, 1)


def test_a_read_is_tried_again_when_the_provider_fails():
    record, asked = _do(READ, (502, b"<html>"), httpx2.ReadTimeout("late"), (200, RECORD))
    assert (record.id, asked) == (2, 3)


def test_a_read_that_goes_on_failing_is_given_up():
    fault, asked = _do(READ, (502, b"<html>bad gateway</html>"))
    assert isinstance(fault, Unexpected)
    assert (fault.status, asked) == (502, 3)


def test_a_search_counts_as_a_read_though_it_is_posted():
    found, asked = _do(
        SearchClients(company_id=1), httpx2.ReadError("cut"), (200, {"success": True, "data": [{"id": 5}]})
    )
    assert (found[0].id, asked) == (5, 2)


@pytest.mark.parametrize(
    "reply",
    [
        httpx2.ReadTimeout("late"),
        httpx2.RemoteProtocolError("cut"),
        (502, b"<html>"),
        (500, {"success": False}),
        (200, b'{"su'),
    ],
)
def test_a_write_without_a_sure_answer_is_unsure_and_sent_once(reply):
    fault, asked = _do(DeleteRecord(company_id=1, record_id=2), reply)
    assert (type(fault), asked) == (Unsure, 1)


def _endless(sent):
    async def parts():
        while len(sent) < 10_000:
            sent.append(1)
            yield b" " * 1024

    return parts()


def _of_an_endless_answer(call, status=200):
    """What a client makes of an answer without an end, and how many KB of it were read."""
    sent = []
    transport = httpx2.MockTransport(lambda _: httpx2.Response(status, content=_endless(sent)))

    async def main():
        options = {"attempts": 1, "largest_answer_bytes": 10 * 1024}
        async with Client(TOKENS, transport=transport, pace=Open(), **options) as api:
            return await api(call)

    with pytest.raises(ProviderError) as raised:
        run(main())
    return raised.value, len(sent)


def test_an_answer_without_an_end_is_not_read_on_and_said_to_be_too_large():
    fault, read_kb = _of_an_endless_answer(READ)
    assert isinstance(fault, Unexpected)
    assert (read_kb, fault.status) == (11, 200)
    assert "larger than 10240 bytes" in str(fault)


def test_a_write_that_gets_an_answer_without_an_end_is_unsure():
    fault, read_kb = _of_an_endless_answer(DeleteRecord(company_id=1, record_id=2))
    assert (type(fault), read_kb) == (Unsure, 11)
    assert "larger than 10240 bytes" in str(fault)


def test_the_status_of_an_answer_without_an_end_still_counts():
    assert isinstance(_of_an_endless_answer(READ, 401)[0], Unauthorised)
    assert isinstance(_of_an_endless_answer(WRITE, 429)[0], Paced)


def test_a_packed_answer_is_measured_unpacked():
    content = gzip.compress(json.dumps(RECORD).encode() + b" " * 100_000)
    packed = httpx2.ByteStream(content), {"Content-Encoding": "gzip"}

    async def asked(largest):
        transport = httpx2.MockTransport(lambda _: httpx2.Response(200, stream=packed[0], headers=packed[1]))
        options = {"attempts": 1, "largest_answer_bytes": largest}
        async with Client(TOKENS, transport=transport, pace=Open(), **options) as api:
            return await api(READ)

    assert run(asked(200_000)).id == 2
    with pytest.raises(Unexpected, match="larger than"):
        run(asked(50_000))


def test_an_answer_that_drips_in_without_an_end_is_given_up():
    async def drips():
        while True:
            await asyncio.sleep(1)
            yield b" "

    async def main():
        transport = httpx2.MockTransport(lambda _: httpx2.Response(200, content=drips()))
        async with Client(TOKENS, transport=transport, pace=Open(), attempts=1, timeout_s=5) as api:
            await api(READ)

    with pytest.raises(Unreachable, match="TimeoutError"):
        run(main())


def test_a_write_that_never_left_is_unreachable_and_left_to_the_caller():
    fault, asked = _do(WRITE, httpx2.ConnectError("refused"))
    assert (type(fault), asked) == (Unreachable, 1)


def test_a_refusal_keeps_all_that_was_said_and_is_not_repeated():
    body = {"success": False, "data": None, "meta": {"message": "Визит не найден"}}
    fault, asked = _do(WRITE, (404, body, {"x-request-id": "abc"}))
    assert isinstance(fault, Refused)
    assert (fault.status, fault.code, fault.message, fault.request_id, asked) == (404, 404, "Визит не найден", "abc", 1)


def test_a_401_names_the_token_at_fault():
    body = {"success": False, "data": None, "meta": {"message": "Не указан идентификатор партнера"}}
    fault, asked = _do(READ, (401, body))
    assert isinstance(fault, Unauthorised)
    assert (fault.cause, asked) == (Cause.UNKNOWN_PARTNER, 1)
    assert "secret" not in str(fault) + repr(fault)


def test_a_429_is_waited_out_as_long_as_the_provider_says_for_writes_too():
    transport, asked = _told((429, b"", {"retry-after": "7"}), (200, {"success": True}))

    async def main():
        async with Client(TOKENS, transport=transport) as api:
            await api(WRITE)
            return asyncio.get_running_loop().time()

    assert run(main()) >= 1007
    assert len(asked) == 2


def test_a_429_that_asks_for_an_hour_fails_at_once():
    fault, asked = _do(READ, (429, b"", {"retry-after": "3600"}))
    assert isinstance(fault, Paced)
    assert (fault.retry_after_s, asked) == (3600, 1)


def test_pages_come_as_one_stream_with_known_totals():
    rows = [{"id": number} for number in range(1, 8)]
    heard = []

    def handle(request):
        page = int(request.url.params["page"])
        part = rows[(page - 1) * 3 : page * 3]
        return httpx2.Response(200, json={"success": True, "data": part, "meta": {"page": page, "total_count": 7}})

    async def main():
        async with Client(TOKENS, transport=httpx2.MockTransport(handle)) as api:
            call = GetRecords(company_id=1, count=3)
            return [record.id async for record in api.pages(call, on_progress=heard.append)]

    assert run(main()) == [1, 2, 3, 4, 5, 6, 7]
    assert [(step.done, step.total) for step in heard] == [(3, 7), (6, 7), (7, 7)]


def test_a_list_that_ignores_pages_ends():
    transport, asked = _told((200, {"success": True, "data": [{"id": 1}, {"id": 2}]}))

    async def main():
        async with Client(TOKENS, transport=transport) as api:
            return [record.id async for record in api.pages(GetRecords(company_id=1))]

    assert run(main()) == [1, 2]
    assert len(asked) == 2


def test_a_call_without_pages_is_refused_as_a_stream():
    async def main():
        async with Client(TOKENS) as api:
            return [item async for item in api.pages(GetRecord(company_id=1, record_id=2))]  # type: ignore[arg-type]

    with pytest.raises(ValueError, match="GetRecord does not come in pages"):
        run(main())


def test_the_bare_form_is_asked_for_and_read():
    transport, asked = _told((200, {"id": "2", "visit_id": 7}))

    async def main():
        async with Client(TOKENS, transport=transport, bare=True) as api:
            return await api(READ)

    assert run(main()).visit_id == 7
    assert asked[0].headers["accept"] == "application/json"


def test_altegio_is_another_host_and_media_type():
    transport, asked = _told((200, RECORD))

    async def main():
        async with Client(TOKENS, profile=ALTEGIO, transport=transport) as api:
            await api(READ)

    run(main())
    assert str(asked[0].url) == "https://api.alteg.io/api/v1/record/1/2"
    assert asked[0].headers["accept"] == "application/vnd.api.v2+json"


def test_the_provider_may_live_under_another_address():
    transport, asked = _told((200, RECORD))

    async def main():
        async with Client(TOKENS, base_url="http://127.0.0.1:8100/", transport=transport) as api:
            await api(READ)

    run(main())
    assert str(asked[0].url) == "http://127.0.0.1:8100/api/v1/record/1/2"


def test_an_undeclared_path_can_be_called():
    transport, asked = _told((200, {"success": True, "data": {"anything": [1]}, "meta": {"n": 1}}))

    async def main():
        async with Client(TOKENS, transport=transport) as api:
            return await api.undeclared("GET", "/api/v1/storages/1", query={"ids": [1, 2]})

    answer = run(main())
    assert (answer.data, answer.meta) == ({"anything": [1]}, {"n": 1})
    assert str(asked[0].url).endswith("/api/v1/storages/1?ids%5B%5D=1&ids%5B%5D=2")


def test_an_undeclared_write_is_sent_once():
    transport, asked = _told((502, b""))

    async def main():
        async with Client(TOKENS, transport=transport) as api:
            await api.undeclared("post", "/api/v1/storages/1", body={"title": "Склад"})

    with pytest.raises(Unsure):
        run(main())
    assert asked[0].content == '{"title":"Склад"}'.encode()


def test_neither_tokens_nor_phones_reach_a_log(caplog):
    caplog.set_level("DEBUG")
    call = GetClients(company_id=1, phone="79000000001")
    fault, _ = _do(call, (502, b'{"phone": "79000000001"}'), attempts=2)
    _do(call, httpx2.ReadError("cut"), (200, {"success": True, "data": [{"id": 5, "phone": "79000000001"}]}))
    shown = caplog.text + f"{fault} {fault!r} {call} {call!r}"
    assert "secret" not in shown
    assert "79000000001" not in shown
