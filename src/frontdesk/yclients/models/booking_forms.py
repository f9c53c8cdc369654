"""What a client says to book."""

from typing import Annotated, Any

from pydantic import Field

from frontdesk.yclients.models.strict import Form, Id, SalonTime


class Appointment(Form):
    """One appointment of a booking. `id` is the caller's own number for it; `staff_id` 0 lets the salon choose."""

    id: int
    services: tuple[Id, ...] = ()
    events: tuple[Id, ...] | None = None
    """Promotions, an alternative to services."""
    staff_id: Annotated[int, Field(ge=0)] = 0
    datetime: SalonTime
    custom_fields: dict[str, Any] | None = None
