"""What single calls send and what they refuse to."""

import datetime as dt
import json

import pytest
from pydantic import ValidationError

from frontdesk.yclients.endpoints.activities import PostActivity, SearchActivities
from frontdesk.yclients.endpoints.auth import PostAuth, SecondProof
from frontdesk.yclients.endpoints.booking import GetBookDates, GetBookTimes, PostBookRecord
from frontdesk.yclients.endpoints.clients import PostClientsBulk
from frontdesk.yclients.endpoints.companies import GetCompany
from frontdesk.yclients.endpoints.online_users import GetPhoneConfirmation
from frontdesk.yclients.endpoints.records import PostRecord, PutRecord
from frontdesk.yclients.endpoints.schedule import PutStaffSchedule, ScheduleToSet, WorkingSlot
from frontdesk.yclients.endpoints.staff import GetStaff, PutStaff
from frontdesk.yclients.endpoints.user_records import GetUserRecords
from frontdesk.yclients.endpoints.visits import GetReceipt
from frontdesk.yclients.errors import Refused
from frontdesk.yclients.models.attendance import Attendance
from frontdesk.yclients.models.booking_forms import Appointment
from frontdesk.yclients.models.client_forms import NewClient
from frontdesk.yclients.models.record import Record
from frontdesk.yclients.models.record_forms import RecordClient, RecordService
from frontdesk.yclients.profiles import YCLIENTS
from frontdesk.yclients.wire import Credentials, read, request

THREE = dt.datetime(2026, 11, 22, 15)  # noqa: DTZ001 - the salon's own time
HAIRCUT = (RecordService(id=11, cost=2500),)
MARIA = RecordClient(phone="79000000001", name="Мария")


def _sent(call):
    return request(call, YCLIENTS, Credentials("partner", "user"))


def _body(call):
    return json.loads(_sent(call).content or b"null")


def test_what_is_left_out_at_the_end_of_a_path_asks_for_all():
    assert _sent(GetStaff(company_id=1)).target == "/api/v1/company/1/staff"
    assert _sent(GetStaff(company_id=1, staff_id=5)).target == "/api/v1/company/1/staff/5"
    assert _sent(GetUserRecords()).target == "/api/v1/user/records"
    assert _sent(GetCompany(id=1)).target == "/api/v1/company/1/"


def test_a_day_stands_in_the_path_and_a_list_in_the_query():
    call = GetBookTimes(company_id=1, staff_id=0, date=dt.date(2026, 11, 22), service_ids=(11, 12))
    assert _sent(call).target == "/api/v1/book_times/1/0/2026-11-22?service_ids%5B%5D=11&service_ids%5B%5D=12"
    assert _sent(GetBookDates(company_id=1, service_ids=())).target == "/api/v1/book_dates/1"


@pytest.mark.parametrize("elsewhere", ["..", "../../companies", "a?b", ""])
def test_text_in_a_path_cannot_lead_elsewhere(elsewhere):
    with pytest.raises(ValidationError, match="record_hash"):
        GetUserRecords(record_id=1, record_hash=elsewhere)


def test_a_list_can_be_the_whole_body():
    call = PostClientsBulk(company_id=1, clients=(NewClient(name="Мария", phone="79000000001"), NewClient(name="Пётр")))
    assert _body(call) == [{"name": "Мария", "phone": "79000000001"}, {"name": "Пётр"}]


def test_names_that_python_cannot_say_are_said_on_the_wire_at_every_depth():
    proof = SecondProof(uuid="u", secret="1234")
    assert _body(PostAuth(login="a", password="b", two_factor=proof))["2fa"] == {"uuid": "u", "secret": "1234"}
    days = (dt.date(2026, 11, 22),)
    schedule = ScheduleToSet(staff_id=1, dates=days, slots=(WorkingSlot(from_="10:00", to="19:00"),))
    assert _body(PutStaffSchedule(company_id=1, schedules_to_set=(schedule,))) == {
        "schedules_to_set": [{"staff_id": 1, "dates": ["2026-11-22"], "slots": [{"from": "10:00", "to": "19:00"}]}]
    }
    search = SearchActivities(company_id=1, from_=dt.date(2026, 11, 21), till=dt.date(2026, 11, 22))
    assert _sent(search).target.endswith("?from=2026-11-21&till=2026-11-22")


def test_a_flag_that_the_provider_counts_travels_as_a_number():
    assert _body(PutStaff(company_id=1, staff_id=2, hidden=True)) == {"hidden": 1}


def test_a_change_can_ask_for_more_in_its_answer():
    call = PutRecord(company_id=1, record_id=2, comment="x", include_consumables=True)
    assert _sent(call).target == "/api/v1/record/1/2?include_consumables=1"
    assert _body(call) == {"comment": "x"}
    with pytest.raises(ValidationError, match="nothing to change"):
        PutRecord(company_id=1, record_id=2, include_consumables=True)


