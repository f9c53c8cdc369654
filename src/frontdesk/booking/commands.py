"""What the front desk asks of the journal, and what came of it. Outcomes are values; words are made from them alone."""

from dataclasses import dataclass
from enum import StrEnum

from frontdesk.booking.ids import AppointmentId, Phone
from frontdesk.booking.times import Instant


@dataclass(frozen=True, slots=True)
class Cancel:
    """Cancel this appointment of this salon. `phone` is whose it must be when it is read again before the write.

    It is judged by when it was asked, `asked_at`: an outage in between is not the client's doing.
    `shares_visit` where other appointments stand in the same visit: they must stay as they were.
    """

    salon: str
    appointment: AppointmentId
    phone: Phone
    comment: str
    asked_at: Instant
    shares_visit: bool = False


Command = Cancel
"""Every kind of command; each stands for one change of one appointment."""


class RefusalReason(StrEnum):
    """Why the journal, or the last look into it, said no."""

    NOT_FOUND = "not_found"
    NOT_YOURS = "not_yours"
    TAKEN_PLACE = "taken_place"
    FORBIDDEN = "forbidden"
    TOO_LATE = "too_late"
    LOCKED_OUT = "locked_out"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Done:
    """It stands in the journal. `already` where it stood there before this command."""

    already: bool = False


@dataclass(frozen=True, slots=True)
class Refused:
    """It will not be done; `detail` is the provider's own sentence, for the administrator."""

    reason: RefusalReason
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Deferred:
    """Not known to be done yet; the courier goes on trying. `detail` says what stood in the way."""

    detail: str = ""


Outcome = Done | Refused | Deferred
