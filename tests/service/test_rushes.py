"""Everybody at once, through the running service and the emulated journal: the truth is told to each."""

import asyncio
import dataclasses
import time
from collections import defaultdict
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

import httpx2
import pytest
import structlog
from structlog.testing import LogCapture

from frontdesk.booking.ids import Phone
from frontdesk.booking.times import Instant
from frontdesk.channels.messages import Accepted, Address, Batch, Content, Incoming, Sent, Tap, Text
from frontdesk.demo import COMPANY, SALON, demo_settings
from frontdesk.dialogue.talk import Reply
from frontdesk.emulator.app import Emulator
from frontdesk.emulator.clock import Clock
from frontdesk.emulator.salons.building import build_world
from frontdesk.emulator.slots import can_do, free_starts, length_of
from frontdesk.service.parts import Account, Limits
from frontdesk.service.webhooks import Webhooks
from frontdesk.service.wiring import World, wire
from frontdesk.service.worker import Worker
from frontdesk.simulation.journal import Entry, look
from frontdesk.simulation.receptionist import Receptionist
from frontdesk.yclients.models.attendance import Attendance
from frontdesk.yclients.turnstile import Open

MANY, SOME = 100, 40
CHANNEL, ACCOUNT = "whatsapp", "rush"
SATURDAY_NOON = datetime(2026, 11, 21, 9, tzinfo=UTC)
WEDNESDAY_NOON = datetime(2026, 11, 25, 12)  # noqa: DTZ001 - the salon's own clock
PEDICURE = "Педикюр"
LONGEST_WAIT_S = 120


class Running:
    """A clock that goes on from a Saturday noon."""

    def __init__(self) -> None:
        self._started = time.monotonic()

    def now(self) -> Instant:
        return Instant(SATURDAY_NOON + timedelta(seconds=time.monotonic() - self._started))

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)


class Crowd:
    """Many clients of one messenger account, and all that each of them was told."""

    def __init__(self) -> None:
        self.told: dict[str, list[Reply]] = defaultdict(list)
        self._news = asyncio.Event()

    async def send(self, address: Address, reply: Reply, key: str) -> Sent:
        self.told[address.user].append(reply)
        self._news.set()
        return Accepted(f"out-{key}")

    async def show_typing(self, address: Address, message_id: str) -> None:
        """Nobody looks."""

    async def acknowledge(self, address: Address, message_id: str) -> None:
        """Nobody waits for it."""

    async def until(self, fact: Callable[[], bool]) -> None:
        async with asyncio.timeout(LONGEST_WAIT_S):
            while not fact():
                self._news.clear()
                await self._news.wait()

    def last(self, user: str) -> Reply:
        return self.told[user][-1]


class Rush:
    """The service at work, the journal behind it, and the crowd before it."""

    def __init__(self, webhooks: Webhooks, emulator: Emulator, crowd: Crowd, clock: Running) -> None:
        self.emulator, self.crowd = emulator, crowd
        self._webhooks, self._clock = webhooks, clock

    async def all_say(self, contents: dict[str, list[Content]]) -> None:
        """Everything in one webhook: nobody was first."""
        said = [
            Incoming(
                Address(CHANNEL, ACCOUNT, user),
                f"in-{user}-{len(self.crowd.told[user])}-{n}",
                self._clock.now(),
                content,
                "Гость",
                Phone(user),
            )
            for user, several in contents.items()
            for n, content in enumerate(several)
        ]
        await self._webhooks.take_in(Batch(tuple(said)))

    async def all_are_told(self, times: int, users: list[str]) -> None:
        await self.crowd.until(lambda: all(len(self.crowd.told[user]) >= times for user in users))

    def journal(self) -> dict[int, Entry]:
        return dict(look(self.emulator.world, COMPANY))


@asynccontextmanager
async def rush(folder: Path) -> AsyncIterator[Rush]:
    clock, crowd, log = Running(), Crowd(), LogCapture()
    emulator = Emulator(build_world("demo", clock=Clock(clock.now)))
    world = World(
        clock=clock,
        log=structlog.wrap_logger(None, processors=[log]),
        provider=httpx2.ASGITransport(emulator),
        gate=Open(),
        limits=Limits(quiet=timedelta(0)),
        extra_accounts={(CHANNEL, ACCOUNT): Account("WhatsApp", (SALON,), crowd)},
    )
    wired = wire(demo_settings(folder), world)
    await wired.parts.door.open(clock.now())
    worker = Worker(wired.parts, wired.bells)
    await worker.start()
    try:
        yield Rush(Webhooks(wired.parts, wired.bells), emulator, crowd, clock)
    finally:
        await worker.stop()
        await wired.parts.store.close()
    assert [entry for entry in log.entries if "exc_info" in entry] == []


