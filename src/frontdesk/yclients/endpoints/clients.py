"""The salon's book of clients."""

from typing import Annotated, Any, Literal

from pydantic import Field

from frontdesk.yclients.contract import Endpoint
from frontdesk.yclients.models.client import Client
from frontdesk.yclients.models.strict import Form


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
