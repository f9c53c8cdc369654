"""Salons: the branches of a chain."""

from frontdesk.yclients.contract import Endpoint
from frontdesk.yclients.models.company import Company
from frontdesk.yclients.models.strict import Id


class GetCompany(
    Endpoint[Company],
    http="GET /company/{id}/",
    heading="Получить компанию",
    section="Компании",
    errors=(401, 403, 404),
):
    """One salon. `my=True` adds what only its user may see, `forBooking=True` the nearest free time."""

    id: int
    my: bool | None = None
    forBooking: bool | None = None  # noqa: N815 - the wire's name
    show_groups: bool | None = None
    showBookforms: bool | None = None  # noqa: N815 - the wire's name
    bookform_id: Id | None = None
