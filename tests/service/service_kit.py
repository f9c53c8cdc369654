"""Fakes as values, and a service put together from them over a real database."""

import asyncio
import heapq
import logging
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from decimal import Decimal
from functools import cached_property
from itertools import count
from pathlib import Path
from zoneinfo import ZoneInfo

import structlog
from structlog.testing import LogCapture
from structlog.typing import FilteringBoundLogger

from frontdesk.booking.appointments import Appointment, Attendance, Client, Master
from frontdesk.booking.appointments import Service as ServiceOf
from frontdesk.booking.changes import Change, ChangeKind
from frontdesk.booking.commands import Cancel, Command, Conflicted, Deferred, Done, Outcome, Refused
from frontdesk.booking.ids import AppointmentId, ClientId, MasterId, Phone, SalonId, ServiceId
from frontdesk.booking.outstanding import NOTHING_OPEN, OpenCommands
from frontdesk.booking.salon import Salon
from frontdesk.booking.times import Instant, Local
from frontdesk.channels.messages import Accepted, Address, Batch, Contact, Content, Incoming, Sent, Tap, Text
from frontdesk.dialogue.alerts import Trouble
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
from frontdesk.service.bells import Bells
from frontdesk.service.courier import Courier
from frontdesk.service.link import Links
from frontdesk.service.metrics import Metrics
from frontdesk.service.notices import Notices
from frontdesk.service.parts import Account, Limits, Parts
from frontdesk.service.prober import Prober
from frontdesk.service.sender import Sender
from frontdesk.service.turn import Turns
from frontdesk.service.webhooks import store_batch
from frontdesk.service.wishes import Standing
from frontdesk.store import replies
from frontdesk.store.database import Store, open_store
from frontdesk.store.leases import Due, take_over

NOON = Instant(datetime(2026, 11, 21, 12, tzinfo=UTC))
ANNA = Phone("79160000001")
BORIS = Phone("79160000002")
OLGA = Master(MasterId(501), "Ольга")
SALON = Salon("centre", SalonId(962302), "Центр", ZoneInfo("Europe/Moscow"))


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


def standing(appointment: int) -> Appointment:
    """A haircut of Olga's tomorrow at three, for Anna."""
    return Appointment(
        id=AppointmentId(appointment),
        salon="centre",
        visit=None,
        client=Client(ClientId(1), "Анна", ANNA),
        master=OLGA,
        services=(ServiceOf(ServiceId(31), "Женская стрижка"),),
        start=Local(datetime(2026, 11, 22, 15)),  # noqa: DTZ001 - the salon's own clock
        length_s=3600,
        attendance=Attendance.WAITING,
    )


def told(outcome: Outcome) -> str:
    match outcome:
        case Done():
            return "отменено"
        case Refused():
            return "отказано"
        case Deferred():
            return "позже"
        case Conflicted():
            return "занято"


def cancel(appointment: int, phone: Phone = ANNA) -> Cancel:
    return Cancel("centre", AppointmentId(appointment), phone, "Отменено клиентом", NOON)


def hear(text: str, said_at: Instant, salons: Sequence[str], expecting: Expecting | None) -> Heard:
    return Heard(text, "ru")


def address(user: str = ANNA, account: str = "main") -> Address:
    return Address("whatsapp", account, user)


class FakeProbe:
    """Shows what the test says, the last for ever; in the beginning the journal is there."""

    def __init__(self) -> None:
        self.sights = [Sight(LinkEvent.PROBE_OK)]
        self.looks = 0

    async def __call__(self) -> Sight:
        self.looks += 1
        return self.sights.pop(0) if len(self.sights) > 1 else self.sights[0]


