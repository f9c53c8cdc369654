"""Services and their categories, as the salon's settings show them."""

from typing import Any

from pydantic import Field

from frontdesk.yclients.models.lenient import Amount, Flag, Keyed, Many, Shape, Text, Whole


class ServiceMaster(Shape):
    """A master who gives a service, with his own length of it."""

    id: Whole = None
    name: Text = None
    seance_length: Whole = None
    """Seconds."""
    technological_card_id: Whole = None


class Service(Shape):
    """A service."""

    id: int
    title: Text = None
    booking_title: Text = None
    salon_service_id: Whole = None
    category_id: Whole = None
    price_min: Amount = None
    price_max: Amount = None
    discount: Amount = None
    comment: Text = None
    weight: Whole = None
    active: Flag = None
    """Whether clients can book it online."""
    sex: Whole = None
    api_id: Text = None
    duration: Whole = None
    """Seconds."""
    seance_length: Whole = None
    """Seconds."""
    technical_break_duration: Whole = None
    capacity: Whole = None
    is_multi: Flag = None
    is_online: Flag = None
    is_chain: Flag = None
    tax_variant: Whole = None
    vat_id: Whole = None
    prepaid: Text = None
    staff: Many[ServiceMaster] = ()
    image_group: Keyed[Any] = Field(default_factory=dict)


class ServiceCategory(Shape):
    """A category of services."""

    id: int
    category_id: Whole = None
    salon_service_id: Whole = None
    title: Text = None
    sex: Whole = None
    weight: Whole = None
    api_id: Text = None
    staff: Many[Whole] = ()
    services: Many[Service] = ()


class ServiceLink(Shape):
    """That a master gives a service, and how."""

    service_id: Whole = None
    master_id: Whole = None
    length: Whole = None
    """Seconds."""
    technological_card_id: Whole = None
