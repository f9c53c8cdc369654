"""Whether our own arithmetic names the free times that the provider names, where both are known.

The arithmetic is what clients are offered while the provider is away; so whenever the provider does answer, the copy is
asked the same, after the conversation has gone on.
"""

from dataclasses import dataclass, replace
from datetime import time, timedelta

from frontdesk.booking.ids import MasterId
from frontdesk.booking.offers import lengths_of
from frontdesk.booking.schedules import Calendar, busy_with, calendar
from frontdesk.booking.slots import free_slots
from frontdesk.provider.syncing import Syncing
from frontdesk.provider.times import Asked, Named
from frontdesk.yclients.models.booking import Seance

YOUNG = timedelta(minutes=2)
YOUNG_SCHEDULE = timedelta(minutes=6)


@dataclass(frozen=True, slots=True)
class Difference:
    """Starts that only one of the two names."""

    asked: Asked
    ours: frozenset[time]
    theirs: frozenset[time]

    @property
    def is_none(self) -> bool:
        """Whether they agree."""
        return self.ours == self.theirs


async def compared(syncing: Syncing, named: Named) -> Difference | None:
    """What the copy says of the same; None where it is not whole or not young enough to be compared."""
    master, day, services = named.asked
    offers = syncing.branch.menu.offers(services)
    lengths = lengths_of(offers, MasterId(master) if master else None) if len(offers) == len(services) else {}
    if not lengths or not await _is_known(syncing, named):
        return None
    free = free_slots(day, lengths, await _calendar(syncing, named, list(lengths)), named.at)
    ours = frozenset(slot.start.time() for slot in free)
    return Difference(named.asked, ours, frozenset(one for seance in named.seances if (one := _start(seance))))


async def _is_known(syncing: Syncing, named: Named) -> bool:
    known, now = await syncing.mirror.freshness(syncing.key), syncing.now()
    if known.appointments is None or known.schedule is None or known.covers_until is None:
        return False
    young = now - known.appointments < YOUNG and now - known.schedule < YOUNG_SCHEDULE
    return young and named.asked[1] <= known.covers_until


async def _calendar(syncing: Syncing, named: Named, masters: list[MasterId]) -> Calendar:
    day, branch = named.asked[1], syncing.branch
    working = await syncing.mirror.working(syncing.key, masters, day, day)
    stands = await syncing.mirror.on_days(syncing.key, masters, day, day)
    # Of a group event only those who go to it are seen here, so their places stand for the event's time.
    busy = busy_with([replace(one, activity=None) for one in stands], rules=branch.rules)
    return calendar(branch.salon.zone, branch.rules, working, busy)


def _start(seance: Seance) -> time | None:
    hours, _, minutes = (seance.time or "").partition(":")
    if not hours.isdecimal() or not minutes[:2].isdecimal():
        return None
    return time(int(hours), int(minutes[:2]))
