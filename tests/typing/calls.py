import datetime as dt
from typing import assert_type

from frontdesk.yclients.blocking import BlockingClient
from frontdesk.yclients.client import Client
from frontdesk.yclients.contract import Endpoint
from frontdesk.yclients.endpoints.auth import PostAuth
from frontdesk.yclients.endpoints.booking import GetBookTimes, PostBookRecord
from frontdesk.yclients.endpoints.records import DeleteRecord, GetRecord, GetRecords, PostRecord, PutRecord
from frontdesk.yclients.endpoints.schedule import WorkingSlot
from frontdesk.yclients.endpoints.staff import GetStaff, PutStaff
from frontdesk.yclients.endpoints.visits import GetReceipt, GetVisit, PutVisit
from frontdesk.yclients.models.attendance import Attendance
from frontdesk.yclients.models.booking import Booked, Seance
from frontdesk.yclients.models.booking_forms import Appointment
from frontdesk.yclients.models.client import Client as ClientCard
from frontdesk.yclients.models.record import Record
from frontdesk.yclients.models.record_forms import RecordClient
from frontdesk.yclients.models.staff import Staff
from frontdesk.yclients.models.user import SecondFactor, User
from frontdesk.yclients.models.visit import Visit
from frontdesk.yclients.wire import Answer, read

TIME = dt.datetime(2026, 11, 22, 15, 0, tzinfo=dt.UTC)


async def results(api: Client) -> None:
    record = await api(GetRecord(company_id=1, record_id=2))
    assert_type(record, Record)
    assert_type(record.visit_id, int | None)
    assert_type(record.client, ClientCard | None)
    assert_type(record.date, dt.datetime | None)
    assert_type(await api(GetRecords(company_id=1, start_date=dt.date(2026, 11, 22))), tuple[Record, ...])
    assert_type(await api(PostRecord(company_id=1, activity_id=3, client=RecordClient(phone="7"))), tuple[Record, ...])
    assert_type(await api(PutRecord(company_id=1, record_id=2, attendance=Attendance.CAME)), Record)
    assert_type(await api(GetVisit(visit_id=7)), Visit)
    assert_type((await api(GetVisit(visit_id=7))).records[0].staff, Staff | None)
    assert_type(await api(GetReceipt(visit_id=7)), bytes)
    assert_type(await api(GetBookTimes(company_id=1, staff_id=0, date=dt.date(2026, 11, 22))), tuple[Seance, ...])
    assert_type(await api(GetStaff(company_id=1)), tuple[Staff, ...])
    assert_type(await api(PutStaff(company_id=1, staff_id=2, hidden=True)), Staff)
    assert_type(await api(PostAuth(login="a", password="b")), User | SecondFactor)
    appointment = Appointment(id=1, services=(11,), staff_id=0, datetime=TIME)
    assert_type(
        await api(PostBookRecord(company_id=1, phone="7", fullname="М", appointments=(appointment,))),
        tuple[Booked, ...],
    )


async def answers(api: Client) -> None:
    answer = await api.answer(GetRecord(company_id=1, record_id=2))
    assert_type(answer, Answer[Record])
    assert_type(await api.answer(DeleteRecord(company_id=1, record_id=2)), Answer[None])
    async for record in api.pages(GetRecords(company_id=1)):
        assert_type(record, Record)
    async for master in api.pages(GetStaff(company_id=1)):
        assert_type(master, Staff)


def blocking(api: BlockingClient) -> None:
    assert_type(api(GetRecord(company_id=1, record_id=2)), Record)
    for record in api.pages(GetRecords(company_id=1)):
        assert_type(record, Record)


def by_hand() -> None:
    assert_type(read(GetVisit, 200, {}, b""), Answer[Visit])
    assert_type(PutRecord.keeping(1, Record(id=2), comment="x"), PutRecord)
    assert_type(WorkingSlot(from_="10:00", to="19:00").from_, str)


async def any_call(api: Client, call: Endpoint[Visit]) -> Visit:
    return await api(call)


async def nothing(api: Client) -> None:
    await api(PutVisit(visit_id=1, record_id=2, attendance=Attendance.NO_SHOW, comment=""))
