"""A local copy in memory, filled from the emulator's journal as the keeper of the real one fills it."""

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date, timedelta

from frontdesk.booking.appointments import Appointment
from frontdesk.booking.ids import AppointmentId, MasterId, Phone
from frontdesk.booking.schedules import BookingRules, WorkingDay
from frontdesk.booking.times import Instant
from frontdesk.provider import reading
from frontdesk.provider.branch import Branch
from frontdesk.provider.mirror import Freshness, SalonCopy
from frontdesk.provider.working import schedule
from frontdesk.yclients.endpoints.records import GetRecords

DAYS = timedelta(days=30)


class CopyInMemory:
    """What was kept, and nothing else."""

    def __init__(self, rules: BookingRules | None = None) -> None:
        self.rules = rules or BookingRules()
        self.fresh = Freshness()
        self.days: tuple[WorkingDay, ...] = ()
        self.kept: dict[AppointmentId, Appointment] = {}
        self.salons: dict[str, SalonCopy] = {}

    async def freshness(self, _salon: str) -> Freshness:
        return self.fresh

    async def note_fresh(self, _salon: str, freshness: Freshness) -> None:
        self.fresh = freshness

    async def salon(self, salon: str) -> SalonCopy | None:
        return self.salons.get(salon)

    async def keep_salon(self, salon: str, copy: SalonCopy) -> bool:
        self.salons[salon] = copy
        return True

    async def working(
        self, _salon: str, masters: Collection[MasterId], first: date, last: date
    ) -> tuple[WorkingDay, ...]:
        return tuple(one for one in self.days if one.master.id in masters and first <= one.day <= last)

    async def keep_working(self, _salon: str, _first: date, _last: date, days: Sequence[WorkingDay]) -> None:
        self.days = tuple(days)

    async def on_days(
        self, _salon: str, masters: Collection[MasterId], first: date, last: date
    ) -> tuple[Appointment, ...]:
        kept = self.kept.values()
        return tuple(one for one in kept if one.master.id in masters and first <= one.start.date() <= last)

    async def of_phone(self, _salon: str, phone: Phone, since: date) -> tuple[Appointment, ...]:
        own = (one for one in self.kept.values() if one.client is not None and one.client.phone == phone)
        return tuple(one for one in own if one.start.date() >= since)

    async def appointment(self, _salon: str, appointment: AppointmentId) -> Appointment | None:
        return self.kept.get(appointment)

    async def keep(self, _salon: str, appointments: Sequence[Appointment], _read_at: Instant) -> int:
        self.kept |= {one.id: one for one in appointments}
        return len(appointments)

    async def forget_before(self, _salon: str, day: date) -> int:
        self.kept = {number: one for number, one in self.kept.items() if one.start.date() >= day}
        return 0


async def fill(copy: CopyInMemory, branch: Branch, now: Instant) -> None:
    """Reads the whole salon into the copy."""
    today = branch.salon.local(now).date()
    masters = [one.master.id for one in branch.menu.staff]
    copy.days = await schedule(branch, masters, today, today + DAYS)
    records = await branch.api(
        GetRecords(company_id=branch.salon.id, start_date=today, end_date=today + DAYS, count=300)
    )
    found = (reading.appointment(record, branch.salon) for record in records)
    copy.kept = {one.id: one for one in found if one is not None}
    copy.salons[branch.salon.key] = SalonCopy(branch.salon, branch.menu, copy.rules)
    copy.fresh = Freshness(now, now, now, today + DAYS)


def older(copy: CopyInMemory, by: timedelta) -> None:
    """The copy as it would be, had it been filled so much earlier."""
    parts = copy.fresh
    aged = [Instant(at - by) if at else None for at in (parts.salon, parts.schedule, parts.appointments)]
    copy.fresh = replace(parts, salon=aged[0], schedule=aged[1], appointments=aged[2])
