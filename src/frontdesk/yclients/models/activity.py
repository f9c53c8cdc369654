"""Group events."""

from typing import Any

from frontdesk.yclients.models.client import Category
from frontdesk.yclients.models.lenient import Flag, LocalTime, Many, Maybe, Shape, Single, Text, Whole
from frontdesk.yclients.models.service import Service
from frontdesk.yclients.models.staff import Staff


class DurationDetails(Shape):
    """What the length of an event is made of, in seconds."""

    id: Whole = None
    services_duration: Whole = None
    technical_break_duration: Whole = None


class Activity(Shape):
    """A group event. `length` is in seconds."""

    id: int
    company_id: Whole = None
    salon_id: Whole = None
    service_id: Whole = None
    staff_id: Whole = None
    date: LocalTime = None
    timestamp: Whole = None
    length: Whole = None
    capacity: Whole = None
    records_count: Whole = None
    color: Text = None
    font_color: Text = None
    instructions: Text = None
    stream_link: Text = None
    comment: Text = None
    notified: Flag = None
    prepaid: Text = None
    duration_details: Single[Maybe[DurationDetails]] = None
    service: Maybe[Service] = None
    staff: Maybe[Staff] = None
    resource_instances: Many[dict[str, Any]] = ()
    labels: Many[Category] = ()
