"""When masters work."""

from pydantic import Field

from frontdesk.yclients.models.lenient import Day, Many, Shape, Text, Whole


class Interval(Shape):
    """A stretch of the salon's day, `10:00` to `19:00`; a busy one names what takes it."""

    from_: Text = Field(default=None, alias="from")
    to: Text = None
    entity_type: Text = None
    entity_id: Whole = None


class StaffDay(Shape):
    """A master's day: his working time and, if asked for, what is taken of it."""

    staff_id: Whole = None
    date: Day = None
    slots: Many[Interval] = ()
    busy_intervals: Many[Interval] = ()
    off_day_type: Whole = None
