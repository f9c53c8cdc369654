"""What the desk is made of, as it is handed in: it knows neither the service above it nor the provider."""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from structlog.typing import FilteringBoundLogger

from frontdesk.booking.appointments import Master
from frontdesk.booking.commands import Book, Move
from frontdesk.booking.ids import MasterId
from frontdesk.booking.slots import Slot
from frontdesk.booking.times import Instant
from frontdesk.desk.chat import DemoChat
from frontdesk.desk.figures import Figures
from frontdesk.desk.set_up import SetUp
from frontdesk.dialogue.voice import Phrasebook
from frontdesk.store.database import Store
from frontdesk.store.salon_wishes import Wishes

FALLBACK_ZONE = ZoneInfo("Europe/Moscow")


class Clock(Protocol):
    """The time, and waiting for it to pass."""

    def now(self) -> Instant:
        """This moment."""
        ...

    async def sleep(self, seconds: float) -> None:
        """Returns so much later."""
        ...


@dataclass(frozen=True, slots=True)
class SalonCard:
    """One branch, as the desk names it. `key` is its name in the settings."""

    key: str
    title: str
    zone: ZoneInfo


@dataclass(frozen=True, slots=True)
class AccountCard:
    """A messenger account. `title` is the messenger's name as the salon knows it, `salons` the keys of its branches."""

    title: str
    salons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class MasterCard:
    """A master of a branch, as the journal has them. `salon` is the branch's key."""

    salon: str
    id: MasterId
    name: str

    @property
    def value(self) -> str:
        """How a form names them."""
        return f"{self.salon}:{self.id}"


Entrances = Mapping[tuple[str, str], str]
"""How a chat with each account is opened, by its channel and name: an address that ends where words are to follow."""


async def no_entrances() -> Entrances:
    """No account can be linked to."""
    return {}


async def nobody_invited(_salon: str, _master: Master) -> None:
    """This desk invites nobody."""


Nearest = Callable[[Book | Move], Awaitable[Sequence[Slot] | None]]
"""The free times nearest to the one that was wished for; None where they can't be found out."""


async def _unknown(_wish: Book | Move) -> None:
    return None


async def _nothing_to_read() -> None:
    """For a desk beside which nothing runs."""


@dataclass(frozen=True)
class Desk:
    """All of it; what a page needs besides is one more field with a default, filled by the wiring.

    `salons` is asked each time, as a salon's title and time zone are read from the provider. `public_url` is where the
    salon's people reach the desk, without a slash at the end; no link is sent where it is empty. `opens_as` is the
    demo's: whoever comes from this machine is the owner, of this name. `random_token` differs each time and can't be
    guessed. `wake` tells those who carry out what was asked for here that there is something; they look for themselves,
    too. `book` is what the salon says; `wishes` how it wants it said, as the service last read it, and `reread` has it
    read again at once. `figures` keeps what was counted of days that are past.
    """

    store: Store
    clock: Clock
    log: FilteringBoundLogger
    salons: Callable[[], Sequence[SalonCard]]
    accounts: Mapping[tuple[str, str], AccountCard]
    random_token: Callable[[], str]
    masters: Callable[[], Sequence[MasterCard]] = tuple
    invite: Callable[[str, Master], Awaitable[object]] = nobody_invited
    entrances: Callable[[], Awaitable[Entrances]] = no_entrances
    public_url: str = ""
    opens_as: str = ""
    demo: DemoChat | None = None
    nearest: Nearest = _unknown
    wake: Callable[[], None] = lambda: None
    book: Phrasebook = field(default_factory=lambda: Phrasebook({}))
    wishes: Callable[[], Wishes] = Wishes
    set_up: SetUp | None = None
    reread: Callable[[], Awaitable[None]] = _nothing_to_read
    figures: Figures[Any] = field(default_factory=Figures)

    def title(self) -> str:
        """The name above every page: the salon's own, where there is one salon."""
        salons = self.salons()
        return salons[0].title if len(salons) == 1 else "Frontdesk"

    def channel(self, channel: str, account: str) -> str:
        """The messenger's name; of an account that left the settings, the channel's."""
        card = self.accounts.get((channel, account))
        return card.title if card else channel

    def zone(self, channel: str, account: str) -> ZoneInfo:
        """The time zone in which a chat of this account is shown: that of its first salon."""
        card = self.accounts.get((channel, account))
        zones = {salon.key: salon.zone for salon in self.salons()}
        return next((zones[key] for key in (card.salons if card else ()) if key in zones), FALLBACK_ZONE)
