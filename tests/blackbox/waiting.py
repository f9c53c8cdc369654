"""Waiting for something to become so, instead of sleeping for a time in which it should have."""

import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")

GIVE_UP_AFTER_S = 30.0
LOOK_EVERY_S = 0.02


def until(fact: Callable[[], T], what: str = "", within_s: float = GIVE_UP_AFTER_S) -> T:
    """The first true value of `fact`; fails with what was waited for, and what was seen last."""
    ends = time.monotonic() + within_s
    while not (seen := fact()):
        if time.monotonic() > ends:
            raise AssertionError(f"waited {within_s:.0f} s in vain for {what or fact}; last seen: {seen!r}")
        time.sleep(LOOK_EVERY_S)
    return seen
