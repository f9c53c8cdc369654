import contextlib
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from frontdesk.yclients.endpoints.booking import PostBookCheck, PostBookRecord
from frontdesk.yclients.endpoints.clients import SearchClients
from frontdesk.yclients.endpoints.records import DeleteRecord, GetRecord
from frontdesk.yclients.errors import (
    BookingCode,
    Cause,
    Paced,
    ProviderError,
    Refused,
    Unauthorised,
    Unexpected,
    Unsure,
    masked,
)
from frontdesk.yclients.wire import read


def _said(status, body, endpoint=PostBookRecord, headers=None):
    content = body if isinstance(body, bytes) else json.dumps(body, ensure_ascii=False).encode()
    with pytest.raises(ProviderError) as caught:
        read(endpoint, status, headers or {}, content)
    return caught.value


@pytest.mark.parametrize(
    ("body", "code", "message"),
    [
        ({"success": False, "data": None, "meta": {"message": "Недостаточно прав"}}, 422, "Недостаточно прав"),
        ({"errors": {"code": 433, "message": "Занято"}, "meta": {"message": "Ошибка"}}, 433, "Занято"),
        (
            {
                "success": False,
                "meta": {"message": "Произошла ошибка", "errors": [{"code": "436", "message": "Нет мастеров"}]},
            },
            436,
            "Нет мастеров",
        ),
        (
            {"success": False, "meta": {"message": "Ошибка", "errors": [{"[title]": ["Пусто"]}, {"message": "Ещё"}]}},
            422,
            "Ошибка",
        ),
        ({"success": False, "meta": {"message": "Фильтр", "errors": {"filters": ["Не тот"]}}}, 422, "Фильтр"),
        ({"success": False, "meta": {"errors": {"filters": ["Не тот"]}}}, 422, "filters: Не тот"),
        ([{"success": False, "meta": []}, {"success": False, "meta": {"message": "Заморожен"}}], 422, "Заморожен"),
        ({"error_code": 12, "error_message": "Нет оператора"}, 12, "Нет оператора"),
        ({"success": True, "meta": {"message": "Не найдено"}}, 422, "Не найдено"),
        ({"success": False, "data": None, "meta": []}, 422, ""),
        ({}, 422, ""),
    ],
)
def test_every_way_to_say_no_is_understood(body, code, message):
    refusal = _said(422, body)
    assert isinstance(refusal, Refused)
    assert (refusal.status, refusal.code, refusal.message) == (422, code, message)


def test_a_200_that_says_no_is_a_refusal():
    refusal = _said(200, {"success": False, "data": None, "meta": {"message": "Запись удалена"}}, GetRecord)
    assert isinstance(refusal, Refused)
    assert (refusal.status, refusal.message) == (200, "Запись удалена")


def test_a_refusal_keeps_details_and_meta():
    errors = [{"code": 437, "message": "Пересечение", "id": 2}]
    refusal = _said(422, {"success": False, "meta": {"message": "Ошибка", "errors": errors, "conflict": True}})
    assert refusal.errors == errors
    assert refusal.meta["conflict"] is True


@pytest.mark.parametrize("code", BookingCode)
def test_booking_codes_are_told_by_number(code):
    errors = [{"code": 422, "message": "Не заданы услуги"}, {"code": int(code), "message": "Почему"}]
    assert _said(422, {"success": False, "meta": {"message": "Ошибка", "errors": errors}}).booking_code is code


@pytest.mark.parametrize(
    ("message", "code"),
    [
        (
            "К мастеру Анна(101) нельзя. Выбранное время уже занято или является нерабочим.",
            BookingCode.SLOT_BUSY,
        ),
        (
            "Anna (101) cannot be booked. The selected time is already taken or is not working.",
            BookingCode.SLOT_BUSY,
        ),
        ("К мастеру Анна(101) нельзя записаться. Пересечение с предыдущим визитом.", BookingCode.OVERLAP_IN_REQUEST),
        ("Нет доступных для записи сотрудников", BookingCode.NO_MASTER_FREE),
        ("There is no appointment for the specified service/promotion", BookingCode.SERVICE_NOT_BOOKABLE),
        ("Что-то ещё", None),
    ],
)
def test_booking_codes_are_told_by_words_where_numbers_are_missing(message, code):
    assert _said(422, {"success": False, "data": None, "meta": {"message": message}}).booking_code is code


