"""The person at the desk, who works in the same journal at the same time, through the provider's own API."""

from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from random import Random
from typing import Final

import httpx2

from frontdesk.booking.ids import Phone
from frontdesk.emulator.app import Emulator
from frontdesk.emulator.slots import can_do, free_starts, length_of
from frontdesk.emulator.things import Master, Service
from frontdesk.simulation.journal import Entry, look
from frontdesk.yclients.client import Client as Api
from frontdesk.yclients.endpoints.records import DeleteRecord, GetRecord, PostRecord, PutRecord
from frontdesk.yclients.endpoints.schedule import PutStaffSchedule, ScheduleToSet, WorkingSlot
from frontdesk.yclients.errors import Refused
from frontdesk.yclients.models.record_forms import RecordClient, RecordService
from frontdesk.yclients.turnstile import Open
from frontdesk.yclients.wire import Credentials

DAYS_AHEAD: Final = 10
SHORT_DAY: Final = (("12:00", "16:00"),)


@dataclass
class Receptionist:
    """Edits the journal. `touched` are the appointments she changed, `forced` those she put over others on purpose."""

    emulator: Emulator
    company: int
    chance: Random
    touched: set[int] = field(default_factory=set)
    forced: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        self._api = Api(
            Credentials("demo-partner", "demo-user"), transport=httpx2.ASGITransport(self.emulator), pace=Open()
        )

    @property
    def branch(self) -> str:
        """The title of her branch; nothing where there is but one."""
        companies = self.emulator.world.companies
        return companies[self.company].title if len(companies) > 1 else ""

    @property
    def today(self) -> datetime:
        """What the salon's clock shows."""
        world = self.emulator.world
        return world.now_local(world.companies[self.company])

    def services(self) -> list[Service]:
        """The price list."""
        return [one for one in self.emulator.world.services.of(self.company) if one.active]

    def masters_of(self, service: Service) -> list[Master]:
        """Who does a service."""
        return [one for one in self.emulator.world.masters.of(self.company) if can_do(one, [service])]

    def free_time(self, service: Service, master: Master) -> datetime | None:
        """A free start of one of the coming days; None where all is taken."""
        days = [self.today.date() + timedelta(days=n) for n in range(1, DAYS_AHEAD)]
        self.chance.shuffle(days)
        return next((start for day in days if (start := self._free_on(day, service, master))), None)

    def _free_on(self, day: date, service: Service, master: Master) -> datetime | None:
        starts = free_starts(self.emulator.world, master, day, length_of(master, [service]))
        return self.chance.choice(starts) if starts else None

    async def books(self, phone: Phone, name: str, *, force: bool = False) -> Entry | None:
        """Books somebody for something; None where there was no time."""
        service = self.chance.choice(self.services())
        master = self.chance.choice(self.masters_of(service))
        start = self._taken_time(master) if force else self.free_time(service, master)
        if start is None:
            return None
        call = PostRecord(
            company_id=self.company,
            client=RecordClient(phone=phone, name=name),
            staff_id=master.id,
            services=(RecordService(id=service.id),),
            datetime=start,
            seance_length=length_of(master, [service]),
            save_if_busy=force,
        )
        number = (await self._api(call))[0].id
        if force:
            self.forced.add(number)
        return look(self.emulator.world, self.company)[number]

    def _taken_time(self, master: Master) -> datetime | None:
        ahead = [one.start for one in self._coming() if one.master == master.id]
        return self.chance.choice(ahead) if ahead else None

    def _coming(self) -> list[Entry]:
        journal = look(self.emulator.world, self.company)
        return [one for one in journal.values() if one.stands and one.start > self.today]

    async def acts(self) -> None:
        """Does one thing or another, as the day goes."""
        act = self.chance.choice(
            (self._walk_in, self._walk_in, self._moves, self._cancels, self._shortens, self._forces)
        )
        try:
            await act()
        except Refused:
            return  # the provider told her no, as it would

    async def _walk_in(self) -> None:
        await self.books(Phone(f"7900300{self.chance.randint(0, 9999):04}"), "Гость")

    async def _forces(self) -> None:
        await self.books(Phone(f"7900300{self.chance.randint(0, 9999):04}"), "Срочно", force=True)

    async def _moves(self) -> None:
        if (one := self._any()) is None:
            return
        master = self.emulator.world.masters.get(self.company, one.master)
        service = self.emulator.world.services.get(self.company, one.services[0]) if one.services else None
        start = self.free_time(service, master) if master and service else None
        if start is None:
            return
        self.touched.add(one.id)
        record = await self._api(GetRecord(company_id=self.company, record_id=one.id))
        await self._api(PutRecord.keeping(self.company, record, datetime=start, save_if_busy=False))

    async def _cancels(self) -> None:
        if (one := self._any()) is not None:
            self.touched.add(one.id)
            await self._api(DeleteRecord(company_id=self.company, record_id=one.id))

    def _any(self) -> Entry | None:
        coming = self._coming()
        return self.chance.choice(coming) if coming else None

    async def _shortens(self) -> None:
        """A master works a short day; who is booked already stays."""
        master = self.chance.choice(self.emulator.world.masters.of(self.company))
        day = self.today.date() + timedelta(days=self.chance.randint(1, DAYS_AHEAD))
        slots = tuple(WorkingSlot.model_validate({"from": first, "to": last}) for first, last in SHORT_DAY)
        change = ScheduleToSet(staff_id=master.id, dates=(day,), slots=slots)
        await self._api(PutStaffSchedule(company_id=self.company, schedules_to_set=(change,)))
