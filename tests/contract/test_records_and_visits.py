from datetime import date

import pytest

from frontdesk.yclients.endpoints.clients import SearchClients
from frontdesk.yclients.endpoints.companies import GetCompany
from frontdesk.yclients.endpoints.records import DeleteRecord, GetRecord, GetRecords, PutRecord
from frontdesk.yclients.endpoints.visits import GetVisit, PutVisit
from frontdesk.yclients.errors import Cause, Refused, Unauthorised
from frontdesk.yclients.models.attendance import Attendance
from frontdesk.yclients.wire import Credentials

SALON, IRINA, SVETLANA = 962302, 70001, 70004
TOMORROW = date(2026, 11, 22)


def coming(salon, client):
    return salon(GetRecords(company_id=SALON, client_id=client, start_date=TOMORROW))


def test_the_way_of_a_cancellation(salon):
    clients = salon(
        SearchClients(
            company_id=SALON,
            fields=("id", "name", "phone"),
            filters=({"type": "quick_search", "state": {"value": "+79000000001"}},),
        )
    )
    assert [(client.id, client.phone) for client in clients] == [(IRINA, "+79000000001")]
    (one,) = coming(salon, IRINA)
    record = salon(GetRecord(company_id=SALON, record_id=one.id))
    assert str(record.date) == "2026-11-22 15:00:00"
    salon(
        PutVisit(
            visit_id=record.visit_id,
            record_id=record.id,
            attendance=Attendance.NO_SHOW,
            comment="Отменено клиентом через WhatsApp",
        )
    )
    after = salon(GetRecord(company_id=SALON, record_id=one.id))
    assert (after.attendance, after.comment) == (Attendance.NO_SHOW, "Отменено клиентом через WhatsApp")


def test_a_visit_shows_all_its_appointments(salon):
    first, second = coming(salon, SVETLANA)
    visit = salon(GetVisit(visit_id=first.visit_id))
    assert [record.id for record in visit.records] == [first.id, second.id]


def test_an_appointment_is_changed_with_its_own_main_fields(salon):
    salon.world.switches.change(record_put_is_partial=False)
    (one,) = coming(salon, IRINA)
    changed = salon(PutRecord.keeping(SALON, one, attendance=Attendance.CONFIRMED, comment="придёт"))
    assert (changed.attendance, changed.date, changed.client.id) == (Attendance.CONFIRMED, one.date, IRINA)


def test_a_deleted_appointment_is_gone(salon):
    (one,) = coming(salon, IRINA)
    answer = salon.answer(DeleteRecord(company_id=SALON, record_id=one.id))
    assert (answer.status, answer.data) == (204, None)
    with pytest.raises(Refused) as refusal:
        salon(GetRecord(company_id=SALON, record_id=one.id))
    assert (refusal.value.status, refusal.value.message) == (404, "Запись не найдена")


def test_pages_are_walked_to_the_end(salon):
    async def walk():
        return [one.id async for one in salon.api().pages(GetRecords(company_id=SALON, count=4))]

    whole = salon.answer(GetRecords(company_id=SALON, count=100))
    assert salon.run(walk()) == [one.id for one in whole.data]
    assert whole.meta["total_count"] == len(whole.data)


def test_the_salon_says_what_it_allows(salon):
    company = salon(GetCompany(id=SALON))
    assert (company.title, company.timezone_name) == ("Салон красоты «Ясный день»", "Europe/Moscow")
    assert company.allow_delete_record is True


CALLS = [
    GetRecord(company_id=SALON, record_id=1211181002),
    GetRecords(company_id=SALON),
    PutRecord(company_id=SALON, record_id=1211181002, attendance=Attendance.CONFIRMED, comment=""),
    DeleteRecord(company_id=SALON, record_id=1211181002),
    PutVisit(visit_id=1050341002, record_id=1211181002, attendance=Attendance.CONFIRMED, comment=""),
    GetVisit(visit_id=1050341002),
    SearchClients(company_id=SALON),
    GetCompany(id=SALON),
]


@pytest.mark.parametrize("call", CALLS, ids=lambda call: call.spec.name)
@pytest.mark.parametrize(
    ("credentials", "cause"),
    [
        (Credentials("somebody", "demo-user"), Cause.UNKNOWN_PARTNER),
        (Credentials("demo-partner", "nobody"), Cause.USER_TOKEN),
    ],
    ids=["unknown partner", "unknown user"],
)
def test_a_wrong_token_is_told_apart(salon, call, credentials, cause):
    with pytest.raises(Unauthorised) as refusal:
        salon(call, credentials)
    assert refusal.value.cause is cause


@pytest.mark.parametrize("call", CALLS, ids=lambda call: call.spec.name)
def test_a_user_without_the_branch_is_refused(salon, call):
    salon.world.users[1].rights.clear()
    with pytest.raises(Refused) as refusal:
        salon(call)
    assert refusal.value.status == 403


@pytest.mark.parametrize(
    "call",
    [
        GetRecord(company_id=SALON, record_id=1),
        PutRecord(company_id=SALON, record_id=1, comment=""),
        DeleteRecord(company_id=SALON, record_id=1),
        GetRecords(company_id=1),
        GetVisit(visit_id=1),
        PutVisit(visit_id=1, record_id=1, attendance=Attendance.CAME, comment=""),
        SearchClients(company_id=1),
        GetCompany(id=1),
    ],
    ids=lambda call: call.spec.name,
)
def test_what_is_not_there_is_404(salon, call):
    with pytest.raises(Refused) as refusal:
        salon(call)
    assert refusal.value.status == 404
