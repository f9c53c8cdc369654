"""A machine that breaks everything between the outbox, the link and the journal, in any order.

Whatever happened, once the journal is there again: nothing is lost, nothing is done twice, nothing of one person is
done out of order, nobody was told what is not so, and the outbox is empty or in conflict.
"""

import asyncio
import os
import shutil
import tempfile
from collections import Counter
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from sqlalchemy import select

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
    waiting_appointment,
)
from frontdesk.booking.ids import AppointmentId, MasterId, Phone, ServiceId
from frontdesk.booking.times import Local
from frontdesk.dialogue.talk import Event, Facts, Settled, Talk, Turn
from frontdesk.outage.link import LinkEvent, LinkState
from frontdesk.provider.answers import Evidence, Found, NotFound, NotSent, Performed, ReplyLost, Unknown
from frontdesk.provider.probing import ANSWERED, Sight
from frontdesk.service.bells import Bells
from frontdesk.service.courier import Courier
from frontdesk.service.prober import Prober
from frontdesk.service.turn import Turns
from frontdesk.service.worker import Worker
from frontdesk.store import commands, tables
from frontdesk.store.codec import load_command
from service_facts import ANNA, BORIS, NOON, standing
from service_fakes import FakeDialogue, FakeDoor, FakeProbe
from service_kit import Service, open_service

OLGA = MasterId(501)
NINE = datetime(2026, 11, 22, 9)  # noqa: DTZ001 - the salon's own clock
PEOPLE = st.sampled_from([ANNA, BORIS])
SLOTS = st.integers(0, 5)
JOBS = {"turn": Turns, "courier": Courier, "prober": Prober}
WEATHERS = st.sampled_from(["fine", "away", "locked out", "lost before", "lost after", "broken after"])


def at(slot: int) -> Local:
    return Local(NINE + timedelta(hours=slot))


class Journal(FakeDoor):
    """One master's day: a place for one at each hour. What stands here is the truth."""

    def __init__(self) -> None:
        super().__init__()
        self.weather = "fine"
        self.made: dict[str, int] = {}
        self.start: dict[int, Local] = {}
        self.whose: dict[int, Phone] = {}
        self.done: list[Command] = []
        self.links = None

    async def sees(self, event: LinkEvent) -> None:
        if self.links is not None:
            await self.links.saw("centre", Sight(event, self.weather) if event is not LinkEvent.ANSWERED else ANSWERED)

    async def perform(self, command: Command) -> tuple[Performed, Appointment | None]:
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
            if done and event.command not in self.journal.done:
                self.false.append(f"told done: {event.command}")
            if denied and event.command in self.journal.done:
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


