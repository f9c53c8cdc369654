"""Which of many free slots are put before a person.

The day is cut into equal pieces that begin on the clock's round hours, as fine as the number of places allows, and of
each piece the earliest start is shown. So the choice covers the whole day, a lonely evening slot is never lost behind
a free morning, the first free start is always there, and a start right after somebody else's appointment, which leaves
the master no hole, is preferred to a rounder one.
"""

from collections.abc import Iterable
from datetime import date, datetime
from itertools import count

from frontdesk.booking.schedules import seconds_of, start_of
from frontdesk.booking.slots import Slot
from frontdesk.booking.spans import DAY_S

MOST_SHOWN = 10
FIRST_MIDNIGHT = start_of(date.min)
PIECES_S = tuple(60 * minutes for minutes in (15, 30, 60, 90, 120, 180, 240, 360, 720))


def choice(slots: Iterable[Slot], limit: int = MOST_SHOWN) -> tuple[Slot, ...]:
    """At most `limit` slots spread over the time they cover, in order of time, one for each start.

    All of them where they are no more than that; of several masters free at a start, the first in the order given.
    """
    if limit <= 0:
        raise ValueError(f"a choice shows at least one slot, not {limit}")
    by_start: dict[datetime, Slot] = {}
    for slot in slots:
        by_start.setdefault(slot.start, slot)
    shown = tuple(by_start[start] for start in sorted(by_start))
    if len(shown) <= limit:
        return shown
    return next(thinned for piece_s in _pieces() if len(thinned := _earliest(shown, piece_s)) <= limit)


def _pieces() -> Iterable[int]:
    yield from PIECES_S
    for power in count():
        yield DAY_S * 2**power


def _earliest(slots: tuple[Slot, ...], piece_s: int) -> tuple[Slot, ...]:
    """The earliest slot of each piece of time; the slots stand in order."""
    kept: dict[int, Slot] = {}
    for slot in slots:
        kept.setdefault(seconds_of(slot.start, FIRST_MIDNIGHT) // piece_s, slot)
    return tuple(kept.values())