@pytest.mark.parametrize(
    ("message", "cause"),
    [
        ("Необходима авторизация", Cause.USER_TOKEN),
        ("Authentication needed.", Cause.USER_TOKEN),
        ("Не указан идентификатор партнера", Cause.UNKNOWN_PARTNER),
        ("Не указан идентификатор партнёра", Cause.UNKNOWN_PARTNER),
        ("Partner ID not specified", Cause.UNKNOWN_PARTNER),
        ("Не указаны авторизационные данные", Cause.NO_TOKEN),
        ("Что-то новое", Cause.UNKNOWN),
        ("", Cause.UNKNOWN),
    ],
)
def test_a_401_blames_the_token_its_words_blame(message, cause):
    fault = _said(401, {"success": False, "data": None, "meta": {"message": message}})
    assert isinstance(fault, Unauthorised)
    assert fault.cause is cause


def test_a_401_without_a_readable_body_is_still_unauthorised():
    assert _said(401, b"<html>").cause is Cause.UNKNOWN


@pytest.mark.parametrize(
    ("headers", "wait"),
    [
        ({"retry-after": "7"}, 7),
        ({"retry-after": "Sat, 21 Nov 2026 09:00:30 GMT", "date": "Sat, 21 Nov 2026 09:00:00 GMT"}, 30),
        ({"retry-after": "soon"}, None),
        ({"retry-after": "-5"}, 0),
        ({}, None),
    ],
)
def test_a_429_tells_how_long_to_wait_if_it_does(headers, wait):
    fault = _said(429, b"", headers=headers)
    assert isinstance(fault, Paced)
    assert fault.retry_after_s == wait


@pytest.mark.parametrize("status", [500, 502, 503, 504])
@pytest.mark.parametrize("body", [b"", b"<html>", b'{"success": false, "meta": {"message": "x"}}'])
def test_a_fault_of_the_server_leaves_a_write_unsure_and_a_read_unanswered(status, body):
    assert type(_said(status, body, DeleteRecord)) is Unsure
    assert type(_said(status, body, GetRecord)) is Unexpected
    assert type(_said(status, body, SearchClients)) is Unexpected
    assert type(_said(status, body, PostBookCheck)) is Unexpected


@pytest.mark.parametrize("body", [b"", b"null", b"<html>", b'{"success": true, "da', b'{"success": true}', b"[]", b"5"])
def test_a_success_that_makes_no_sense_is_no_result(body):
    assert type(_said(200, body, GetRecord)) is Unexpected
    assert type(_said(201, body[:-1] if body == b"[]" else body, PostBookRecord)) is Unsure


def test_a_4xx_that_is_no_json_is_unexpected():
    fault = _said(404, b"<html>not found</html>", DeleteRecord, {"x-request-id": "r-1"})
    assert isinstance(fault, Unexpected)
    assert (fault.status, fault.request_id) == (404, "r-1")


def test_what_is_shown_of_an_answer_hides_phones_and_tokens_and_is_short():
    text = 'клиент +7 (900) 000-00-01, {"user_token": "f00dfeed0123456789abcdef01234567"}' + "x" * 5000
    shown = masked(text)
    assert "000-00" not in shown
    assert "f00dfeed" not in shown
    assert len(shown) <= 500


@pytest.mark.parametrize(
    "text", ["Мастер занят: 2026-11-24 16:15", "Мастер занят: 24.11.2026 16:15", "с 2026-11-24 по 2026-11-26"]
)
def test_a_day_and_an_hour_are_no_phone(text):
    assert masked(text) == text


@given(st.binary(max_size=200), st.integers(100, 599), st.sampled_from([GetRecord, DeleteRecord, PostBookRecord]))
def test_whatever_comes_is_a_result_or_a_provider_error(body, status, endpoint):
    with contextlib.suppress(ProviderError):
        assert read(endpoint, status, {}, body).status == status


WORDS = ["success", "data", "meta", "errors", "message", "code", "id", "services"]
JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=10),
    lambda inner: (
        st.lists(inner, max_size=4)
        | st.dictionaries(
            st.sampled_from(["success", "data", "meta", "errors", "message", "code", "id", "services"]), inner
        )
    ),
    max_leaves=12,
)


@given(JSON, st.sampled_from([200, 201, 204, 400, 401, 403, 404, 409, 422, 429, 500, 503]))
def test_whatever_json_comes_is_a_result_or_a_provider_error(body, status):
    with contextlib.suppress(ProviderError):
        assert read(GetRecord, status, {}, json.dumps(body).encode()).data.id is not None
