"""Categories of services."""

from typing import Annotated, Literal

from pydantic import Field

from frontdesk.yclients.contract import Auth, Endpoint
from frontdesk.yclients.models.lenient import Listing, Single
from frontdesk.yclients.models.service import ServiceCategory
from frontdesk.yclients.models.strict import Id, Text


class GetServiceCategories(
    Endpoint[Listing[ServiceCategory]],
    http="GET /company/{company_id}/service_categories/{id}",
    heading="Получить список категорий услуг",
    section="Категория услуг",
    errors=(401, 403, 404),
):
    """All categories, or the one that `id` names; with `staff_id` those that this master works in."""

    company_id: int
    id: int | None = None
    staff_id: Id | None = None


class GetServiceCategoriesPublic(
    Endpoint[Listing[ServiceCategory]],
    http="GET /service_categories/{company_id}/{id}",
    heading="Устаревшее. Получить список категорий услуг",
    section="Категория услуг",
    auth=Auth.PARTNER,
    errors=(401, 404),
    deprecated=True,
):
    """The same without a user token."""

    company_id: int
    id: int | None = None


class GetServiceCategory(
    Endpoint[Single[ServiceCategory]],
    http="GET /service_category/{company_id}/{id}",
    heading="Получить категорию услуг",
    section="Категория услуг",
    auth=Auth.PARTNER,
    errors=(401, 404),
):
    """One category."""

    company_id: int
    id: int


class PostServiceCategory(
    Endpoint[Single[ServiceCategory]],
    http="POST /service_categories/{company_id}",
    heading="Создать категорию услугу",
    section="Категория услуг",
    success=201,
    errors=(401, 403, 404, 422),
):
    """Adds a category. `staff` are the masters who work in it."""

    company_id: int
    title: Annotated[str, Field(min_length=1)]
    api_id: Text | None = None
    weight: int | None = None
    staff: tuple[Id, ...] | None = None


class PutServiceCategory(
    Endpoint[Single[ServiceCategory]],
    http="PUT /service_category/{company_id}/{id}",
    heading="Изменить категорию услуг",
    section="Категория услуг",
    errors=(401, 403, 404, 422),
):
    """Changes what is said of a category."""

    company_id: int
    id: int
    title: Annotated[str | None, Field(min_length=1)] = None
    api_id: Text | None = None
    weight: int | None = None
    staff: tuple[Id, ...] | None = None


class DeleteServiceCategory(
    Endpoint[None],
    http="DELETE /service_category/{company_id}/{id}",
    heading="Удалить категорию услуг",
    section="Категория услуг",
    success=204,
    errors=(401, 403, 404),
):
    """Takes a category out of the salon."""

    company_id: int
    id: int


class GetChainServiceCategories(
    Endpoint[tuple[ServiceCategory, ...]],
    http="GET /chain/{chain_id}/service_categories",
    heading="Получить список категорий услуг сети",
    section="Категория услуг",
    errors=(401, 403, 404),
    bare=True,
):
    """The categories of a chain of salons; with `include=("services",)` their services too."""

    chain_id: int
    include: tuple[Literal["services"], ...] | None = None
