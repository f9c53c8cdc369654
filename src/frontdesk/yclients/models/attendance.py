"""The status of an appointment, as the provider numbers it."""

import enum


class Attendance(enum.IntEnum):
    """Where an appointment stands. A soft cancellation sets NO_SHOW and leaves the appointment in the journal."""

    CONFIRMED = 2
    CAME = 1
    WAITING = 0
    NO_SHOW = -1
