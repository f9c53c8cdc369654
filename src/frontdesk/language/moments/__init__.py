from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from frontdesk.language.heard import Expecting, PartOfDay, Reading, Shift
from frontdesk.language.hours import OpeningHours
from frontdesk.language.lexicon import Lexicon

__all__ = ["Moments", "read_moments"]


@dataclass(frozen=True, slots=True)
class Moments:
    """What a message says about time: readings best first, and which characters of the normalised text said it."""

    readings: tuple[Reading, ...] = ()
    part_of_day: PartOfDay | None = None
    shift: Shift | None = None
    spans: Sequence[tuple[int, int]] = ()
    why: tuple[str, ...] = ()


def read_moments(
    text: str,
    lexicon: Lexicon,
    now: datetime,
    hours: OpeningHours | None = None,
    expecting: Expecting | None = None,
) -> Moments:
    """Read the days and times of a normalised message; `now` is salon-local and carries no zone."""
    del text, lexicon, now, hours, expecting
    return Moments()
