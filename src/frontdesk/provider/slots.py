"""Free times, as the provider works them out.

One call a day, and no day is asked for that has nothing free: where several days would do, the days that can be booked
are asked for first, and the times of the first few of them. Where the local copy is fresh, one call tells whether it
names the very times that the provider names; if so, it is believed for the other days and for who is free. A time is
taken only by the provider's own check, when it is written. A time that «anyone» is free for belongs to nobody yet; the
master is chosen when the time is.

The provider counts the appointment that is being moved as taken time, so what lies within it and beside it is worked
out here, from the master's schedule and the other appointments of the day.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import Protocol

from frontdesk.booking.appointments import Appointment, Master
from frontdesk.booking.ids import MasterId
from frontdesk.booking.menu import Menu
from frontdesk.booking.schedules import BookingRules, Busy, Calendar, busy_with, calendar
from frontdesk.booking.slots import Slot
from frontdesk.booking.slots import free_slots as free_slots_of
from frontdesk.booking.times import Local
from frontdesk.dialogue.talk import SlotsWanted
from frontdesk.provider import reading
from frontdesk.provider.branch import Branch
from frontdesk.provider.days import DAYS_SHOWN, LOOK_AHEAD, by_nearness, few_days
from frontdesk.provider.events import places
from frontdesk.provider.times import Asked
from frontdesk.provider.working import schedule
from frontdesk.yclients.endpoints.booking import GetBookDates, GetBookStaff, GetBookTimes
from frontdesk.yclients.endpoints.records import GetRecords
from frontdesk.yclients.models.booking import Seance

ANYONE = Master(MasterId(0), "")
MOST_OF_A_DAY = 300


class Foresight(Protocol):
    """What is worked out here of a salon whose copy is as good as its journal."""

    async def slots(self, wanted: SlotsWanted, holds: Iterable[Busy]) -> tuple[Slot, ...] | None:
        """The free times of the wished days, or of the first days after them that have any."""
        ...

    async def calendar(self, masters: Collection[MasterId], first: date, last: date, rules: BookingRules) -> Calendar:
        """When these masters work and what takes their time."""
        ...


async def free_slots(
    branch: Branch, wanted: SlotsWanted, now: Local, ours: Foresight | None = None
) -> tuple[Slot, ...]:
    """The free times of the wished days, or of the first days after them that have any; none that is over."""
    if wanted.at is not None and wanted.at <= now:
        wanted = replace(wanted, at=None)
    return tuple(slot for slot in await _Search(branch, wanted, now, ours).all_free() if slot.start > now)


@dataclass(frozen=True, slots=True)
class _Search:
    """One search for free times at the provider."""

    branch: Branch
    wanted: SlotsWanted
    now: Local
    ours: Foresight | None

    async def all_free(self) -> tuple[Slot, ...]:
        """What the provider offers, and what the appointment that is being moved stands in the way of itself."""
        wanted = self.wanted
        if self.branch.menu.is_group(wanted.services):
            return await places(self.branch, wanted, self.now)
        found = await self._offered()
        if wanted.moving is None:
            return found
        beside = await _beside_itself(self, wanted.moving)
        known = {(slot.master.id, slot.start) for slot in found}
        new = [slot for slot in beside if (slot.master.id, slot.start) not in known]
        return tuple(sorted((*found, *new), key=lambda slot: (slot.start, slot.master.id)))

    async def _offered(self) -> tuple[Slot, ...]:
        """As the provider offers them."""
        branch, wanted, now = self.branch, self.wanted, self.now
        if wanted.at is not None and wanted.master is None and (found := await self._free_at(wanted.at)):
            return found
        foreseen = await self._foreseen()
        days = few_days(wanted, now)
        found = await self._on(days) if days else ()
        if found or foreseen:
            return found or await self._on(foreseen)
        first = max(now.date(), (wanted.first_day or now.date()) - timedelta(days=7))
        bookable = await _bookable_days(branch, wanted, first)
        if not bookable and first > now.date():
            # Beyond what the salon shows its clients there is nothing, but before it there may be.
            bookable = await _bookable_days(branch, wanted, now.date())
        near = [day for day in bookable if day not in days and day >= now.date()]
        return await self._on(sorted(by_nearness(near, wanted)[:DAYS_SHOWN]))

    async def _on(self, days: Iterable[date]) -> tuple[Slot, ...]:
        return await _slots_on(self.branch, self.wanted, days, self.now)

    async def _free_at(self, at: Local) -> tuple[Slot, ...]:
        """Who could take the visit at this very time. Where the provider offers it, the copy says who; else ask."""
        if self.ours is not None:
            offered = any(slot.start == at for slot in await self._on([at.date()]))
            found = [slot for slot in await self.ours.slots(self.wanted, ()) or () if slot.start == at]
            masters = tuple(slot for slot in found if slot.master.id)
            if offered == bool(masters):
                return masters
        asked = await _masters_free_at(self.branch, self.wanted, at)
        if not asked:
            # A time that was offered a moment ago has been taken since: what was named with it is no longer true.
            self.branch.times.clear()
        return asked

    async def _foreseen(self) -> tuple[date, ...]:
        """The nearest days with free times, where the copy names for one day what the provider names for it.

        That is a wished day, where one is wished: what is told of that day is the provider's own answer. The times of
        the other days stand in the copy too then, and are taken as named.
        """
        if self.ours is None:
            return ()
        by_day: dict[date, list[Slot]] = {}
        for slot in await self.ours.slots(replace(self.wanted, at=None, moving=None), ()) or ():
            by_day.setdefault(slot.start.date(), []).append(slot)
        wished = few_days(self.wanted, self.now)
        days = [*wished, *sorted(by_day.keys() - wished)]
        if not days or not await self._agree(days[0], by_day.get(days[0], [])):
            return ()
        for day in days[1:]:
            seances = tuple(_seance(slot) for slot in by_day.get(day, ()))
            self.branch.times.foresee(_asked(self.wanted, day), self.now, seances)
        return tuple(sorted(by_day))

    async def _agree(self, day: date, ours: Iterable[Slot]) -> bool:
        theirs = (slot.start for slot in await self._on([day]) if slot.start > self.now)
        return sorted(theirs) == sorted(slot.start for slot in ours)


def _asked(wanted: SlotsWanted, day: date) -> Asked:
    return wanted.master or 0, day, tuple(wanted.services)


def _seance(slot: Slot) -> Seance:
    return Seance(time=f"{slot.start:%H:%M}", seance_length=slot.length_s)


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
    asked = _asked(wanted, day)
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


async def _beside_itself(search: _Search, moving: Appointment) -> tuple[Slot, ...]:
    """The starts on its own day, with its own master, that only the appointment itself stands in the way of."""
    wanted, day, master = search.wanted, moving.start.date(), moving.master.id
    wished = (wanted.first_day or day) <= day <= (wanted.last_day or day)
    if not wished or wanted.master not in {None, master} or moving.length_s <= 0:
        return ()
    known = await _calendar_of(search, master, day)
    length = timedelta(seconds=moving.length_s)
    free = free_slots_of(day, {master: moving.length_s}, known, search.now, moving=moving.id)
    return tuple(slot for slot in free if moving.start - length < slot.start < moving.start + length)


async def _calendar_of(search: _Search, master: MasterId, day: date) -> Calendar:
    branch = search.branch
    if search.ours is not None:
        return await search.ours.calendar([master], day, day, BookingRules())
    records = await branch.api(
        GetRecords(company_id=branch.salon.id, staff_id=master, start_date=day, end_date=day, count=MOST_OF_A_DAY)
    )
    others = [one for record in records if (one := reading.appointment(record, branch.salon)) is not None]
    # Of a group event only those who go to it are seen here, so their places stand for the event's time.
    busy = busy_with([replace(one, activity=None) for one in others])
    return calendar(branch.salon.zone, BookingRules(), await schedule(branch, [master], day, day), busy)
