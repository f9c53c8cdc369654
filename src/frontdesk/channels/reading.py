"""Reads what strangers send: whatever shape the JSON has, reading it never raises.

A part of the wrong type counts as absent. Words are cleaned of what a database or another messenger would choke on:
lone surrogates (valid in JSON, but no text), NUL and other control characters.
"""

import json
import re
from collections.abc import Mapping
from datetime import UTC, datetime

from frontdesk.booking.times import Instant

TEXT_LIMIT = 4096
"""How much of one message is read; longer ones are cut, so that no stranger decides how much is stored."""

ID_LIMIT = 256
"""The longest id that is taken from a messenger (the longest in use, a business-scoped user id, has 131)."""

_LINE_END = re.compile(r"\r\n|[\r\x0b\x0c\x85\u2028\u2029]")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f\x7f-\x9f]")
_LATEST_S = 253402300799
_NOTHING: Mapping[str, object] = {}


def load(body: bytes) -> Mapping[str, object] | None:
    """The JSON object in these bytes; None where they hold anything else."""
    try:
        value: object = json.loads(body)
    except (ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None


def fields(value: object) -> Mapping[str, object]:
    """The value as a JSON object, empty where it is none."""
    return value if isinstance(value, dict) else _NOTHING


def items(value: object) -> list[object]:
    """The value as a JSON list, empty where it is none."""
    return value if isinstance(value, list) else []


def words(value: object, limit: int = TEXT_LIMIT) -> str:
    """The value as clean text of at most `limit` characters, empty where it is no text."""
    return clean(value)[:limit] if isinstance(value, str) else ""


def identifier(value: object) -> str:
    """The value as an id: text or a whole number. Empty where it is none, is too long or is not printable."""
    if isinstance(value, bool) or not isinstance(value, str | int):
        return ""
    written = value if isinstance(value, str) else _decimal(value)
    return written if len(written) <= ID_LIMIT and written.isprintable() else ""


def moment(value: object, *, ticks_per_s: int = 1) -> Instant | None:
    """The value as a count since 1970, a number or its digits; None where it is none or out of the calendar."""
    written = identifier(value)
    if not written.isascii() or not written.isdigit():
        return None
    seconds = int(written) / ticks_per_s
    return Instant(datetime.fromtimestamp(seconds, UTC)) if seconds <= _LATEST_S else None


def clean(text: str) -> str:
    """The text without control characters (a line break stays) and with lone surrogates replaced by U+FFFD."""
    whole = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return _CONTROL.sub("", _LINE_END.sub("\n", whole))


def _decimal(value: int) -> str:
    return str(value) if abs(value) < 10**ID_LIMIT else ""
