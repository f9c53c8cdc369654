"""The hours of a day at which the journal is away, and how: drawn by chance, so that a seed gives the same ones."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import Enum, auto
from random import Random
from typing import Final

from frontdesk.booking.times import Instant

SHORTEST_MIN, LONGEST_MIN = 3, 150
MOST_A_DAY: Final = 3
AGAIN_RATE: Final = 1 / 3
"""How often an outage comes back a moment after it is over, while what waited is being carried out."""
AGAIN_AFTER_S = (2, 40)


class Away(Enum):
    """How it is away."""

    REFUSING = auto()
    """No connection."""
    SILENT = auto()
    """Connections, and no answer; now and then the deed is done all the same."""
    BROKEN = auto()
    """A gateway's page; now and then the deed is done all the same."""
    LOCKED_OUT = auto()
    """The tokens are not taken."""


@dataclass(frozen=True, slots=True)
class Outage:
    """From when to when."""

    begins: Instant
    ends: Instant
    how: Away


def drawn(chance: Random, begins: Instant, ends: Instant) -> Sequence[Outage]:
    """The outages of a day between these moments: at least one."""
    found: list[Outage] = []
    for _ in range(chance.randint(1, MOST_A_DAY)):
        start = Instant(begins + (ends - begins) * chance.random())
        found.append(_one(chance, start, ends))
        if chance.random() < AGAIN_RATE:
            again = Instant(found[-1].ends + timedelta(seconds=chance.uniform(*AGAIN_AFTER_S)))
            found.append(_one(chance, again, ends))
    return found


def _one(chance: Random, begins: Instant, latest: Instant) -> Outage:
    ends = begins + timedelta(minutes=chance.uniform(SHORTEST_MIN, LONGEST_MIN))
    return Outage(begins, Instant(max(begins, min(ends, latest))), chance.choice(list(Away)))


def at(outages: Sequence[Outage], moment: Instant) -> Away | None:
    """How the journal is away at a moment; None where it is there."""
    return next((one.how for one in outages if one.begins <= moment < one.ends), None)
