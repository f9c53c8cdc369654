"""What the service is made of, as it is handed in: the real things by the wiring, fakes by a test."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Protocol

from structlog.typing import FilteringBoundLogger

from frontdesk.booking.appointments import Appointment
from frontdesk.booking.changes import Change
from frontdesk.booking.commands import Command
from frontdesk.booking.ids import MasterId
from frontdesk.booking.outstanding import NOTHING_OPEN, OpenCommands
from frontdesk.booking.times import Instant
from frontdesk.channels.messages import Address, Messenger
from frontdesk.dialogue.alerts import Trouble
from frontdesk.dialogue.notices import Day
from frontdesk.dialogue.talk import Event, Facts, Person, Talk, Turn, Wants
from frontdesk.language.heard import Expecting, Heard
from frontdesk.provider.answers import Evidence, Performed
from frontdesk.provider.pace_use import PaceUse
from frontdesk.provider.probing import Probe
from frontdesk.service.clock import Clock
from frontdesk.service.link import Links
from frontdesk.service.metrics import Metrics
from frontdesk.service.wishes import Standing
from frontdesk.store.database import Store
from frontdesk.store.replies import PairPace


class Dialogue(Protocol):
    """The conversation as a pure function."""

    def expecting(self, talk: Talk) -> Expecting | None:
        """What the open question asks for."""
        ...

    def wants(self, talk: Talk, event: Event) -> Wants:
        """What must be looked up before the event can be answered."""
        ...

    def advance(self, talk: Talk, event: Event, facts: Facts) -> Turn:
        """What comes of the event."""
        ...


class Door(Protocol):
    """The way to the provider."""

    async def learn(self, salons: Sequence[str], now: Instant) -> None:
        """Reads those that have never been read."""
        ...

    async def look_up(
        self, person: Person, salons: Sequence[str], wants: Wants, now: Instant, asked: OpenCommands = NOTHING_OPEN
    ) -> Facts:
        """What is known of the salons and, where wanted, of this person's appointments."""
        ...

    async def perform(self, command: Command) -> tuple[Performed, Appointment | None]:
        """Does it."""
        ...

    async def evidence(self, command: Command) -> tuple[Evidence, Appointment | None]:
        """Whether the journal shows what the command asked for."""
        ...

    def describe(self, command: Command, about: Appointment | None) -> Change | None:
        """What the command, now done, has changed; None for one that changes no appointment."""
        ...

    async def day_of(self, change: Change, now: Instant) -> Day:
        """How the day stands that was changed."""
        ...

    async def works(self, salon: str, master: MasterId) -> bool:
        """Whether this master still works there."""
        ...


class Hear(Protocol):
    """Understands words as said at this moment to these salons."""

    def __call__(self, text: str, said_at: Instant, salons: Sequence[str], expecting: Expecting | None) -> Heard:
        """What was heard."""
        ...


@dataclass(frozen=True, slots=True)
class Account:
    """A messenger account of the settings. `title` is the messenger's name as the salon knows it («WhatsApp»)."""

    title: str
    salons: tuple[str, ...]
    messenger: Messenger


class NoSuchAccount(LookupError):
    """A chat of an account that has been taken out of the settings."""


@dataclass(frozen=True, slots=True)
class Limits:
    """Every wait and bound of the flow."""

    quiet: timedelta = timedelta(milliseconds=1200)
    """Text waits this long for the rest of the thought."""
    turn: timedelta = timedelta(seconds=40)
    """A turn that takes longer is broken off and tried again."""
    attempt: timedelta = timedelta(seconds=60)
    """An attempt at the provider that takes longer counts as a lost reply."""
    send: timedelta = timedelta(seconds=30)
    """A send that takes longer counts as cut off."""
    tell: timedelta = timedelta(seconds=30)
    """Reading the day of a change that takes longer is broken off and tried again."""
    tell_within: timedelta = timedelta(hours=6)
    """What the salon's people could not be told so long after it was done, they have seen themselves."""
    spare: timedelta = timedelta(seconds=20)
    """A lease outlives the longest work under it by so much."""
    settle: timedelta = timedelta(seconds=20)
    """What the journal does not show so long after a command left, never happened."""
    silence: timedelta = timedelta(minutes=2)
    """A reply of unknown fate goes once more after so long without a report."""
    pause: timedelta = timedelta(minutes=1)
    """An account at fault is tried again after so long."""
    typing_after: timedelta = timedelta(milliseconds=700)
    """A look-up that takes longer shows the person that an answer is on its way."""
    poll: timedelta = timedelta(seconds=1)
    """The longest a worker sleeps when nothing wakes it."""
    stop: timedelta = timedelta(seconds=10)
    """What is under way when the service stops may take so long to finish."""
    keep: timedelta = timedelta(days=30)
    """What people wrote and were told is deleted after so long."""
    look: timedelta = timedelta(minutes=1)
    """So often it is looked for what the owner must know; what is seen twice in a row is told."""
    waits: timedelta = timedelta(minutes=15)
    """A command that waits longer although the journal is there is the owner's business."""
    unsettled: timedelta = timedelta(hours=1)
    """And so is a conflict that nobody has settled for so long."""
    purge: timedelta = timedelta(minutes=10)
    """So often it is looked for what has grown so old; at once again where there was much."""
    turn_tries: int = 8
    """After so many turns that failed the messages are set aside."""
    heard_characters: int = 4096
    """Longer texts are understood by their beginning."""
    turns_at_once: int = 16
    commands_at_once: int = 8
    replies_at_once: int = 16
    looks_at_once: int = 8
    notices_at_once: int = 2
    paces: Mapping[str, PairPace] = field(
        default_factory=lambda: {
            "whatsapp": PairPace(timedelta(seconds=6), burst=10),
            "telegram": PairPace(timedelta(seconds=1), burst=3),
            "max": PairPace(timedelta(milliseconds=500), burst=2),
        }
    )
    """How fast one chat may be written to, by channel."""


async def _nothing_found(_salon: str) -> Trouble | None:
    return None


async def _unpaced() -> PaceUse | None:
    return None


@dataclass(frozen=True, slots=True)
class Parts:
    """All of them. `accounts` is by channel and account name; `new_key` is random and differs each time.

    `administrator` is where the salon wants to be told of every change, `owner` where of what only the owner can mend.
    `public_url` is where the desk is opened from, without a slash at its end; empty where that is not known.
    `probes` look at each salon's journal, and `diagnose` says what keeps us out of it.
    """

    store: Store
    clock: Clock
    dialogue: Dialogue
    door: Door
    hear: Hear
    links: Links
    accounts: Mapping[tuple[str, str], Account]
    new_key: Callable[[], str]
    log: FilteringBoundLogger
    limits: Limits = field(default_factory=Limits)
    metrics: Metrics = field(default_factory=Metrics)
    administrator: Address | None = None
    owner: Address | None = None
    probes: Mapping[str, Probe] = field(default_factory=dict)
    diagnose: Callable[[str], Awaitable[Trouble | None]] = _nothing_found
    titles: Mapping[str, str] = field(default_factory=dict)
    public_url: str = ""
    pace: Callable[[], Awaitable[PaceUse | None]] = _unpaced

    def title(self, salon: str) -> str:
        """The salon's name as its people know it."""
        return self.titles.get(salon) or salon

    standing: Standing = field(default_factory=Standing)

    def account(self, address: Address) -> Account:
        """The account of a chat; raises NoSuchAccount."""
        try:
            return self.accounts[address.channel, address.account]
        except KeyError:
            raise NoSuchAccount(f"[{address.channel}.{address.account}] is not in the settings any more") from None
