"""Appointments of the journal."""

from typing import Any

from pydantic import Field

from frontdesk.yclients.models.attendance import Attendance
from frontdesk.yclients.models.client import Category, Client
from frontdesk.yclients.models.lenient import (
    Amount,
    Flag,
    Instant,
    Keyed,
    Known,
    LocalTime,
    Many,
    Maybe,
    Shape,
    Text,
    Whole,
)
from frontdesk.yclients.models.staff import Staff


class RecordService(Shape):
    """A service within an appointment, with what it costs there."""

    id: int
    title: Text = None
    cost: Amount = None
    cost_to_pay: Amount = None
    manual_cost: Amount = None
    cost_per_unit: Amount = None
    discount: Amount = None
    """Percent."""
    first_cost: Amount = None
    amount: Amount = None


class Document(Shape):
    """A document of a visit; `type_id` 7 is the visit itself."""

    id: Whole = None
    type_id: Whole = None
    storage_id: Whole = None
    user_id: Whole = None
    company_id: Whole = None
    number: Whole = None
    comment: Text = None
    date_created: LocalTime = None
    category_id: Whole = None
    visit_id: Whole = None
    record_id: Whole = None
    type_title: Text = None
    is_sale_bill_printed: Flag = None


class GoodsTransaction(Shape):
    """Goods sold or used up; a sale has a negative `amount`."""

    id: Whole = None
    document_id: Whole = None
    type_id: Whole = None
    company_id: Whole = None
    good_id: Whole = None
    title: Text = None
    barcode: Text = None
    article: Text = None
    amount: Amount = None
    cost_per_unit: Amount = None
    discount: Amount = None
    price: Amount = None
    cost: Amount = None
    unit_id: Whole = None
    operation_unit_type: Whole = None
    storage_id: Whole = None
    master_id: Whole = None
    service_id: Whole = None
    deleted: Flag = None


class FinanceTransaction(Shape):
    """Money that moved for an appointment."""

    id: Whole = None
    document_id: Whole = None
    date: LocalTime = None
    type_id: Whole = None
    expense_id: Whole = None
    account_id: Whole = None
    amount: Amount = None
    client_id: Whole = None
    master_id: Whole = None
    record_id: Whole = None
    comment: Text = None
    expense: Maybe[Category] = None
    account: Maybe[Category] = None
    client: Maybe[Client] = None
    master: Maybe[Category] = None
    supplier: Maybe[Category] = None


class Record(Shape):
    """An appointment in the journal.

    `date` is the salon's own time; `seance_length` is in seconds and includes `technical_break_duration`;
    `visit_id` is another number than `id`, and several appointments of one client can share it.
    """

    id: int
    company_id: Whole = None
    staff_id: Whole = None
    services: Many[RecordService] = ()
    goods_transactions: Many[GoodsTransaction] = ()
    staff: Maybe[Staff] = None
    client: Maybe[Client] = None
    comer: Maybe[dict[str, Any]] = None
    clients_count: Whole = None
    date: LocalTime = None
    datetime: Instant = None
    create_date: Instant = None
    comment: Text = None
    online: Flag = None
    visit_attendance: Known[Attendance | Whole] = None
    attendance: Known[Attendance | Whole] = None
    confirmed: Flag = None
    seance_length: Whole = None
    length: Whole = None
    technical_break_duration: Whole = None
    sms_before: Whole = None
    sms_now: Whole = None
    sms_now_text: Text = None
    email_now: Whole = None
    notified: Whole = None
    master_request: Whole = None
    api_id: Text = None
    from_url: Text = None
    review_requested: Whole = None
    visit_id: Whole = None
    created_user_id: Whole = None
    deleted: Flag = None
    paid_full: Flag = None
    payment_status: Whole = None
    prepaid: Flag = None
    prepaid_confirmed: Flag = None
    is_update_blocked: Flag = None
    last_change_date: Instant = None
    custom_color: Text = None
    custom_font_color: Text = None
    record_labels: Many[Category] = ()
    activity_id: Whole = None
    """The group event it belongs to; 0 for an ordinary appointment."""
    custom_fields: Keyed[Any] = Field(default_factory=dict)
    documents: Many[Document] = ()
    sms_remain_hours: Whole = None
    email_remain_hours: Whole = None
    bookform_id: Whole = None
    record_from: Text = None
    is_mobile: Flag = None
    is_sale_bill_printed: Flag = None
    resource_instance_ids: Many[Whole] = ()
    short_link: Text = None
    consumables: Many[GoodsTransaction] = ()
    finance_transactions: Many[FinanceTransaction] = ()
