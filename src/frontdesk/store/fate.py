"""What became of an appointment, as the journal tells it.

The journal has one status for a client who did not come and for one who cancelled in time, so the comment decides:
where somebody of the salon wrote that it was cancelled, nobody stayed away.
"""

import re
from enum import StrEnum
from typing import Final, assert_never

from frontdesk.booking.appointments import Appointment, Attendance


class Fate(StrEnum):
    """What became of it."""

    STANDS = "stands"
    CAME = "came"
    NO_SHOW = "no_show"
    CANCELLED = "cancelled"
    DELETED = "deleted"


LOST: Final = (Fate.NO_SHOW, Fate.CANCELLED, Fate.DELETED)
_CANCELLED: Final = re.compile(r"(?<!не )(?<!без )(?<!not )(?<!\w)(отмен|cancel)", re.IGNORECASE)


def fate(appointment: Appointment) -> Fate:
    """What became of it, or that nothing has yet."""
    if appointment.deleted:
        return Fate.DELETED
    match appointment.attendance:
        case Attendance.CAME:
            return Fate.CAME
        case Attendance.NO_SHOW:
            return Fate.CANCELLED if _CANCELLED.search(appointment.comment) else Fate.NO_SHOW
        case Attendance.WAITING | Attendance.CONFIRMED:
            return Fate.STANDS
        case _:
            assert_never(appointment.attendance)
