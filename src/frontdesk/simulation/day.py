"""One day at the salon: clients write, the receptionist works, the line to the provider has its moods.

Everything happens on one heap of moments. After each the service does all the work it has, then the clock jumps to what
comes next: somebody's next move or the service's own next deadline.
"""

import heapq
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import count
from pathlib import Path
from random import Random
from typing import Final

import stamina

from frontdesk.booking.times import Instant
from frontdesk.channels.messages import Address, Content, Incoming
from frontdesk.dialogue.talk import Reply
from frontdesk.emulator.app import Emulator
from frontdesk.emulator.clock import Clock
from frontdesk.emulator.salons.building import build_world
from frontdesk.simulation.arrivals import Arrivals
from frontdesk.simulation.client import Client
from frontdesk.simulation.clock import VirtualClock
from frontdesk.simulation.houses import House, of_seed
from frontdesk.simulation.journal import look_everywhere
from frontdesk.simulation.judge import Judge
from frontdesk.simulation.outages import ORDINARY, Plan, of_plan
from frontdesk.simulation.outcome import DayResult, outcome_of
from frontdesk.simulation.personas import Persona
from frontdesk.simulation.reading import options, shown
from frontdesk.simulation.receptionist import Receptionist
from frontdesk.simulation.stage import ACCOUNT, CHANNEL, Stage
from frontdesk.simulation.weather import Weather

OPENING: Final = datetime(2026, 11, 23, 6, 30, tzinfo=UTC)
"""Half past nine in the morning of a Monday on the salon's wall clock; a seed goes up to a year further."""
SETTLING: Final = timedelta(hours=3)
"""So long after the last client the weather is fine: what was promised must come true."""
FAULT_RATE: Final = 0.04
NEW_HOUSE: Final = 0.1
"""On so many days the service has never seen the journal before; on the others its copy is filled."""
DELIVERED_TWICE: Final = 0.05
"""Messengers repeat a webhook now and then."""


@dataclass(order=True)
class _Planned:
    at: Instant
    number: int
    does: Callable[[], Awaitable[None]] = field(compare=False)


