"""People in the salon's book."""

from typing import Any

from pydantic import Field

from frontdesk.yclients.models.lenient import Amount, Day, Flag, Instant, Keyed, Many, Shape, Text, Whole


class Category(Shape):
    """A label on clients or on appointments."""

    id: Whole = None
    title: Text = None
    color: Text = None
    icon: Text = None
    font_color: Text = None


class Client(Shape):
    """A client's card. Which fields come depends on the call: search answers only with those it was asked for."""

    id: Whole = None
    name: Text = None
    surname: Text = None
    patronymic: Text = None
    display_name: Text = None
    phone: Text = None
    """Digits with the country code, with or without "+", or null where the user may not see phones."""
    email: Text = None
    card: Text = None
    sex: Text = None
    sex_id: Whole = None
    birth_date: Day = None
    birthday: Day = None
    comment: Text = None
    categories: Many[Category] = ()
    client_tags: Many[Category] = ()
    importance: Text = None
    importance_id: Whole = None
    discount: Amount = None
    spent: Amount = None
    sold_amount: Amount = None
    balance: Amount = None
    visits: Whole = None
    visits_count: Whole = None
    success_visits_count: Whole = None
    fail_visits_count: Whole = None
    first_visit_date: Day = None
    last_visit_date: Day = None
    sms_check: Whole = None
    sms_not: Whole = None
    last_change_date: Instant = None
    custom_fields: Keyed[Any] = Field(default_factory=dict)


class ChainCard(Shape):
    """A client's card in one salon of a chain."""

    id: int
    company_id: Whole = None
    name: Text = None
    email: Text = None


class ChainClient(Shape):
    """One phone's cards in the salons of a chain."""

    salon_group_id: Whole = None
    phone: Text = None
    clients: Many[ChainCard] = ()


class RejectedClient(Shape):
    """A row of a bulk addition that was not taken, and why."""

    phone: Text = None
    name: Text = None
    error: Text = None


class ClientsAdded(Shape):
    """The outcome of a bulk addition, row by row."""

    created: Many[Client] = ()
    errors: Many[RejectedClient] = ()


class ClientFile(Shape):
    """A file on a client's card."""

    id: int
    client_id: Whole = None
    name: Text = None
    description: Text = None
    date_create: Instant = None
    extension: Text = None
    mime: Text = None
    link: Text = None
    user_name: Text = None
    user_avatar: Text = None
    size: Text = None
    can_edit: Flag = None
