"""A client's history."""

from frontdesk.yclients.models.attendance import Attendance
from frontdesk.yclients.models.company import Chain
from frontdesk.yclients.models.lenient import Amount, Known, LocalTime, Many, Maybe, Shape, Text, Whole
from frontdesk.yclients.models.staff import Staff


class PaidItem(Shape):
    """A service or goods of a visit, with what was paid for it."""

    id: Whole = None
    title: Text = None
    amount: Amount = None
    unit: Text = None
    cost_per_unit: Amount = None
    first_cost: Amount = None
    discount_percent: Amount = None
    cost_to_pay: Amount = None
    paid_sum: Amount = None
    payment_status: Text = None
    """not_paid, paid_not_full, paid_full or paid_over."""
    consumables: Many["PaidItem"] = ()


class PastRecord(Shape):
    """An appointment of a client's history."""

    id: int
    comment: Text = None
    date: LocalTime = None
    visit_id: Whole = None
    attendance: Known[Attendance | Whole] = None
    services: Many[PaidItem] = ()
    staff: Maybe[Staff] = None
    company: Maybe[Chain] = None


class PastSale(Shape):
    """A sale of a client's history."""

    id: int
    comment: Text = None
    date: LocalTime = None
    visit_id: Whole = None
    record_id: Whole = None
    goods: Many[PaidItem] = ()
    staff: Maybe[Staff] = None
    company: Maybe[Chain] = None


class ClientVisits(Shape):
    """A page of a client's history. `meta.dateCursor.next` holds the `from` and `to` of the next one."""

    goods_transactions: Many[PastSale] = ()
    records: Many[PastRecord] = ()
