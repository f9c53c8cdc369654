"""The free times nearest to one that turned out to be taken, for the person who settles the conflict."""

from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial

from frontdesk.booking.commands import Book, Move
from frontdesk.booking.slots import Slot
from frontdesk.dialogue.talk import Facts, Person, SlotsWanted, Wants
from frontdesk.service.parts import Parts
from frontdesk.store.standing import standing
from frontdesk.store.threads import Priority

MOST_OFFERED = 4
NEXT_DAY = timedelta(days=1)
NOBODYS = 0
"""No chat has this number."""


@dataclass(frozen=True, slots=True)
class Nearest:
    """Asks the journal, or the copy where the journal is silent, as a turn does."""

    parts: Parts

    async def __call__(self, wish: Book | Move) -> tuple[Slot, ...] | None:
        """At most MOST_OFFERED, by time, that nobody else was promised; None where they can't be found out."""
        salons = (wish.salon,)
        work = partial(standing, chat=NOBODYS, phone=wish.phone, salons=salons, everyones=True)
        asked = await self.parts.store.read(work, Priority.PAGE)
        person = Person("", proved=wish.phone)
        facts = await self.parts.door.look_up(person, salons, wants(wish), self.parts.clock.now(), asked)
        return None if facts.slots is None else nearest(facts.slots, wish)


def nearest(slots: tuple[Slot, ...], wish: Book | Move) -> tuple[Slot, ...]:
    """Those nearest to the time that was wished for, in order of time."""
    closest = sorted(slots, key=lambda slot: (abs(slot.start - wish.start), slot.start))[:MOST_OFFERED]
    return tuple(sorted(closest, key=lambda slot: slot.start))


def wants(wish: Book | Move) -> Wants:
    """What must be looked up: for a move, first the appointment, whose services say how long it takes."""
    if isinstance(wish, Book):
        wanted = SlotsWanted(tuple(wish.services), wish.salon, wish.master, places=wish.places)
        return Wants(slots=_from_its_day(wanted, wish))
    return Wants(appointments=True, slots_for=partial(_of_moved, wish))


def _of_moved(wish: Move, facts: Facts) -> SlotsWanted | None:
    moved = next((one for one in facts.appointments or () if one.id == wish.appointment), None)
    if moved is None:
        return None
    services = tuple(service.id for service in moved.services)
    return _from_its_day(SlotsWanted(services, wish.salon, wish.master, moving=moved), wish)


def _from_its_day(wanted: SlotsWanted, wish: Book | Move) -> SlotsWanted:
    """The day that was wished for and the next, where there are times near the one that is taken."""
    day = wish.start.date()
    return replace(wanted, first_day=day, last_day=day + NEXT_DAY)
