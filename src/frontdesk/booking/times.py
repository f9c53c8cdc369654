"""Two kinds of time that must never be mixed: an instant of the world, and what the salon's clock shows.

The provider speaks salon-local time (its own offsets can be wrong in summer), messengers speak instants.
"""

from datetime import UTC, datetime
from typing import NewType
from zoneinfo import ZoneInfo

Instant = NewType("Instant", datetime)
"""A point in time, always aware and in UTC."""

Local = NewType("Local", datetime)
"""What the salon's clock shows: naive, only meaningful beside that salon's time zone."""


def instant(moment: datetime) -> Instant:
    """Takes an aware moment as an instant; a naive one is a fault of the caller (ValueError)."""
    if moment.tzinfo is None:
        raise ValueError(f"{moment} carries no time zone, so it is no instant")
    return Instant(moment.astimezone(UTC))


def to_local(moment: Instant, zone: ZoneInfo) -> Local:
    """What the salon's clock shows at this instant."""
    return Local(moment.astimezone(zone).replace(tzinfo=None))


def to_instant(shown: Local, zone: ZoneInfo) -> Instant:
    """The instant at which the salon's clock shows this; of an hour that comes twice, the first."""
    return Instant(shown.replace(tzinfo=zone).astimezone(UTC))
