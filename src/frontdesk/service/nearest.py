"""The free times nearest to one that turned out to be taken, for the person who settles the conflict."""

from dataclasses import dataclass, replace
from datetime import timedelta
from functools import partial

from frontdesk.booking.appointments import Appointment
from frontdesk.booking.commands import Book, Move
from frontdesk.booking.ids import MasterId, ServiceId
from frontdesk.booking.menu import Menu
from frontdesk.booking.slots import Slot
from frontdesk.dialogue.talk import Facts, Person, SlotsWanted, Wants
from frontdesk.service.parts import Parts
from frontdesk.store.standing import standing
from frontdesk.store.threads import Priority

MOST_OFFERED = 4
MOST_ASKED = 6
"""So many masters are looked at where the wished one has left: each costs calls, and the page waits for them."""
NEXT_DAY = timedelta(days=1)
NO_MENU = Menu()
NOBODYS = 0
"""No chat has this number."""


@dataclass(frozen=True, slots=True)
class Nearest:
    """Asks the journal, or the copy where the journal is silent, as a turn does."""

    parts: Parts

    async def __call__(self, wish: Book | Move) -> tuple[Slot, ...] | None:
        """At most MOST_OFFERED, by time, that nobody else was promised; None where they can't be found out.

        Where the master that was wished for does it no longer, they are of those who do.
        """
        facts = await self._facts(wish)
        slots = facts.slots
        for master in masters_instead(wish, facts)[:MOST_ASKED]:
            slots = (*(slots or ()), *((await self._facts(replace(wish, master=master))).slots or ()))
        return None if slots is None else nearest(slots, wish)

    async def _facts(self, wish: Book | Move) -> Facts:
        salons = (wish.salon,)
        work = partial(standing, chat=NOBODYS, phone=wish.phone, salons=salons, everyones=True)
        asked = await self.parts.store.read(work, Priority.PAGE)
        person = Person("", proved=wish.phone)
        return await self.parts.door.look_up(person, salons, wants(wish), self.parts.clock.now(), asked)


def masters_instead(wish: Book | Move, facts: Facts) -> tuple[MasterId, ...]:
    """Who does what was wished for, where the wished master has left it; nobody where the master is still there."""
    menu = facts.menus.get(wish.salon, NO_MENU)
    offers = menu.offers(_services(wish, facts))
    if not offers or menu.does_all(wish.master, offers):
        return ()
    return tuple(master.id for master in menu.masters_of(offers))


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
    moved = _moved(wish, facts)
    if moved is None:
        return None
    return _from_its_day(SlotsWanted(_services(wish, facts), wish.salon, wish.master, moving=moved), wish)


def _moved(wish: Move, facts: Facts) -> Appointment | None:
    return next((one for one in facts.appointments or () if one.id == wish.appointment), None)


def _services(wish: Book | Move, facts: Facts) -> tuple[ServiceId, ...]:
    if isinstance(wish, Book):
        return tuple(wish.services)
    moved = _moved(wish, facts)
    return tuple(service.id for service in moved.services) if moved is not None else ()


def _from_its_day(wanted: SlotsWanted, wish: Book | Move) -> SlotsWanted:
    """The day that was wished for and the next, where there are times near the one that is taken."""
    day = wish.start.date()
    return replace(wanted, first_day=day, last_day=day + NEXT_DAY)
