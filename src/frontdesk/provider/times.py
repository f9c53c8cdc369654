"""The free times that the provider named a moment ago, so that a conversation about them asks once.

Each process has its own. What this one writes empties it at once; what another one wrote shows in the ledger they
share, whose last number every look-up for free times brings along. What the salon's own people take meanwhile may be
offered for half a minute: the journal decides when a time is taken, and refuses one that is not free any more.
"""

from collections import deque
from dataclasses import dataclass, field
from datetime import date, timedelta

from frontdesk.booking.times import Local
from frontdesk.yclients.models.booking import Seance

KEPT_FOR = timedelta(seconds=30)
KEPT_AT_MOST = 500

Asked = tuple[int, date, tuple[int, ...]]
"""A master or 0 for anyone, a day, and the services."""


COMPARED_AT_MOST = 50
"""What is named faster than it can be compared is left aside."""


@dataclass(frozen=True, slots=True)
class Named:
    """What was asked, what the salon's clock showed, and the answer."""

    asked: Asked
    at: Local
    seances: tuple[Seance, ...]


@dataclass
class Times:
    """One salon's; emptied whenever something in its journal is known to have changed.

    `lately` holds the last answers until somebody compares them with the copy.
    """

    lately: deque[Named] = field(default_factory=lambda: deque(maxlen=COMPARED_AT_MOST))
    _kept: dict[Asked, Named] = field(default_factory=dict)
    _changes: int = 0

    def get(self, asked: Asked, now: Local) -> tuple[Seance, ...] | None:
        """What was named for this, where that is not too long ago."""
        named = self._kept.get(asked)
        return named.seances if named is not None and timedelta(0) <= now - named.at < KEPT_FOR else None

    def put(self, asked: Asked, now: Local, seances: tuple[Seance, ...]) -> None:
        """Keeps what was just named; the oldest goes where there are too many."""
        self._keep(Named(asked, now, seances))
        self.lately.append(self._kept[asked])

    def foresee(self, asked: Asked, now: Local, seances: tuple[Seance, ...]) -> None:
        """Keeps what would surely be named, unless it was named just now; there is nothing to be compared in it."""
        if self.get(asked, now) is None:
            self._keep(Named(asked, now, seances))

    def _keep(self, named: Named) -> None:
        self._kept.pop(named.asked, None)
        if len(self._kept) >= KEPT_AT_MOST:
            del self._kept[next(iter(self._kept))]
        self._kept[named.asked] = named

    def forget_before(self, change: int) -> None:
        """Nothing stands that was named before this change, by its number in the ledger, was known."""
        if change != self._changes:
            self.clear()
            self._changes = change

    def clear(self) -> None:
        """Something has changed: what was named is neither to be told again nor to be compared."""
        self._kept.clear()
        self.lately.clear()
