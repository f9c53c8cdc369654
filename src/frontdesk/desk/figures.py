"""Figures of days that are past, kept until something changes that they count.

They are counted anew where the store's mark of the board differs: an appointment was read, or a change was noted. Who
could still book again depends on the hour, so nothing is kept for longer than that.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from typing import Final, Generic, TypeVar

from sqlalchemy import Connection

from frontdesk.booking.times import Instant
from frontdesk.store import signs
from frontdesk.store.database import Store

T = TypeVar("T")

MOST_KEPT: Final = 24
KEPT_FOR: Final = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Kept(Generic[T]):
    """What was counted, and what it was counted from."""

    mark: signs.Mark
    until: Instant
    found: T


@dataclass(frozen=True)
class Figures(Generic[T]):
    """What was counted last, by what was asked for; the one unasked for longest is forgotten first."""

    _kept: OrderedDict[Hashable, Kept[T]] = field(default_factory=OrderedDict, repr=False)

    async def of(self, store: Store, key: Hashable, now: Instant, count: Callable[[Connection], T]) -> T:
        """What was counted under this key, or is counted now."""
        kept = self._kept.pop(key, None)
        mark = await store.read(signs.of_board)
        if kept is None or kept.mark != mark or kept.until <= now:
            mark, found = await store.read(partial(_counted, count=count))
            kept = Kept(mark, Instant(now + KEPT_FOR), found)
        self._kept[key] = kept
        if len(self._kept) > MOST_KEPT:
            self._kept.popitem(last=False)
        return kept.found


def _counted(connection: Connection, count: Callable[[Connection], T]) -> tuple[signs.Mark, T]:
    """In one transaction: what changes afterwards differs from the mark."""
    return signs.of_board(connection), count(connection)
