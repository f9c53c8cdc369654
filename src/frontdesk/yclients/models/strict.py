"""How what we say is written: strictly, so that an impossible value is refused before anything is sent."""

import datetime as dt
from typing import Annotated, Final

from pydantic import BaseModel, ConfigDict, Field, PlainSerializer

BREAK_STEP_S: Final = 300
BREAK_MOST_S: Final = 3600


class Form(BaseModel):
    """A part of a request's body: no unknown field, no value of another type; unsaid fields are not sent."""

    model_config = ConfigDict(frozen=True, extra="forbid", strict=True, validate_by_name=True, validate_by_alias=True)


def _written(moment: dt.datetime) -> str:
    return moment.isoformat() if moment.tzinfo else moment.strftime("%Y-%m-%d %H:%M:%S")


Id = Annotated[int, Field(gt=0)]
"""A number that names a thing."""
SalonTime = Annotated[dt.datetime, PlainSerializer(_written, when_used="json")]
"""A time without zone is the salon's own, sent as `2026-11-21 15:00:00`; one with a zone is sent with its offset."""
Seconds = Annotated[int, Field(gt=0, le=24 * 60 * 60)]
"""A length in seconds, within a day."""
BreakSeconds = Annotated[int, Field(ge=0, le=BREAK_MOST_S, multiple_of=BREAK_STEP_S)]
"""A technical break: whole five minutes, at most an hour."""
Price = Annotated[float, Field(ge=0)]
Percent = Annotated[float, Field(ge=0, le=100)]
Phone = Annotated[str, Field(min_length=1, max_length=32)]
"""A phone as digits with the country code; the provider wants 9 to 15 of them and answers a wrong one itself."""
