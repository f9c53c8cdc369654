"""How a cancellation is written: on the visit, else on the appointment, else by deleting it.

The way down is taken only where the provider's own answer opens it. Without a visit id, or after a refusal to edit the
visit, the appointment itself is edited; it is deleted only after 403 on editing or 404 «Визит не найден», while it can
still be read. A 401, a 422, a 5xx or a lost reply opens nothing: what may have happened is looked up first.

A visit can hold several appointments, and it is not documented whether `PUT /visits/{visit_id}/{record_id}` touches
only the one it names. So where a visit is shared the appointment itself is edited, and the others are read before and
after and put back where they moved.
"""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from http import HTTPStatus
from typing import assert_never

from structlog.typing import FilteringBoundLogger

from frontdesk.booking.commands import Cancel
from frontdesk.booking.policy import CancelSettings, Method
from frontdesk.provider.api import Api
from frontdesk.provider.companions import keeping_companions
from frontdesk.yclients.endpoints.records import DeleteRecord, GetRecord, PutRecord
from frontdesk.yclients.endpoints.visits import PutVisit
from frontdesk.yclients.errors import Refused
from frontdesk.yclients.models.attendance import Attendance
from frontdesk.yclients.models.record import Record


@dataclass(frozen=True)
class Cancellation:
    """One cancellation under way, with the appointment as it was just read."""

    api: Api
    log: FilteringBoundLogger
    company_id: int
    command: Cancel
    record: Record
    settings: CancelSettings

    async def write(self) -> None:
        """Takes the ways in order; raises the refusal that no further way is open after."""
        self.log.info("Soft canceling record %s at company %s", self.record.id, self.company_id, mark="🚫")
        ways = self._ways()
        for way, next_way in zip(ways, (*ways[1:], None), strict=True):
            try:
                await way()
            except Refused as refused:
                if next_way is None or not opens_next_way(refused):
                    raise
                self.log.warning("soft cancel refused, trying the next way", refusal=str(refused))
            else:
                return

    def _ways(self) -> tuple[Callable[[], Awaitable[None]], ...]:
        by_record = (self._by_record, self._by_deleting) if self.settings.fallback_delete else (self._by_record,)
        match self.settings.method:
            case Method.DELETE:
                return (self._delete,)
            case Method.VISIT if self._visit_is_usable():
                return (self._by_visit, *by_record)
            case Method.VISIT | Method.RECORD:
                return by_record
            case _:
                assert_never(self.settings.method)

    def _visit_is_usable(self) -> bool:
        if not self.record.visit_id:
            self.log.warning("Failed to get visit_id from record details")
            return False
        self.log.info("Found visit_id: %s for record %s", self.record.visit_id, self.record.id)
        return not self.command.shares_visit

    async def _by_visit(self) -> None:
        visit = self.record.visit_id or 0
        await self.api(
            PutVisit(visit_id=visit, record_id=self.record.id, attendance=Attendance.NO_SHOW, comment=self._comment())
        )
        self.log.info("Successfully soft-cancelled record %s via visit %s", self.record.id, visit, mark="✅")

    async def _by_record(self) -> None:
        if self.command.shares_visit and self.record.visit_id:
            await keeping_companions(self.api, self.company_id, self.record, self._all_fields())
        else:
            await self._edit_record()
        self.log.info("Successfully soft-cancelled record %s via the record itself", self.record.id, mark="✅")

    async def _edit_record(self) -> None:
        try:
            edited = await self.api(self._two_fields())
        except Refused as refused:
            if refused.status not in {HTTPStatus.BAD_REQUEST, HTTPStatus.UNPROCESSABLE_ENTITY}:
                raise
        else:
            if edited.services or not self.record.services:
                return
        # The service wants the main fields, or has taken their absence as a wish to empty them.
        await self.api(self._all_fields())

    def _two_fields(self) -> PutRecord:
        fields = {
            "company_id": self.company_id,
            "record_id": self.record.id,
            "attendance": Attendance.NO_SHOW,
            "comment": self._comment(),
        }
        # «При изменении записи в групповом событии параметр activity_id становится обязательным.»
        event = {"activity_id": self.record.activity_id} if self.record.activity_id else {}
        return PutRecord.model_validate(fields | event)

    def _all_fields(self) -> PutRecord:
        return PutRecord.keeping(self.company_id, self.record, attendance=Attendance.NO_SHOW, comment=self._comment())

    async def _by_deleting(self) -> None:
        self.log.warning("Soft cancel failed, trying to delete record", mark="⚠️")
        await self.api(GetRecord(company_id=self.company_id, record_id=self.record.id))
        await self._delete()

    async def _delete(self) -> None:
        await self.api(DeleteRecord(company_id=self.company_id, record_id=self.record.id))
        self.log.info("Deleted record %s at company %s", self.record.id, self.company_id)

    def _comment(self) -> str:
        """What the salon wrote before stays; the mark is added once."""
        before = (self.record.comment or "").strip()
        if self.command.comment in before:
            return before
        return f"{before}\n{self.command.comment}" if before else self.command.comment


def opens_next_way(refused: Refused) -> bool:
    """Whether the refusal is of the way rather than of the wish."""
    no_such_visit = refused.status == HTTPStatus.NOT_FOUND and "визит" in refused.message.casefold()
    return refused.status == HTTPStatus.FORBIDDEN or no_such_visit
