import datetime as dt
import json

import pytest
from pydantic import TypeAdapter, ValidationError

from frontdesk.yclients.endpoints.booking import GetBookDates, GetBookStaff, PostBookRecord
from frontdesk.yclients.endpoints.clients import GetClient, PostClientsBulk
from frontdesk.yclients.endpoints.companies import GetCompany
from frontdesk.yclients.endpoints.records import GetRecord, GetRecords
from frontdesk.yclients.endpoints.staff import GetStaff, PutStaff
from frontdesk.yclients.errors import Unexpected
from frontdesk.yclients.models.attendance import Attendance
from frontdesk.yclients.models.lenient import (
    Amount,
    Day,
    Flag,
    Instant,
    Keyed,
    LocalTime,
    Many,
    Maybe,
    Shape,
    Text,
    Whole,
)
from frontdesk.yclients.wire import read


def _read(kind, raw):
    return TypeAdapter(kind).validate_json(json.dumps(raw))


class Thing(Shape):
    id: Whole = None


@pytest.mark.parametrize(
    ("kind", "raw", "meant"),
    [
        (Whole, "5", 5),
        (Whole, "15.00", 15),
        (Whole, 15.0, 15),
        (Whole, 15.7, 16),
        (Whole, "", None),
        (Whole, None, None),
        (Whole, [], None),
        (Amount, "1300.50", 1300.5),
        (Amount, "", None),
        (Flag, 1, True),
        (Flag, "0", False),
        (Flag, "true", True),
        (Flag, "", None),
        (Text, 79000000001, "79000000001"),
        (Text, None, None),
        (Text, [], None),
        (Maybe[Thing], [], None),
        (Maybe[Thing], "", None),
        (Maybe[Thing], None, None),
        (Many[Whole], None, ()),
        (Many[Whole], {}, ()),
        (Many[Whole], ["4", 5], (4, 5)),
        (Keyed[Text], [], {}),
        (Keyed[Text], None, {}),
        (LocalTime, "2026-11-21 15:00:00", dt.datetime(2026, 11, 21, 15)),  # noqa: DTZ001 - the salon's
        (LocalTime, "2026-11-21T15:00:00+03:00", dt.datetime(2026, 11, 21, 15)),  # noqa: DTZ001 - the salon's
        (LocalTime, 1795262400, dt.datetime(2026, 11, 21, 12, tzinfo=dt.UTC)),
        (LocalTime, "0000-00-00 00:00:00", None),
        (LocalTime, 0, None),
        (Instant, "2026-11-21T15:00:00+0300", dt.datetime(2026, 11, 21, 12, tzinfo=dt.UTC)),
        (Instant, "2026-11-21T15:00:00.000+03:00", dt.datetime(2026, 11, 21, 12, tzinfo=dt.UTC)),
        (Instant, 0, None),
        (Instant, "", None),
        (Day, "2026-11-21", dt.date(2026, 11, 21)),
        (Day, 1795208400, dt.date(2026, 11, 21)),  # midnight in Moscow
        (Day, 1795219200, dt.date(2026, 11, 21)),  # midnight in Greenwich
        (Day, "2026-11-21 00:00:00", dt.date(2026, 11, 21)),
        (Day, "0000-00-00", None),
        (Day, 0, None),
        (Day, "", None),
    ],
)
def test_what_is_meant_is_read(kind, raw, meant):
    assert _read(kind, raw) == meant


@pytest.mark.parametrize(
    ("kind", "raw"),
    [(Whole, "five"), (Flag, 7), (Maybe[Thing], [1]), (Many[Whole], "5"), (LocalTime, "утром"), (Keyed[Text], [1])],
)
def test_what_makes_no_sense_is_not_guessed(kind, raw):
    with pytest.raises(ValidationError):
        _read(kind, raw)


def _answer(endpoint, data, meta=()):
    return read(endpoint, 200, {}, json.dumps({"success": True, "data": data, "meta": list(meta)}).encode())


def test_a_journal_record_in_its_worst_clothes():
    raw = {
        "id": "50001", "visit_id": "61001", "client": [], "staff": {"id": "101", "position": []}, "deleted": "0",
        "services": None, "custom_fields": [], "record_labels": {}, "paid_full": 1, "attendance": "-1",
        "visit_attendance": 7, "date": "2026-11-22 15:00:00", "create_date": "2026-11-18T10:24:31+0300",
        "brand_new_field": {"kept": [1]}, "seance_length": "3600",
    }  # fmt: skip
    record = _answer(GetRecord, raw).data
    assert (record.id, record.visit_id, record.client, record.services) == (50001, 61001, None, ())
    assert record.attendance is Attendance.NO_SHOW
    assert record.visit_attendance == 7
    assert (record.deleted, record.paid_full, record.seance_length) == (False, True, 3600)
    assert record.staff is not None
    assert record.staff.position is None
    assert record.model_extra == {"brand_new_field": {"kept": [1]}}


