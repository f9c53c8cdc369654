"""How what we say is written: strictly, so that an impossible value is refused before anything is sent."""

import datetime as dt
import enum
from typing import Annotated, Any, Final

from pydantic import BaseModel, ConfigDict, Field, PlainSerializer

BREAK_STEP_S: Final = 300
BREAK_MOST_S: Final = 3600


class Form(BaseModel):
    """A part of a request's body: no unknown field, no value of another type; unsaid fields are not sent."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        strict=True,
        validate_by_name=True,
        validate_by_alias=True,
        serialize_by_alias=True,
        hide_input_in_errors=True,
    )

    def __repr_args__(self) -> list[tuple[str | None, Any]]:
        """What was said and can be no phone and no secret: numbers and times."""
        said = [(name, getattr(self, name)) for name in type(self).model_fields if name in self.model_fields_set]
        return [(name, value) for name, value in said if isinstance(value, int | dt.date | enum.Enum)]

    __str__ = BaseModel.__repr__


def _written(moment: dt.datetime) -> str:
    return moment.isoformat() if moment.tzinfo else moment.strftime("%Y-%m-%d %H:%M:%S")


Id = Annotated[int, Field(gt=0)]
"""A number that names a thing."""
SalonTime = Annotated[dt.datetime, Field(strict=False), PlainSerializer(_written, when_used="json")]
"""A time without zone is the salon's own, sent as `2026-11-21 15:00:00`; one with a zone is sent with its offset."""
RussianDay = Annotated[str, Field(pattern=r"^\d{2}\.\d{2}\.\d{4}$")]
"""A day as `17.01.2026`."""
Seconds = Annotated[int, Field(gt=0)]
"""A length in seconds."""
BreakSeconds = Annotated[int, Field(ge=0, le=BREAK_MOST_S, multiple_of=BREAK_STEP_S)]
"""A technical break: whole five minutes, at most an hour."""
Price = Annotated[float, Field(ge=0)]
Percent = Annotated[float, Field(ge=0, le=100)]
Text = Annotated[str, Field(strict=False, coerce_numbers_to_str=True)]
"""Text that the provider's own examples also write as a number: external ids, codes, cards."""
Phone = Annotated[str, Field(strict=False, coerce_numbers_to_str=True, min_length=1, max_length=32)]
"""A phone as digits with the country code; the provider wants 9 to 15 of them and answers a wrong one itself."""
Secret = Annotated[str, Field(min_length=1)]
"""A password or a code."""
Bit = Annotated[bool, Field(strict=False), PlainSerializer(int, when_used="json")]
"""True or false, which travels as 1 or 0."""
Mark = Annotated[int, Field(strict=False)]
"""A number that the provider's own examples also write as text."""
Hash = Annotated[str, Field(pattern=r"^\w+$")]
"""The secret name of an appointment, which lets its client see and cancel it."""
Page = Annotated[int, Field(ge=1)]
ClockTime = Annotated[str, Field(pattern=r"^([01]\d|2[0-3]):[0-5]\d(:[0-5]\d)?$|^24:00$")]
"""A time of the salon's day, `10:00`; `24:00` is its end."""
