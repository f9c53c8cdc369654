"""What came of one attempt at the provider: the one thing that matters is whether it may have happened."""

from dataclasses import dataclass

from frontdesk.booking.commands import Done, Refused


@dataclass(frozen=True, slots=True)
class NotSent:
    """Provably not done: it may be tried again after a while."""

    detail: str


@dataclass(frozen=True, slots=True)
class ReplyLost:
    """It left, and no reply came: it is looked up before it is tried again."""

    detail: str


Performed = Done | Refused | NotSent | ReplyLost


@dataclass(frozen=True, slots=True)
class Found:
    """The journal shows what was asked for."""


@dataclass(frozen=True, slots=True)
class NotFound:
    """The journal does not show it, so it did not happen."""


@dataclass(frozen=True, slots=True)
class Unknown:
    """The journal could not be read: look again later."""

    detail: str


Evidence = Found | NotFound | Unknown