def test_null_is_sent_where_it_is_said():
    call = PutRecord(company_id=1, record_id=2, technical_break_duration=None, comment="x")
    assert _body(call) == {"technical_break_duration": None, "comment": "x"}


def test_the_short_form_of_a_change_holds_two_fields():
    call = PutRecord(company_id=1, record_id=2, attendance=Attendance.NO_SHOW, comment="Отменено клиентом")
    assert _body(call) == {"attendance": -1, "comment": "Отменено клиентом"}


RECORD = Record.model_validate(
    {
        "id": 2, "staff_id": 101, "date": "2026-11-22 15:00:00", "seance_length": 3600, "technical_break_duration": 450,
        "services": [{"id": 11, "title": "Стрижка", "cost": "2500.00", "first_cost": 2500, "discount": 0, "amount": 1}],
        "client": {"id": 7001, "phone": 79000000001, "name": "Мария", "email": ""}, "comment": "у окна",
        "activity_id": 0, "attendance": 2, "api_id": "desk-1", "sms_remain_hours": 5, "record_labels": [{"id": "67"}],
        "custom_fields": [],
    }
)  # fmt: skip


def test_the_full_form_repeats_what_the_appointment_has_of_its_own():
    assert _body(PutRecord.keeping(1, RECORD, attendance=Attendance.NO_SHOW)) == {
        "staff_id": 101,
        "services": [{"id": 11, "cost": 2500, "first_cost": 2500, "discount": 0, "amount": 1}],
        "client": {"id": 7001, "phone": "79000000001", "name": "Мария"},
        "datetime": "2026-11-22 15:00:00",
        "seance_length": 3600,
        "attendance": -1,
        "comment": "у окна",
        "api_id": "desk-1",
        "sms_remain_hours": 5,
        "record_labels": ["67"],
    }


def test_an_appointment_of_a_group_event_keeps_its_event():
    body = _body(PutRecord.keeping(1, RECORD.model_copy(update={"activity_id": 8001}), comment="перенос"))
    assert body["activity_id"] == 8001
    assert body["comment"] == "перенос"
    assert not {"staff_id", "services", "datetime", "seance_length"} & body.keys()


def test_a_new_appointment_is_whole_or_belongs_to_a_group_event():
    PostRecord(company_id=1, staff_id=101, services=HAIRCUT, client=MARIA, datetime=THREE, seance_length=3600)
    PostRecord(company_id=1, activity_id=8001, client=MARIA)
    with pytest.raises(ValidationError, match="seance_length, services: needed"):
        PostRecord(company_id=1, staff_id=101, client=MARIA, datetime=THREE)
    with pytest.raises(ValidationError, match="client: needed"):
        PostRecord(company_id=1, activity_id=8001)


@pytest.mark.parametrize(
    ("refused", "named"),
    [
        (lambda: PutRecord(company_id=1, record_id=2, seance_length=-60), "seance_length"),
        (lambda: PutRecord(company_id=1, record_id=2, technical_break_duration=301), "technical_break_duration"),
        (lambda: PutRecord(company_id=1, record_id=2, services=(), comment="x"), "services"),
        (lambda: RecordService(id=11, discount=101), "discount"),
        (lambda: RecordService(id=0), "id"),
        (lambda: PostBookRecord(company_id=1, phone="7", fullname="М", appointments=()), "appointments"),
        (lambda: PostBookRecord(company_id=1, phone="7", fullname="М", appointments=TWICE), "an id of its own"),
        (lambda: GetBookTimes(company_id=1, staff_id=-1, date=dt.date(2026, 11, 22)), "staff_id"),
        (lambda: WorkingSlot(from_="25:00", to="26:00"), "from"),
        (lambda: GetPhoneConfirmation(phone="79000000001"), "company_id or group_id"),
        (
            lambda: PostActivity(company_id=1, date=THREE, service_id=1, staff_id=1, capacity=0, force=False),
            "capacity",
        ),
    ],
)
def test_a_refused_call_names_the_field_and_shows_no_value(refused, named):
    with pytest.raises(ValidationError, match=named) as caught:
        refused()
    assert "input_value" not in str(caught.value)


TWICE = tuple(Appointment(id=1, services=(11,), staff_id=0, datetime=THREE) for _ in range(2))


def test_a_receipt_is_a_file_and_its_refusal_is_not():
    assert read(GetReceipt, 200, {}, b"%PDF-1.4").data == b"%PDF-1.4"
    with pytest.raises(Refused, match="Нет чека"):
        read(GetReceipt, 200, {}, '{"success": false, "meta": {"message": "Нет чека"}}'.encode())


def test_a_call_shows_numbers_and_days_but_no_phone_and_no_secret():
    assert repr(PutRecord(company_id=1, record_id=2, comment="79000000001")) == "PutRecord(company_id=1, record_id=2)"
    assert "79000000001" not in repr(PostRecord(company_id=1, activity_id=8001, client=MARIA))
    assert "horse" not in repr(PostAuth(login="a", password="correct horse"))
