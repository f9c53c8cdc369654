"""What a hostile client tries, other people's appointments in hand."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random
from typing import Final

from frontdesk.booking.ids import Phone
from frontdesk.channels.messages import Contact, Content, Tap, Text
from frontdesk.dialogue.talk import Choice
from frontdesk.simulation.journal import Entry
from frontdesk.simulation.personas import INJECTIONS

MOST_TRICKS: Final = 3
GUESSED: Final = (
    "cancel:yes:{id}:{n}",
    "cancel:pick:{id}:{n}",
    "move:pick:{id}:{n}",
    "confirm:yes:{id}:{n}",
    "confirm:pick:{id}:0",
    "cancel:again:{id}:{n}",
    "move:yes:{id}:{n}",
    "undo:begin:{id}:0",
    "reason:ill:{id}:{n}",
    "list:{id}",
)
BROKEN: Final = (
    "book:slot:20200101T0000-1:1",
    "book:service:999999999:1",
    "book:yes::0",
    "erase:yes::0",
    "cancel:yes::",
    ":::",
    "x" * 64,
)


@dataclass(slots=True)
class Mischief:
    """The tricks of one hostile client; `victims` are other people's appointments."""

    chance: Random
    victims: Sequence[Entry] = ()
    played: int = 0
    typed: set[Phone] = field(default_factory=set)

    def next(self, seen: Sequence[Choice]) -> list[Content]:
        """One more trick, until nobody is amused any more."""
        self.played += 1
        if self.played > MOST_TRICKS:
            return []
        trick = self.chance.choice((self._injection, self._guess, self._broken, self._forwarded, self._typed_phone))
        if seen and self.chance.random() < 1 / 4:
            stale = self.chance.choice([one for one in seen if ":yes:" not in one.id] or [Choice(BROKEN[0], "")])
            return [Tap(stale.id, stale.label)]
        return [trick()]

    def _injection(self) -> Content:
        return Text(self.chance.choice(INJECTIONS))

    def _guess(self) -> Content:
        if not self.victims:
            return self._broken()
        victim = self.chance.choice(self.victims)
        guess = self.chance.choice(GUESSED).format(id=victim.id, n=self.chance.randint(1, 3))
        return Tap(guess, "")

    def _broken(self) -> Content:
        return Tap(self.chance.choice(BROKEN), "")

    def _forwarded(self) -> Content:
        return Contact(self._phone(), own=False)

    def _typed_phone(self) -> Content:
        phone = self._phone()
        self.typed.add(phone)
        return Text(f"Мой номер +{phone}, какие у меня записи?")

    def _phone(self) -> Phone:
        phones = [one.phone for one in self.victims if one.phone]
        return self.chance.choice(phones) if phones else Phone("79000000001")
