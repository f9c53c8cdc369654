"""Who comes, and for what: a new person each, with the appointments they need booked beforehand."""

import importlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from random import Random
from typing import Final

from frontdesk.booking.ids import Phone
from frontdesk.channels.messages import Address
from frontdesk.dialogue.intents import every_intent
from frontdesk.simulation.client import Client
from frontdesk.simulation.goals import NEEDS_ONE, OF_ONE_SALON, Errand, Goal, Service
from frontdesk.simulation.journal import Entry, look_everywhere
from frontdesk.simulation.mischief import Mischief
from frontdesk.simulation.personas import Persona
from frontdesk.simulation.receptionist import Receptionist

NAMES: Final = ("Ольга", "Марина", "Иван", "Сергей", "Елена", "Анна", "Пётр", "Дарья")
PROVED_RATE: Final = 0.85
SEVERAL: Final = (2, 4)


def spoken_intents() -> frozenset[str]:
    """The intents that answer for themselves; the others hand over to a person."""
    modules = ((name, importlib.import_module(f"frontdesk.dialogue.intents.{name}")) for name in every_intent())
    return frozenset(name for name, module in modules if hasattr(module, "INTENT"))


@dataclass
class Arrivals:
    """Makes clients up, by chance; where there are several branches, each client's business is with one of them."""

    receptionists: Sequence[Receptionist]
    chance: Random

    def __post_init__(self) -> None:
        self.receptionist = self.receptionists[0]
        self.spoken = spoken_intents()

    async def next(self, address: Address, number: int) -> Client:
        """One more client."""
        several = len(self.receptionists) > 1
        self.receptionist = self.chance.choice(self.receptionists) if several else self.receptionists[0]
        phone, name = Phone(f"79002{self.chance.randrange(1000):03}{number:03}"), self.chance.choice(NAMES)
        errand = await self._errand(self.chance.choice(list(Goal) if several else OF_ONE_SALON), phone, name)
        persona = self.chance.choice(list(Persona))
        return Client(
            address,
            phone,
            name,
            self.chance.random() < PROVED_RATE,
            persona,
            errand,
            self.chance,
            Mischief(self.chance, self._victims(phone)),
            self.spoken,
        )

    def _victims(self, phone: Phone) -> list[Entry]:
        journal = look_everywhere(self.receptionist.emulator.world)
        return [one for one in journal.values() if one.phone not in {phone, None}]

    async def _errand(self, goal: Goal, phone: Phone, name: str) -> Errand:
        if goal is Goal.HUMAN:
            return Errand(goal)
        if goal in NEEDS_ONE or goal is Goal.CANCEL_OF_SEVERAL:
            return await self._about_appointments(goal, phone, name)
        return self._booking(goal)

    async def _about_appointments(self, goal: Goal, phone: Phone, name: str) -> Errand:
        wanted = self.chance.randint(*SEVERAL) if goal is Goal.CANCEL_OF_SEVERAL else 1
        made: list[Entry] = []
        while len(made) < wanted:
            entry = await self.receptionist.books(phone, name)
            if entry is not None and all(one.start != entry.start for one in made):
                made.append(entry)
        when = self._other_time(made[0]) if goal is Goal.MOVE_TO else None
        return Errand(goal, when=when, target=made[0], others=tuple(made[1:]))

    def _other_time(self, entry: Entry) -> datetime | None:
        """A free time for the same thing with the same master."""
        service = next(one for one in self.receptionist.services() if one.id in entry.services)
        master = next(one for one in self.receptionist.masters_of(service) if one.id == entry.master)
        return self.receptionist.free_time(service, master)

    def _booking(self, goal: Goal) -> Errand:
        service = self.chance.choice(self.receptionist.services())
        master = self.chance.choice(self.receptionist.masters_of(service))
        when = self.receptionist.free_time(service, master)
        named = goal in {Goal.BOOK_EXACT, Goal.BOOK_MASTER}
        timed = goal in {Goal.BOOK_EXACT, Goal.BOOK_TIME, Goal.DECLINE_BOOKING}
        return Errand(
            goal,
            Service(service.id, service.title),
            master.name if named else "",
            when if timed else None,
            branch=self.receptionist.branch,
        )
