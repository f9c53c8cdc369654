"""Free times, as the provider works them out.

One call a day, and no day is asked for that has nothing free: where several days would do, the days that can be booked
are asked for first, and the times of the first few of them. A time that «anyone» is free for belongs to nobody yet; the
master is chosen when the time is.

The provider counts the appointment that is being moved as taken time, so what lies within it and beside it is worked
out here, from the master's schedule and the other appointments of the day.
"""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from frontdesk.booking.appointments import Appointment, Master
from frontdesk.booking.ids import MasterId
from frontdesk.booking.menu import Menu
from frontdesk.booking.schedules import BookingRules, busy_with, calendar
from frontdesk.booking.slots import Slot
from frontdesk.booking.slots import free_slots as free_slots_of
from frontdesk.booking.times import Local
from frontdesk.dialogue.talk import SlotsWanted
from frontdesk.provider import reading
from frontdesk.provider.branch import Branch
from frontdesk.provider.days import DAYS_SHOWN, LOOK_AHEAD, by_nearness, few_days
from frontdesk.provider.events import places
from frontdesk.provider.working import schedule
from frontdesk.yclients.endpoints.booking import GetBookDates, GetBookStaff, GetBookTimes
from frontdesk.yclients.endpoints.records import GetRecords
from frontdesk.yclients.models.booking import Seance

ANYONE = Master(MasterId(0), "")
MOST_OF_A_DAY = 300


async def free_slots(branch: Branch, wanted: SlotsWanted, now: Local) -> tuple[Slot, ...]:
    """The free times of the wished days, or of the first days after them that have any; none that is over."""
    if wanted.at is not None and wanted.at <= now:
        wanted = replace(wanted, at=None)
    return tuple(slot for slot in await _all_free(branch, wanted, now) if slot.start > now)


async def _all_free(branch: Branch, wanted: SlotsWanted, now: Local) -> tuple[Slot, ...]:
    if branch.menu.is_group(wanted.services):
        return await places(branch, wanted, now)
    if wanted.moving is None:
        return await _offered(branch, wanted, now)
    found = await _offered(branch, wanted, now)
    beside = await _beside_itself(branch, wanted, wanted.moving, now)
    known = {(slot.master.id, slot.start) for slot in found}
    new = [slot for slot in beside if (slot.master.id, slot.start) not in known]
    return tuple(sorted((*found, *new), key=lambda slot: (slot.start, slot.master.id)))


async def _offered(branch: Branch, wanted: SlotsWanted, now: Local) -> tuple[Slot, ...]:
    """As the provider offers them."""
    if wanted.at is not None and wanted.master is None:
        found = await _masters_free_at(branch, wanted, wanted.at)
        if found:
            return found
        # A time that was offered a moment ago has been taken since: what was named with it is no longer true.
        branch.times.clear()
    days = few_days(wanted, now)
    found = await _slots_on(branch, wanted, days, now) if days else ()
    if found:
        return found
    first = max(now.date(), (wanted.first_day or now.date()) - timedelta(days=7))
    bookable = await _bookable_days(branch, wanted, first)
    if not bookable and first > now.date():
        # Beyond what the salon shows its clients there is nothing, but before it there may be.
        bookable = await _bookable_days(branch, wanted, now.date())
    near = [day for day in bookable if day not in days and day >= now.date()]
    return await _slots_on(branch, wanted, sorted(by_nearness(near, wanted)[:DAYS_SHOWN]), now)


async def _bookable_days(branch: Branch, wanted: SlotsWanted, first: date) -> list[date]:
    dates = await branch.api(
        GetBookDates(
            company_id=branch.salon.id,
            service_ids=tuple(wanted.services),
            staff_id=wanted.master or 0,
            date_from=first,
            date_to=first + LOOK_AHEAD,
        )
    )
    return [day for day in dates.booking_dates if day is not None]


async def _slots_on(branch: Branch, wanted: SlotsWanted, days: Iterable[date], now: Local) -> tuple[Slot, ...]:
    found: list[Slot] = []
    for day in days:
        seances = await _named(branch, wanted, day, now)
        master = (branch.menu.master(wanted.master) if wanted.master else None) or ANYONE
        found += [slot for seance in seances if (slot := _slot(seance, master, day, branch.menu, wanted)) is not None]
    return tuple(found)


async def _named(branch: Branch, wanted: SlotsWanted, day: date, now: Local) -> tuple[Seance, ...]:
    """The times of a day as the provider names them, or named them within the last half minute."""
    asked = (wanted.master or 0, day, tuple(wanted.services))
    if not wanted.anew and (kept := branch.times.get(asked, now)) is not None:
        return kept
    master, _, services = asked
    seances = await branch.api(
        GetBookTimes(company_id=branch.salon.id, staff_id=master, date=day, service_ids=services)
    )
    branch.times.put(asked, now, tuple(seances))
    return tuple(seances)


def _slot(seance: Seance, master: Master, day: date, menu: Menu, wanted: SlotsWanted) -> Slot | None:
    if seance.time is None:
        return None
    hours, minutes = (int(part) for part in seance.time.split(":")[:2])
    start = Local(datetime.combine(day, time(hours, minutes)))
    length_s = seance.sum_length or seance.seance_length or _longest(menu, wanted)
    return Slot(master, start, length_s)


def _longest(menu: Menu, wanted: SlotsWanted) -> int:
    offers = menu.offers(wanted.services)
    return sum(max(terms.length_s for terms in offer.masters.values()) for offer in offers)


async def _masters_free_at(branch: Branch, wanted: SlotsWanted, at: Local) -> tuple[Slot, ...]:
    """Who could take the visit at this very time."""
    staff = await branch.api(GetBookStaff(company_id=branch.salon.id, service_ids=tuple(wanted.services), datetime=at))
    offers = branch.menu.offers(wanted.services)
    free = (branch.menu.master(one.id) for one in staff if one.id and one.bookable)
    return tuple(
        Slot(master, at, sum(offer.masters[master.id].length_s for offer in offers))
        for master in free
        if master is not None and branch.menu.does_all(master.id, offers)
    )


async def _beside_itself(branch: Branch, wanted: SlotsWanted, moving: Appointment, now: Local) -> tuple[Slot, ...]:
    """The starts on its own day, with its own master, that only the appointment itself stands in the way of."""
    day, master = moving.start.date(), moving.master.id
    wished = (wanted.first_day or day) <= day <= (wanted.last_day or day)
    if not wished or wanted.master not in {None, master} or moving.length_s <= 0:
        return ()
    records = await branch.api(
        GetRecords(company_id=branch.salon.id, staff_id=master, start_date=day, end_date=day, count=MOST_OF_A_DAY)
    )
    others = [one for record in records if (one := reading.appointment(record, branch.salon)) is not None]
    # Of a group event only those who go to it are seen here, so their places stand for the event's time.
    busy = busy_with([replace(one, activity=None) for one in others])
    days = await schedule(branch, [master], day, day)
    known = calendar(branch.salon.zone, BookingRules(), days, busy)
    length = timedelta(seconds=moving.length_s)
    free = free_slots_of(day, {master: moving.length_s}, known, now, moving=moving.id)
    return tuple(slot for slot in free if moving.start - length < slot.start < moving.start + length)