def only_noon_is_left(emulator: Emulator) -> None:
    """Of Wednesday, only twelve o'clock is free for a pedicure: everything else is taken by somebody."""
    world = emulator.world
    service = next(one for one in world.services.of(COMPANY) if one.title == PEDICURE)
    masters = [one for one in world.masters.of(COMPANY) if can_do(one, [service])]
    assert len(masters) == 1
    length = timedelta(seconds=length_of(masters[0], [service]))
    example = world.appointments.of(COMPANY)[0]
    day = WEDNESDAY_NOON.replace(hour=0)
    for number, (start, end) in enumerate(
        [(day.replace(hour=8), WEDNESDAY_NOON), (WEDNESDAY_NOON + length, day.replace(hour=23))], start=1_900_000_001
    ):
        span = {"start": start, "length_s": int((end - start).total_seconds())}
        nobody = {"client_id": None, "services": [], "attendance": Attendance.WAITING, "deleted": False}
        who = {"id": number, "visit_id": number, "master_id": masters[0].id}
        world.appointments.add(dataclasses.replace(example, **who, **span, **nobody))
    assert free_starts(world, masters[0], day.date(), int(length.total_seconds())) == [WEDNESDAY_NOON]


@pytest.mark.slow
def test_of_a_hundred_who_want_the_last_time_one_gets_it_and_the_others_are_offered_the_nearest(tmp_path: Path) -> None:
    users = [f"79003000{n:03}" for n in range(MANY)]

    async def story() -> None:
        async with rush(tmp_path) as service:
            only_noon_is_left(service.emulator)
            before = service.journal()
            await service.all_say({user: [Text("запишите на педикюр в среду в 12:00")] for user in users})
            await service.all_are_told(1, users)
            yes = {user: service.crowd.last(user).choices[0] for user in users}
            assert {choice.label for choice in yes.values()} == {"Да, записать"}
            await service.all_say({user: [Tap(choice.id, choice.label)] for user, choice in yes.items()})
            await service.all_are_told(2, users)
            made = {number: one for number, one in service.journal().items() if number not in before}
            assert [one.start for one in made.values()] == [WEDNESDAY_NOON]
            (winner,) = [one.phone for one in made.values()]
            for user in users:
                _holds_true(service.crowd.told[user], won=user == winner)

    asyncio.run(story())


def _holds_true(told: list[Reply], *, won: bool) -> None:
    assert len(told) == 2
    text, choices = told[1].text, told[1].choices
    if won:
        assert text.startswith("Записала вас на педикюр в среду 25 ноября, в 12:00 к Марии Лебедевой.")
        return
    assert text.startswith("Это время только что заняли. Ближайшее свободное:")
    assert choices
    assert all(choice.id.startswith("book:slot:") and "20261125T" not in choice.id for choice in choices)


@pytest.mark.slow
def test_many_cancel_at_once_and_tap_twice_and_each_loses_their_own_appointment_once(tmp_path: Path) -> None:
    users = [f"79003100{n:03}" for n in range(SOME)]

    async def story() -> None:
        async with rush(tmp_path) as service:
            desk = Receptionist(service.emulator, COMPANY, Random(1))
            own = {user: await desk.books(Phone(user), "Гость") for user in users}
            assert all(own.values())
            before = service.journal()
            await service.all_say({user: [Text("отмените запись")] for user in users})
            await service.all_are_told(1, users)
            yes = {user: service.crowd.last(user).choices[0] for user in users}
            await service.all_say({user: [Tap(choice.id, choice.label)] * 2 for user, choice in yes.items()})
            await service.all_are_told(2, users)
            after = service.journal()
            changed = {number for number, one in after.items() if one != before.get(number)}
            assert changed == {one.id for one in own.values() if one is not None}
            assert not any(after[number].stands for number in changed)
            assert all(service.crowd.last(user).text.startswith("Отменила ") for user in users)
            assert {len(told) for told in service.crowd.told.values()} == {2}

    asyncio.run(story())