class Day:
    """A day of one seed."""

    def __init__(self, seed: int, folder: Path, plan: Plan = ORDINARY, house: House | None = None) -> None:
        self.seed = seed
        self._day = plan
        self._chance = Random(seed)  # noqa: S311 - a game, not a secret
        self._clock = VirtualClock(Instant(OPENING + timedelta(days=self._chance.randrange(365))))
        house = house or of_seed(seed)
        self._emulator = Emulator(build_world(house.file, clock=Clock(self._clock.now)))
        world, companies = self._emulator.world, tuple(house.branches.values())
        self._touched: set[int] = set()
        forced: set[int] = set()
        self._receptionists = [
            Receptionist(self._emulator, company, self._chance, self._touched, forced) for company in companies
        ]
        self._clients: dict[str, Client] = {}
        self._judge = Judge(
            self._clients,
            journal=lambda: look_everywhere(world),
            now=self._salon_time,
            forced=forced,
        )
        self._outages = of_plan(plan, self._chance, self._clock.now())
        self._weather = Weather(
            self._emulator,
            clock=self._clock,
            chance=self._chance,
            rate=FAULT_RATE,
            watch=self._judge.changed,
            outages=self._outages,
        )
        self._stage = Stage(house.settings(folder), self._clock, self._weather, self._hear)
        self._plan: list[_Planned] = []
        self._numbers = count(1)
        self._messages = count(1)
        self._latest = Instant(self._clock.now() + SETTLING + timedelta(hours=plan.writing_hours))

    @property
    def stage(self) -> tuple[Emulator, VirtualClock]:
        """What the day was played on, for whoever goes on from where it ended."""
        return self._emulator, self._clock

    async def play(self, watched: Callable[[int], None] = lambda _: None) -> DayResult:
        """Plays it to the end; `watched` hears how many clients have nothing more to say."""
        with stamina.set_testing(True, attempts=3, cap=True):  # its pauses would be real ones
            await self._prepare()
            await self._until_all_is_said(watched)
            hanging = await self._stage.left_hanging()
            self._judge.ends(self._stage.faults, hanging)
            await self._stage.close()
        journal = look_everywhere(self._emulator.world)
        outcomes = [outcome_of(client, journal, self._touched) for client in self._clients.values()]
        conflicts = hanging.get("commands conflict", 0)
        judge, faults = self._judge, self._weather.faults
        return DayResult(self.seed, outcomes, judge.breaches, faults, judge.promised, conflicts, judge.done)

    async def _prepare(self) -> None:
        arrivals = Arrivals(self._receptionists, self._chance)
        for number in range(self._day.clients):
            user = f"{number:03}"
            client = await arrivals.next(Address(CHANNEL, ACCOUNT, user), number)
            self._clients[user] = client
            self._at(self._some_time(), partial(self._writes, client))
        for _ in range(self._day.receptionist_acts):
            self._at(self._some_time(), self._receptionist_acts)
        self._watch_outages()
        self._judge.starts()
        if self._chance.random() >= NEW_HOUSE:
            await self._stage.rest()
        self._weather.breaks()

    def _watch_outages(self) -> None:
        """The service looks at its journal every minute: shortly before an outage, and soon after it began."""
        for outage in self._outages:
            begins = (outage.begins - self._clock.now()).total_seconds()
            for seconds in (-self._chance.uniform(0, 60), self._chance.uniform(0, 60)):
                self._at(max(0.0, begins + seconds), _nothing)

    def _some_time(self) -> float:
        """Seconds from now, of a day's writing; so many as the plan says fall into the outages."""
        if self._outages and self._chance.random() < self._day.crowded:
            outage = self._chance.choice(self._outages)
            lasts = (outage.ends - outage.begins).total_seconds()
            return (outage.begins - self._clock.now()).total_seconds() + self._chance.uniform(0, lasts)
        return self._chance.uniform(0, self._day.writing_hours * 3600)

    def _at(self, seconds: float, does: Callable[[], Awaitable[None]]) -> None:
        moment = Instant(self._clock.now() + timedelta(seconds=seconds))
        heapq.heappush(self._plan, _Planned(moment, next(self._numbers), does))

    async def _until_all_is_said(self, watched: Callable[[int], None]) -> None:
        """Plays until nobody has anything planned and the service has nothing left to do before the day's last hour.

        The plan is looked at only when the service rests: what it said may have made somebody plan a nearer moment.
        """
        while True:
            watched(self.ended)
            due = await self._stage.rest()
            if self._plan and (due is None or self._plan[0].at <= due):
                planned = heapq.heappop(self._plan)
                self._clock.advance_to(planned.at)
                if planned.at > self._latest - SETTLING:
                    self._weather.clears()
                await planned.does()
            elif due is not None and due <= self._latest:
                self._clock.advance_to(due)
            else:
                return

    async def _lets_pass(self, span: timedelta) -> None:
        """Time passes with the service at work; whoever wants to do something meanwhile waits until it has passed."""
        moment = Instant(self._clock.now() + span)
        due = await self._stage.rest()
        while due is not None and due < moment:
            self._clock.advance_to(due)
            due = await self._stage.rest()
        self._clock.advance_to(moment)

    async def _receptionist_acts(self) -> None:
        several = len(self._receptionists) > 1
        await (self._chance.choice(self._receptionists) if several else self._receptionists[0]).acts()
        self._judge.saw()

    async def _writes(self, client: Client) -> None:
        now = self._salon_time()
        contents = client.answers(now) if client.lines else client.opens(now)
        if client.waits_min:
            self._at(60 * client.waits_min, partial(self._writes, client))
        await self._sends(client, contents)

    def _salon_time(self) -> datetime:
        """The wall clock of the house, whose branches are in one zone."""
        return self._receptionists[0].today

    async def _sends(self, client: Client, contents: list[Content]) -> None:
        for content in contents:
            client.lines.append(f"{self._salon_time():%H:%M:%S} > {shown(content)}")
            message = self._message(client, content)
            await self._stage.takes(message)
            if self._chance.random() < DELIVERED_TWICE:
                await self._stage.takes(message)
            await self._lets_pass(timedelta(milliseconds=self._chance.randint(100, 900)))

    def _message(self, client: Client, content: Content) -> Incoming:
        return Incoming(
            client.address,
            f"in-{next(self._messages)}",
            self._clock.now(),
            content,
            client.name,
            client.phone if client.proved else None,
        )

    @property
    def ended(self) -> int:
        """How many clients have nothing more to say."""
        return sum(client.end is not None for client in self._clients.values())

    def _hear(self, address: Address, reply: Reply, key: str) -> None:
        client = self._clients[address.user]
        told = f"{reply.text}  [{options(reply)}]" if reply.choices else reply.text
        client.lines.append(f"{self._salon_time():%H:%M:%S} < {told}")
        self._judge.said(address, reply, key)
        client.hears(reply)
        if client.end is None:
            hurry = 5 if client.persona is Persona.HURRIED else 30
            self._at(self._chance.uniform(2, hurry), partial(self._writes, client))


async def _nothing() -> None:
    """The clock stops here, and the service does what there is."""


async def play(seed: int, folder: Path, plan: Plan = ORDINARY) -> DayResult:
    """Plays the day of a seed; the folder keeps its database."""
    return await Day(seed, folder, plan).play()