class Outage(RuleBasedStateMachine):
    """People wish, the weather changes, processes die; at the end it clears."""

    @initialize()
    def opens(self) -> None:
        self.loop = asyncio.new_event_loop()
        self.folder = Path(tempfile.mkdtemp())
        self.journal = Journal()
        self.listening = Listening(self.journal)
        self.keys = 0
        self.asked: list[tuple[int, Command]] = []
        self.chats: dict[Phone, int] = {}
        self.begin()
        for phone in (ANNA, BORIS):
            self.run(self.meets(phone))

    def begin(self) -> None:
        fresh, old = open_service(self.folder), getattr(self, "service", None)
        self.service = Service(fresh.store, old.clock if old else fresh.clock, self.journal)
        self.service.dialogue, self.service.probe = self.listening, Probe(self.journal)
        self.journal.links = self.service.links

    def run(self, work):
        return self.loop.run_until_complete(work)

    async def meets(self, phone: Phone) -> None:
        await self.service.hears("Здравствуйте", user=phone)
        await self.service.answers()
        self.chats[phone] = await self.service.store.read(
            lambda one: one.execute(select(tables.chats.c.id).where(tables.chats.c.user == phone)).scalar_one()
        )

    async def asks(self, command: Command) -> int:
        now, chat = self.service.clock.now(), self.chats[command.phone]
        # So each wish is known again in the journal, whatever it was merged with meanwhile.
        command = replace(command, asked_at=NOON + timedelta(milliseconds=len(self.asked)))
        number = await self.service.store.write(lambda one: commands.add(one, chat, command, now))
        self.asked.append((number, command))
        return number

    @rule(phone=PEOPLE, slot=SLOTS)
    def books(self, phone: Phone, slot: int) -> None:
        self.keys += 1
        services = (ServiceId(self.keys),)
        command = Book("centre", phone, "Анна", True, services, OLGA, at(slot), 3600, f"k{self.keys}", NOON)
        self.run(self.asks(command))

    def _known(self, which: int) -> tuple[Phone, AppointmentId] | None:
        bookings = [(number, one) for number, one in self.asked if isinstance(one, Book)]
        if not bookings:
            return None
        number, one = bookings[which % len(bookings)]
        return one.phone, waiting_appointment(number)

    @rule(which=st.integers(0, 9), slot=SLOTS)
    def moves(self, which: int, slot: int) -> None:
        if (known := self._known(which)) is not None:
            phone, number = known
            self.run(self.asks(Move("centre", number, phone, OLGA, at(slot), 3600, NOON)))

    @rule(which=st.integers(0, 9))
    def cancels(self, which: int) -> None:
        if (known := self._known(which)) is not None:
            phone, number = known
            self.run(self.asks(Cancel("centre", number, phone, "Отменено клиентом", NOON)))

    @rule(weather=WEATHERS)
    def weather_turns(self, weather: str) -> None:
        self.journal.weather = weather

    @rule(slot=SLOTS)
    def receptionist_takes(self, slot: int) -> None:
        if at(slot) not in self.journal.start.values():
            self.journal.start[len(self.journal.start) + 10_000] = at(slot)

    @rule(seconds=st.sampled_from([0, 1, 5, 31, 120]))
    def passes(self, seconds: int) -> None:
        self.run(self.service.runs(seconds))

    @rule(job=st.sampled_from(sorted(JOBS)))
    def works(self, job: str) -> None:
        self.run(self.service.step(JOBS[job]))

    @rule(job=st.sampled_from(sorted(JOBS)))
    def dies_holding(self, job: str) -> None:
        async def dies() -> None:
            await JOBS[job](self.service.parts, Bells()).claim()
            await self.service.store.close()
            self.begin()
            worker = Worker(self.service.parts, Bells())
            await worker.start()
            await worker.stop()

        self.run(dies())

    @invariant()
    def nothing_is_done_twice(self) -> None:
        made = Counter(one.key for one in getattr(self, "journal", Journal()).done if isinstance(one, Book))
        assert all(times == 1 for times in made.values())

    def teardown(self) -> None:
        if not hasattr(self, "journal"):
            return
        try:
            self.journal.weather = "fine"
            for _ in range(8):
                self.run(self.service.runs(61))
            self._is_at_rest()
        finally:
            self.run(self.service.store.close())
            self.loop.close()
            shutil.rmtree(self.folder, ignore_errors=True)

    def _is_at_rest(self) -> None:
        rows = self.run(self.service.store.read(lambda one: one.execute(select(tables.commands)).all()))
        left = {row.state for row in rows} - {"done", "refused", "withdrawn"}
        assert left <= {"conflict"}
        assert self.service.links.state("centre") is LinkState.ONLINE
        assert self.listening.false == []
        self._everybody_was_told(rows)
        self._in_order(rows)

    def _everybody_was_told(self, rows) -> None:
        told = {(one.command.subject, type(one.outcome)) for one in self.listening.told}
        for row in rows:
            # What was asked of a waiting booking is told of the appointment that it has become.
            asked_of = load_command(row.command).subject
            outcomes = {outcome for subject, outcome in told if subject == asked_of}
            if row.state == "conflict":
                assert Conflicted in outcomes
            if row.state == "done":
                assert Done in outcomes
            if row.state == "refused":
                assert Refused in outcomes

    def _in_order(self, rows) -> None:
        for phone in (ANNA, BORIS):
            done = [one.asked_at for one in self.journal.done if one.phone == phone]
            changed = [row for row in rows if row.person == phone and row.revision]
            assert changed or done == sorted(done)


TestOutage = Outage.TestCase
TestOutage.settings = settings(
    max_examples=int(os.environ.get("OUTAGE_EXAMPLES", "12")),
    stateful_step_count=15,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
