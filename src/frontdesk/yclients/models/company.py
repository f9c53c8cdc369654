"""Salons: branches and the chains they belong to."""

from typing import Any

from pydantic import Field

from frontdesk.yclients.models.lenient import Amount, Flag, Instant, Keyed, Many, Maybe, Shape, Text, Whole


class Chain(Shape):
    """A chain of salons."""

    id: Whole = None
    title: Text = None


class BookFormLink(Shape):
    """Where one of the salon's online booking widgets is."""

    id: Whole = None
    title: Text = None
    is_default: Flag = None
    url: Text = None


class Company(Shape):
    """A salon (a branch). Answers differ in what they show: with `my=1` its user sees more."""

    id: int
    title: Text = None
    public_title: Text = None
    short_descr: Text = None
    description: Text = None
    logo: Text = None
    country_id: Whole = None
    country: Text = None
    city_id: Whole = None
    city: Text = None
    phone: Text = None
    phones: Many[Text] = ()
    email: Text = None
    site: Text = None
    address: Text = None
    zip: Text = None
    timezone: Whole = None
    """Hours from UTC; seen one hour off in summer, so trust `timezone_name`."""
    timezone_name: Text = None
    schedule: Text = None
    coordinate_lat: Amount = None
    coordinate_lon: Amount = None
    social: Keyed[Any] = Field(default_factory=dict)
    business_type_id: Whole = None
    business_group_id: Whole = None
    currency_short_title: Text = None
    active: Flag = None
    phone_confirmation: Flag = None
    active_staff_count: Whole = None
    next_slot: Instant = None
    group_priority: Whole = None
    push_notification_phone_confirm: Flag = None
    main_group_id: Whole = None
    main_group: Maybe[Chain] = None
    groups: Keyed[Chain] = Field(default_factory=dict)
    bookforms: Many[BookFormLink] = ()
    online_sales_form_url: Text = None
    allow_delete_record: Flag = None
    """Whether clients may cancel online."""
    allow_delete_record_delay_step: Whole = None
    """Seconds before the start up to which a client may cancel."""
    allow_change_record: Flag = None
    """Whether clients may move online."""
    allow_change_record_delay_step: Whole = None
    """Seconds before the start up to which a client may move."""
    booking_comment_required: Flag = None
    booking_email_required: Flag = None
    booking_comment_input_name: Text = None
    access: Keyed[Any] = Field(default_factory=dict)
