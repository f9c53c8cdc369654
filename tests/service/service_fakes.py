"""Fakes as values: what the service stands on, as a test says it is."""

import asyncio
import heapq
import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal
from itertools import count

from frontdesk.booking.appointments import Appointment
from frontdesk.booking.changes import Change, ChangeKind
from frontdesk.booking.commands import Command, Done
from frontdesk.booking.ids import MasterId
from frontdesk.booking.outstanding import NOTHING_OPEN, OpenCommands
from frontdesk.booking.times import Instant
from frontdesk.channels.messages import Accepted, Address, Sent
from frontdesk.dialogue.notices import Day
from frontdesk.dialogue.talk import (
    Attached,
    ContactShared,
    Event,
    Facts,
    Person,
    Reply,
    Said,
    Settled,
    Talk,
    Tapped,
    Turn,
    Wants,
)
from frontdesk.language.heard import Expecting, Heard
from frontdesk.outage.link import LinkEvent
from frontdesk.provider.answers import Evidence, NotFound, Performed
from frontdesk.provider.probing import Sight
from service_facts import ANNA, NOON, SALON, cancel, standing, told


class FakeClock:
    """Time passes when the test says so."""

    def __init__(self, start: Instant = NOON) -> None:
        self._now = start
        self._sleepers: list[tuple[Instant, int, asyncio.Future[None]]] = []
        self._numbers = count()

    def now(self) -> Instant:
        return self._now

    async def sleep(self, seconds: float) -> None:
        woken: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        until = Instant(self._now + timedelta(seconds=seconds))
        heapq.heappush(self._sleepers, (until, next(self._numbers), woken))
        await woken

    def advance(self, seconds: float) -> None:
        self._now = Instant(self._now + timedelta(seconds=seconds))
        while self._sleepers and self._sleepers[0][0] <= self._now:
            woken = heapq.heappop(self._sleepers)[2]
            if not woken.done():
                woken.set_result(None)


class FakeMessenger:
    """Remembers what was sent; `answers` are given in turn, then everything is accepted."""

    def __init__(self) -> None:
        self.sent: list[tuple[Address, Reply, str]] = []
        self.typing: list[str] = []
        self.acknowledged: list[str] = []
        self.answers: list[Sent | Exception] = []

    async def send(self, address: Address, reply: Reply, key: str) -> Sent:
        self.sent.append((address, reply, key))
        answer = self.answers.pop(0) if self.answers else Accepted(f"wamid-{len(self.sent)}")
        if isinstance(answer, Exception):
            raise answer
        return answer

    async def show_typing(self, address: Address, message_id: str) -> None:
        self.typing.append(message_id)

    async def acknowledge(self, address: Address, message_id: str) -> None:
        self.acknowledged.append(message_id)

    @property
    def texts(self) -> list[str]:
        return [reply.text for _, reply, _ in self.sent]


class FakeDoor:
    """A journal of one salon: `cancelled` is what really stands there, however the answers went."""

    def __init__(self) -> None:
        self.cancelled: list[int] = []
        self.looked_up: list[Person] = []
        self.performs: list[Performed | Exception] = []
        self.evidences: list[Evidence | Exception] = []
        self.effects = 0
        self.slow: asyncio.Event | None = None
        self.left: set[MasterId] = set()
        self.read = 0

    async def learn(self, salons: Sequence[str], now: Instant) -> None:
        """There is nothing to learn of it."""

    async def look_up(
        self, person: Person, salons: Sequence[str], wants: Wants, now: Instant, asked: OpenCommands = NOTHING_OPEN
    ) -> Facts:
        self.looked_up.append(person)
        if self.slow:
            await self.slow.wait()
        return Facts(now, person, (SALON,), () if wants.appointments else None)

    async def perform(self, command: Command) -> tuple[Performed, Appointment | None]:
        answer = self.performs.pop(0) if self.performs else Done()
        if isinstance(answer, Exception):
            raise answer
        if isinstance(answer, Done):
            self.cancel(command)
        return answer, None

    async def evidence(self, command: Command) -> tuple[Evidence, Appointment | None]:
        answer = self.evidences.pop(0) if self.evidences else NotFound()
        if isinstance(answer, Exception):
            raise answer
        return answer, None

    def describe(self, command: Command, about: Appointment | None) -> Change | None:
        stood = standing(command.appointment)
        starts_at = SALON.instant(stood.start)
        return Change(
            ChangeKind.CANCELLED,
            "centre",
            command.asked_at,
            command.appointment,
            before=stood,
            starts_at=starts_at,
            price=Decimal("2500.50"),
            client="Анна",
        )

    async def day_of(self, change: Change, now: Instant) -> Day:
        self.read += 1
        return Day(SALON.local(now))

    async def works(self, salon: str, master: MasterId) -> bool:
        return master not in self.left

    def cancel(self, command: Command) -> None:
        self.effects += 1
        self.cancelled.append(command.appointment)


class FakeDialogue:
    """`отмени N` asks for a cancellation, anything else is repeated; outcomes are named."""

    def __init__(self) -> None:
        self.events: list[Event] = []
        self.busy: list[frozenset[str]] = []
        self.faults: list[Exception] = []

    def expecting(self, talk: Talk) -> Expecting | None:
        return None

    def wants(self, talk: Talk, event: Event) -> Wants:
        return Wants(appointments=isinstance(event, Said) and "отмени" in event.heard.text)

    def advance(self, talk: Talk, event: Event, facts: Facts) -> Turn:
        if self.faults:
            raise self.faults.pop(0)
        self.events.append(event)
        self.busy.append(facts.busy)
        talk = replace(talk, asked=talk.asked + 1)
        match event:
            case Said(heard=heard) if wishes := re.findall(r"отмени (\d+)", heard.text):
                return Turn(talk, (), tuple(cancel(int(wish), facts.person.proved or ANNA) for wish in wishes))
            case Said(heard=heard):
                return Turn(talk, (Reply(f"вы сказали: {heard.text}"),) if heard.text else ())
            case Tapped(choice=choice):
                return Turn(talk, (Reply(f"вы выбрали: {choice}"),))
            case Attached(kind=kind):
                return Turn(talk, (Reply(f"не разобрать: {kind.value}"),))
            case ContactShared(phone=phone):
                return Turn(talk, (Reply(f"номер: {phone}"),))
            case Settled(command=command, outcome=outcome):
                return Turn(talk, (Reply(f"{told(outcome)} {getattr(command, 'appointment', command.subject)}"),))


def hear(text: str, said_at: Instant, salons: Sequence[str], expecting: Expecting | None) -> Heard:
    return Heard(text, "ru")


class FakeProbe:
    """Shows what the test says, the last for ever; in the beginning the journal is there."""

    def __init__(self) -> None:
        self.sights = [Sight(LinkEvent.PROBE_OK)]
        self.looks = 0

    async def __call__(self) -> Sight:
        self.looks += 1
        return self.sights.pop(0) if len(self.sights) > 1 else self.sights[0]
