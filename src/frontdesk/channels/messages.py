"""What every messenger's messages are turned into, and what becomes of those sent: the words channels share."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from frontdesk.booking.ids import Phone
from frontdesk.booking.times import Instant
from frontdesk.dialogue.talk import AttachmentKind, Reply


@dataclass(frozen=True, slots=True)
class Address:
    """One chat: the messenger, the salon's account on it by its name in the settings, and the person's id there."""

    channel: str
    account: str
    user: str


@dataclass(frozen=True, slots=True)
class Text:
    """Typed words, as typed."""

    text: str


@dataclass(frozen=True, slots=True)
class Tap:
    """A tapped button or list row: the id it was sent with and the label it bore."""

    choice: str
    label: str


@dataclass(frozen=True, slots=True)
class Attachment:
    """Anything that is not words; `caption` is the words that came with it."""

    kind: AttachmentKind
    caption: str = ""


@dataclass(frozen=True, slots=True)
class Contact:
    """A contact card; `own` only where the messenger vouches that the number is the sender's."""

    phone: Phone
    own: bool


Content = Text | Tap | Attachment | Contact


@dataclass(frozen=True, slots=True)
class Incoming:
    """One message of a person. `proved` is the sender's number where the messenger vouches for it."""

    address: Address
    message_id: str
    sent_at: Instant
    content: Content
    name: str = ""
    proved: Phone | None = None


class Delivery(StrEnum):
    """How far an outgoing message got; reports come in any order, so ranks only grow."""

    SENT = "sent"
    DELIVERED = "delivered"
    READ = "read"
    FAILED = "failed"


class SendAction(StrEnum):
    """What the sender does about a message that was not accepted."""

    RETRY = "retry"
    """Wait `retry_after_s`, then send it again: it was provably not sent."""
    PAUSE_ACCOUNT = "pause_account"
    """The account or the token is at fault: stop sending from it and tell the owner."""
    UNREACHABLE = "unreachable"
    """This person can't be reached on this channel."""
    WINDOW_CLOSED = "window_closed"
    """Free text is not allowed any more: a template or another channel is needed."""
    PARK = "park"
    """Our own fault or a rule we broke: keep the row, alert, never repeat it."""


@dataclass(frozen=True, slots=True)
class Accepted:
    """The messenger took the message under this id; accepted is not yet delivered."""

    message_id: str


@dataclass(frozen=True, slots=True)
class Rejected:
    """The messenger did not take the message. `detail` is its own code and sentence."""

    action: SendAction
    detail: str
    retry_after_s: float = 0.0
    whole_account: bool = False
    """Whether the pause is for every chat of the account rather than for this one."""


@dataclass(frozen=True, slots=True)
class CutOff:
    """The connection broke after the message had left: it may have arrived."""

    detail: str


Sent = Accepted | Rejected | CutOff


@dataclass(frozen=True, slots=True)
class Report:
    """What the messenger says later of a message: by our own key where it carries one, else by the messenger's id."""

    channel: str
    account: str
    message_id: str
    key: str
    delivery: Delivery
    at: Instant
    rejected: Rejected | None = None


@dataclass(frozen=True, slots=True)
class Batch:
    """All that one webhook call carried; `ignored` names what was left aside on purpose."""

    incoming: tuple[Incoming, ...] = ()
    reports: tuple[Report, ...] = ()
    ignored: tuple[str, ...] = ()


class Messenger(Protocol):
    """Sends on one account. `key` is ours and comes back in reports where the messenger can carry it."""

    async def send(self, address: Address, reply: Reply, key: str) -> Sent:
        """Sends one message; every failure is an answer, nothing is raised."""
        ...

    async def show_typing(self, address: Address, message_id: str) -> None:
        """Marks the message as read and shows that an answer is on its way; failure is ignored."""
        ...
