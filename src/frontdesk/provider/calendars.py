"""Whether a master still works there, and how a day of theirs stands: working time and what takes it."""

from dataclasses import replace
from datetime import date

from frontdesk.booking.appointments import Master
from frontdesk.booking.ids import MasterId
from frontdesk.booking.schedules import BookingRules, Calendar, busy_with, calendar
from frontdesk.provider import reading
from frontdesk.provider.away import Copy
from frontdesk.provider.branch import Branch
from frontdesk.provider.working import schedule
from frontdesk.yclients.endpoints.records import GetRecords
from frontdesk.yclients.endpoints.staff import GetStaff

MOST_OF_A_DAY = 300


async def calendar_of(branch: Branch, master: Master, day: date, copy: Copy | None = None) -> Calendar:
    """This day of this master: as the fresh copy has it, else in two calls; raises the client's errors."""
    if copy is not None:
        return await copy.calendar([master.id], day, day, BookingRules())
    working = await schedule(branch, [master.id], day, day)
    records = await branch.api(
        GetRecords(company_id=branch.salon.id, staff_id=master.id, start_date=day, end_date=day, count=MOST_OF_A_DAY)
    )
    stands = [one for record in records if (one := reading.appointment(record, branch.salon)) is not None]
    # Of a group event only those who go to it are seen here, so their places stand for the event's time.
    busy = busy_with([replace(one, activity=None) for one in stands])
    return calendar(branch.salon.zone, BookingRules(), working, busy)


async def works(branch: Branch, master: MasterId) -> bool:
    """Whether the salon still employs this master, bookable online or not; raises the client's errors."""
    if branch.menu.master(master) is not None:
        return True
    staff = await branch.api(GetStaff(company_id=branch.salon.id))
    return any(one.id == master and not one.fired for one in staff)
