"""Services, as the salon's settings hold them, and which master gives which."""

import datetime as dt
from typing import Annotated, Any

from pydantic import Field

from frontdesk.yclients.contract import Auth, Endpoint
from frontdesk.yclients.models.lenient import Listing, Single
from frontdesk.yclients.models.service import Service, ServiceLink
from frontdesk.yclients.models.service_forms import MasterLength, MasterSettings, Translation
from frontdesk.yclients.models.strict import Bit, BreakSeconds, Id, Percent, Price, Seconds, Text


class GetServices(
    Endpoint[Listing[Service]],
    http="GET /company/{company_id}/services/{service_id}",
    heading="Получить список услуг / конкретную услугу",
    section="Услуги",
    errors=(401, 403, 404),
):
    """All services, or the one that `service_id` names; in no stable order, and numbers often written as text."""

    company_id: int
    service_id: int | None = None
    staff_id: Id | None = None
    category_id: Id | None = None


class GetServicesPublic(
    Endpoint[Listing[Service]],
    http="GET /services/{company_id}/{service_id}",
    heading="Устаревшее. Получить список услуг / конкретную услугу",
    section="Услуги",
    auth=Auth.PARTNER,
    errors=(401, 404),
    deprecated=True,
):
    """The same without a user token."""

    company_id: int
    service_id: int | None = None
    staff_id: Id | None = None
    category_id: Id | None = None


class PostService(
    Endpoint[Single[Service]],
    http="POST /services/{company_id}",
    heading="Создать услугу",
    section="Услуги",
    success=201,
    errors=(401, 403, 404, 422),
):
    """Adds a service. `duration` is in seconds; `service_type` 1 is booked online, 0 only in the journal."""

    company_id: int
    title: Annotated[str, Field(min_length=1)]
    category_id: Id
    price_min: Price | None = None
    price_max: Price | None = None
    duration: Seconds | None = None
    technical_break_duration: BreakSeconds | None = None
    discount: Percent | None = None
    comment: str | None = None
    weight: int | None = None
    active: Bit | None = None
    service_type: int | None = None
    api_id: Text | None = None
    api_service_id: Text | None = None
    staff: tuple[MasterLength, ...] | None = None


class PatchService(
    Endpoint[Single[Service]],
    http="PATCH /company/{company_id}/services/{service_id}",
    heading="Изменить услугу",
    section="Услуги",
    errors=(401, 403, 404, 422),
):
    """Changes a service. In spite of its verb the document wants the first block of fields said every time.

    `seance_search_start` and `seance_search_finish` bound the day, `step` and `seance_search_step` lay its times out;
    all in seconds. `dates` or `date_from` with `date_to` limit when it is given, if `is_need_limit_date`.
    """

    company_id: int
    service_id: int
    title: Annotated[str, Field(min_length=1)]
    booking_title: str
    category_id: Id
    price_min: Price
    price_max: Price
    duration: Seconds
    is_multi: bool
    tax_variant: int
    vat_id: int
    is_need_limit_date: bool
    seance_search_start: Annotated[int, Field(ge=0)]
    seance_search_finish: Annotated[int, Field(ge=0)]
    step: Annotated[int, Field(gt=0)]
    seance_search_step: Annotated[int, Field(gt=0)]
    technical_break_duration: BreakSeconds | None = None
    discount: Percent | None = None
    comment: str | None = None
    date_from: dt.date | None = None
    date_to: dt.date | None = None
    dates: tuple[dt.date, ...] | None = None
    weight: int | None = None
    service_type: int | None = None
    api_service_id: Text | None = None
    online_invoicing_status: int | None = None
    price_prepaid_percent: int | None = None
    price_prepaid_amount: int | None = None
    abonement_restriction_value: int | None = None
    is_abonement_autopayment_enabled: Bit | None = None
    autopayment_before_visit_time: int | None = None
    staff: tuple[MasterLength, ...] | None = None


class PutService(
    Endpoint[Single[Service]],
    http="PUT /services/{company_id}/{service_id}",
    heading="Устаревшее. Изменить услугу",
    section="Услуги",
    success=201,
    errors=(401, 403, 404, 422),
    deprecated=True,
):
    """Changes what is said of a service; `PatchService` replaces it."""

    company_id: int
    service_id: int
    title: Annotated[str | None, Field(min_length=1)] = None
    category_id: Id | None = None
    price_min: Price | None = None
    price_max: Price | None = None
    duration: Seconds | None = None
    discount: Percent | None = None
    comment: str | None = None
    weight: int | None = None
    active: Bit | None = None
    service_type: int | None = None
    api_id: Text | None = None
    api_service_id: Text | None = None
    staff: tuple[MasterLength, ...] | None = None


class DeleteService(
    Endpoint[None],
    http="DELETE /services/{company_id}/{service_id}",
    heading="Удалить услугу",
    section="Услуги",
    success=204,
    errors=(401, 403, 404),
):
    """Takes a service out of the salon."""

    company_id: int
    service_id: int


class PostServiceLinks(
    Endpoint[Any],
    http="POST /company/{company_id}/services/links",
    heading="Изменить длительность оказания услуги сотрудниками, технические карты, названия на других языках",
    section="Услуги",
    errors=(401, 403, 404, 422),
):
    """Sets how masters give a service, which resources it takes and its names. Its answer is not documented."""

    company_id: int
    service_id: Id
    master_settings: tuple[MasterSettings, ...]
    resource_ids: tuple[Id, ...]
    translations: tuple[Translation, ...]


class PostServiceStaff(
    Endpoint[ServiceLink],
    http="POST /company/{company_id}/services/{service_id}/staff",
    heading="Привязка сотрудника, оказывающего услугу",
    section="Услуги",
    success=201,
    errors=(401, 403, 404, 422),
):
    """Says that a master gives a service, and how long it takes with him."""

    company_id: int
    service_id: int
    master_id: Id
    seance_length: Seconds
    technological_card_id: Id | None


class PutServiceStaff(
    Endpoint[ServiceLink],
    http="PUT /company/{company_id}/services/{service_id}/staff/{master_id}",
    heading="Изменение настроек оказания услуги сотрудником",
    section="Услуги",
    errors=(401, 403, 404, 422),
):
    """Changes how long a service takes with a master, and with which materials."""

    company_id: int
    service_id: int
    master_id: int
    seance_length: Seconds
    technological_card_id: Id | None


class DeleteServiceStaff(
    Endpoint[None],
    http="DELETE /company/{company_id}/services/{service_id}/staff/{master_id}",
    heading="Отвязка сотрудника, оказывающего услугу",
    section="Услуги",
    success=204,
    errors=(401, 403, 404),
):
    """Says that a master no longer gives a service."""

    company_id: int
    service_id: int
    master_id: int
