"""What clients see of a salon: what can be booked, when, and what they have booked."""

from typing import Any

from pydantic import Field

from frontdesk.yclients.models.attendance import Attendance
from frontdesk.yclients.models.company import Company
from frontdesk.yclients.models.lenient import (
    Amount,
    Day,
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
from frontdesk.yclients.models.service import ServiceCategory
from frontdesk.yclients.models.staff import Staff


class BookForm(Shape):
    """The settings of an online booking widget."""

    steps: Many[dict[str, Any]] = ()
    style: Keyed[Any] = Field(default_factory=dict)
    group_id: Whole = None
    company_id: Whole = None
    phone_confirmation: Flag = None
    lang: Text = None
    langs: Many[dict[str, Any]] = ()
    comment_required: Flag = None
    sms_enabled: Flag = None


class BookService(Shape):
    """A service that can be booked online. Its length comes only where the call names a master."""

    id: int
    title: Text = None
    category_id: Whole = None
    price_min: Amount = None
    price_max: Amount = None
    discount: Amount = None
    comment: Text = None
    weight: Whole = None
    active: Flag = None
    sex: Whole = None
    image: Text = None
    prepaid: Text = None
    seance_length: Whole = None
    """Seconds."""
    abonement_restriction: Whole = None
    is_composite: Flag = None


class BookServices(Shape):
    """What can be booked. The table of the official document says `categories`, every real answer `category`."""

    events: Many[BookService] = ()
    services: Many[BookService] = ()
    category: Many[ServiceCategory] = ()


class Seance(Shape):
    """A time that can be booked."""

    time: Text = None
    datetime: Instant = None
    seance_length: Whole = None
    """Seconds, the technical break included."""
    sum_length: Whole = None
    staff_id: Whole = None


class StaffSeances(Shape):
    """The nearest day of a master that has free times, and these."""

    seance_date: Day = None
    seances: Many[Seance] = ()


class BookStaff(Staff):
    """A master as clients see him."""

    show_rating: Flag = None
    seance_date: Day = None
    seances: Many[Seance] = ()


class BookDates(Shape):
    """Days on which the salon works, and those on which what was asked for can be booked.

    `*_days` are days of the month by month, the same days are in `*_dates` in full.
    """

    booking_days: Keyed[Many[Whole]] = Field(default_factory=dict)
    booking_dates: Many[Day] = ()
    working_days: Keyed[Many[Whole]] = Field(default_factory=dict)
    working_dates: Many[Day] = ()


class BookedService(Shape):
    """A service of a booking as its client sees it."""

    id: int
    title: Text = None
    cost: Amount = None
    price_min: Amount = None
    price_max: Amount = None
    discount: Amount = None
    amount: Amount = None
    seance_length: Whole = None


class Booking(Shape):
    """An appointment as its client sees it."""

    id: int
    services: Many[BookedService] = ()
    company: Maybe[Company] = None
    staff: Maybe[BookStaff] = None
    clients_count: Whole = None
    date: LocalTime = None
    datetime: Instant = None
    create_date: Instant = None
    comment: Text = None
    deleted: Flag = None
    attendance: Known[Attendance | Whole] = None
    length: Whole = None
    """Seconds."""
    notify_by_sms: Whole = None
    notify_by_email: Whole = None
    master_requested: Flag = None
    online: Flag = None
    api_id: Text = None
    last_change_date: Instant = None
    prepaid: Flag = None
    prepaid_confirmed: Flag = None
    activity_id: Whole = None
    allow_delete_record: Flag = None
    allow_change_record: Flag = None


class Booked(Shape):
    """The receipt of a booking: the hash lets its client see, move and cancel it without signing in."""

    id: Whole = None
    """The number that the request gave this appointment."""
    record_id: int
    record_hash: Text = None
    record: Maybe[Booking] = None


class ActivityBooked(Shape):
    """The receipt of a place in a group event."""

    id: int
    hash: Text = None


class TimeslotGrid(Shape):
    """How the times offered on a day are laid out; all in seconds, times from midnight."""

    grid_first_timeslot: Whole = None
    grid_last_timeslot: Whole = None
    grid_display_step: Whole = None
    grid_nearest_timeslot_delay: Whole = None
    grid_base_type: Text = None
    is_grid_flexible: Flag = None


class TimeslotDay(Shape):
    """The grid of a weekday or of a date."""

    weekday: Whole = None
    date: Day = None
    timeslots: Many[Whole] = ()
    setting: Maybe[TimeslotGrid] = None


class TimeslotSettings(Shape):
    """The times the salon offers, by weekday and for single dates."""

    is_enabled: Flag = None
    weekdays_settings: Many[TimeslotDay] = ()
    dates_settings: Many[TimeslotDay] = ()


class OnlineSettings(Shape):
    """The salon's rules of online booking."""

    confirm_number: Flag = None
    """Whether a booking needs the code that was sent to the phone."""
    any_master: Flag = None
    seance_delay_step: Whole = None
    """Minutes before which a time is no longer offered."""
    activity_online_record_clients_count_max: Whole = None
