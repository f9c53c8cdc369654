"""How often one visitor may ask: a bucket of tokens for each, refilled as time passes. Time is an argument."""

from collections import OrderedDict
from dataclasses import dataclass, field

from frontdesk.booking.times import Instant

MOST_KEPT = 20_000
"""Visitors remembered; the one unseen for longest is forgotten first, and so has a full bucket again."""


@dataclass(slots=True)
class Buckets:
    """`most` at once, and so many `a_minute` in the long run, for each key."""

    most: int
    a_minute: float
    _left: "OrderedDict[str, tuple[float, Instant]]" = field(default_factory=OrderedDict, repr=False)

    def take(self, key: str, now: Instant) -> bool:
        """Takes one token; False where none is left."""
        left, since = self._left.pop(key, (float(self.most), now))
        left = min(self.most, left + max((now - since).total_seconds(), 0.0) * self.a_minute / 60)
        self._left[key] = (left - 1 if left >= 1 else left, now)
        if len(self._left) > MOST_KEPT:
            self._left.popitem(last=False)
        return left >= 1
