"""What the journal says of a salon and of one person, in as few calls as are needed for the truth.

A copy that was compared with the journal a moment ago says the same as the journal. So whoever was looked up there once
is read from it, and the schedule too; of free times see `slots`. Nobody is told that there is nothing before the
journal itself has said so. Everything here raises the client's errors.
"""

from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass
from datetime import date

from frontdesk.booking.appointments import Appointment
from frontdesk.booking.ids import ClientId, Phone
from frontdesk.booking.outstanding import not_held
from frontdesk.booking.schedules import Busy, WorkingDay
from frontdesk.booking.slots import Slot
from frontdesk.booking.times import Instant
from frontdesk.dialogue.talk import SlotsWanted, WorkingWanted
from frontdesk.provider import reading
from frontdesk.provider.away import Copy
from frontdesk.provider.branch import Branch, ClientBook
from frontdesk.provider.mirror import Mirror
from frontdesk.provider.slots import free_slots
from frontdesk.provider.working import LOOK_AHEAD as WEEK
from frontdesk.provider.working import working_days
from frontdesk.yclients import errors
from frontdesk.yclients.endpoints.clients import ClientFilter, SearchClients
from frontdesk.yclients.endpoints.records import GetRecords

MOST_APPOINTMENTS = 200
MOST_CLIENTS = 10


async def no_copy() -> Copy | None:
    """Every question is asked of the journal."""
    return None


@dataclass(frozen=True, slots=True)
class Live:
    """The journal of one salon."""

    branch: Branch
    clients: ClientBook
    now: Instant
    mirror: Mirror | None = None
    fresh: Callable[[], Awaitable[Copy | None]] = no_copy
    """The local copy, where it is as good as the journal's own answer."""

    async def appointments(self, phone: Phone) -> tuple[Appointment, ...]:
        """The appointments of the client with this phone, from today on."""
        if found := await self._copied(phone):
            return found
        found = await self._asked(phone)
        if self.mirror is not None and found:
            # The copy reaches some weeks ahead; what lies beyond stands in it from now on, and is kept there.
            await self.mirror.keep(self.branch.salon.key, found, self.now)
        return found

    async def _copied(self, phone: Phone) -> tuple[Appointment, ...]:
        """From the copy; nothing where that is not fresh, or this person's were never read whole."""
        copy = await self.fresh()
        if copy is None or not await self.clients.known(self.branch.salon.key, phone):
            return ()
        found = tuple(one for one in await copy.appointments(phone) or () if not one.deleted)
        return found if any(one.stands for one in found) else ()

    async def _asked(self, phone: Phone) -> tuple[Appointment, ...]:
        """What the known cards hold. One that was merged into another holds nothing, so then they are searched anew."""
        known = await self.clients.known(self.branch.salon.key, phone)
        if found := await self._of(known, phone):
            return found
        cards = await self._searched(phone)
        if cards != known:
            await self.clients.remember(self.branch.salon.key, phone, cards)
        return await self._of([one for one in cards if one not in known], phone)

    async def _of(self, clients: Iterable[ClientId], phone: Phone) -> tuple[Appointment, ...]:
        branch, today = self.branch, self.branch.salon.local(self.now).date()
        found: list[Appointment] = []
        for client in clients:
            records = await branch.api(
                GetRecords(company_id=branch.salon.id, client_id=client, start_date=today, count=MOST_APPOINTMENTS)
            )
            found += [one for record in records if (one := reading.appointment(record, branch.salon)) is not None]
        # Never trust a filter alone: what is not on this phone is not this person's.
        return tuple(one for one in found if one.client is not None and one.client.phone == phone)

    async def working(self, wanted: WorkingWanted) -> tuple[WorkingDay, ...]:
        """A week of every master who takes clients."""
        copy, last = await self.fresh(), max(wanted.first_day or date.min, self.now.date()) + WEEK
        if copy is not None and copy.freshness.covers_until is not None and last < copy.freshness.covers_until:
            return await copy.working(wanted) or ()
        return await working_days(self.branch, wanted, self.now)

    async def slots(self, wanted: SlotsWanted, holds: Iterable[Busy]) -> tuple[Slot, ...]:
        """The free times as the provider offers them, without those that were promised to somebody already."""
        try:
            copy = None if wanted.anew else await self.fresh()
            found = await free_slots(self.branch, wanted, self.branch.salon.local(self.now), copy)
        except errors.Refused as refused:
            if refused.booking_code is None:
                raise
            return ()  # The provider's answer where the service has just been taken out of online booking.
        return not_held(found, holds, wanted.moving.id if wanted.moving else None)

    async def _searched(self, phone: Phone) -> tuple[ClientId, ...]:
        matches = await self.branch.api(
            SearchClients(
                company_id=self.branch.salon.id,
                fields=("id", "name", "phone"),
                filters=(ClientFilter(type="quick_search", state={"value": phone}),),
                page_size=MOST_CLIENTS,
            )
        )
        # A quick search also finds the digits inside other numbers.
        return tuple(sorted(client.id for client in map(reading.client, matches) if client.phone == phone))
