"""What a salon consists of, as the emulator keeps it: plain slotted rows, no behaviour.

Times: `start` is salon-local and naive, because the salon's wall clock is what the journal shows; `created` and
`changed` are instants (aware). Lengths are seconds. A span of a working day is a pair of seconds since local
midnight.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from zoneinfo import ZoneInfo

from frontdesk.yclients.models.attendance import Attendance

Span = tuple[int, int]
Json = dict[str, Any]


@dataclass(slots=True)
class Company:
    """A branch: what the provider calls company, salon or location."""

    id: int
    title: str
    zone: ZoneInfo
    city: str = "Москва"
    address: str = ""
    phone: str = ""
    site: str = ""
    short_description: str = "Салон красоты"
    chain_id: int = 0
    currency: str = "₽"
    slot_step_s: int = 900
    booking_delay_s: int = 0
    booking_days: int = 60
    confirm_number: bool = False
    any_master: bool = True
    activity_clients_max: int = 1
    allow_delete_record: bool = True
    allow_change_record: bool = True
    delete_delay_s: int = 0
    change_delay_s: int = 0
    visit_gap_s: int | None = None
    comment_required: bool = False
    email_required: bool = False
    licence_until: date | None = None
    active: bool = True
    extra: Json = field(default_factory=dict)


@dataclass(slots=True)
class Category:
    """A heading of the price list."""

    id: int
    company_id: int
    title: str
    sex: int = 0
    weight: int = 0
    api_id: str = ""
    staff: Sequence[int] = ()


@dataclass(slots=True)
class ServiceMaster:
    """How one master does one service; None keeps what the service says."""

    length_s: int | None = None
    price: float | None = None
    technological_card_id: int = 0


@dataclass(slots=True)
class Service:
    """A line of the price list; `masters` says who does it, and how, by the master's id."""

    id: int
    company_id: int
    category_id: int
    title: str
    price_min: float
    price_max: float
    length_s: int
    discount: float = 0
    comment: str = ""
    weight: int = 0
    active: bool = True
    sex: int = 0
    api_id: str = ""
    is_multi: bool = False
    capacity: int = 0
    masters: dict[int, ServiceMaster] = field(default_factory=dict)
    extra: Json = field(default_factory=dict)


@dataclass(slots=True)
class Position:
    """A job title."""

    id: int
    company_id: int
    title: str
    extra: Json = field(default_factory=dict)


@dataclass(slots=True)
class Master:
    """An employee who takes clients.

    `days` overrides `week` (0 is Monday) date by date; an empty tuple is a day off.
    """

    id: int
    company_id: int
    name: str
    specialization: str = ""
    position_id: int = 0
    information: str = ""
    rating: float = 0
    votes: int = 0
    comments: int = 0
    weight: int = 0
    hidden: bool = False
    fired: bool = False
    deleted: bool = False
    api_id: str = ""
    user_id: int | None = None
    week: dict[int, tuple[Span, ...]] = field(default_factory=dict)
    days: dict[date, tuple[Span, ...]] = field(default_factory=dict)
    extra: Json = field(default_factory=dict)


@dataclass(slots=True)
class Client:
    """A person in the salon's book; `phone` is digits only, with the country code."""

    id: int
    company_id: int
    name: str
    phone: str
    surname: str = ""
    patronymic: str = ""
    email: str = ""
    sex: int = 0
    importance: int = 0
    discount: float = 0
    card: str = ""
    birth_date: str = ""
    comment: str = ""
    spent: float = 0
    balance: float = 0
    sms_check: int = 0
    sms_not: int = 0
    blacklisted: bool = False
    labels: list[int] = field(default_factory=list)
    custom_fields: Json = field(default_factory=dict)
    comments: list[Json] = field(default_factory=list)
    files: list[Json] = field(default_factory=list)
    changed: datetime | None = None


@dataclass(slots=True)
class ServiceLine:
    """A service as it stands in an appointment: the price agreed then, whatever the price list says now."""

    id: int
    title: str
    first_cost: float
    discount: float
    cost: float
    amount: int = 1


@dataclass(slots=True)
class Appointment:
    """A row of the journal.

    `extra` holds what was sent and is only shown again. Change one through `AppointmentBook.change`.
    """

    id: int
    company_id: int
    master_id: int
    client_id: int | None
    services: list[ServiceLine]
    start: datetime
    length_s: int
    visit_id: int
    hash: str
    created: datetime
    changed: datetime
    technical_break_s: int = 0
    attendance: Attendance = Attendance.WAITING
    comment: str = ""
    created_user_id: int = 0
    online: bool = False
    master_requested: bool = True
    api_id: str = ""
    activity_id: int = 0
    clients_count: int = 1
    paid: float = 0
    deleted: bool = False
    partner_id: int = 0
    extra: Json = field(default_factory=dict)


@dataclass(slots=True)
class Visit:
    """One coming of a client; which appointments it holds is the appointments' own word."""

    id: int
    company_id: int
    client_id: int | None
    attendance: Attendance = Attendance.WAITING
    comment: str = ""
    transactions: list[Json] = field(default_factory=list)


@dataclass(slots=True)
class Activity:
    """A group event: one master, one service, many clients."""

    id: int
    company_id: int
    service_id: int
    master_id: int
    start: datetime
    length_s: int
    capacity: int
    comment: str = ""
    color: str = ""
    technical_break_s: int = 0
    deleted: bool = False
    extra: Json = field(default_factory=dict)


@dataclass(slots=True)
class User:
    """Somebody who can sign in: an employee (with rights by company) or one who books online (without any)."""

    id: int
    name: str
    login: str
    password: str = field(repr=False)
    token: str = field(repr=False)
    phone: str = ""
    email: str = ""
    two_factor: bool = False
    rights: dict[int, Json] = field(default_factory=dict)
    roles: dict[int, str] = field(default_factory=dict)
    staff: dict[int, int] = field(default_factory=dict)
    extra: Json = field(default_factory=dict)


@dataclass(slots=True)
class Partner:
    """An application; None for `company_ids` means that every branch is connected to it."""

    id: int
    token: str = field(repr=False)
    title: str = ""
    company_ids: frozenset[int] | None = None


@dataclass(slots=True)
class Code:
    """A code that was sent by SMS."""

    secret: str = field(repr=False)
    attempts_left: int = 3
    owner: int = 0
