"""What the provider sends when something changes in a salon.

A webhook is a hint, never a fact: it is unsigned, in no sure order, sometimes lost and sometimes repeated, and at
YCLIENTS its data may hold only the fields that changed. So an event says which thing to look at again; what its data
says is kept as it came, and `Event.partial` reads it into a shape in which anything may be missing.
"""

from typing import Any, Final, TypeVar

from pydantic import AliasChoices, Field, TypeAdapter, ValidationError
from pydantic_core import from_json

from frontdesk.yclients.models.client import Client
from frontdesk.yclients.models.company import Company
from frontdesk.yclients.models.goods import Good, GoodsOperation
from frontdesk.yclients.models.lenient import Keyed, Shape
from frontdesk.yclients.models.record import FinanceTransaction, Record
from frontdesk.yclients.models.service import Service, ServiceCategory
from frontdesk.yclients.models.staff import Staff

S = TypeVar("S", bound=Shape)

EVENTS_AT_MOST: Final = 1000

# The settings call masters `master`, the events `staff`; a salon is a `company` in some.
_SAME: Final = {"master": "staff", "company": "salon"}
_SHAPES: Final[dict[str, type[Shape]]] = {
    "record": Record,
    "client": Client,
    "staff": Staff,
    "service": Service,
    "service_category": ServiceCategory,
    "salon": Company,
    "good": Good,
    "finances_operation": FinanceTransaction,
    **{f"goods_operations_{what}": GoodsOperation for what in ("sale", "receipt", "consumable", "stolen", "move")},
}


class Event(Shape):
    """One change: in which salon, of what, and how."""

    company_id: int = Field(validation_alias=AliasChoices("company_id", "salon_id", "location_id"))
    resource: str
    """salon, service_category, service, staff, client, record, good, goods_operations_* or finances_operation."""
    resource_id: int
    status: str
    """create, update or delete."""
    data: Keyed[Any] = Field(default_factory=dict)

    @property
    def kind(self) -> str:
        """The resource under one name, whichever the provider used."""
        return _SAME.get(self.resource, self.resource)

    @property
    def key(self) -> tuple[int, str, int, str, str]:
        """Equal for repetitions of the same event."""
        return (self.company_id, self.kind, self.resource_id, self.status, str(self.data.get("last_change_date", "")))

    def partial(self, shape: type[S]) -> S | None:
        """The data as far as it came, in a shape; None if it is of another kind or makes no sense."""
        if _SHAPES.get(self.kind) is not shape:
            return None
        try:
            return shape.model_validate({"id": self.resource_id, **self.data})
        except ValidationError:
            return None


_EVENTS: Final = TypeAdapter(tuple[Event, ...])


def parse(body: bytes) -> tuple[Event, ...]:
    """The events of a request's body: one object or an array of them, without immediate repetitions.

    Raises ValueError if the body is no webhook.
    """
    raw = from_json(body)
    items = raw if isinstance(raw, list) else [raw]
    if len(items) > EVENTS_AT_MOST:
        raise ValueError(f"a webhook with {len(items)} events: at most {EVENTS_AT_MOST} are taken")
    try:
        events = _EVENTS.validate_python(items)
    except ValidationError as fault:
        wrong = fault.errors(include_input=False)[0]
        raise ValueError(f"no webhook of the provider: {wrong['loc']}: {wrong['msg']}") from None
    return tuple({(event.key, repr(event.data)): event for event in events}.values())
