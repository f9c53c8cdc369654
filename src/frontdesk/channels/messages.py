"""What every messenger's messages are turned into, and what becomes of those sent: the words channels share."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import Protocol

from frontdesk.booking.ids import Phone
from frontdesk.booking.times import Instant
from frontdesk.dialogue.talk import AttachmentKind, Reply

START = "start"
"""The choice of a tap on the messenger's own «Start» button; a deep link's payload follows after a colon."""

_MOST_DOUBLINGS = 20
_HIDDEN = 8


@dataclass(frozen=True, slots=True)
class Address:
    """One chat: the messenger, the salon's account on it by its name in the settings, and the person's id there."""

    channel: str
    account: str
    user: str

    def __repr__(self) -> str:
        """On WhatsApp the person's id is their phone, so only its end is shown."""
        return f"Address({self.channel}/{self.account}/•••{self.user[-4:] if len(self.user) > _HIDDEN else ''})"


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

    phone: Phone = field(repr=False)
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
    proved: Phone | None = field(default=None, repr=False)


class Delivery(StrEnum):
    """How far an outgoing message got; reports come in any order, so ranks only grow."""

    SENT = "sent"
    DELIVERED = "delivered"
    READ = "read"
    FAILED = "failed"


_RANK = {Delivery.SENT: 1, Delivery.DELIVERED: 2, Delivery.READ: 3}


def further(delivery: Delivery, than: Delivery | None) -> bool:
    """Whether the report adds to what is known: ranks only grow, and what has arrived can't fail any more."""
    if delivery is Delivery.FAILED:
        return than in {None, Delivery.SENT}
    if than is Delivery.FAILED:
        return False
    return _RANK[delivery] > _RANK.get(than, 0) if than else True


class SendAction(StrEnum):
    """What the sender does about a message that was not accepted."""

    RETRY = "retry"
    """Wait `retry_after_s`, then send it again: it was provably not sent."""
    PAUSE_ACCOUNT = "pause_account"
    """The account or the token is at fault: stop sending from it and tell the owner."""
    UNREACHABLE = "unreachable"
    """This message can't reach this person on this channel: never repeat it here."""
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
    growth: float = 1.0
    """By how much the wait grows with each try: Meta asks for 4^X seconds, Telegram for exactly what it names."""
    longest_wait_s: float = 3600.0
    blocked: bool = False
    """The person can't be reached here at all, until they write again."""

    def wait_s(self, tries: int) -> float:
        """How long to wait after so many tries that failed before this one, in seconds."""
        return min(self.retry_after_s * self.growth ** min(tries, _MOST_DOUBLINGS), self.longest_wait_s)


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

    @classmethod
    def of(cls, found: Iterable["Incoming | Report | str"]) -> "Batch":
        """Sorts what was found, in order; words are reasons why something was left aside."""
        parts = tuple(found)
        return cls(
            tuple(part for part in parts if isinstance(part, Incoming)),
            tuple(part for part in parts if isinstance(part, Report)),
            tuple(part for part in parts if isinstance(part, str)),
        )

    def for_accounts(self, names: Mapping[str, str]) -> "Batch":
        """The same with each account called by its name in the settings; what is for an unknown one is left aside.

        `names` leads from the messenger's id of the account (WhatsApp's `phone_number_id`) to our name.
        """
        strangers = [item.address.account for item in self.incoming if item.address.account not in names]
        strangers += [report.account for report in self.reports if report.account not in names]
        return Batch(
            tuple(
                replace(item, address=replace(item.address, account=names[item.address.account]))
                for item in self.incoming
                if item.address.account in names
            ),
            tuple(replace(report, account=names[report.account]) for report in self.reports if report.account in names),
            self.ignored + tuple(f"for an account that is not in the settings: {account}" for account in strangers),
        )


class Messenger(Protocol):
    """Sends on one account. `key` is ours and comes back in reports where the messenger can carry it."""

    async def send(self, address: Address, reply: Reply, key: str) -> Sent:
        """Sends one message; every failure is an answer, nothing is raised."""
        ...

    async def show_typing(self, address: Address, message_id: str) -> None:
        """Marks the message as read and shows that an answer is on its way; failure is ignored."""
        ...

    async def acknowledge(self, address: Address, message_id: str) -> None:
        """Tells the messenger that a tap was taken, so that its button stops waiting; failure is ignored."""
        ...
