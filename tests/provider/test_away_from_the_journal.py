"""What is known while the journal does not answer: the same as before, from the copy, as long as that is young."""

import asyncio
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import httpx2
import pytest
import stamina
import structlog
from copied import CopyInMemory, fill, older

from frontdesk.booking.appointments import Pending
from frontdesk.booking.commands import Book, Cancel, Move
from frontdesk.booking.ids import ClientId, MasterId, Phone, SalonId, ServiceId
from frontdesk.booking.outstanding import OpenCommands, Outstanding
from frontdesk.booking.salon import Salon
from frontdesk.booking.times import Instant, Local, instant
from frontdesk.dialogue.talk import Facts, Person, Problem, SlotsWanted, Wants, WorkingWanted
from frontdesk.emulator.app import Emulator
from frontdesk.emulator.clock import Clock
from frontdesk.emulator.faults import Rule
from frontdesk.emulator.salons.building import build_world
from frontdesk.provider.branch import Branch
from frontdesk.provider.door import Door
from frontdesk.provider.looking import Silent
from frontdesk.yclients.client import Client
from frontdesk.yclients.turnstile import Open
from frontdesk.yclients.wire import Credentials

NOON = instant(datetime(2026, 11, 21, 12, tzinfo=ZoneInfo("Europe/Moscow")))
COMPANY, STYLING, ANNA = 962302, 5104, MasterId(2401)
IRINA, PAVEL = Phone("79000000001"), Phone("79000000002")
WEDNESDAY = date(2026, 11, 25)


def shown(day: int, hour: int, minute: int = 0) -> Local:
    return Local(datetime(2026, 11, day, hour, minute))  # noqa: DTZ001 - the salon's own clock


class NobodyKnown:
    """Every client is looked for anew."""

    async def known(self, salon: str, phone: Phone) -> tuple[ClientId, ...]:
        return ()

    async def remember(self, salon: str, phone: Phone, clients: Sequence[ClientId]) -> None:
        return None


class House:
    """The door, its copy and the journal behind it; the copy was filled at noon."""

    def __init__(self) -> None:
        clock = Clock()
        clock.set(NOON)
        self.emulator = Emulator(build_world("demo", clock=clock))
        self.copy = CopyInMemory()
        client = Client(
            Credentials("demo-partner", "demo-user"),
            base_url="http://emulator.invalid",
            transport=httpx2.ASGITransport(self.emulator),
            pace=Open(),
        )
        salon = Salon("demo", SalonId(COMPANY), "demo", ZoneInfo("Europe/Moscow"))
        self.branch = Branch(client, salon)
        self.silent: Silent | None = None
        log = structlog.get_logger()
        self.door = Door({"demo": self.branch}, NobodyKnown(), log, self.copy, silence=lambda _: self.silent)

    async def opens(self) -> "House":
        await self.door.open(NOON)
        await fill(self.copy, self.branch, NOON)
        return self

    def breaks(self, **rule: Any) -> None:
        self.emulator.faults.replace([Rule.model_validate(rule)])

    def calls(self) -> int:
        return len(self.emulator.journal.shown())


@pytest.fixture(autouse=True)
def without_waiting():
    stamina.set_testing(True, attempts=1)
    yield
    stamina.set_testing(False)


def seen(wants: Wants, *, after: Any = None, asked: OpenCommands | None = None, minutes: int = 0) -> Facts:
    """The facts that Irina's turn gets, so many minutes past noon."""

    async def story() -> Facts:
        house = await House().opens()
        if after is not None:
            after(house)
        now = Instant(NOON + timedelta(minutes=minutes))
        person = Person("WhatsApp", "Ирина", IRINA)
        return await house.door.look_up(person, ["demo"], wants, now, asked or OpenCommands())

    return asyncio.run(story())


def falls_silent(house: House) -> None:
    house.breaks(do="refuse")


def refuses_entry(house: House) -> None:
    house.breaks(do="status", value=401)


MINE = Wants(appointments=True)
WEDNESDAYS = SlotsWanted((STYLING,), first_day=WEDNESDAY, last_day=WEDNESDAY)


@pytest.mark.parametrize("how", [falls_silent, refuses_entry])
def test_a_persons_appointments_are_the_same_from_the_copy(how: Any) -> None:
    live, copied = seen(MINE), seen(MINE, after=how)
    assert (live.live, copied.live) == (True, False)
    assert live.appointments
    assert {one.id for one in live.appointments} == {one.id for one in copied.appointments or ()}
    assert copied.problem is None
    assert copied.as_of == NOON


@pytest.mark.parametrize(
    "wanted",
    [
        WEDNESDAYS,
        SlotsWanted((STYLING,), master=ANNA, first_day=WEDNESDAY, last_day=WEDNESDAY),
        SlotsWanted((STYLING,), first_day=WEDNESDAY, last_day=WEDNESDAY, at=shown(25, 12)),
        SlotsWanted((STYLING,)),
    ],
)
def test_free_times_are_the_same_from_the_copy(wanted: SlotsWanted) -> None:
    live, copied = seen(Wants(slots=wanted)), seen(Wants(slots=wanted), after=falls_silent)
    assert live.slots
    assert {(one.start, one.master.id) for one in live.slots} == {
        (one.start, one.master.id) for one in copied.slots or ()
    }


