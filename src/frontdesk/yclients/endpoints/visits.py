"""Visits: one coming of a client, with its appointments, sales and payments."""

from typing import Literal

from pydantic import Field

from frontdesk.yclients.contract import Endpoint
from frontdesk.yclients.models.attendance import Attendance
from frontdesk.yclients.models.strict import Form, Id, Percent, Price
from frontdesk.yclients.models.visit import Visit
from frontdesk.yclients.models.visit_details import VisitDetails


class VisitPayment(Form):
    """Money to be taken for the visit. `id` is made up by the caller to tell new payments apart."""

    id: int
    amount: Price
    account_id: Id


class VisitGood(Form):
    """Goods sold in the visit; `amount` is negative for a sale."""

    id: int | str | None = None
    title: str | None = None
    barcode: str | None = None
    article: str | None = None
    amount: float | None = None
    cost_per_unit: float | str | None = None
    price: float | str | None = None
    cost: float | str | None = None
    discount: float | str | None = None
    operation_unit_type: int | None = None
    master_id: int | str | None = None
    storage_id: int | str | None = None
    good_id: int | str | None = None


class VisitService(Form):
    """A service of the visit, in the appointment `record_id`."""

    id: Id
    record_id: Id | None = None
    title: str | None = None
    cost: Price | None = None
    cost_per_unit: Price | None = None
    discount: Percent | None = None
    first_cost: Price | None = None
    amount: Price | None = None


class GetVisit(
    Endpoint[Visit],
    http="GET /visits/{visit_id}",
    heading="Получить визит",
    section="Визиты",
    errors=(401, 403, 404),
):
    """A visit with all its appointments."""

    visit_id: int


class PutVisit(
    Endpoint[None],
    http="PUT /visits/{visit_id}/{record_id}",
    heading="Изменить визит",
    section="Визиты",
    errors=(401, 403, 404, 422),
):
    """Sets where an appointment of the visit stands, and what was sold and paid.

    `visit_id` is not the appointment's id: it comes with `GetRecord`. `comment` replaces the appointment's comment.
    `fast_payment`: 1 cash, 2 card, 129 cash with a receipt, 130 card with a receipt.
    """

    visit_id: int
    record_id: int
    attendance: Attendance
    comment: str
    new_transactions: tuple[VisitPayment, ...] | None = None
    deleted_transaction_ids: tuple[int, ...] | None = None
    goods_transactions: tuple[VisitGood, ...] | None = None
    services: tuple[VisitService, ...] | None = None
    fast_payment: Literal[1, 2, 129, 130] | None = Field(default=None)


class GetVisitDetails(
    Endpoint[VisitDetails],
    http="GET /visit/details/{salon_id}/{record_id}/{visit_id}",
    heading="Получить детали визита",
    section="Визиты",
    errors=(401, 403, 404),
):
    """What a visit cost and how it was paid. `items` and `payment_transactions` overlap: never add both up."""

    salon_id: int
    record_id: int
    visit_id: int


class GetReceipt(
    Endpoint[bytes],
    http="GET /attendance/receipt_print/{visit_id}",
    heading="Чек PDF по визиту",
    section="Визиты",
    errors=(401, 403, 404),
):
    """The receipt of a visit as a PDF file."""

    visit_id: int
