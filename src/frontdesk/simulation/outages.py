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


@dataclass(frozen=True, slots=True)
class Plan:
    """How busy a day is, and whether the journal is away in it. `crowded` into the outages come so many of its clients.

    `one_in_the_middle` is a single outage of every kind in turn; else they are drawn.
    """

    clients: int = 12
    receptionist_acts: int = 8
    writing_hours: float = 9.0
    outages: bool = False
    crowded: float = 0.0
    one_in_the_middle: bool = False


ORDINARY: Final = Plan()
WITH_OUTAGES: Final = Plan(clients=20, receptionist_acts=14, outages=True, crowded=0.6)
DRILL: Final = Plan(clients=300, receptionist_acts=40, outages=True, one_in_the_middle=True)
"""Three hundred conversations through an outage that begins and ends in the middle."""


def of_plan(plan: Plan, chance: Random, begins: Instant) -> Sequence[Outage]:
    """The outages of a day that begins then."""
    ends = Instant(begins + timedelta(hours=plan.writing_hours))
    if not plan.outages:
        return ()
    return in_the_middle(begins, ends) if plan.one_in_the_middle else drawn(chance, begins, ends)


def in_the_middle(begins: Instant, ends: Instant) -> Sequence[Outage]:
    """The middle third, in every way in turn."""
    part = (ends - begins) / (3 * len(Away))
    first = begins + (ends - begins) / 3
    return [Outage(Instant(first + part * n), Instant(first + part * (n + 1)), how) for n, how in enumerate(Away)]


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
