"""Dataclasses to JSON text and back.

What was written by an older or a newer version must stay readable: unknown fields are left aside, missing ones take
their defaults. So a new field of a stored dataclass needs a default, and a stored name is never reused for another
meaning.
"""

from collections.abc import Mapping
from typing import Any, Generic, TypeVar

from pydantic import TypeAdapter, ValidationError
from pydantic_core import from_json, to_json

from frontdesk.booking.appointments import Appointment
from frontdesk.booking.commands import (
    Book,
    Cancel,
    Command,
    Confirm,
    Conflicted,
    Deferred,
    Done,
    Explain,
    Move,
    Outcome,
    ProvePhone,
    Refused,
    Restore,
    SendCode,
    SetAttendance,
)
from frontdesk.channels.messages import Attachment, Contact, Content, Tap, Text
from frontdesk.dialogue.talk import Reply, Settled, Talk

T = TypeVar("T")


class Unreadable(ValueError):
    """A row that another version wrote, or nobody should have: kept for a developer, it must not stop the others."""


class Kinds(Generic[T]):
    """A closed set of dataclasses, told apart by a name written beside the value rather than by their shapes."""

    def __init__(self, kinds: Mapping[str, type[Any]]) -> None:
        self._names = {kind: name for name, kind in kinds.items()}
        self._adapters: dict[str, TypeAdapter[Any]] = {name: TypeAdapter(kind) for name, kind in kinds.items()}

    def name(self, value: T) -> str:
        """The name under which the value is written."""
        return self._names[type(value)]

    def dump(self, value: T) -> dict[str, Any]:
        """The value's fields."""
        fields: dict[str, Any] = self._adapters[self.name(value)].dump_python(value, mode="json")
        return fields

    def load(self, name: object, fields: object) -> T:
        """The value of that name; raises Unreadable where this version does not know it."""
        try:
            value: T = self._adapters[str(name)].validate_python(fields)
        except (KeyError, ValidationError) as fault:
            raise Unreadable(f"this version can't read it: {type(fault).__name__} in {name}") from None
        return value


_TALK = TypeAdapter(Talk)
_REPLY = TypeAdapter(Reply)
_ABOUT = TypeAdapter(Appointment | None)
_CONTENTS: Kinds[Content] = Kinds({"text": Text, "tap": Tap, "attachment": Attachment, "contact": Contact})
_COMMANDS: Kinds[Command] = Kinds(
    {
        "cancel": Cancel,
        "book": Book,
        "move": Move,
        "confirm": Confirm,
        "restore": Restore,
        "explain": Explain,
        "set_attendance": SetAttendance,
        "send_code": SendCode,
        "prove_phone": ProvePhone,
    }
)
_OUTCOMES: Kinds[Outcome] = Kinds({"done": Done, "refused": Refused, "deferred": Deferred, "conflicted": Conflicted})

DETAIL_LIMIT = 500

SETTLED = "settled"
"""The kind of an inbox row that tells a chat what came of its command."""


def dump_talk(talk: Talk) -> str:
    """A conversation as text."""
    return _TALK.dump_json(talk).decode()


def load_talk(stored: str | None) -> Talk:
    """The conversation, a fresh one where there is none or where this version can't read it."""
    try:
        return _TALK.validate_json(stored) if stored else Talk()
    except ValidationError:
        return Talk()


def dump_reply(reply: Reply) -> str:
    """An outgoing message as text."""
    return _REPLY.dump_json(reply).decode()


def load_reply(stored: str) -> Reply:
    """The outgoing message; raises Unreadable."""
    try:
        return _REPLY.validate_json(stored)
    except ValidationError:
        raise Unreadable("this version can't read the message") from None


def dump_command(command: Command) -> str:
    """A command as text, with its kind."""
    return _text({"kind": _COMMANDS.name(command), **_COMMANDS.dump(command)})


def load_command(stored: str) -> Command:
    """The command; raises Unreadable."""
    fields = _fields(stored)
    return _COMMANDS.load(fields.get("kind"), fields)


def outcome_kind(outcome: Outcome) -> str:
    """`done`, `refused`, `deferred` or `conflicted`."""
    return _OUTCOMES.name(outcome)


def content_kind(content: Content | Settled) -> str:
    """The kind of an inbox row."""
    return SETTLED if isinstance(content, Settled) else _CONTENTS.name(content)


def dump_content(content: Content | Settled) -> str:
    """What an inbox row carries, as text; its kind stands in a column."""
    if not isinstance(content, Settled):
        return _text(_CONTENTS.dump(content))
    return _text(
        {
            "command": {"kind": _COMMANDS.name(content.command), **_COMMANDS.dump(content.command)},
            "outcome": {"kind": _OUTCOMES.name(content.outcome), **_OUTCOMES.dump(content.outcome)},
            "about": _ABOUT.dump_python(content.about, mode="json"),
        }
    )


def load_content(kind: str, stored: str) -> Content | Settled:
    """What an inbox row carries; raises Unreadable."""
    fields = _fields(stored)
    if kind != SETTLED:
        return _CONTENTS.load(kind, fields)
    command, outcome = _part(fields, "command"), _part(fields, "outcome")
    return Settled(
        _COMMANDS.load(command.get("kind"), command),
        _OUTCOMES.load(outcome.get("kind"), outcome),
        _load_about(fields.get("about")),
    )


def brief(detail: str) -> str:
    """What went wrong, in other people's words, as far as it is worth keeping."""
    return detail.replace("\0", "")[:DETAIL_LIMIT]


def _load_about(fields: object) -> Appointment | None:
    """It only colours the words, so one that can't be read counts as not known."""
    try:
        return _ABOUT.validate_python(fields)
    except ValidationError:
        return None


def _fields(stored: str) -> dict[str, Any]:
    try:
        value: object = from_json(stored)
    except ValueError:
        raise Unreadable("not JSON") from None
    return value if isinstance(value, dict) else {}


def _part(fields: Mapping[str, Any], name: str) -> dict[str, Any]:
    value = fields.get(name)
    return value if isinstance(value, dict) else {}


def _text(fields: object) -> str:
    return to_json(fields).decode()