def test_working_days_are_the_same_from_the_copy() -> None:
    wants = Wants(working=WorkingWanted())
    live, copied = seen(wants), seen(wants, after=falls_silent)
    assert live.working
    assert set(live.working) == set(copied.working or ())


def test_a_journal_that_is_known_to_be_silent_is_not_asked() -> None:
    async def story() -> tuple[int, Facts]:
        house = await House().opens()
        before = house.calls()
        house.silent = Silent(Problem.AWAY, NOON)
        person = Person("WhatsApp", "Ирина", IRINA)
        facts = await house.door.look_up(person, ["demo"], Wants(appointments=True, slots=WEDNESDAYS), NOON)
        return house.calls() - before, facts

    calls, facts = asyncio.run(story())
    assert calls == 0
    assert facts.appointments
    assert facts.slots


def test_a_copy_a_day_old_says_nothing_any_more() -> None:
    def grows_old(house: House) -> None:
        older(house.copy, timedelta(hours=24, minutes=1))
        falls_silent(house)

    facts = seen(MINE, after=grows_old)
    assert (facts.appointments, facts.problem) == (None, Problem.AWAY)


@pytest.mark.parametrize(("age_minutes", "offered"), [(119, True), (121, False)])
def test_no_time_is_offered_from_a_copy_that_was_old_when_the_journal_fell_silent(
    age_minutes: int, *, offered: bool
) -> None:
    def falls_silent_late(house: House) -> None:
        older(house.copy, timedelta(minutes=age_minutes))
        house.silent = Silent(Problem.AWAY, NOON)

    facts = seen(Wants(appointments=True, slots=WEDNESDAYS), after=falls_silent_late)
    assert facts.appointments, "what stands is still told"
    assert (bool(facts.slots), facts.problem is None) == (offered, offered)


def test_times_go_on_being_offered_however_long_the_journal_is_silent_that_day() -> None:
    def is_silent(house: House) -> None:
        house.silent = Silent(Problem.AWAY, NOON)

    assert seen(Wants(slots=WEDNESDAYS), after=is_silent, minutes=600).slots


def test_without_any_copy_the_problem_is_named() -> None:
    def never_filled(house: House) -> None:
        house.copy.fresh = type(house.copy.fresh)()
        refuses_entry(house)

    facts = seen(MINE, after=never_filled)
    assert (facts.appointments, facts.problem) == (None, Problem.LOCKED_OUT)


def book(phone: Phone = PAVEL) -> Book:
    return Book("demo", phone, "Павел", True, (ServiceId(STYLING),), ANNA, shown(25, 12), 3600, "fd-1", NOON)


def waits(*commands: Book | Move | Cancel, own: bool = False) -> OpenCommands:
    listed = tuple(Outstanding(7 + n, one, Pending.WAITING) for n, one in enumerate(commands))
    return OpenCommands(listed if own else (), listed)


@pytest.mark.parametrize("how", [None, falls_silent])
def test_a_time_that_is_promised_to_one_is_not_offered_to_another(how: Any) -> None:
    wants = Wants(slots=SlotsWanted((STYLING,), master=ANNA, first_day=WEDNESDAY, last_day=WEDNESDAY))
    free = {one.start for one in seen(wants, after=how).slots or ()}
    left = {one.start for one in seen(wants, after=how, asked=waits(book())).slots or ()}
    assert shown(25, 12) in free
    assert shown(25, 12) not in left
    assert shown(25, 13) in left


def test_a_waiting_booking_stands_among_the_persons_appointments() -> None:
    facts = seen(MINE, after=falls_silent, asked=waits(book(IRINA), own=True))
    unmade = next(one for one in facts.appointments or () if one.id < 0)
    assert (unmade.id, unmade.start, unmade.pending) == (-7, shown(25, 12), Pending.WAITING)
    assert unmade.services[0].title


def test_a_waiting_move_shows_the_new_time_and_a_waiting_cancellation_stands_no_more() -> None:
    mine = min(seen(MINE).appointments or (), key=lambda one: one.start)
    move = Move("demo", mine.id, IRINA, ANNA, shown(25, 12), mine.length_s, NOON)
    cancel = Cancel("demo", mine.id, IRINA, "", NOON)
    for command, stands, start in ((move, True, shown(25, 12)), (cancel, False, mine.start)):
        for how in (None, falls_silent):
            known = seen(MINE, after=how, asked=waits(command, own=True)).appointments or ()
            changed = next(one for one in known if one.id == mine.id)
            assert (changed.stands, changed.start, changed.pending) == (stands, start, Pending.WAITING)


def test_both_windows_of_a_waiting_move_are_free_for_its_own_next_move() -> None:
    mine = min(seen(MINE).appointments or (), key=lambda one: one.start)
    services = tuple(service.id for service in mine.services)
    move = Move("demo", mine.id, IRINA, mine.master.id, shown(25, 12), mine.length_s, NOON)

    def free_on(day: date, *, moving: bool) -> set[Local]:
        wanted = SlotsWanted(services, "", mine.master.id, day, day, None, mine if moving else None)
        return {one.start for one in seen(Wants(slots=wanted), after=falls_silent, asked=waits(move)).slots or ()}

    assert shown(25, 12) in free_on(WEDNESDAY, moving=True)
    assert shown(25, 12) not in free_on(WEDNESDAY, moving=False)
    assert mine.start in free_on(mine.start.date(), moving=True)
    assert mine.start not in free_on(mine.start.date(), moving=False)
