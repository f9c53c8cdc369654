from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class End(StrEnum):
    """How a conversation ended for the client."""

    TOLD = "told"
    PERSON = "person"
    GAVE_UP = "gave up"
    TOO_LATE = "too late"
    """Somebody else got the time meanwhile: there was nothing left to reach."""


@dataclass(slots=True)
class Consent:
    """A yes: to which kind of question, about what time, and about which appointment's old time."""

    kind: str
    start: datetime
    was: datetime | None = None
    target: int | None = None
    """The appointment itself, where the words meant it whatever its time: «подтверждаю запись» of the only one."""
    spent: bool = False
