"""Whether a master still works there, and how a day of theirs stands: working time and what takes it."""

from dataclasses import replace
from datetime import date

from frontdesk.booking.appointments import Master
from frontdesk.booking.ids import MasterId
from frontdesk.booking.schedules import BookingRules, Calendar, WorkingDay, busy_with, calendar
from frontdesk.booking.spans import DAY_S, Span
from frontdesk.provider import reading
from frontdesk.provider.branch import Branch
from frontdesk.yclients.endpoints.records import GetRecords
from frontdesk.yclients.endpoints.schedule import GetStaffSchedule
from frontdesk.yclients.endpoints.staff import GetStaff
from frontdesk.yclients.models.schedule import Interval

MOST_OF_A_DAY = 300


async def calendar_of(branch: Branch, master: Master, day: date) -> Calendar:
    """This day of this master, in two calls; raises the client's errors."""
    days = await branch.api(
        GetStaffSchedule(company_id=branch.salon.id, start_date=day, end_date=day, staff_ids=(master.id,))
    )
    records = await branch.api(
        GetRecords(company_id=branch.salon.id, staff_id=master.id, start_date=day, end_date=day, count=MOST_OF_A_DAY)
    )
    stands = [one for record in records if (one := reading.appointment(record, branch.salon)) is not None]
    # Of a group event only those who go to it are seen here, so their places stand for the event's time.
    busy = busy_with([replace(one, activity=None) for one in stands])
    working = [
        WorkingDay(master, day, tuple(sorted(span for slot in one.slots if (span := _span(slot)) is not None)))
        for one in days
        if (one.staff_id, one.date) == (master.id, day)
    ]
    return calendar(branch.salon.zone, BookingRules(), working, busy)


async def works(branch: Branch, master: MasterId) -> bool:
    """Whether the salon still employs this master, bookable online or not; raises the client's errors."""
    if branch.menu.master(master) is not None:
        return True
    staff = await branch.api(GetStaff(company_id=branch.salon.id))
    return any(one.id == master and not one.fired for one in staff)


def _span(interval: Interval) -> Span | None:
    begin_s, end_s = _seconds(interval.from_), _seconds(interval.to)
    if begin_s is None or end_s is None:
        return None
    # «00:00» at the end of a day is its midnight, not its beginning.
    end_s = end_s or DAY_S
    return Span(begin_s, end_s) if begin_s < end_s <= DAY_S else None


def _seconds(shown: str | None) -> int | None:
    hours, _, minutes = (shown or "").partition(":")
    if not hours.isdecimal() or not minutes[:2].isdecimal():
        return None
    return int(hours) * 3600 + int(minutes[:2]) * 60
