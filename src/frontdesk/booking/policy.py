"""What a salon allows its clients to do by themselves, and how it wants it done."""

from dataclasses import dataclass, field
from enum import StrEnum


class Pick(StrEnum):
    """Which of several coming appointments «отмените запись» means."""

    ASK = "ask"
    LAST_CREATED = "last_created"


class Method(StrEnum):
    """How a cancellation is written: on the visit, on the appointment, or by deleting it."""

    VISIT = "visit"
    RECORD = "record"
    DELETE = "delete"


@dataclass(frozen=True, slots=True)
class CancelSettings:
    """The salon's wishes for cancelling, section `[cancel]` of the settings."""

    pick: Pick = Pick.ASK
    confirm: bool = True
    method: Method = Method.VISIT
    fallback_delete: bool = True


@dataclass(frozen=True, slots=True)
class Policy:
    """What clients may do by themselves. The windows are in seconds before the appointment's start."""

    may_cancel: bool = True
    cancel_notice_s: int = 0
    may_move: bool = True
    move_notice_s: int = 0
    cancel: CancelSettings = field(default_factory=CancelSettings)
