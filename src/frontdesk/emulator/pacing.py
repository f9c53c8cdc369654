"""The documented limits: «5 запросов в секунду, 200 запросов в минуту» from one address, counted as requests arrive."""

import math
import time
from collections import OrderedDict, deque
from collections.abc import Callable
from typing import Final

LIMITS: Final = ((5, 1.0), (200, 60.0))
"""How many requests, within how many seconds."""
ADDRESSES_KEPT: Final = 10_000


class Turnstile:
    """Counts what arrives from each address; a request over a limit is not counted and not answered otherwise."""

    def __init__(self, now: Callable[[], float] = time.monotonic) -> None:
        self._now = now
        self._arrivals: OrderedDict[str, deque[float]] = OrderedDict()

    def retry_after_s(self, address: str) -> int | None:
        """None if the request may pass; otherwise in how many whole seconds another one may."""
        now = self._now()
        arrivals = self._arrivals.setdefault(address, deque(maxlen=max(most for most, _ in LIMITS)))
        self._arrivals.move_to_end(address)
        if len(self._arrivals) > ADDRESSES_KEPT:
            self._arrivals.popitem(last=False)
        for most, within_s in LIMITS:
            if len(arrivals) >= most and now - arrivals[-most] < within_s:
                return max(1, math.ceil(within_s - (now - arrivals[-most])))
        arrivals.append(now)
        return None
