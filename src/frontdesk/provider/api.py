"""What the door needs of the provider's client, and what its errors mean before and after a write."""

from http import HTTPStatus
from typing import Protocol, TypeVar

from frontdesk.booking.commands import RefusalReason, Refused
from frontdesk.provider.answers import NotSent, Performed, ReplyLost
from frontdesk.yclients import errors
from frontdesk.yclients.contract import Endpoint
from frontdesk.yclients.errors import BookingCode

R = TypeVar("R")

_BOOKING_REASONS = {
    BookingCode.BAD_PHONE: RefusalReason.BAD_PHONE,
    BookingCode.WRONG_SMS_CODE: RefusalReason.WRONG_CODE,
    BookingCode.SLOT_BUSY: RefusalReason.BUSY,
    BookingCode.CLIENT_BLACKLISTED: RefusalReason.BLACKLISTED,
    BookingCode.NO_NAME: RefusalReason.NO_NAME,
    BookingCode.NO_MASTER_FREE: RefusalReason.NO_MASTER,
    BookingCode.OVERLAP_IN_REQUEST: RefusalReason.BUSY,
    BookingCode.SERVICE_NOT_BOOKABLE: RefusalReason.NOT_BOOKABLE,
}


class Api(Protocol):
    """The provider's client: one typed call, one typed answer."""

    async def __call__(self, call: Endpoint[R], /) -> R:
        """Sends the call; raises the client's errors."""
        ...


def before_writing(fault: errors.ProviderError) -> Performed:
    """What a failed read means for the write that was to follow: nothing has happened yet.

    That the tokens are at fault is the salon's matter, not the wish's: it waits until somebody has mended them.
    """
    match fault:
        case errors.Refused():
            return refused(fault)
        case _:
            return NotSent(str(fault))


def after_writing(fault: errors.ProviderError) -> Performed:
    """What a failed write means: it was refused, it never left, or it may have happened."""
    match fault:
        case errors.Unsure() | errors.Unexpected():
            return ReplyLost(str(fault))
        case _:
            return before_writing(fault)


def by_master(performed: Performed) -> Performed:
    """Of a booking or a move, only the master can be what is not found: the appointment was read a moment ago."""
    if isinstance(performed, Refused) and performed.reason is RefusalReason.NOT_FOUND:
        return Refused(RefusalReason.MASTER_LEFT, performed.detail)
    return performed


def refused(fault: errors.Refused) -> Refused:
    """The refusal in the front desk's words."""
    if fault.booking_code is not None:
        return Refused(_BOOKING_REASONS[fault.booking_code], str(fault))
    if fault.status == HTTPStatus.CONFLICT:
        return Refused(RefusalReason.BUSY, str(fault))
    if fault.status == HTTPStatus.NOT_FOUND:
        return Refused(RefusalReason.NOT_FOUND, str(fault))
    return Refused(RefusalReason.OTHER, str(fault))
