"""The parts of an appointment as we say them."""

from typing import Self

from frontdesk.yclients.models.client import Client
from frontdesk.yclients.models.record import RecordService as RecordServiceShape
from frontdesk.yclients.models.strict import Form, Id, Percent, Phone, Price


class RecordService(Form):
    """A service of an appointment. `first_cost` is the price before `discount` (percent), `cost` the price after it."""

    id: Id
    first_cost: Price | None = None
    discount: Percent | None = None
    cost: Price | None = None
    amount: Price | None = None

    @classmethod
    def of(cls, service: RecordServiceShape) -> Self:
        """The same service at the same price."""
        said = {name: getattr(service, name) for name in cls.model_fields}
        return cls(**{name: value for name, value in said.items() if value is not None})


class RecordClient(Form):
    """Whom an appointment is for: a known client by `id`, or a person by phone and name."""

    id: Id | None = None
    phone: Phone | None = None
    name: str | None = None
    surname: str | None = None
    patronymic: str | None = None
    email: str | None = None

    @classmethod
    def of(cls, client: Client | None) -> Self | None:
        """The same client; a number of 0 and a hidden phone are not said."""
        if client is None:
            return None
        said = {name: getattr(client, name) for name in cls.model_fields}
        return cls(**{name: value for name, value in said.items() if value not in (None, "", 0)})


class ClientAgreements(Form):
    """What the client agreed to; what is unsaid stays as it is in the client's card."""

    is_newsletter_allowed: bool | None = None
    is_personal_data_processing_allowed: bool
