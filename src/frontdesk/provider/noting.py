"""What the front desk writes to a journal itself, noted on the way out, so that the copy has it at once.

An answer that shows the whole appointment is a reading like any other. Of a change whose answer shows nothing, what was
asked for is applied to what is known. An answer that names no more than a number is a hint.
"""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from frontdesk.booking.ids import AppointmentId
from frontdesk.booking.times import Instant
from frontdesk.provider.api import Api
from frontdesk.provider.keeping import UNNAMED, Keeping
from frontdesk.provider.reading import ATTENDANCE
from frontdesk.provider.times import Times
from frontdesk.yclients import errors
from frontdesk.yclients.contract import Endpoint
from frontdesk.yclients.endpoints.booking import PostBookRecord
from frontdesk.yclients.endpoints.records import DeleteRecord, PostRecord, PutRecord
from frontdesk.yclients.endpoints.visits import PutVisit
from frontdesk.yclients.models.record import Record

R = TypeVar("R")

NOTED_AT_MOST = 1_000
"""What is more than that is found when changes are asked for."""
_LOST = object()
"""The answer never came: whether anything was written shows only in the journal."""
WRITES = (PostRecord, PutRecord, DeleteRecord, PutVisit, PostBookRecord)


@dataclass(frozen=True, slots=True)
class Written:
    """A write that was answered, with its answer and when that came."""

    call: Endpoint[Any]
    answer: Any
    at: Instant


@dataclass(frozen=True)
class Noting:
    """The way to the provider, remembering what was written.

    After every attempt at writing, however it ended, `times` is emptied, and `ring` wakes whoever takes in.
    """

    api: Api
    now: Callable[[], Instant]
    times: Times
    ring: Callable[[], None]
    written: deque[Written] = field(default_factory=lambda: deque(maxlen=NOTED_AT_MOST))

    async def __call__(self, call: Endpoint[R], /) -> R:
        """Sends the call; raises the client's errors."""
        if not _writes(call):
            return await self.api(call)
        try:
            answer = await self.api(call)
            self.written.append(Written(call, answer, self.now()))
        except (errors.Unsure, errors.Unexpected):
            self.written.append(Written(call, _LOST, self.now()))
            raise
        finally:
            self.times.clear()
            self.ring()
        return answer

    def has_news(self) -> bool:
        """Whether something was written that has not been brought into the copy yet."""
        return bool(self.written)

    async def take_in(self, keeping: Keeping) -> frozenset[int]:
        """Brings the copy to what was written; answers with the appointments that must be read to be known."""
        hinted: frozenset[int] = frozenset()
        while self.written:
            hinted |= await _kept(self.written[0], keeping)
            self.written.popleft()
        return hinted


def _writes(call: object) -> bool:
    return isinstance(call, WRITES)


async def _kept(written: Written, keeping: Keeping) -> frozenset[int]:
    """The answer came after the write, so it is as new as its own moment."""
    if written.answer is _LOST:
        return frozenset({UNNAMED})
    match written.call:
        case PostRecord():
            return await _shown(tuple(written.answer), keeping, written.at)
        case PutRecord():
            return await _shown((written.answer,), keeping, written.at)
        case DeleteRecord(record_id=number):
            await keeping.change(AppointmentId(number), written.at, lambda known: replace(known, deleted=True))
        case PutVisit(record_id=number, attendance=said, comment=comment):
            await keeping.change(
                AppointmentId(number),
                written.at,
                lambda known: replace(known, attendance=ATTENDANCE[said], comment=comment),
            )
        case PostBookRecord():
            return frozenset(one.record_id for one in written.answer)
        case _:
            raise AssertionError(f"{type(written.call).__name__} is none of the writes that are noted")
    return frozenset()


async def _shown(records: tuple[Record, ...], keeping: Keeping, at: Instant) -> frozenset[int]:
    """An answer that leaves something out is no reading: it only says where to look."""
    if not records:
        return frozenset({UNNAMED})
    whole = [one for one in records if one.date and one.client and (one.services or one.activity_id)]
    await keeping.syncing.keep(whole, at)
    return frozenset(one.id for one in records if one not in whole)
