"""Goods, and what moved them, as webhooks tell of them."""

from frontdesk.yclients.models.client import Category, Client
from frontdesk.yclients.models.lenient import Amount, Flag, Instant, Maybe, Shape, Single, Text, Whole


class Good(Shape):
    """Something that is sold or used up."""

    good_id: Whole = None
    salon_id: Whole = None
    title: Text = None
    article: Text = None
    barcode: Text = None
    category: Text = None
    category_id: Whole = None
    comment: Text = None
    cost: Amount = None
    actual_cost: Amount = None
    unit_id: Whole = None
    unit_short_title: Text = None
    service_unit_id: Whole = None
    service_unit_short_title: Text = None
    unit_equals: Amount = None
    critical_amount: Amount = None
    desired_amount: Amount = None
    is_chain: Flag = None
    last_change_date: Instant = None


class GoodsOperation(Shape):
    """A sale, a receipt, a use, a write-off or a move; what leaves a store has a negative `amount`.

    Who and what it concerns comes as an object, as an empty list, or as a list of one.
    """

    id: Whole = None
    document_id: Whole = None
    type_id: Whole = None
    type: Text = None
    operation_unit_type: Whole = None
    amount: Amount = None
    cost_per_unit: Amount = None
    cost: Amount = None
    discount: Amount = None
    comment: Text = None
    record_id: Whole = None
    create_date: Instant = None
    last_change_date: Instant = None
    good: Single[Maybe[Category]] = None
    unit: Single[Maybe[Category]] = None
    storage: Single[Maybe[Category]] = None
    client: Single[Maybe[Client]] = None
    master: Single[Maybe[Category]] = None
    service: Single[Maybe[Category]] = None
    supplier: Single[Maybe[Category]] = None
