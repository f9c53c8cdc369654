from collections import deque
from datetime import datetime
from itertools import islice
from typing import Any, Final, NamedTuple

from pydantic_core import from_json

from frontdesk.emulator.reading import Sent

KEPT: Final = 1000
BODY_KEPT: Final = 4000


class Entry(NamedTuple):
    """One request that the emulator saw. The Authorization header is never kept."""

    number: int
    at: datetime
    method: str
    path: str
    query: str
    body: str
    endpoint: str
    status: int
    ignored: tuple[str, ...]
    fault: str


class Journal:
    """The last requests, oldest first; of each body the first 4,000 characters."""

    def __init__(self) -> None:
        self._entries: deque[Entry] = deque(maxlen=KEPT)
        self._count = 0

    def write(  # noqa: PLR0913 - an entry is written whole
        self, at: datetime, sent: Sent, endpoint: str, status: int, *, ignored: tuple[str, ...] = (), fault: str = ""
    ) -> int:
        """Notes a request and how it was answered, and gives its number; status 0 is no answer at all."""
        self._count += 1
        body = sent.body[:BODY_KEPT].decode(errors="replace") if sent.body else ""
        self._entries.append(
            Entry(self._count, at, sent.method, sent.path, sent.query, body, endpoint, status, ignored, fault)
        )
        return self._count

    def latest(self, most: int) -> list[Entry]:
        """The last so many, the newest first."""
        return list(islice(reversed(self._entries), most))

    def clear(self) -> None:
        """Forgets all requests."""
        self._entries.clear()
        self._count = 0

    def shown(self) -> list[dict[str, Any]]:
        """The entries as JSON objects, each body parsed where it is JSON."""
        return [{**entry._asdict(), "at": entry.at.isoformat(), "body": _parsed(entry.body)} for entry in self._entries]


def _parsed(body: str) -> Any:  # noqa: ANN401 - any JSON, or the text itself
    try:
        return from_json(body) if body else None
    except ValueError:
        return body
