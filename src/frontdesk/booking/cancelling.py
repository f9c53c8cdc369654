"""What a client may cancel."""

from datetime import timedelta
from enum import StrEnum

from frontdesk.booking.appointments import Appointment, Attendance
from frontdesk.booking.policy import Policy
from frontdesk.booking.times import Local

REASON_MARK = "Причина отмены:"
"""What the line of a comment begins with that says why an appointment was cancelled."""
REASONS = {"cant": "не может прийти", "ill": "болезнь", "time": "нужно другое время"}
"""The reasons that can be tapped, by their codes."""
OWN_WORDS = "other"
"""The code of a reason in own words."""


class Hindrance(StrEnum):
    """Why an appointment can't be cancelled or moved by its client."""

    TAKEN_PLACE = "taken_place"
    ALREADY_CANCELLED = "already_cancelled"
    FORBIDDEN = "forbidden"
    TOO_LATE = "too_late"


def hindrance(appointment: Appointment, policy: Policy, now: Local) -> Hindrance | None:
    """What stands against cancelling now, None where nothing does; `now` is on the same salon's clock."""
    return changing_hindrance(appointment, now, allowed=policy.may_cancel, notice_s=policy.cancel_notice_s)


def changing_hindrance(appointment: Appointment, now: Local, *, allowed: bool, notice_s: int) -> Hindrance | None:
    """What stands against a client's changing an appointment; the notice counts to the start it has now."""
    if not appointment.stands:
        return Hindrance.ALREADY_CANCELLED
    if appointment.attendance is Attendance.CAME or appointment.start <= now:
        return Hindrance.TAKEN_PLACE
    if not allowed:
        return Hindrance.FORBIDDEN
    return Hindrance.TOO_LATE if appointment.start - now < timedelta(seconds=notice_s) else None


def last_created(appointments: tuple[Appointment, ...]) -> Appointment:
    """The appointment created last; where the journal does not say when, ids grow with time."""
    return max(appointments, key=lambda one: (one.created is not None, one.created, one.id))


def reason_code(line: str) -> str:
    """The code of the reason that a comment's line gives."""
    given = line.removeprefix(REASON_MARK).strip()
    return next((code for code, reason in REASONS.items() if reason == given), OWN_WORDS)
