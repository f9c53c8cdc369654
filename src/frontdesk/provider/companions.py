"""Editing one appointment of a visit that holds several: the others stay as they were.

It is not documented whether an edit touches only the appointment it names, so the others are read before and after, and
put back where they moved.
"""

from frontdesk.provider.api import Api
from frontdesk.yclients.endpoints.records import PutRecord
from frontdesk.yclients.endpoints.visits import GetVisit
from frontdesk.yclients.models.record import Record


async def keeping_companions(api: Api, company_id: int, record: Record, edit: PutRecord) -> None:
    """Writes the edit of the record; whatever else stands in its visit keeps its attendance."""
    before = await companions(api, record)
    await api(edit)
    after = await companions(api, record) if before else {}
    for record_id, other in before.items():
        if record_id in after and after[record_id].attendance != other.attendance:
            await api(PutRecord.keeping(company_id, other, attendance=other.attendance))


async def companions(api: Api, record: Record) -> dict[int, Record]:
    """The other appointments of the record's visit, by id."""
    if not record.visit_id:
        return {}
    visit = await api(GetVisit(visit_id=record.visit_id))
    return {other.id: other for other in visit.records if other.id != record.id}
