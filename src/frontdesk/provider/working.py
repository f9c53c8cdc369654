"""When masters work, as the provider's schedule has it."""

from collections.abc import Iterable
from datetime import date, timedelta

from frontdesk.booking.schedules import WorkingDay
from frontdesk.booking.spans import DAY_S, Span
from frontdesk.booking.times import Instant
from frontdesk.dialogue.talk import WorkingWanted
from frontdesk.provider.branch import Branch
from frontdesk.yclients.endpoints.schedule import GetStaffSchedule
from frontdesk.yclients.models.schedule import Interval, StaffDay

LOOK_AHEAD = timedelta(days=6)


async def working_days(branch: Branch, wanted: WorkingWanted, now: Instant) -> tuple[WorkingDay, ...]:
    """A week of every master who takes clients; days off have no spans."""
    today = branch.salon.local(now).date()
    first = max(today, wanted.first_day or today)
    return await schedule(branch, [one.master.id for one in branch.menu.staff], first, first + LOOK_AHEAD)


async def schedule(branch: Branch, masters: Iterable[int], first: date, last: date) -> tuple[WorkingDay, ...]:
    """The working days of these masters; what the provider says of nobody, or in no readable hours, is left out."""
    asked = tuple(masters)
    if not asked:
        return ()
    days = await branch.api(
        GetStaffSchedule(company_id=branch.salon.id, start_date=first, end_date=last, staff_ids=asked)
    )
    return tuple(one for day in days if (one := _working_day(branch, day)) is not None)


def _working_day(branch: Branch, day: StaffDay) -> WorkingDay | None:
    master = branch.menu.master(day.staff_id or 0)
    if master is None or day.date is None:
        return None
    spans = (span for interval in day.slots if (span := _span(interval)) is not None)
    return WorkingDay(master, day.date, tuple(sorted(spans)))


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
