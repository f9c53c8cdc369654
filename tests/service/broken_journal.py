"""One master's day as a journal that breaks in every way, and those who watch what is told of it."""

from datetime import datetime, timedelta

from frontdesk.booking.appointments import Appointment
from frontdesk.booking.commands import (
    Book,
    Cancel,
    Command,
    Conflicted,
    Done,
    Move,
    RefusalReason,
    Refused,
)
from frontdesk.booking.ids import MasterId, Phone
from frontdesk.booking.times import Local
from frontdesk.dialogue.talk import Event, Facts, Settled, Talk, Turn
from frontdesk.outage.link import LinkEvent
from frontdesk.provider.answers import Evidence, Found, NotFound, NotSent, Performed, ReplyLost, Unknown
from frontdesk.provider.probing import ANSWERED, Sight
from service_facts import ANNA, BORIS, standing
from service_fakes import FakeDialogue, FakeDoor, FakeProbe

OLGA = MasterId(501)
NINE = datetime(2026, 11, 22, 9)  # noqa: DTZ001 - the salon's own clock


def at(slot: int) -> Local:
    return Local(NINE + timedelta(hours=slot))


class Journal(FakeDoor):
    """One master's day: a place for one at each hour. What stands here is the truth."""

    def __init__(self) -> None:
        super().__init__()
        self.weather = "fine"
        self.lasts: int | None = None
        """So many more commands are taken, then the journal is away again; None where it stays."""
        self.made: dict[str, int] = {}
        self.start: dict[int, Local] = {1: at(4), 2: at(5)}
        self.whose: dict[int, Phone] = {1: ANNA, 2: BORIS}
        self.done: list[Command] = []
        self.overruled: list[Command] = []
        """What was done, and changed by the salon's people since."""
        self.links = None

    async def sees(self, event: LinkEvent) -> None:
        if self.links is not None:
            await self.links.saw("centre", Sight(event, self.weather) if event is not LinkEvent.ANSWERED else ANSWERED)

    def staff_writes(self, start: Local) -> None:
        """Somebody else is given this time, if it is free."""
        if start not in self.start.values():
            self.start[10_000 + len(self.start) + len(self.made)] = start

    def staff_moves(self, number: int, start: Local) -> None:
        """The salon's people give it another time, if that is free."""
        if start not in self.start.values():
            self._overrule(number)
            self.start[number] = start

    def staff_deletes(self, number: int) -> None:
        """The salon's people take it out."""
        self._overrule(number)
        del self.start[number]

    def _overrule(self, number: int) -> None:
        self.overruled += [one for one in self.done if self.number_of(one) == number]

    def number_of(self, command: Command) -> int | None:
        """The appointment that it was about, or came to."""
        return self.made.get(command.key) if isinstance(command, Book) else command.appointment

    def _turns(self) -> None:
        """The weather as it is for the next command."""
        if self.lasts is not None:
            self.weather = "away" if self.lasts == 0 else self.weather
            self.lasts = self.lasts - 1 if self.lasts else None

    async def perform(self, command: Command) -> tuple[Performed, Appointment | None]:
        self._turns()
        weather = self.weather
        if weather in {"away", "locked out"}:
            await self.sees(LinkEvent.FAILED if weather == "away" else LinkEvent.REFUSED_ENTRY)
            return NotSent(weather), None
        self.weather = "fine" if weather != "fine" else weather
        answer, about = (Done(), None) if weather == "lost before" else self.writes(command)
        if weather.startswith("lost"):
            await self.sees(LinkEvent.FAILED)
            return ReplyLost("timeout"), None
        if weather == "broken after":
            raise RuntimeError("a fault")
        await self.sees(LinkEvent.ANSWERED)
        return answer, about

    def writes(self, command: Command) -> tuple[Performed, Appointment | None]:
        match command:
            case Book(start=start, key=key, phone=phone):
                if start in self.start.values():
                    return Refused(RefusalReason.BUSY), None
                number = 900 + len(self.made)
                self.made[key], self.start[number], self.whose[number] = number, start, phone
                self.done.append(command)
                return Done(), standing(number)
            case Cancel(appointment=number):
                if number not in self.start:
                    return Done(already=True), None
                del self.start[number]
            case Move(appointment=number, start=start):
                if number not in self.start:
                    return Refused(RefusalReason.NOT_FOUND), None
                if start in [one for other, one in self.start.items() if other != number]:
                    return Refused(RefusalReason.BUSY), standing(number)
                self.start[number] = start
        self.done.append(command)
        return Done(), standing(command.appointment)

    def shows(self, command: Command) -> Appointment | None:
        match command:
            case Book(key=key):
                return standing(self.made[key]) if key in self.made else None
            case Cancel(appointment=number):
                return None if number in self.start else standing(number)
            case Move(appointment=number, start=start):
                return standing(number) if self.start.get(number) == start else None
        return None

    async def evidence(self, command: Command) -> tuple[Evidence, Appointment | None]:
        if self.weather in {"away", "locked out"}:
            await self.sees(LinkEvent.FAILED)
            return Unknown(self.weather), None
        shown = self.shows(command)
        return (Found() if shown is not None else NotFound()), shown

    def describe(self, command: Command, about: Appointment | None) -> None:
        return None


class Listening(FakeDialogue):
    """Notes what the journal showed at the moment when each outcome was told."""

    def __init__(self, journal: Journal) -> None:
        super().__init__()
        self.journal = journal
        self.false: list[str] = []
        self.told: list[Settled] = []

    def advance(self, talk: Talk, event: Event, facts: Facts) -> Turn:
        if isinstance(event, Settled):
            self.told.append(event)
            done = isinstance(event.outcome, Done) and not event.outcome.never_made and not event.outcome.already
            denied = isinstance(event.outcome, Refused | Conflicted)
            shown = self.journal.shows(event.command) is not None
            if done and event.command not in self.journal.done and not shown:
                self.false.append(f"told done: {event.command}")
            if denied and event.command in self.journal.done and event.command not in self.journal.overruled:
                self.false.append(f"told that it is not done: {event.command}")
            if isinstance(event.command, Book) and self._denies_a_booking(event.command, event):
                self.false.append(f"told that nothing was made: {event.command}")
        return super().advance(talk, event, facts)

    def _denies_a_booking(self, command: Book, event: Settled) -> bool:
        never = isinstance(event.outcome, Done) and event.outcome.never_made
        return (never or isinstance(event.outcome, Refused | Conflicted)) and command.key in self.journal.made


class Probe(FakeProbe):
    """Sees the weather."""

    def __init__(self, journal: Journal) -> None:
        super().__init__()
        self.journal = journal

    async def __call__(self) -> Sight:
        self.looks += 1
        match self.journal.weather:
            case "away":
                return Sight(LinkEvent.PROBE_FAILED, "away")
            case "locked out":
                return Sight(LinkEvent.REFUSED_ENTRY, "no entry")
            case _:
                return Sight(LinkEvent.PROBE_OK)