@dataclass
class Service:
    """The flow over one database, driven step by step."""

    store: Store
    clock: FakeClock
    door: FakeDoor = field(default_factory=FakeDoor)
    messenger: FakeMessenger = field(default_factory=FakeMessenger)
    dialogue: FakeDialogue = field(default_factory=FakeDialogue)
    limits: Limits = field(default_factory=Limits)
    log: LogCapture = field(default_factory=LogCapture)
    numbers: Callable[[], int] = field(default_factory=lambda: count(1).__next__)
    administrator: Address | None = None
    wishes: Standing = field(default_factory=Standing)
    owner: Address | None = None
    probe: FakeProbe = field(default_factory=FakeProbe)
    trouble: Trouble | None = None
    metrics: Metrics = field(default_factory=Metrics)

    @cached_property
    def links(self) -> Links:
        return Links(self.store, self.clock, self.structlog)

    @property
    def structlog(self) -> FilteringBoundLogger:
        return structlog.wrap_logger(
            None, processors=[self.log], wrapper_class=structlog.make_filtering_bound_logger(logging.DEBUG)
        )

    async def diagnose(self, salon: str) -> Trouble | None:
        return self.trouble

    @property
    def parts(self) -> Parts:
        account = Account("WhatsApp", ("centre",), self.messenger)
        return Parts(
            store=self.store,
            clock=self.clock,
            dialogue=self.dialogue,
            door=self.door,
            hear=hear,
            links=self.links,
            accounts={("whatsapp", "main"): account},
            new_key=lambda: f"key-{id(self)}-{self.numbers()}",
            log=self.structlog,
            limits=self.limits,
            metrics=self.metrics,
            administrator=self.administrator,
            owner=self.owner,
            probes={"centre": self.probe},
            diagnose=self.diagnose,
            titles={"centre": "Центр"},
            standing=self.wishes,
        )

    async def hears(self, *said: str | Incoming, user: str = ANNA) -> int:
        """Stores messages as one webhook does; answers how many were new."""
        batch = Batch(tuple(one if isinstance(one, Incoming) else self.message(Text(one), user) for one in said))
        now, quiet = self.clock.now(), self.limits.quiet
        return (await self.store.write(lambda connection: store_batch(connection, batch, now, quiet))).messages

    def message(
        self, content: Content, user: str = ANNA, message_id: str = "", sent_at: Instant | None = None
    ) -> Incoming:
        name = message_id or f"in-{id(self)}-{self.numbers()}"
        return Incoming(address(user), name, sent_at or self.clock.now(), content, "Анна", Phone(user))

    def message_with_contact(self) -> Incoming:
        return self.message(Contact(ANNA, own=True))

    def tap(self, choice: str) -> Incoming:
        return self.message(Tap(choice, choice))

    async def step(self, kind: type[Turns] | type[Courier] | type[Notices] | type[Sender] | type[Prober]) -> bool:
        """Claims one piece of work and does it; False where there was none."""
        job = kind(self.parts, Bells())
        claimed = await job.claim()
        if claimed is None or isinstance(claimed, Due):
            return False
        await job.handle(claimed)  # type: ignore[arg-type]
        return True

    async def runs(self, seconds: float = 0) -> None:
        """Lets time pass and does all the work there is."""
        self.clock.advance(seconds)
        now, silence = self.clock.now(), self.limits.silence
        await self.store.write(lambda connection: take_over(connection, now, silence))
        await self.store.write(lambda connection: replies.end_silence(connection, now))
        while any([await self.step(kind) for kind in (Turns, Courier, Notices, Sender, Prober)]):
            pass

    async def answers(self) -> None:
        """Lets the quiet window pass and does all the work there is."""
        await self.runs(self.limits.quiet.total_seconds())


def open_service(folder: Path) -> Service:
    return Service(open_store(f"sqlite:///{folder}/frontdesk.db"), FakeClock())


async def until(fact: Callable[[], object]) -> None:
    """Returns once it is true of something that goes on in the background."""
    async with asyncio.timeout(20):
        while not fact():  # noqa: ASYNC110 - a fake has no event to wait for
            await asyncio.sleep(0.005)
