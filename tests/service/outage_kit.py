"""A salon whose journal goes away and comes back, beside the service put together from fakes."""

from datetime import datetime, timedelta

from sqlalchemy import select

from frontdesk.booking.appointments import Appointment
from frontdesk.booking.commands import Book, Command, Done, Move, Outcome, Refused
from frontdesk.booking.ids import AppointmentId, MasterId, Phone, ServiceId
from frontdesk.booking.times import Local
from frontdesk.dialogue.talk import Settled
from frontdesk.outage.link import LinkEvent
from frontdesk.provider.answers import Evidence, Found, NotFound, NotSent, Performed, Unknown
from frontdesk.provider.probing import Sight
from frontdesk.service.turn import Turns
from frontdesk.store import commands, tables
from service_facts import ANNA, NOON, standing
from service_fakes import FakeDoor
from service_kit import Service

FAILED = Sight(LinkEvent.FAILED, "connection refused")
AWAY = Sight(LinkEvent.PROBE_FAILED, "connection refused")
BACK = Sight(LinkEvent.PROBE_OK)
NO_ENTRY = Sight(LinkEvent.REFUSED_ENTRY, "the user token is missing or ended")
THREE = Local(datetime(2026, 11, 22, 15))  # noqa: DTZ001 - the salon's own clock
OLGA = MasterId(501)


def book(key: str = "k1", phone: Phone = ANNA, hours: int = 0) -> Book:
    return Book(
        "centre", phone, "Анна", True, (ServiceId(31),), OLGA, Local(THREE + timedelta(hours=hours)), 3600, key, NOON
    )


def move(appointment: int = 7, hours: int = 1, phone: Phone = ANNA) -> Move:
    start = Local(THREE + timedelta(hours=hours))
    return Move("centre", AppointmentId(appointment), phone, OLGA, start, 3600, NOON)


class JournalDoor(FakeDoor):
    """A journal that keeps what it is told, and stands against what it is told to."""

    def __init__(self) -> None:
        super().__init__()
        self.written: list[Command] = []
        self.against: dict[str, Refused] = {}
        self.away = False
        self.unread = 0
        """So many look-ups find nothing out."""

    async def perform(self, command: Command) -> tuple[Performed, Appointment | None]:
        if self.away:
            return NotSent("away"), None
        if (refused := self.against.get(command.subject)) is not None and not getattr(command, "force", False):
            return refused, None
        self.written.append(command)
        made = standing(900 + len(self.written)) if isinstance(command, Book) else None
        return Done(), made

    async def evidence(self, command: Command) -> tuple[Evidence, Appointment | None]:
        if self.unread:
            self.unread -= 1
            return Unknown("no answer"), None
        return (Found() if command in self.written else NotFound()), None

    def describe(self, command: Command, about: Appointment | None) -> None:
        return None


class House:
    """A salon whose journal is in doubt; what each chat is told is read from its events."""

    def __init__(self, service: Service) -> None:
        self.service = service
        self.door = service.door = JournalDoor()
        self.chats: dict[str, int] = {}

    async def meets(self, phone: Phone = ANNA) -> int:
        if phone not in self.chats:
            await self.service.hears("Здравствуйте", user=phone)
            await self.service.answers()
            self.chats[phone] = await self.service.store.read(
                lambda one: one.execute(select(tables.chats.c.id).where(tables.chats.c.user == phone)).scalar_one()
            )
        return self.chats[phone]

    async def asks(self, command: Command) -> int:
        chat, now = await self.meets(command.phone), self.service.clock.now()
        number = await self.service.store.write(lambda one: commands.add(one, chat, command, now))
        while await self.service.step(Turns):
            pass
        return number

    async def goes_away(self, sight: Sight = AWAY) -> None:
        self.service.probe.sights = [sight]
        self.door.away = True
        for _ in range(3):
            await self.service.links.saw("centre", FAILED)

    async def locks_out(self) -> None:
        self.service.probe.sights, self.door.away = [NO_ENTRY], True
        await self.service.links.saw("centre", NO_ENTRY)

    async def comes_back(self) -> None:
        self.service.probe.sights, self.door.away = [BACK], False
        await self.service.runs(31)

    def told(self, phone: Phone = ANNA) -> list[tuple[type[Command], Outcome]]:
        return [
            (type(event.command), event.outcome)
            for event in self.service.dialogue.events
            if isinstance(event, Settled) and event.command.phone == phone
        ]

    def outcomes(self, phone: Phone = ANNA) -> list[type[Outcome]]:
        return [type(outcome) for _, outcome in self.told(phone)]

    async def states(self) -> list[str]:
        return await self.service.store.read(
            lambda one: list(one.execute(select(tables.commands.c.state).order_by(tables.commands.c.id)).scalars())
        )
