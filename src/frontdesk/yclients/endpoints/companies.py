"""Salons: the branches of a chain."""

from typing import Annotated, Literal

from pydantic import Field

from frontdesk.yclients.contract import Auth, Endpoint
from frontdesk.yclients.models.company import Company
from frontdesk.yclients.models.strict import Bit, Id, Page, Text


class GetCompanies(
    Endpoint[tuple[Company, ...]],
    http="GET /companies",
    heading="Получить список компаний",
    section="Компании",
    auth=Auth.PARTNER,
    errors=(401,),
):
    """Salons that fit the filters. `my=True` asks for those that the user manages, and needs his token."""

    id: Id | None = None
    group_id: Id | None = None
    my: Bit | None = None
    active: Bit | None = None
    moderated: Bit | None = None
    forBooking: Bit | None = None  # noqa: N815 - the wire's name
    show_groups: Bit | None = None
    city_id: Id | None = None
    showBookforms: Bit | None = None  # noqa: N815 - the wire's name
    vk_api_id: Id | None = None
    min_id: Id | None = None
    show_deleted: Bit | None = None
    hide_record_type_single: Bit | None = None
    hide_record_type_activity: Bit | None = None
    hide_record_type_mixed: Bit | None = None
    business_group_id: Id | None = None
    business_type_id: Id | None = None
    yandex: Bit | None = None
    include: tuple[Literal["staff", "positions", "accounts", "storages", "expenses"], ...] | None = None
    count: Page | None = None
    page: Page | None = None


class PostCompany(
    Endpoint[Company],
    http="POST /companies",
    heading="Создать компанию",
    section="Компании",
    success=201,
    errors=(401, 404),
):
    """Makes a new salon."""

    title: Annotated[str, Field(min_length=1)]
    country_id: Id | None = None
    city_id: Id | None = None
    address: str | None = None
    site: str | None = None
    coordinate_lat: Text | None = None
    coordinate_lot: Text | None = None
    """The longitude, as the document spells it."""
    business_type_id: Id | None = None
    short_descr: str | None = None


class GetCompany(
    Endpoint[Company],
    http="GET /company/{id}/",
    heading="Получить компанию",
    section="Компании",
    errors=(401, 403, 404),
):
    """One salon. `my=True` adds what only its user may see, `forBooking=True` the nearest free time."""

    id: int
    my: Bit | None = None
    forBooking: Bit | None = None  # noqa: N815 - the wire's name
    show_groups: Bit | None = None
    showBookforms: Bit | None = None  # noqa: N815 - the wire's name
    bookform_id: Id | None = None


class PutCompany(
    Endpoint[Company],
    http="PUT /company/{id}/",
    heading="Изменить компанию",
    section="Компании",
    errors=(401, 403, 404),
    bare=True,
):
    """Changes what is said of a salon."""

    id: int
    title: Annotated[str | None, Field(min_length=1)] = None
    country_id: Id | None = None
    country: str | None = None
    city_id: Id | None = None
    city: str | None = None
    address: str | None = None
    zip: Text | None = None
    phones: tuple[Text, ...] | None = None
    social: dict[str, str] | None = None
    site: str | None = None
    coordinate_lat: float | None = None
    coordinate_lon: float | None = None
    description: str | None = None
    business_type_id: Id | None = None
    short_descr: str | None = None


class DeleteCompany(
    Endpoint[None],
    http="DELETE /company/{id}/",
    heading="Удалить компанию",
    section="Компании",
    success=202,
    errors=(401, 403, 404),
):
    """Closes a salon."""

    id: int
