"""Masters and their positions."""

from typing import Any

from pydantic import Field

from frontdesk.yclients.models.lenient import Amount, Flag, Keyed, Many, Maybe, Shape, Text, Whole


class Position(Shape):
    """What a master works as."""

    id: Whole = None
    title: Text = None
    services_binding_type: Whole = None


class Staff(Shape):
    """A master as the salon's settings and the journal show him."""

    id: Whole = None
    api_id: Text = None
    name: Text = None
    company_id: Whole = None
    specialization: Text = None
    position: Maybe[Position] = None
    rating: Amount = None
    votes_count: Whole = None
    comments_count: Whole = None
    avatar: Text = None
    avatar_big: Text = None
    information: Text = None
    bookable: Flag = None
    fired: Flag = None
    dismissal_date: Text = None
    status: Whole = None
    hidden: Flag = None
    """Hidden from online booking; the journal still shows him."""
    user_id: Whole = None
    weight: Whole = None
    prepaid: Text = None
    schedule_till: Text = None
    is_paid: Flag = None
    is_chain: Flag = None
    employee: Maybe[dict[str, Any]] = None
    user: Maybe[dict[str, Any]] = None
    services_links: Many[dict[str, Any]] = ()
    image_group: Keyed[Any] = Field(default_factory=dict)


class NewPosition(Position):
    """A position that was just added to the chain."""

    chain_id: Whole = None
    description: Text = None
    rules_required_fields: Many[Text] = ()
    only_chain_appointment: Flag = None
