"""Visits: one coming of a client, which may hold several appointments."""

from frontdesk.yclients.models.attendance import Attendance
from frontdesk.yclients.models.lenient import Instant, Known, Many, Shape, Text, Whole
from frontdesk.yclients.models.record import Record


class Visit(Shape):
    """One coming of a client with its appointments."""

    attendance: Known[Attendance | Whole] = None
    datetime: Instant = None
    comment: Text = None
    records: Many[Record] = ()
