"""Whatever goes wrong, in whatever order: once the weather clears, every wish has one effect and a true answer."""

import asyncio
import tempfile
from collections import Counter
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from frontdesk.booking.appointments import Appointment
from frontdesk.booking.commands import Command, Done
from frontdesk.channels.messages import Accepted, Address, CutOff, Rejected, SendAction, Sent, Text
from frontdesk.dialogue.talk import Reply
from frontdesk.provider.answers import Evidence, Found, NotFound, NotSent, Performed, ReplyLost, Unknown
from frontdesk.service.bells import Bells
from frontdesk.service.courier import Courier
from frontdesk.service.sender import Sender
from frontdesk.service.turn import Turns
from frontdesk.service.worker import Worker
from frontdesk.store import tables
from service_fakes import FakeDoor, FakeMessenger
from service_kit import Service, open_service

JOBS = {"turn": Turns, "courier": Courier, "sender": Sender}

actions = st.one_of(
    st.tuples(st.just("asks"), st.sampled_from(["79160000001", "79160000002"]), st.integers(1, 4)),
    st.tuples(st.just("repeats"), st.integers(0, 9)),
    st.tuples(st.just("passes"), st.sampled_from([0, 1, 2, 30, 200])),
    st.tuples(st.just("works"), st.sampled_from(sorted(JOBS))),
    st.tuples(st.just("dies holding"), st.sampled_from(sorted(JOBS))),
    st.tuples(
        st.just("journal"), st.sampled_from(["away", "lost before", "lost after", "fault before", "fault after"])
    ),
    st.tuples(st.just("messenger"), st.sampled_from(["cut before", "cut after", "busy", "fault after"])),
)


class StormyDoor(FakeDoor):
    """A journal that answers as it is told for one call, and always shows the truth."""

    def __init__(self) -> None:
        super().__init__()
        self.weather: list[str] = []

    async def perform(self, command: Command) -> tuple[Performed, Appointment | None]:
        weather = self.weather.pop(0) if self.weather else "fine"
        if weather == "away":
            return NotSent("away"), None
        if not weather.endswith("before") and command.appointment not in self.cancelled:
            self.cancel(command)
        if weather.startswith("lost"):
            return ReplyLost("timeout"), None
        if weather.startswith("fault"):
            raise RuntimeError("a fault")
        return Done(), None

    async def evidence(self, command: Command) -> tuple[Evidence, Appointment | None]:
        if self.weather and self.weather.pop(0) == "away":
            return Unknown("away"), None
        return Found() if command.appointment in self.cancelled else NotFound(), None


class StormyMessenger(FakeMessenger):
    """What really arrived, whatever the sender was told of it."""

    def __init__(self) -> None:
        super().__init__()
        self.weather: list[str] = []
        self.arrived: Counter[str] = Counter()
        self.doubtful: Counter[str] = Counter()

    async def send(self, address: Address, reply: Reply, key: str) -> Sent:
        weather = self.weather.pop(0) if self.weather else "fine"
        if weather == "busy":
            return Rejected(SendAction.RETRY, "busy", 1)
        if not weather.endswith("before"):
            self.sent.append((address, reply, key))
            self.arrived[key] += 1
        if weather == "fine":
            return Accepted(f"wamid-{key}")
        self.doubtful[key] += 1
        if weather == "fault after":
            raise RuntimeError("a fault")
        return CutOff("reset")


class Storm:
    """One service in bad weather, over one database that outlives its processes."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.door, self.messenger = StormyDoor(), StormyMessenger()
        self.service = open_service(folder)
        self.service.door, self.service.messenger = self.door, self.messenger
        self.asked: list[tuple[str, int, str]] = []

    async def does(self, action: tuple) -> None:
        match action:
            case ("asks", user, appointment):
                self.asked.append((user, appointment, f"in-{len(self.asked)}"))
                await self.hears(len(self.asked) - 1)
            case ("repeats", number) if self.asked:
                await self.hears(number % len(self.asked))
            case ("passes", seconds):
                self.service.clock.advance(seconds)
            case ("works", job):
                await self.service.step(JOBS[job])
            case ("dies holding", job):
                await self.dies_holding(job)
            case ("journal", weather):
                self.door.weather.append(weather)
            case ("messenger", weather):
                self.messenger.weather.append(weather)

    async def hears(self, number: int) -> None:
        user, appointment, message_id = self.asked[number]
        await self.service.hears(self.service.message(Text(f"отмени {appointment}"), user, message_id))

    async def dies_holding(self, job: str) -> None:
        claimed = await JOBS[job](self.service.parts, Bells()).claim()
        if job == "sender" and hasattr(claimed, "outgoing"):
            self.messenger.doubtful[claimed.outgoing.key] += 1
        await self.service.store.close()
        old, fresh = self.service, open_service(self.folder)
        self.service = Service(fresh.store, old.clock, self.door, self.messenger, old.dialogue)
        worker = Worker(self.service.parts, Bells())
        await worker.start()
        await worker.stop()

    async def clears(self) -> None:
        self.door.weather, self.messenger.weather = [], []
        for _ in range(12):
            await self.service.runs(200)

    async def states(self, table) -> set[str]:
        return await self.service.store.read(
            lambda connection: set(connection.execute(select(table.c.state)).scalars())
        )


@given(st.lists(actions, min_size=1, max_size=25))
@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_after_any_storm_every_wish_has_one_effect_and_is_answered(story: list[tuple]) -> None:
    async def run(folder: Path) -> None:
        storm = Storm(folder)
        for action in story:
            await storm.does(action)
        await storm.clears()
        assert Counter(storm.door.cancelled) == dict.fromkeys({appointment for _, appointment, _ in storm.asked}, 1)
        assert await storm.states(tables.inbox) <= {"done"}
        assert await storm.states(tables.commands) <= {"done"}
        assert await storm.states(tables.replies) <= {"sent", "refused"}
        for key, arrivals in storm.messenger.arrived.items():
            assert arrivals <= 1 + storm.messenger.doubtful[key]
            assert arrivals <= 2
        for user, appointment, _ in storm.asked:
            told = [reply.text for where, reply, _ in storm.messenger.sent if where.user == user]
            lost_twice = any(count > 1 for count in storm.messenger.doubtful.values())
            assert lost_twice or any(f"отменено {appointment}" in text for text in told)
        await storm.service.store.close()

    with tempfile.TemporaryDirectory() as folder:
        asyncio.run(run(Path(folder)))
