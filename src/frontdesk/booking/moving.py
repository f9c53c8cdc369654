"""What a client may move, and where to."""

from collections.abc import Iterable

from frontdesk.booking.appointments import Appointment
from frontdesk.booking.cancelling import Hindrance, changing_hindrance
from frontdesk.booking.policy import Policy
from frontdesk.booking.slots import Slot
from frontdesk.booking.times import Local


def hindrance(appointment: Appointment, policy: Policy, now: Local) -> Hindrance | None:
    """What stands against moving now, None where nothing does; `now` is on the same salon's clock.

    The notice counts to the start that is left, not to the new one: a new start has the notice of any booking.
    """
    return changing_hindrance(appointment, now, allowed=policy.may_move, notice_s=policy.move_notice_s)


def other_places(slots: Iterable[Slot], appointment: Appointment) -> tuple[Slot, ...]:
    """The slots that are really a move: another start than the appointment has, or another master."""
    own = (appointment.master.id, appointment.start)
    return tuple(slot for slot in slots if (slot.master.id, slot.start) != own)
