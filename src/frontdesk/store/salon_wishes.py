"""What the salon wants, as it is edited at the desk: its voice, its policy, its switches.

Each is one row, so that two people who edit different things do not undo each other's. Absent rows and fields mean
what the settings file says.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from typing import Any, TypeVar

from pydantic import TypeAdapter, ValidationError
from sqlalchemy import Connection, bindparam, delete, select

from frontdesk.booking.policy import Pick, Policy
from frontdesk.booking.times import Instant
from frontdesk.channels.messages import Address
from frontdesk.dialogue.voice import Phrasebook, Texts, Voice
from frontdesk.store.once import upsert
from frontdesk.store.wish_tables import texts, wishes

G = TypeVar("G")


@dataclass(frozen=True, slots=True)
class PolicyWishes:
    """What clients may do by themselves, as the salon wants it; None leaves it as it is. Windows are in seconds."""

    may_cancel: bool | None = None
    cancel_notice_s: int | None = None
    may_move: bool | None = None
    move_notice_s: int | None = None
    pick: Pick | None = None
    confirm: bool | None = None

    def __post_init__(self) -> None:
        if any(one is not None and one < 0 for one in (self.cancel_notice_s, self.move_notice_s)):
            raise ValueError("how long before a visit something is allowed can't be less than nothing")

    def over(self, policy: Policy) -> Policy:
        """The policy with these wishes put over it."""
        cancel = _over(policy.cancel, {"pick": self.pick, "confirm": self.confirm})
        windows = ("may_cancel", "cancel_notice_s", "may_move", "move_notice_s")
        return _over(replace(policy, cancel=cancel), {name: getattr(self, name) for name in windows})


@dataclass(frozen=True, slots=True)
class Switches:
    """What is on. `silent` are messenger accounts, `channel:account`, in which a person answers and the assistant not.

    `test_to` is the one chat that every outgoing message goes to, `channel:account:user`; empty where clients get them.
    """

    silent: frozenset[str] = frozenset()
    proactive: bool = True
    test_to: str = ""

    def __post_init__(self) -> None:
        if self.test_to and self.test_address is None:
            raise ValueError("the test chat is written channel:account:user, as in telegram:main:5550001")
        if self.test_to.startswith("web:"):
            raise ValueError("a web chat can't be the test chat: it only shows what was meant for it")

    @property
    def test_address(self) -> Address | None:
        """Where everything goes in test mode."""
        parts = self.test_to.split(":", 2)
        return Address(*parts) if len(parts) == 3 and all(parts) else None  # noqa: PLR2004 - channel, account, user

    def answers(self, address: Address) -> bool:
        """Whether the assistant answers there."""
        return f"{address.channel}:{address.account}" not in self.silent


@dataclass(frozen=True, slots=True)
class Wishes:
    """All of it."""

    voice: Voice = field(default_factory=Voice)
    policy: PolicyWishes = field(default_factory=PolicyWishes)
    switches: Switches = field(default_factory=Switches)


_GROUPS: Mapping[type, tuple[str, TypeAdapter[Any]]] = {
    Voice: ("voice", TypeAdapter(Voice)),
    PolicyWishes: ("policy", TypeAdapter(PolicyWishes)),
    Switches: ("switches", TypeAdapter(Switches)),
}
_ALL = select(wishes.c.name, wishes.c.value)
_SWITCHES = select(wishes.c.value).where(wishes.c.name == bindparam("of"))
_TEXTS = select(texts.c.key, texts.c.language, texts.c.text)
_RESET = delete(texts).where(texts.c.key == bindparam("of"), texts.c.language == bindparam("said_in"))


def read(connection: Connection) -> Wishes:
    """What is wanted now."""
    rows = {row.name: row.value for row in connection.execute(_ALL).all()}
    return Wishes(
        _loaded(Voice, rows.get("voice")),
        _loaded(PolicyWishes, rows.get("policy")),
        _loaded(Switches, rows.get("switches")),
    )


def read_switches(connection: Connection) -> Switches:
    """The switches alone, for whoever asks before every message."""
    return _loaded(Switches, connection.execute(_SWITCHES, {"of": "switches"}).scalar_one_or_none())


def save(connection: Connection, group: Voice | PolicyWishes | Switches) -> None:
    """Keeps one group, in place of what was wanted before."""
    name, adapter = _GROUPS[type(group)]
    upsert(connection, wishes, {"name": name, "value": adapter.dump_json(group).decode()})


def own_texts(connection: Connection) -> Texts:
    """The salon's own texts by language."""
    found: dict[str, dict[str, str]] = {}
    for row in connection.execute(_TEXTS).all():
        found.setdefault(row.language, {})[row.key] = row.text
    return found


def save_text(connection: Connection, book: Phrasebook, key: str, language: str, text: str, now: Instant) -> str:  # noqa: PLR0913, PLR0917 - what is said, in what words, since when
    """Puts the salon's own words in place of ours and answers with them as kept; raises BadText, nothing changed."""
    fit = book.checked(key, language, text)
    upsert(connection, texts, {"key": key, "language": language, "text": fit, "saved_at": now})
    return fit


def reset_text(connection: Connection, key: str, language: str) -> None:
    """Our own words again."""
    connection.execute(_RESET, {"of": key, "said_in": language})


def _loaded(kind: type[G], stored: str | None) -> G:
    """The group; as if nothing were wished where this version can't read it."""
    try:
        value: G = _GROUPS[kind][1].validate_json(stored) if stored else kind()
    except (ValidationError, ValueError):
        return kind()
    return value


def _over(base: G, wanted: Mapping[str, Any]) -> G:
    said = {name: value for name, value in wanted.items() if value is not None}
    return replace(base, **said)  # type: ignore[type-var] # every group is a dataclass
