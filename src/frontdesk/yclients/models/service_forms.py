"""The parts of a service as we say them."""

from frontdesk.yclients.models.strict import Form, Id, Mark, Price, Seconds


class MasterLength(Form):
    """A master who gives the service, and how long it takes with him."""

    id: Id
    seance_length: Seconds
    technological_card_id: Id | None = None


class PriceRange(Form):
    """What a master takes for a service; None leaves that end open."""

    min: Price | None = None
    max: Price | None = None


class MasterSettings(Form):
    """How a master gives a service: length as hours and minutes, materials, price."""

    master_id: Id
    technological_card_id: Mark | None = None
    hours: Mark
    minutes: Mark
    price: PriceRange | None = None


class Translation(Form):
    """The service's name in another language."""

    language_id: Id
    translation: str
