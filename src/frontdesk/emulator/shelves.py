"""Where the world keeps its things, each found by id, company, client or day without looking through the rest.

An index is a dict of dicts used as ordered sets: adding and removing cost the same in a world of ten appointments and
of a hundred thousand.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import Any, Generic, Protocol, TypeVar

from frontdesk.emulator.things import Activity, Appointment, Client


class _Owned(Protocol):
    id: int
    company_id: int


T = TypeVar("T", bound=_Owned)


class Shelf(Generic[T]):
    """Things that belong to companies."""

    def __init__(self) -> None:
        self._all: dict[int, T] = {}
        self._by_company: defaultdict[int, dict[int, T]] = defaultdict(dict)

    def add(self, thing: T) -> T:
        """Puts a thing on the shelf and hands it back."""
        self._all[thing.id] = thing
        self._by_company[thing.company_id][thing.id] = thing
        return thing

    def remove(self, thing: T) -> None:
        """Takes a thing off the shelf."""
        del self._all[thing.id]
        del self._by_company[thing.company_id][thing.id]

    def get(self, company_id: int, thing_id: int) -> T | None:
        """The thing with this id, if it is this company's."""
        return self._by_company[company_id].get(thing_id) if company_id in self._by_company else None

    def anywhere(self, thing_id: int) -> T | None:
        """The thing with this id, whoever owns it."""
        return self._all.get(thing_id)

    def of(self, company_id: int) -> list[T]:
        """Everything a company owns, in the order it came."""
        return list(self._by_company[company_id].values()) if company_id in self._by_company else []

    def __len__(self) -> int:
        return len(self._all)

    def __iter__(self) -> Iterator[T]:
        return iter(self._all.values())


WHOLE_PHONE = 10
"""From so many digits on, what is searched for is a phone and not a part of one."""


def is_whole_phone(digits: str) -> bool:
    """Whether digits are a phone (perhaps without its country code) and not a part of one."""
    return len(digits) >= WHOLE_PHONE


class ClientBook(Shelf[Client]):
    """Clients, found by phone as well, with or without the country code."""

    def __init__(self) -> None:
        super().__init__()
        self._by_ending: defaultdict[tuple[int, str], dict[int, Client]] = defaultdict(dict)

    def add(self, thing: Client) -> Client:
        """Puts a client into the book."""
        self._bucket(thing.company_id, thing.phone)[thing.id] = thing
        return super().add(thing)

    def remove(self, thing: Client) -> None:
        """Takes a client out of the book."""
        self._bucket(thing.company_id, thing.phone).pop(thing.id, None)
        super().remove(thing)

    def with_phone(self, company_id: int, phone: str) -> Client | None:
        """A company's client with exactly this phone (digits only)."""
        return next((client for client in self._bucket(company_id, phone).values() if client.phone == phone), None)

    def with_ending(self, company_id: int, digits: str) -> list[Client]:
        """The clients whose phones end with these digits, ten of them or more."""
        return [client for client in self._bucket(company_id, digits).values() if client.phone.endswith(digits)]

    def change(self, client: Client, **changes: Any) -> None:  # noqa: ANN401 - fields of the thing
        """Changes a client's card, and keeps it findable by its phone."""
        self._bucket(client.company_id, client.phone).pop(client.id, None)
        for name, value in changes.items():
            setattr(client, name, value)
        self._bucket(client.company_id, client.phone)[client.id] = client

    def _bucket(self, company_id: int, phone: str) -> dict[int, Client]:
        return self._by_ending[company_id, phone[-WHOLE_PHONE:]]


Bucket = dict[int, Appointment]
Days = defaultdict[date, Bucket]


def _days() -> Days:
    return defaultdict(dict)


class AppointmentBook(Shelf[Appointment]):
    """The journal: appointments by client, visit, day, and master with day. Deleted ones stay, marked."""

    def __init__(self) -> None:
        super().__init__()
        self._by_client: defaultdict[tuple[int, int], Bucket] = defaultdict(dict)
        self._by_visit: defaultdict[int, Bucket] = defaultdict(dict)
        self._by_activity: defaultdict[int, Bucket] = defaultdict(dict)
        self._by_day: defaultdict[int, Days] = defaultdict(_days)
        self._by_master: defaultdict[int, Days] = defaultdict(_days)

    def add(self, thing: Appointment) -> Appointment:
        """Writes an appointment into the journal."""
        for bucket in self._buckets(thing):
            bucket[thing.id] = thing
        return super().add(thing)

    def remove(self, thing: Appointment) -> None:
        """Takes an appointment out as if it had never been; a salon's deletion is `deleted=True`."""
        for bucket in self._buckets(thing):
            bucket.pop(thing.id, None)
        super().remove(thing)

    def change(self, appointment: Appointment, **changes: Any) -> None:  # noqa: ANN401 - fields of the thing
        """Changes an appointment and keeps it findable."""
        for bucket in self._buckets(appointment):
            bucket.pop(appointment.id, None)
        for name, value in changes.items():
            setattr(appointment, name, value)
        for bucket in self._buckets(appointment):
            bucket[appointment.id] = appointment

    def of_client(self, company_id: int, client_id: int) -> list[Appointment]:
        """A client's appointments, deleted ones included."""
        return list(self._by_client.get((company_id, client_id), {}).values())

    def of_visit(self, visit_id: int) -> list[Appointment]:
        """The appointments of one visit, deleted ones included."""
        return list(self._by_visit.get(visit_id, {}).values())

    def of_activity(self, activity_id: int) -> list[Appointment]:
        """The appointments of one group event, deleted ones included."""
        return list(self._by_activity.get(activity_id, {}).values())

    def of_master(self, master_id: int, first: date, last: date) -> list[Appointment]:
        """A master's appointments on the days from first to last."""
        return _between(self._by_master.get(master_id, {}), first, last)

    def of_days(self, company_id: int, first: date, last: date) -> list[Appointment]:
        """A company's appointments on the days from first to last."""
        return _between(self._by_day.get(company_id, {}), first, last)

    def _buckets(self, one: Appointment) -> Iterable[Bucket]:
        day = one.start.date()
        yield self._by_day[one.company_id][day]
        yield self._by_master[one.master_id][day]
        yield self._by_visit[one.visit_id]
        if one.client_id is not None:
            yield self._by_client[one.company_id, one.client_id]
        if one.activity_id:
            yield self._by_activity[one.activity_id]


class EventBook(Shelf[Activity]):
    """Group events, found by master and day as well; their time does not change."""

    def __init__(self) -> None:
        super().__init__()
        self._by_day: defaultdict[tuple[int, date], dict[int, Activity]] = defaultdict(dict)

    def add(self, thing: Activity) -> Activity:
        """Writes an event into the calendar."""
        self._by_day[thing.master_id, thing.start.date()][thing.id] = thing
        return super().add(thing)

    def of_day(self, master_id: int, day: date) -> list[Activity]:
        """A master's events of a day."""
        return list(self._by_day.get((master_id, day), {}).values())


def _between(days: dict[date, Bucket], first: date, last: date) -> list[Appointment]:
    """Walks the shorter of the two: the asked days, or the days that hold anything."""
    span = (last - first).days + 1
    if span <= len(days):
        wanted: Iterable[date] = (first + timedelta(days=n) for n in range(span))
    else:
        wanted = sorted(day for day in days if first <= day <= last)
    return [one for day in wanted if day in days for one in days[day].values()]
