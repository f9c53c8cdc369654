"""A salon as a file: TOML, everything by day relative to today, so that a demo is never out of date.

`day` is a number of days from today (-3, 0, 1) or a date; a relative day on which the master does not work moves on,
away from today, to one on which they do. Times are the salon's own. What is not said is filled in: ids are given,
prices and lengths come from the price list, an appointment of the past took place unless it says otherwise.
"""

import datetime as dt
import tomllib
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Self
from zoneinfo import ZoneInfo, available_timezones

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, model_validator

WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")


class Row(BaseModel):
    """A table of the file; an unknown key is a mistake."""

    model_config = ConfigDict(extra="forbid")


_zones = cache(available_timezones)
"""To list them opens six hundred files."""


def _zone(name: str) -> str:
    if name not in _zones():
        raise ValueError(f"no time zone «{name}»; write it like Europe/Moscow")
    return name


class MasterRow(Row):
    """A master.

    `week` gives hours by weekday: `mon = "10:00-20:00"`, several spans with commas, an absent day is off.
    """

    id: int
    name: str
    position: str
    specialization: str = ""
    about: str = ""
    rating: float = 0
    votes: int = 0
    week: dict[str, str]

    @model_validator(mode="after")
    def _known_days(self) -> Self:
        if unknown := self.week.keys() - set(WEEKDAYS):
            raise ValueError(f"week: no such weekdays {sorted(unknown)}; there are {', '.join(WEEKDAYS)}")
        for hours in self.week.values():
            spans_of(hours)
        return self


class ServiceRow(Row):
    """A line of the price list.

    `masters` lists who does it, `own` says how a master differs: `{"101" = {minutes = 45}}`.
    """

    id: int
    category: str
    title: str
    price: float
    price_max: float | None = None
    minutes: Annotated[int, Field(gt=0, multiple_of=5)]
    comment: str = ""
    masters: list[int]
    own: dict[int, dict[str, float]] = {}


class ClientRow(Row):
    """A client of the salon."""

    id: int
    name: str
    surname: str = ""
    patronymic: str = ""
    phone: Annotated[str, Field(pattern=r"^\d{9,15}$")]
    email: str = ""
    sex: int = 0
    birth_date: str = ""
    comment: str = ""
    blacklisted: bool = False


class AppointmentRow(Row):
    """An appointment; those with the same `visit` are one coming.

    `booked` is how many days before today it was made.
    """

    client: int | None = None
    master: int
    services: list[int]
    day: int | dt.date
    time: dt.time
    minutes: int | None = None
    attendance: Annotated[int, Field(ge=-1, le=2)] | None = None
    comment: str = ""
    visit: str | None = None
    booked: int = 3
    online: bool = False


class CompanyRow(Row):
    """A branch with everything in it."""

    id: int
    title: str
    time_zone: Annotated[str, AfterValidator(_zone)] = "Europe/Moscow"
    city: str = "Москва"
    address: str = ""
    phone: str = ""
    site: str = ""
    about: str = "Салон красоты"
    chain: int = 0
    slot_step_minutes: Annotated[int, Field(gt=0)] = 15
    confirm_number: bool = False
    allow_delete_record: bool = True
    allow_change_record: bool = True
    delete_delay_minutes: int = 0
    change_delay_minutes: int = 0
    masters: list[MasterRow] = []
    services: list[ServiceRow] = []
    clients: list[ClientRow] = []
    appointments: list[AppointmentRow] = []

    @model_validator(mode="after")
    def _names_what_exists(self) -> Self:
        known = {"master": {one.id for one in self.masters}, "service": {one.id for one in self.services}}
        clients = {one.id for one in self.clients}
        for service in self.services:
            _only_known("master", service.masters, known["master"], f"service «{service.title}»")
        for at, one in enumerate(self.appointments, 1):
            _only_known("master", [one.master], known["master"], f"appointment {at}")
            _only_known("service", one.services, known["service"], f"appointment {at}")
            _only_known("client", [one.client] if one.client else [], clients, f"appointment {at}")
        return self


class PartnerRow(Row):
    """An application that may call; without `companies` every branch is connected to it."""

    token: str
    companies: list[int] | None = None


class UserRow(Row):
    """An employee who signs in; `denied` lists the rights that are missing in every branch."""

    name: str
    login: str
    password: str
    token: str
    phone: str = ""
    two_factor: bool = False
    denied: list[str] = []


class SalonFile(Row):
    """The whole file."""

    companies: list[CompanyRow]
    partners: list[PartnerRow]
    users: list[UserRow]


_COMPLAINTS = {"missing": "it is needed and not there", "extra_forbidden": "there is no such key"}


class BadSalonFileError(ValueError):
    """The file is not a salon; the text says where and why."""


def read_salon(path: Path) -> SalonFile:
    """Reads a salon's file. Raises BadSalonFileError that names the place of the mistake."""
    try:
        content: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
        return SalonFile.model_validate(content)
    except OSError as error:
        raise BadSalonFileError(f"cannot read {path}: {error.strerror}") from error
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"])
        words = _COMPLAINTS.get(first["type"], first["msg"].removeprefix("Value error, "))
        raise BadSalonFileError(f"{path}: {place}: {words}") from error
    except UnicodeDecodeError as error:
        raise BadSalonFileError(f"{path}: it is not written in UTF-8 (byte {error.start + 1}); save it so") from error
    except tomllib.TOMLDecodeError as error:
        raise BadSalonFileError(f"{path}: it is not written as TOML: {error}") from error


def spans_of(hours: str) -> tuple[tuple[int, int], ...]:
    """`10:00-14:00, 15:00-20:00` as seconds since midnight; 24:00 is the end of the day."""
    spans = tuple(_span(part) for part in hours.split(",") if part.strip())
    if any(first >= last for first, last in spans):
        raise ValueError(f"«{hours}» ends before it begins")
    return spans


def zone_of(row: CompanyRow) -> ZoneInfo:
    """The branch's time zone."""
    return ZoneInfo(row.time_zone)


def _span(text: str) -> tuple[int, int]:
    first, _, last = text.partition("-")
    return _seconds(first), _seconds(last)


def _seconds(text: str) -> int:
    hours, _, minutes = text.strip().partition(":")
    if not (hours.isdecimal() and minutes.isdecimal() and int(hours) * 60 + int(minutes) <= 24 * 60):
        raise ValueError(f"«{text.strip()}» is not a time of day; write it like 10:00")
    return int(hours) * 3600 + int(minutes) * 60


def _only_known(what: str, said: list[int], known: set[int], where: str) -> None:
    if unknown := set(said) - known:
        raise ValueError(f"{where} names {what} {sorted(unknown)}, but there is none")
