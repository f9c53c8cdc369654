from frontdesk.yclients.client import Client
from frontdesk.yclients.endpoints.records import GetRecord, GetRecords, PutRecord
from frontdesk.yclients.endpoints.visits import PutVisit
from frontdesk.yclients.models.attendance import Attendance
from frontdesk.yclients.models.record import Record


async def wrong(api: Client) -> None:
    GetRecord(company_id=1)  # wrong: no record
    GetRecord(company_id="1", record_id=2)  # wrong: text for a number
    GetRecord(company_id=1, record_id=2, colour="red")  # wrong: no such argument
    PutRecord(company_id=1, record_id=2, attendance=-1)  # wrong: a bare number for a status
    PutVisit(visit_id=1, record_id=2, attendance=Attendance.CAME)  # wrong: no comment
    GetRecords(company_id=1).company_id = 2  # wrong: a call does not change
    found: tuple[Record, ...] = await api(GetRecord(company_id=1, record_id=2))  # wrong: one is not many
    found[0].visit_id + 1  # wrong: it may be missing
    api.pages(GetRecord(company_id=1, record_id=2))  # wrong: one thing has no pages
