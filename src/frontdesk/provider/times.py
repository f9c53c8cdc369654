"""The free times that the provider named a moment ago, so that a conversation about them asks once."""

from dataclasses import dataclass, field
from datetime import date, timedelta

from frontdesk.booking.times import Local
from frontdesk.yclients.models.booking import Seance

KEPT_FOR = timedelta(seconds=30)
KEPT_AT_MOST = 500

Asked = tuple[int, date, tuple[int, ...]]
"""A master or 0 for anyone, a day, and the services."""


@dataclass
class Times:
    """One salon's; emptied whenever something in its journal is known to have changed."""

    _kept: dict[Asked, tuple[Local, tuple[Seance, ...]]] = field(default_factory=dict)

    def get(self, asked: Asked, now: Local) -> tuple[Seance, ...] | None:
        """What was named for this, where that is not too long ago."""
        if asked not in self._kept:
            return None
        named_at, seances = self._kept[asked]
        return seances if timedelta(0) <= now - named_at < KEPT_FOR else None

    def put(self, asked: Asked, now: Local, seances: tuple[Seance, ...]) -> None:
        """Keeps what was just named; the oldest goes where there are too many."""
        self._kept.pop(asked, None)
        if len(self._kept) >= KEPT_AT_MOST:
            del self._kept[next(iter(self._kept))]
        self._kept[asked] = (now, seances)

    def clear(self) -> None:
        """Something has changed."""
        self._kept.clear()
