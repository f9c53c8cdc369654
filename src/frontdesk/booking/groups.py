"""Group events: one master, one time, as many clients as there are places."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NewType

from frontdesk.booking.appointments import Master, Service
from frontdesk.booking.times import Local

EventId = NewType("EventId", int)


@dataclass(frozen=True, slots=True)
class GroupEvent:
    """A group event that takes place. `length_s` includes the technical break; `taken` counts places, not clients."""

    id: EventId
    service: Service
    master: Master
    start: Local
    length_s: int
    capacity: int
    taken: int


def free_places(event: GroupEvent) -> int:
    """How many places are left; an overfull event has none."""
    return max(0, event.capacity - event.taken)


def events_with_room(events: Iterable[GroupEvent], places: int, *, after: Local) -> tuple[GroupEvent, ...]:
    """The events that begin later than `after` and still take so many people, soonest first."""
    if places <= 0:
        raise ValueError(f"ask for at least one place, not {places}")
    open_to_all = (one for one in events if one.start > after and free_places(one) >= places)
    return tuple(sorted(open_to_all, key=lambda one: (one.start, one.id)))
