"""The service put together from fakes over a real database, and driven step by step."""

import asyncio
import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from itertools import count
from pathlib import Path

import structlog
from sqlalchemy import Table, func, select
from structlog.testing import LogCapture
from structlog.typing import FilteringBoundLogger

from fresh_store import fresh_store
from frontdesk.booking.ids import Phone
from frontdesk.booking.times import Instant
from frontdesk.channels.messages import Address, Batch, Contact, Content, Incoming, Tap, Text
from frontdesk.dialogue.alerts import Trouble
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
from frontdesk.store.chats import ClaimedChat
from frontdesk.store.database import Store
from frontdesk.store.leases import Due, take_over
from service_facts import ANNA, address
from service_fakes import FakeClock, FakeDialogue, FakeDoor, FakeMessenger, FakeProbe, hear


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
    channels: tuple[str, ...] = ("whatsapp",)
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
            accounts={(channel, "main"): account for channel in self.channels},
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
    return Service(fresh_store(f"sqlite:///{folder}/frontdesk.db"), FakeClock())


async def until(fact: Callable[[], object]) -> None:
    """Returns once it is true of something that goes on in the background."""
    async with asyncio.timeout(20):
        while not fact():  # noqa: ASYNC110 - a fake has no event to wait for
            await asyncio.sleep(0.005)


async def rows_of(service: Service, table: Table, **where: object) -> int:
    """How many rows of the table are like this."""
    like = (table.c[name] == value for name, value in where.items())
    statement = select(func.count()).select_from(table).where(*like)
    return await service.store.read(lambda connection: connection.execute(statement).scalar_one())


async def claimed_chat(service: Service) -> ClaimedChat:
    """The chat that a worker has just taken."""
    chat = await Turns(service.parts, Bells()).claim()
    assert isinstance(chat, ClaimedChat)
    return chat
