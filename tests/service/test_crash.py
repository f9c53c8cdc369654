"""The process dies between any two steps and starts again on the same database: one effect, no answer lost.

Every step is one transaction, so the process is made to die before and after each of them in turn, and inside the two
calls that leave the house.
"""

import asyncio
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import Connection, select

from frontdesk.booking.appointments import Appointment
from frontdesk.booking.commands import Command
from frontdesk.channels.messages import Address, Sent, Text
from frontdesk.dialogue.talk import Reply
from frontdesk.provider.answers import Evidence, Found, NotFound, Performed
from frontdesk.service.bells import Bells
from frontdesk.service.worker import Worker
from frontdesk.store import tables
from frontdesk.store.database import Store
from frontdesk.store.threads import Priority
from service_facts import address
from service_fakes import FakeDoor, FakeMessenger
from service_kit import Service, open_service

STEPS = 16
"""Transactions from the webhook to the last reply noted as sent."""
STEPS_WITH_A_MASTER = 17
"""The same with somebody of the salon who is told."""
MASTER = "79160000050"


class Killed(BaseException):
    """The process is gone; nothing catches this."""


class DyingStore:
    """A database whose process dies before or after its n-th transaction."""

    def __init__(self, store: Store, dies_at: int, *, after: bool) -> None:
        self.store = store
        self.single_process = True
        self.dies_at = dies_at
        self.after = after
        self.done = 0

    async def write(self, work: Callable[[Connection], object], priority: Priority = Priority.WORK) -> object:
        self.done += 1
        if self.done == self.dies_at and not self.after:
            raise Killed
        result = await self.store.write(work, priority)
        if self.done == self.dies_at:
            raise Killed
        return result

    async def read(self, work: Callable[[Connection], object], priority: Priority = Priority.PAGE) -> object:
        return await self.store.read(work, priority)


class JournalDoor(FakeDoor):
    """Answers with what really stands in the journal."""

    dies: str = ""

    async def perform(self, command: Command) -> tuple[Performed, Appointment | None]:
        if self.dies == "before the effect":
            self.dies = ""
            raise Killed
        answer = await super().perform(command)
        if self.dies == "after the effect":
            self.dies = ""
            raise Killed
        return answer

    async def evidence(self, command: Command) -> tuple[Evidence, Appointment | None]:
        return Found() if command.appointment in self.cancelled else NotFound(), None


class DyingMessenger(FakeMessenger):
    dies: str = ""

    async def send(self, address: Address, reply: Reply, key: str) -> Sent:
        if self.dies == "before it left":
            self.dies = ""
            raise Killed
        sent = await super().send(address, reply, key)
        if self.dies == "after it left":
            self.dies = ""
            raise Killed
        return sent


def reopened(service: Service, folder: Path) -> Service:
    """The next process: nothing but the file, the journal and the messenger outlive the last one."""
    fresh = open_service(folder)
    return Service(fresh.store, service.clock, service.door, service.messenger)


async def starts(service: Service) -> None:
    worker = Worker(service.parts, Bells())
    await worker.start()
    worker._stopping = True
    await worker.stop()


async def lives_on(service: Service) -> None:
    await starts(service)
    for _ in range(5):
        await service.runs(60)


async def until_killed(service: Service) -> bool:
    """Whether the process died on the way; the messenger repeats a webhook it had no answer to."""
    message = service.message(Text("отмени 7"), message_id="wamid-in")
    try:
        await service.hears(message)
        await service.answers()
    except Killed:
        return True
    return False


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("step", range(1, STEPS + 1))
def test_dying_at_any_transaction_leaves_one_effect_and_one_answer(tmp_path: Path, step: int, after: bool) -> None:
    async def story() -> None:
        service = open_service(tmp_path)
        service.door = JournalDoor()
        healthy = service.store
        service.store = DyingStore(healthy, step, after=after)  # type: ignore[assignment]
        assert await until_killed(service)
        await healthy.close()
        next_one = reopened(service, tmp_path)
        await next_one.hears(service.message(Text("отмени 7"), message_id="wamid-in"))
        await lives_on(next_one)
        assert service.door.effects == 1
        told = [text for text in service.messenger.texts if text == "отменено 7"]
        assert len(told) in {1, 2}
        assert len(told) == 1 or died_while_sending(service)
        await next_one.store.close()

    asyncio.run(story())


@pytest.mark.parametrize("after", [False, True], ids=["before", "after"])
@pytest.mark.parametrize("step", range(1, STEPS_WITH_A_MASTER + 1))
def test_dying_at_any_transaction_never_tells_the_master_twice(tmp_path: Path, step: int, after: bool) -> None:
    async def story() -> None:
        service = open_service(tmp_path)
        service.door = JournalDoor()
        service.administrator = address(MASTER)
        healthy = service.store
        service.store = DyingStore(healthy, step, after=after)  # type: ignore[assignment]
        assert await until_killed(service)
        await healthy.close()
        next_one = reopened(service, tmp_path)
        next_one.administrator = address(MASTER)
        await next_one.hears(service.message(Text("отмени 7"), message_id="wamid-in"))
        await lives_on(next_one)
        told = [key for where, _, key in service.messenger.sent if where.user == MASTER]
        states = await next_one.store.read(notices_by_state)
        assert service.door.effects == 1
        assert await next_one.store.read(lines_of_the_ledger) == 1
        assert len(told) <= 1
        assert states in (["sent"], ["refused"])
        assert len(told) == 1 or states == ["refused"]
        await next_one.store.close()

    asyncio.run(story())


def notices_by_state(connection: Connection) -> list[str]:
    return list(connection.execute(select(tables.replies.c.state).where(tables.replies.c.proactive)).scalars())


def lines_of_the_ledger(connection: Connection) -> int:
    return len(connection.execute(select(tables.ledger.c.id)).all())


def died_while_sending(service: Service) -> bool:
    """A second identical message is allowed only where the first had left and its fate was not written down."""
    keys = [key for _, _, key in service.messenger.sent]
    return len(set(keys)) == 1 and len(keys) == 2


@pytest.mark.parametrize("moment", ["before the effect", "after the effect"])
def test_dying_inside_the_call_to_the_journal_leaves_one_effect(tmp_path: Path, moment: str) -> None:
    async def story() -> None:
        service = open_service(tmp_path)
        service.door = JournalDoor()
        service.door.dies = moment
        assert await until_killed(service)
        await service.store.close()
        next_one = reopened(service, tmp_path)
        await lives_on(next_one)
        assert service.door.effects == 1
        assert service.messenger.texts[-1] == "отменено 7"
        assert service.messenger.texts.count("отменено 7") == 1
        await next_one.store.close()

    asyncio.run(story())


@pytest.mark.parametrize(("moment", "sent"), [("before it left", 1), ("after it left", 2)])
def test_dying_inside_the_send_loses_no_answer(tmp_path: Path, moment: str, sent: int) -> None:
    async def story() -> None:
        service = open_service(tmp_path)
        service.door = JournalDoor()
        service.messenger = DyingMessenger()
        service.messenger.dies = moment
        assert await until_killed(service)
        await service.store.close()
        next_one = reopened(service, tmp_path)
        await starts(next_one)
        await next_one.runs(119)
        assert len(service.messenger.sent) == sent - 1
        await lives_on(next_one)
        assert service.messenger.texts == ["отменено 7"] * sent
        assert service.door.effects == 1
        await next_one.store.close()

    asyncio.run(story())
