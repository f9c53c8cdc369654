"""What clients want while the service is being killed: their words, what they are told, what must then be true."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from blackbox.conftest import Cancelled, Town
from blackbox.person import Person
from blackbox.salon import OLGA

Json = dict[str, Any]
HAIRCUT, MASSAGE = "женскую стрижку", "массаж спины"
OPENS_AT, HOURS_A_DAY = 10, 12
BOOKED_FROM, MOVED_FROM = timedelta(days=7), timedelta(days=21)
"""After the appointments that the salon's file has; each wish of the drill has an hour of its own there."""


@dataclass(frozen=True)
class Wish:
    """One change that a client asks for. `question` and `done` are how the texts about it begin.

    `stands` is whether the journal shows it, once and no more; `order` grows with the moment at which it took effect.
    """

    words: str
    question: str
    yes: str
    done: str
    stands: Callable[[], bool]
    order: Callable[[], int]


@dataclass(frozen=True)
class Wishes:
    """The wishes of one client; the n-th client's hours are their own."""

    town: Town
    person: Person
    is_cancelled: Cancelled
    number: int

    def cancels(self) -> Sequence[Wish]:
        (mine,) = self.town.appointments(self.person)
        return (self._cancelling(mine, HAIRCUT),)

    def cancels_two(self) -> Sequence[Wish]:
        haircut, massage = self.town.appointments(self.person)
        return self._cancelling(haircut, HAIRCUT), self._cancelling(massage, MASSAGE)

    def moves(self) -> Sequence[Wish]:
        (mine,) = self.town.appointments(self.person)
        new = self._hour(mine, MOVED_FROM)

        def stands() -> bool:
            record = self.town.provider.record(mine["id"])
            return record is not None and start(record) == new and len(self.town.provider.effects(mine["id"])) == 1

        told = f"Перенести {HAIRCUT}", "Да, перенести", f"Перенесла {HAIRCUT}"
        return (Wish(f"перенесите запись на {new:%d.%m в %H:%M}", *told, stands, self._effect_on(mine)),)

    def books(self) -> Sequence[Wish]:
        (mine,) = self.town.appointments(self.person)
        wanted = self._hour(mine, BOOKED_FROM)

        def made() -> list[Json]:
            return [one for one in self.town.appointments(self.person) if one["id"] != mine["id"]]

        def stands() -> bool:
            return [(start(one), one["staff_id"]) for one in made()] == [(wanted, OLGA)]

        told = f"Записать вас на {MASSAGE}", "Да, записать", f"Записала вас на {MASSAGE}"
        words = f"запишите меня на массаж спины к Ольге {wanted:%d.%m в %H:%M}"
        return (Wish(words, *told, stands, lambda: int(made()[0]["id"])),)

    def _cancelling(self, mine: Json, what: str) -> Wish:
        def stands() -> bool:
            return len(self.town.provider.effects(mine["id"])) == 1 and self.is_cancelled(mine["id"])

        told = f"Отменить {what}", "Да, отменить", f"Отменила {what}"
        return Wish(f"отмените запись на {start(mine):%d.%m}", *told, stands, self._effect_on(mine))

    def _effect_on(self, mine: Json) -> Callable[[], int]:
        return lambda: int(self.town.provider.effects(mine["id"])[0]["number"])

    def _hour(self, mine: Json, later: timedelta) -> datetime:
        days, hour = divmod(self.number, HOURS_A_DAY)
        day = start(mine) + later + timedelta(days=days)
        return day.replace(hour=OPENS_AT + hour, minute=0)


KINDS = (Wishes.cancels, Wishes.books, Wishes.moves, Wishes.cancels_two)


def start(record: Json) -> datetime:
    """When the journal has it, by the salon's clock."""
    return datetime.fromisoformat(record["date"])
