"""Times as the provider writes them.

The same few are written again and again, and formatting is slow: they are kept.
"""

import functools
from datetime import datetime
from zoneinfo import ZoneInfo

from frontdesk.emulator.world import instant_of

KEPT = 10_000


def on_the_wall(local: datetime) -> str:
    """The salon's own time, `2026-11-21 15:00:00`."""
    return local.isoformat(" ", "seconds")


@functools.lru_cache(KEPT)
def with_colon(local: datetime, zone: ZoneInfo) -> str:
    """The salon's time with its offset, `+03:00`."""
    return instant_of(local, zone).isoformat("T", "seconds")


@functools.lru_cache(KEPT)
def without_colon(instant: datetime, zone: ZoneInfo) -> str:
    """An instant in the salon's time as the provider writes creation and change: `+0300`."""
    return instant.astimezone(zone).strftime("%Y-%m-%dT%H:%M:%S%z")


def offset_hours(instant: datetime, zone: ZoneInfo) -> float:
    """The salon's offset from UTC, in hours: the company's `timezone`."""
    offset = instant.astimezone(zone).utcoffset()
    hours = offset.total_seconds() / 3600 if offset else 0.0
    return int(hours) if hours.is_integer() else hours
