"""What a visit cost and how it was paid."""

from typing import Any

from frontdesk.yclients.models.client import Category
from frontdesk.yclients.models.lenient import Amount, Flag, Instant, Many, Maybe, Shape, Text, Whole
from frontdesk.yclients.models.record import FinanceTransaction


class LoyaltyTransaction(Shape):
    """Points given or taken."""

    id: Whole = None
    status_id: Whole = None
    amount: Amount = None
    type_id: Whole = None
    program_id: Whole = None
    card_id: Whole = None
    salon_group_id: Whole = None
    item_id: Whole = None
    item_type_id: Whole = None
    item_record_id: Whole = None
    goods_transaction_id: Whole = None
    is_discount: Flag = None
    is_loyalty_withdraw: Flag = None
    type: Maybe[Category] = None


class Printed(Shape):
    """An operation of the cash register."""

    id: Whole = None
    print_date: Instant = None
    printed_count: Whole = None
    sum: Amount = None
    type: Maybe[Category] = None
    status: Maybe[Category] = None
    document: Maybe[dict[str, Any]] = None
    cashier: Maybe[dict[str, Any]] = None


class CashRegister(Shape):
    """What the cash register did. `last_operation_type` 0: a refund can be printed, 1: a sale can be."""

    last_operation_type: Whole = None
    transactions: Many[Printed] = ()


class VisitItem(Shape):
    """A service or goods of the visit."""

    id: Whole = None
    item_id: Whole = None
    item_type_id: Whole = None
    record_id: Whole = None
    item_title: Text = None
    amount: Amount = None
    first_cost: Amount = None
    manual_cost: Amount = None
    discount: Amount = None
    cost: Amount = None
    master_id: Whole = None
    good_id: Whole = None
    service_id: Whole = None
    event_id: Whole = None
    is_service: Flag = None
    is_event: Flag = None
    is_good: Flag = None


class VisitDetails(Shape):
    """The money side of a visit."""

    payment_transactions: Many[FinanceTransaction] = ()
    loyalty_transactions: Many[LoyaltyTransaction] = ()
    kkm_transaction_details_container: Maybe[CashRegister] = None
    items: Many[VisitItem] = ()
