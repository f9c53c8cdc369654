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
from datetime import timedelta
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule
from sqlalchemy import select

from broken_journal import OLGA, Journal, Listening, Probe, at
from frontdesk.booking.commands import (
    Book,
    Cancel,
    Command,
    Conflicted,
    Done,
    Move,
    Refused,
    waiting_appointment,
)
from frontdesk.booking.ids import AppointmentId, Phone, ServiceId
from frontdesk.outage.link import LinkState
from frontdesk.service.bells import Bells
from frontdesk.service.courier import Courier
from frontdesk.service.prober import Prober
from frontdesk.service.turn import Turns
from frontdesk.service.worker import Worker
from frontdesk.store import commands, tables
from frontdesk.store.codec import load_command
from service_facts import ANNA, BORIS, NOON
from service_kit import Service, open_service

PEOPLE = st.sampled_from([ANNA, BORIS])
SLOTS = st.integers(0, 5)
WHICH = st.integers(0, 9)
JOBS = {"turn": Turns, "courier": Courier, "prober": Prober}
WEATHERS = st.sampled_from(["fine", "away", "locked out", "lost before", "lost after", "broken after"])


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

    def _known(self, which: int) -> tuple[Phone, AppointmentId]:
        """One of what stood there from the first, and of what was booked since."""
        stood = [(ANNA, AppointmentId(1)), (BORIS, AppointmentId(2))]
        booked = [(one.phone, waiting_appointment(number)) for number, one in self.asked if isinstance(one, Book)]
        known = stood + booked
        return known[which % len(known)]

    @rule(which=WHICH, slot=SLOTS)
    def moves(self, which: int, slot: int) -> None:
        phone, number = self._known(which)
        self.run(self.asks(Move("centre", number, phone, OLGA, at(slot), 3600, NOON)))

    @rule(which=WHICH)
    def cancels(self, which: int) -> None:
        phone, number = self._known(which)
        self.run(self.asks(Cancel("centre", number, phone, "Отменено клиентом", NOON)))

    @rule(which=WHICH)
    def says_it_again(self, which: int) -> None:
        """The same wish a second time, whatever was said or done meanwhile; a booking has a new key each time."""
        said = [one for _, one in self.asked if not isinstance(one, Book)]
        if said:
            self.run(self.asks(said[which % len(said)]))

    @rule(few=st.integers(0, 3))
    def comes_back_for_a_few(self, few: int) -> None:
        """A second outage in the middle of the recovery."""
        self.journal.weather, self.journal.lasts = "fine", few
        self.run(self.service.runs(31))

    @rule(weather=WEATHERS)
    def weather_turns(self, weather: str) -> None:
        self.journal.weather = weather

    @rule(slot=SLOTS)
    def receptionist_takes(self, slot: int) -> None:
        self.journal.staff_writes(at(slot))

    @rule(which=WHICH, slot=SLOTS)
    def receptionist_moves(self, which: int, slot: int) -> None:
        if numbers := sorted(self.journal.start):
            self.journal.staff_moves(numbers[which % len(numbers)], at(slot))

    @rule(which=WHICH)
    def receptionist_deletes(self, which: int) -> None:
        if numbers := sorted(self.journal.start):
            self.journal.staff_deletes(numbers[which % len(numbers)])

    @rule(seconds=st.sampled_from([0, 1, 5, 31, 120]))
    def passes(self, seconds: int) -> None:
        self.run(self.service.runs(seconds))

    @rule(job=st.sampled_from(sorted(JOBS)))
    def works(self, job: str) -> None:
        self.run(self.service.step(JOBS[job]))

    @rule(job=st.sampled_from(["nothing", *sorted(JOBS)]))
    def dies_holding(self, job: str) -> None:
        """A restart, with a piece of work in hand or without."""

        async def dies() -> None:
            if job in JOBS:
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
            self.journal.weather, self.journal.lasts = "fine", None
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
        """What takes the place of what waits takes its turn too; about one appointment nothing overtakes anything."""
        for phone in (ANNA, BORIS):
            done = [one.asked_at for one in self.journal.done if one.phone == phone]
            changed = [row for row in rows if row.person == phone and row.revision]
            assert changed or done == sorted(done)
        for number in {self.journal.number_of(one) for one in self.journal.done}:
            done = [one.asked_at for one in self.journal.done if self.journal.number_of(one) == number]
            assert done == sorted(done)


TestOutage = Outage.TestCase
TestOutage.settings = settings(
    max_examples=int(os.environ.get("OUTAGE_EXAMPLES", "40")),
    stateful_step_count=15,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
