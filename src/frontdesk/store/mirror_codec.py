"""The shapes of the local copy as canonical JSON text: equal things are equal text, whatever order they came in."""

import json
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, Final

from pydantic import TypeAdapter, ValidationError
from pydantic_core import from_json

from frontdesk.booking.appointments import Appointment
from frontdesk.booking.copies import SalonCopy
from frontdesk.booking.schedules import WorkingDay

_SALON: Final = TypeAdapter(SalonCopy)
_WORKING: Final = TypeAdapter(WorkingDay)
_APPOINTMENT: Final = TypeAdapter(Appointment)


def dump_salon(copy: SalonCopy) -> str:
    """The salon, its lists and rules."""
    return _canonical(_SALON.dump_python(copy, mode="json"))


def load_salon(stored: str | None) -> SalonCopy | None:
    """The same back; None where nothing is kept, or where another version wrote it: it is soon read again."""
    try:
        return _SALON.validate_json(stored) if stored else None
    except ValidationError:
        return None


def dump_working(day: WorkingDay) -> str:
    """A master's day."""
    return _canonical(_WORKING.dump_python(day, mode="json"))


def load_working(stored: str) -> WorkingDay:
    """The same back."""
    return _WORKING.validate_json(stored)


def dump_appointment(appointment: Appointment) -> str:
    """An appointment; the provider is known to list its services in another order at another reading."""
    services = tuple(sorted(appointment.services, key=lambda one: one.id))
    return _canonical(_APPOINTMENT.dump_python(replace(appointment, services=services), mode="json"))


def load_appointment(stored: str) -> Appointment:
    """The same back."""
    return _APPOINTMENT.validate_json(stored)


def ends_after(stored: str, moment: datetime) -> bool:
    """Whether the appointment ends later than that on its salon's clock: a fraction of what loading it takes."""
    fields = from_json(stored)
    return datetime.fromisoformat(fields["start"]) + timedelta(seconds=fields["length_s"]) > moment


def _canonical(fields: Any) -> str:  # noqa: ANN401 - any JSON
    return json.dumps(fields, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