def test_a_record_is_written_back_as_the_provider_writes_it():
    record = _answer(GetRecord, {"id": 1, "date": "2026-11-22 15:00:00", "datetime": "2026-11-22T15:00:00+03:00"}).data
    written = record.model_dump(mode="json", exclude_unset=True)
    assert written == {"id": 1, "date": "2026-11-22 15:00:00", "datetime": "2026-11-22T15:00:00+03:00"}


def test_one_field_that_makes_no_sense_does_not_cost_the_whole_answer():
    answer = _answer(GetRecords, [{"id": 1, "seance_length": "an hour", "comment": "x"}, {"id": 2}])
    assert [record.id for record in answer.data] == [1, 2]
    assert answer.data[0].seance_length is None
    assert answer.data[0].comment == "x"
    assert answer.unread == ("0.seance_length",)


def test_the_same_odd_field_in_every_row_is_left_out_of_every_row():
    rows = [{"id": number, "paid_full": "who knows", "staff": {"id": 1, "rating": "good"}} for number in range(300)]
    answer = _answer(GetRecords, rows)
    assert len(answer.data) == 300
    assert all(record.paid_full is None and record.staff.id == 1 for record in answer.data)
    assert len(answer.unread) == 600
    assert "299.staff.rating" in answer.unread


def test_a_part_that_lacks_its_identity_is_left_out_whole():
    answer = _answer(GetRecord, {"id": 1, "services": [{"title": "Стрижка"}], "comment": "x"})
    assert (answer.data.services, answer.data.comment, answer.unread) == ((), "x", ("services",))


def test_a_row_is_never_left_out():
    with pytest.raises(Unexpected):
        _answer(GetRecords, [{"id": 1}, {"comment": "whose?"}])
    with pytest.raises(Unexpected):
        _answer(GetRecords, [{"id": 1}, "text"])


def test_the_bare_outcome_of_a_bulk_addition_is_no_refusal():
    added = read(PostClientsBulk, 200, {}, b'{"created": [{"id": 1}], "errors": [{"phone": null, "error": "x"}]}').data
    assert (added.created[0].id, added.errors[0].error) == (1, "x")


def test_an_answer_without_its_identity_is_no_answer():
    with pytest.raises(Unexpected, match="id"):
        _answer(GetRecord, {"visit_id": 7})


def test_one_master_asked_for_comes_alone_or_in_a_list():
    assert [master.id for master in _answer(GetStaff, {"id": 101}).data] == [101]
    assert [master.id for master in _answer(GetStaff, [{"id": 101}]).data] == [101]
    assert _answer(GetStaff, []).data == ()
    assert _answer(PutStaff, {"id": 101}).data.id == 101
    assert _answer(PutStaff, [{"id": 101}]).data.id == 101


def test_an_empty_table_comes_as_a_list():
    dates = _answer(GetBookDates, {"booking_days": [], "booking_dates": [], "working_days": {"11": ["4", 5]}}).data
    assert dates.booking_days == {}
    assert dates.working_days == {"11": (4, 5)}


def test_the_bare_form_is_read_without_its_envelope():
    staff = read(GetBookStaff, 200, {}, '[{"id": "101", "name": "Анна", "bookable": 1}]'.encode()).data
    assert [(master.id, master.bookable) for master in staff] == [(101, True)]
    booked = read(
        PostBookRecord, 201, {}, b'[{"id": 0, "record_id": 5, "record_hash": "ab", "record": {"id": 5}}]'
    ).data
    assert booked[0].record is not None
    assert booked[0].record.id == 5


def test_a_total_beside_the_data_is_found_in_meta():
    answer = read(GetRecords, 200, {}, b'{"success": true, "data": [], "count": 908}')
    assert answer.meta == {"count": 908}


def test_phones_come_as_numbers_and_as_text():
    assert _answer(GetClient, {"id": 1, "phone": 79000000001}).data.phone == "79000000001"
    assert _answer(GetClient, {"id": 1, "phone": "+79000000001"}).data.phone == "+79000000001"
    assert _answer(GetClient, {"id": 1, "phone": None}).data.phone is None


def test_groups_of_a_salon_are_a_table_or_nothing():
    assert _answer(GetCompany, {"id": "1", "groups": []}).data.groups == {}
    assert _answer(GetCompany, {"id": 1, "groups": {"9": {"id": 9, "title": "Сеть"}}}).data.groups["9"].title == "Сеть"


def test_a_thing_shows_which_it_is_and_nothing_of_whom():
    client = _answer(GetClient, {"id": 1, "name": "Мария", "phone": "+79000000001", "odd": "79000000001"}).data
    assert repr(client) == "Client(id=1)"
