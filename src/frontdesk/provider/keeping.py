"""Keeps a filled copy: what is due is read, what was hinted at is read sooner.

A hint names a thing that may have changed. A few appointments are read one by one; more of them, or one that we wrote
without learning its number, are found by one question for all changes. Lists are read whole whatever of them was named.
"""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import partial
from http import HTTPStatus
from typing import Protocol

from frontdesk.booking.appointments import Appointment
from frontdesk.booking.ids import AppointmentId, ClientId, Phone
from frontdesk.booking.times import Instant
from frontdesk.provider import reading
from frontdesk.provider.mirror import Freshness
from frontdesk.provider.syncing import PAGE, Syncing
from frontdesk.yclients import errors
from frontdesk.yclients.endpoints.clients import GetClient
from frontdesk.yclients.endpoints.records import GetRecord, GetRecords

REST = timedelta(minutes=10)
ONE_BY_ONE = 3
CLIENTS_AT_ONCE = 20
UNNAMED = 0
"""An appointment that was made here and whose number the answer did not say."""


@dataclass(frozen=True, slots=True)
class Hints:
    """What may have changed: appointments and clients by number; lists, settings and schedule as a whole."""

    appointments: frozenset[int] = frozenset()
    clients: frozenset[int] = frozenset()
    lists: bool = False
    settings: bool = False
    schedule: bool = False


class Phones(Protocol):
    """Which phone a client was last found under."""

    async def of_client(self, salon: str, client: ClientId) -> tuple[Phone, ...]:
        """The phones; empty for a client who never wrote."""
        ...

    async def reread(self, salon: str, client: ClientId, phone: Phone | None) -> None:
        """The client has this phone now, and none where it is None; a phone that never wrote is not kept."""
        ...


@dataclass
class Keeping:
    """One salon's copy, kept."""

    syncing: Syncing
    phones: Phones
    rests: dict[str, Instant] = field(default_factory=dict)
    """What the token may not read, and until when that is not tried again."""

    async def keep(self, hints: Hints) -> None:
        """Reads what is due and what was hinted at; raises the client's errors."""
        syncing = self.syncing
        freshness = await syncing.mirror.freshness(syncing.key)
        await self._lists(hints, freshness)
        await self._allowed("appointments", partial(self._journal, hints, freshness))
        for client in sorted(hints.clients)[:CLIENTS_AT_ONCE]:
            await self._allowed("clients", partial(self._client, ClientId(client)))

    async def _allowed(self, what: str, read: Callable[[], Awaitable[object]]) -> None:
        """Reads it, unless the token was lately refused it: the other parts are kept all the same."""
        now = self.syncing.now()
        if what in self.rests and now < self.rests[what]:
            return
        try:
            await read()
        except errors.Refused as refused:
            self.rests[what] = Instant(now + REST)
            self.syncing.log.warning("can't be copied", salon=self.syncing.key, what=what, cause=str(refused))

    async def _journal(self, hints: Hints, freshness: Freshness) -> None:
        if freshness.appointments is None or freshness.covers_until is None:
            await self.syncing.read_appointments()
        else:
            await self._appointments(hints, freshness.appointments)
            await self.syncing.widen(freshness.covers_until)

    async def _lists(self, hints: Hints, freshness: Freshness) -> None:
        syncing, rhythm = self.syncing, self.syncing.rhythm
        if hints.settings or self._is_due(syncing.branch.settings_at, rhythm.settings):
            await self._allowed("settings", syncing.read_settings)
        if hints.lists or self._is_due(freshness.salon, rhythm.lists):
            await syncing.read_lists()
            syncing.branch.times.clear()
        if hints.schedule or self._is_due(freshness.schedule, rhythm.schedule):
            await self._allowed("schedule", syncing.read_schedule)

    async def _appointments(self, hints: Hints, known_at: Instant) -> None:
        few = len(hints.appointments) <= ONE_BY_ONE and UNNAMED not in hints.appointments
        if self._is_due(known_at, self.syncing.rhythm.appointments) or not few:
            asked_at = self.syncing.now()
            await self.syncing.read_changes(known_at)
            await self.syncing.mirror.note_fresh(self.syncing.key, Freshness(appointments=asked_at))
        elif hints.appointments:
            for appointment in sorted(hints.appointments):
                await self._appointment(AppointmentId(appointment))

    def _is_due(self, read_at: Instant | None, every: timedelta) -> bool:
        return read_at is None or self.syncing.now() - read_at >= every

    async def _appointment(self, appointment: AppointmentId) -> None:
        syncing, asked_at = self.syncing, self.syncing.now()
        try:
            record = await syncing(GetRecord(company_id=syncing.branch.salon.id, record_id=appointment))
        except errors.Refused as refused:
            if refused.status != HTTPStatus.NOT_FOUND:
                raise
            await self._is_gone(appointment, asked_at)
        else:
            await syncing.keep([record], asked_at)

    async def _is_gone(self, appointment: AppointmentId, asked_at: Instant) -> None:
        """A deleted appointment is not shown by itself any more, so what was known of it stays, marked."""
        await self.change(appointment, asked_at, lambda known: replace(known, deleted=True))

    async def change(
        self, appointment: AppointmentId, at: Instant, changed: Callable[[Appointment], Appointment]
    ) -> None:
        """Changes what is known of an appointment; one that is not known stays so until it is read."""
        syncing = self.syncing
        known = await syncing.mirror.appointment(syncing.key, appointment)
        if known is not None and await syncing.mirror.keep(syncing.key, [changed(known)], at):
            syncing.branch.times.clear()

    async def _client(self, client: ClientId) -> None:
        """Whoever never wrote is nothing to us; of the others the phone may have changed, and the card may be gone."""
        syncing, key = self.syncing, self.syncing.key
        before = await self.phones.of_client(key, client)
        if not before:
            return
        try:
            card = reading.client(await syncing(GetClient(company_id=syncing.branch.salon.id, id=client)))
        except errors.Refused as refused:
            if refused.status != HTTPStatus.NOT_FOUND:
                raise
            await self.phones.reread(key, client, None)
            return
        await self.phones.reread(key, client, card.phone)
        if card.phone not in before:
            await self._coming_of(client)

    async def _coming_of(self, client: ClientId) -> None:
        """The phone stands in the appointments too."""
        syncing, asked_at = self.syncing, self.syncing.now()
        company, (first, _) = syncing.branch.salon.id, syncing.window()
        call = GetRecords(company_id=company, client_id=client, start_date=first, count=PAGE)
        records = await syncing(call)
        await syncing.keep(records, asked_at)


def hints_of(named: Sequence[tuple[str, int]]) -> Hints:
    """From what the provider's webhooks named: a kind of thing and its number."""
    kinds = {kind for kind, _ in named}
    return Hints(
        appointments=frozenset(number for kind, number in named if kind == "record"),
        clients=frozenset(number for kind, number in named if kind == "client"),
        lists=bool(kinds & {"service", "service_category", "staff", "salon"}),
        settings="salon" in kinds,
        schedule="staff" in kinds,
    )
