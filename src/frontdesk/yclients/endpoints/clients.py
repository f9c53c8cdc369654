"""The salon's book of clients."""

import datetime as dt
from typing import Annotated, Any, Literal

from pydantic import Field

from frontdesk.yclients.contract import Endpoint, WholeBody
from frontdesk.yclients.models.attendance import Attendance
from frontdesk.yclients.models.client import Client, ClientsAdded
from frontdesk.yclients.models.client_forms import NewClient
from frontdesk.yclients.models.client_visits import ClientVisits
from frontdesk.yclients.models.strict import Bit, Form, Id, Page, Percent, Phone, Text


class ClientFilter(Form):
    """A condition on clients.

    `type` is one of the documented kinds (`id`, `quick_search`, `birthday`, `gender`, `importance`, `category`,
    `has_mobile_app`, `sold_amount`, `record`, `sale`, `client`, ...); `state` is `{"value": ...}`, `{"from", "to"}`, or
    for `record`, `sale` and `client` an object of such. `invert` turns the condition round.
    """

    type: Annotated[str, Field(min_length=1)]
    state: dict[str, Any]
    invert: bool | None = None


class SearchClients(
    Endpoint[tuple[Client, ...]],
    http="POST /company/{company_id}/clients/search",
    heading="Получить список клиентов",
    section="Клиенты",
    errors=(400, 401, 402, 403, 404),
    reads=True,
):
    """Clients that fit the filters; `meta.total_count` says how many there are.

    Only the ids come unless `fields` asks for more. A search for a phone is a `quick_search`, which also finds it
    inside other text: compare the phones that come back.
    """

    company_id: int
    page: Annotated[int | None, Field(ge=1)] = None
    page_size: Annotated[int | None, Field(ge=1, le=200)] = None
    fields: tuple[str, ...] | None = None
    order_by: (
        Literal[
            "id",
            "name",
            "phone",
            "email",
            "discount",
            "first_visit_date",
            "last_visit_date",
            "sold_amount",
            "visits_count",
        ]
        | None
    ) = None
    order_by_direction: Literal["ASC", "DESC", "asc", "desc"] | None = None
    operation: Literal["AND", "OR"] | None = None
    filters: tuple[ClientFilter, ...] | None = None


class SearchClientVisits(
    Endpoint[ClientVisits],
    http="POST /company/{company_id}/clients/visits/search",
    heading="Поиск по истории посещений клиента",
    section="Клиенты",
    errors=(401, 404, 422),
    reads=True,
):
    """A client's past, newest first, 25 at a time or more. The client is named by `client_id` or by `client_phone`.

    Every argument must be said, None for those that do not matter. The next page is asked for with the `from` and `to`
    that stand in `meta.dateCursor.next`.
    """

    company_id: int
    client_id: Id | None
    client_phone: Phone | None
    from_: Annotated[dt.date | None, Field(alias="from")]
    to: dt.date | None
    payment_statuses: tuple[Literal["not_paid", "paid_not_full", "paid_full", "paid_over"], ...]
    attendance: Attendance | None


class GetClients(
    Endpoint[tuple[Client, ...]],
    http="GET /clients/{company_id}",
    heading="Устаревшее. Получить список клиентов",
    section="Клиенты",
    errors=(401, 403, 404),
    deprecated=True,
):
    """Clients by parts of name, phone or e-mail; `SearchClients` replaces it."""

    company_id: int
    fullname: str | None = None
    phone: Phone | None = None
    email: str | None = None
    paid_min: float | None = None
    paid_max: float | None = None
    page: Page | None = None
    count: Page | None = None
    id: Id | tuple[Id, ...] | None = None


class PostClient(
    Endpoint[Client],
    http="POST /clients/{company_id}",
    heading="Добавить клиента",
    section="Клиенты",
    success=201,
    errors=(401, 403, 404, 422),
):
    """Adds a client. `sex_id`: 0 unknown, 1 male, 2 female; `importance_id`: 0 none, 1 bronze, 2 silver, 3 gold."""

    company_id: int
    name: Annotated[str, Field(min_length=1)]
    phone: Phone
    surname: str | None = None
    patronymic: str | None = None
    email: str | None = None
    sex_id: Annotated[int | None, Field(ge=0, le=2)] = None
    importance_id: Annotated[int | None, Field(ge=0, le=3)] = None
    discount: Percent | None = None
    card: Text | None = None
    birth_date: dt.date | None = None
    comment: str | None = None
    spent: float | None = None
    balance: float | None = None
    sms_check: Bit | None = None
    sms_not: Bit | None = None
    categories: tuple[Id, ...] | dict[str, Any] | None = None
    custom_fields: dict[str, Any] | None = None


class PostClientsBulk(
    Endpoint[ClientsAdded],
    http="POST /clients/{company_id}/bulk",
    heading="Массовое добавление клиентов",
    section="Клиенты",
    errors=(401, 403, 404, 422),
):
    """Adds many clients; those that could not be added come back with the reason."""

    company_id: int
    clients: Annotated[tuple[NewClient, ...], Field(min_length=1), WholeBody]


class GetClient(
    Endpoint[Client],
    http="GET /client/{company_id}/{id}",
    heading="Получить клиента",
    section="Клиенты",
    errors=(401, 403, 404),
):
    """One client's card."""

    company_id: int
    id: int


class PutClient(
    Endpoint[Client],
    http="PUT /client/{company_id}/{id}",
    heading="Редактировать клиента",
    section="Клиенты",
    errors=(401, 403, 404, 422),
):
    """Changes a client's card; name and phone must be said every time. `labels` are the ids of its categories."""

    company_id: int
    id: int
    name: Annotated[str, Field(min_length=1)]
    phone: Phone
    surname: str | None = None
    patronymic: str | None = None
    email: str | None = None
    sex_id: Annotated[int | None, Field(ge=0, le=2)] = None
    importance_id: Annotated[int | None, Field(ge=0, le=3)] = None
    discount: Percent | None = None
    card: Text | None = None
    birth_date: dt.date | None = None
    comment: str | None = None
    spent: float | None = None
    balance: float | None = None
    sms_check: Bit | None = None
    sms_not: Bit | None = None
    labels: tuple[Id, ...] | dict[str, Any] | None = None
    custom_fields: dict[str, Any] | None = None


class DeleteClient(
    Endpoint[None],
    http="DELETE /client/{company_id}/{id}",
    heading="Удалить клиента",
    section="Клиенты",
    success=204,
    errors=(401, 403, 404),
):
    """Takes a client out of the salon's book."""

    company_id: int
    id: int
