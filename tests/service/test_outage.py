"""The journal goes away and comes back: what waits, who is told what and when, and how each thing ends."""

import asyncio
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from prometheus_client import CollectorRegistry
from sqlalchemy import select, update

from frontdesk.booking.appointments import Appointment
from frontdesk.booking.commands import (
    Book,
    Cancel,
    Command,
    Conflicted,
    Deferred,
    Done,
    Move,
    Outcome,
    RefusalReason,
    Refused,
    waiting_appointment,
)
from frontdesk.booking.ids import AppointmentId, MasterId, Phone, ServiceId
from frontdesk.booking.times import Local
from frontdesk.dialogue.alerts import Trouble
from frontdesk.dialogue.talk import Settled
from frontdesk.outage.link import LinkEvent, LinkState
from frontdesk.provider.answers import Evidence, Found, NotFound, NotSent, Performed
from frontdesk.provider.probing import ANSWERED, Sight
from frontdesk.service.bells import Bells
from frontdesk.service.courier import Courier
from frontdesk.service.prober import Prober
from frontdesk.service.turn import Turns
from frontdesk.store import commands, outbox, tables
from frontdesk.store.leases import Due
from frontdesk.store.links import ClaimedLook
from service_kit import ANNA, BORIS, NOON, FakeDoor, Service, address, cancel, standing

FAILED = Sight(LinkEvent.FAILED, "connection refused")
AWAY = Sight(LinkEvent.PROBE_FAILED, "connection refused")
BACK = Sight(LinkEvent.PROBE_OK)
NO_ENTRY = Sight(LinkEvent.REFUSED_ENTRY, "the user token is missing or ended")
THREE = Local(datetime(2026, 11, 22, 15))  # noqa: DTZ001 - the salon's own clock
OLGA = MasterId(501)


def book(key: str = "k1", phone: Phone = ANNA, hours: int = 0) -> Book:
    return Book(
        "centre", phone, "Анна", True, (ServiceId(31),), OLGA, Local(THREE + timedelta(hours=hours)), 3600, key, NOON
    )


def move(appointment: int = 7, hours: int = 1, phone: Phone = ANNA) -> Move:
    start = Local(THREE + timedelta(hours=hours))
    return Move("centre", AppointmentId(appointment), phone, OLGA, start, 3600, NOON)


class JournalDoor(FakeDoor):
    """A journal that keeps what it is told, and stands against what it is told to."""

    def __init__(self) -> None:
        super().__init__()
        self.written: list[Command] = []
        self.against: dict[str, Refused] = {}
        self.away = False

    async def perform(self, command: Command) -> tuple[Performed, Appointment | None]:
        if self.away:
            return NotSent("away"), None
        if (refused := self.against.get(command.subject)) is not None and not getattr(command, "force", False):
            return refused, None
        self.written.append(command)
        made = standing(900 + len(self.written)) if isinstance(command, Book) else None
        return Done(), made

    async def evidence(self, command: Command) -> tuple[Evidence, Appointment | None]:
        return (Found() if command in self.written else NotFound()), None

    def describe(self, command: Command, about: Appointment | None) -> None:
        return None


class House:
    """A salon whose journal is in doubt; what each chat is told is read from its events."""

    def __init__(self, service: Service) -> None:
        self.service = service
        self.door = service.door = JournalDoor()
        self.chats: dict[str, int] = {}

    async def meets(self, phone: Phone = ANNA) -> int:
        if phone not in self.chats:
            await self.service.hears("Здравствуйте", user=phone)
            await self.service.answers()
            self.chats[phone] = await self.service.store.read(
                lambda one: one.execute(select(tables.chats.c.id).where(tables.chats.c.user == phone)).scalar_one()
            )
        return self.chats[phone]

    async def asks(self, command: Command) -> int:
        chat, now = await self.meets(command.phone), self.service.clock.now()
        number = await self.service.store.write(lambda one: commands.add(one, chat, command, now))
        while await self.service.step(Turns):
            pass
        return number

    async def goes_away(self, sight: Sight = AWAY) -> None:
        self.service.probe.sights = [sight]
        self.door.away = True
        for _ in range(3):
            await self.service.links.saw("centre", FAILED)

    async def locks_out(self) -> None:
        self.service.probe.sights, self.door.away = [NO_ENTRY], True
        await self.service.links.saw("centre", NO_ENTRY)

    async def comes_back(self) -> None:
        self.service.probe.sights, self.door.away = [BACK], False
        await self.service.runs(31)

    def told(self, phone: Phone = ANNA) -> list[tuple[type[Command], Outcome]]:
        return [
            (type(event.command), event.outcome)
            for event in self.service.dialogue.events
            if isinstance(event, Settled) and event.command.phone == phone
        ]

    def outcomes(self, phone: Phone = ANNA) -> list[type[Outcome]]:
        return [type(outcome) for _, outcome in self.told(phone)]

    async def states(self) -> list[str]:
        return await self.service.store.read(
            lambda one: list(one.execute(select(tables.commands.c.state).order_by(tables.commands.c.id)).scalars())
        )


@pytest.fixture
def house(service: Service) -> House:
    service.owner = address("79160000009")
    return House(service)


def test_while_the_journal_is_away_a_wish_is_taken_in_at_once_and_nothing_is_sent(house: House) -> None:
    async def story() -> None:
        await house.goes_away()
        await house.asks(cancel(7))
        assert house.outcomes() == [Deferred]
        for _ in range(20):
            await house.service.runs(30)
        assert house.outcomes() == [Deferred]
        assert await house.states() == ["waiting"]
        assert house.service.probe.looks > 10

    asyncio.run(story())


def test_when_it_is_back_everything_is_carried_and_everybody_is_told_once(house: House) -> None:
    async def story() -> None:
        await house.goes_away()
        await house.asks(cancel(7))
        await house.asks(cancel(8))
        await house.asks(cancel(9, BORIS))
        await house.comes_back()
        assert [one.appointment for one in house.door.written if one.phone == ANNA] == [7, 8]
        assert house.outcomes() == [Deferred, Deferred, Done, Done]
        assert house.outcomes(BORIS) == [Deferred, Done]
        assert house.service.links.state("centre") is LinkState.ONLINE

    asyncio.run(story())


def test_who_waits_already_when_it_goes_away_is_told_too(house: House) -> None:
    async def story() -> None:
        house.door.away = True
        await house.asks(cancel(7))
        await house.goes_away()
        await house.service.runs(1)
        assert house.outcomes() == [Deferred]

    asyncio.run(story())


def test_whoever_asks_again_for_what_waits_is_answered_again(house: House) -> None:
    async def story() -> None:
        await house.goes_away()
        await house.asks(cancel(7))
        await house.asks(cancel(7))
        await house.comes_back()
        assert house.outcomes() == [Deferred, Deferred, Done]
        assert len(house.door.written) == 1

    asyncio.run(story())


def test_the_last_move_wins_and_only_it_leaves(house: House) -> None:
    async def story() -> None:
        await house.goes_away()
        for hours in (1, 2, 3):
            await house.asks(move(hours=hours))
        await house.comes_back()
        assert house.door.written == [move(hours=3)]
        assert house.outcomes() == [Deferred, Deferred, Deferred, Done]

    asyncio.run(story())


def test_a_cancellation_takes_the_place_of_a_move_that_waits(house: House) -> None:
    async def story() -> None:
        await house.goes_away()
        await house.asks(move())
        await house.asks(cancel(7))
        await house.comes_back()
        assert house.door.written == [cancel(7)]

    asyncio.run(story())


def test_a_booking_that_never_left_and_its_cancellation_annihilate_each_other(house: House) -> None:
    async def story() -> None:
        await house.goes_away()
        number = await house.asks(book())
        await house.asks(cancel(waiting_appointment(number)))
        assert house.told()[-1] == (Cancel, Done(never_made=True))
        assert await house.states() == ["withdrawn"]
        await house.comes_back()
        assert house.door.written == []
        assert house.outcomes() == [Deferred, Done]

    asyncio.run(story())


def test_a_waiting_booking_that_is_moved_is_made_at_the_new_time(house: House) -> None:
    async def story() -> None:
        await house.goes_away()
        number = await house.asks(book())
        await house.asks(move(waiting_appointment(number), hours=2))
        await house.comes_back()
        assert house.door.written == [book(hours=2)]
        assert house.told() == [(Book, Deferred("the salon's journal can't be reached"))] * 2 + [(Book, Done())]

    asyncio.run(story())


def test_what_is_wished_of_a_booking_under_way_is_done_to_the_appointment_it_came_to(house: House) -> None:
    async def story() -> None:
        number = await house.asks(book())
        claimed = await Courier(house.service.parts, Bells()).claim()
        await house.asks(cancel(waiting_appointment(number)))
        await Courier(house.service.parts, Bells()).handle(claimed)
        await house.service.runs(1)
        assert house.door.written == [book(), cancel(901)]
        later = await house.asks(move(waiting_appointment(number)))
        await house.service.runs(1)
        assert house.door.written[-1] == move(901)
        assert later != number

    asyncio.run(story())


def test_what_is_wished_of_a_booking_that_was_refused_is_told_to_be_gone(house: House) -> None:
    async def story() -> None:
        house.door.against = {book().subject: Refused(RefusalReason.BLACKLISTED)}
        number = await house.asks(book())
        claimed = await Courier(house.service.parts, Bells()).claim()
        await house.asks(cancel(waiting_appointment(number)))
        await Courier(house.service.parts, Bells()).handle(claimed)
        await house.service.runs(1)
        assert house.told()[-1] == (
            Cancel,
            Refused(RefusalReason.NOT_FOUND, "the booking that it is about was never made"),
        )

    asyncio.run(story())


@pytest.mark.parametrize("reason", [RefusalReason.BUSY, RefusalReason.NO_MASTER, RefusalReason.NOT_BOOKABLE])
def test_a_time_that_the_receptionist_gave_away_is_a_conflict_that_stays_until_settled(
    house: House, reason: RefusalReason
) -> None:
    async def story() -> None:
        await house.goes_away()
        await house.asks(book())
        house.door.against = {book().subject: Refused(reason, "занято")}
        await house.comes_back()
        assert house.outcomes() == [Deferred, Conflicted]
        assert counted(house.service, "frontdesk_conflicts_total") == 1
        await house.service.runs(3600)
        assert await house.states() == ["conflict"]
        await house.asks(book("k2", hours=2))
        await house.service.runs(1)
        assert await house.states() == ["refused", "done"]
        assert house.outcomes() == [Deferred, Conflicted, Done]

    asyncio.run(story())


def counted(service: Service, name: str) -> float | None:
    registry = CollectorRegistry()
    service.metrics.register(registry)
    return registry.get_sample_value(name, {"salon": "centre"})


def test_a_time_taken_in_ordinary_times_is_a_refusal_at_once(house: House) -> None:
    async def story() -> None:
        house.door.against = {book().subject: Refused(RefusalReason.BUSY)}
        await house.asks(book())
        await house.service.runs(1)
        assert house.outcomes() == [Refused]

    asyncio.run(story())


def test_a_conflict_is_let_be_by_the_client(house: House) -> None:
    async def story() -> None:
        await house.goes_away()
        await house.asks(book())
        house.door.against = {book().subject: Refused(RefusalReason.BUSY)}
        await house.comes_back()
        chat, now = await house.meets(), house.service.clock.now()
        assert await house.service.store.write(lambda one: commands.withdraw(one, chat, book().subject, now))
        assert await house.states() == ["withdrawn"]

    asyncio.run(story())


def test_a_person_retries_forces_drops_a_conflict_or_gives_another_slot(house: House) -> None:
    async def conflict(key: str) -> int:
        await house.goes_away()
        number = await house.asks(book(key))
        house.door.against[book(key).subject] = Refused(RefusalReason.BUSY)
        await house.comes_back()
        return number

    async def story() -> None:
        write, now = house.service.store.write, house.service.clock.now()
        first = await conflict("k1")
        assert await write(lambda one: outbox.try_again(one, first, now))
        await house.service.runs(1)
        assert house.outcomes()[-2:] == [Conflicted, Conflicted]
        assert await write(lambda one: outbox.force(one, first, now))
        await house.service.runs(1)
        assert house.door.written[-1] == replace(book("k1"), force=True)
        second = await conflict("k2")
        house.door.against = {}
        later = Local(THREE + timedelta(hours=5))
        assert await write(lambda one: outbox.give_another_slot(one, second, later, OLGA, now))
        await house.service.runs(1)
        assert house.door.written[-1] == book("k2", hours=5)
        third = await conflict("k3")
        await write(lambda one: outbox.give_up(one, third, "dropped", now))
        await house.service.runs(1)
        assert await house.states() == ["done", "done", "refused"]
        assert house.outcomes()[-1] is Refused

    asyncio.run(story())


def test_a_second_outage_in_the_middle_of_coming_back_loses_and_repeats_nothing(house: House) -> None:
    async def story() -> None:
        await house.goes_away()
        for appointment in range(1, 7):
            await house.asks(cancel(appointment))
        house.service.probe.sights, house.door.away = [BACK], False
        house.service.clock.advance(31)
        await house.service.step(Prober)
        assert house.service.links.state("centre") is LinkState.RECOVERING
        await house.service.step(Courier)
        await house.goes_away()
        await house.service.runs(120)
        assert len(house.door.written) == 1
        await house.comes_back()
        assert [one.appointment for one in house.door.written] == [1, 2, 3, 4, 5, 6]
        assert house.outcomes() == [Deferred] * 6 + [Done] * 6

    asyncio.run(story())


def test_a_restart_in_the_middle_of_an_outage_knows_that_the_journal_is_away(house: House) -> None:
    async def story() -> None:
        await house.goes_away()
        number = await house.asks(cancel(7))
        service = house.service
        fresh = Service(
            service.store, service.clock, house.door, service.messenger, service.dialogue, probe=service.probe
        )
        await fresh.runs(60)
        assert fresh.links.closed() == {"centre"}
        assert house.door.written == []
        fresh.probe.sights, house.door.away = [BACK], False
        await fresh.runs(31)
        assert house.door.written == [cancel(7)]
        assert number == 1

    asyncio.run(story())


def test_of_several_processes_one_looks(house: House) -> None:
    async def story() -> None:
        await house.goes_away()
        house.service.clock.advance(2)
        first = await Prober(house.service.parts, Bells()).claim()
        second = await Prober(house.service.parts, Bells()).claim()
        assert isinstance(first, ClaimedLook)
        assert second is None or isinstance(second, Due)

    asyncio.run(story())


def test_a_salon_that_is_locked_out_burns_no_tries_and_its_owner_is_told_once_and_once_when_it_is_over(
    house: House,
) -> None:
    async def story() -> None:
        house.service.trouble = Trouble("user token", "the user token is wrong", "Sign in again.")
        await house.locks_out()
        await house.asks(cancel(7))
        await house.service.runs(1)
        for _ in range(20):
            await house.service.runs(30)
        alerts = [reply.text for where, reply, _ in house.service.messenger.sent if where.user == "79160000009"]
        assert len(alerts) == 1
        assert "user_token" in alerts[0]
        assert "Центр" in alerts[0]
        assert house.door.written == []
        tries = await house.service.store.read(lambda one: one.execute(select(tables.commands.c.tries)).scalar_one())
        assert tries == 0
        await house.comes_back()
        alerts = [reply.text for where, reply, _ in house.service.messenger.sent if where.user == "79160000009"]
        assert len(alerts) == 2
        assert "снова" in alerts[1]
        assert house.outcomes() == [Deferred, Done]

    asyncio.run(story())


def test_an_answer_of_another_call_does_not_open_a_salon_that_is_locked_out(house: House) -> None:
    async def story() -> None:
        await house.locks_out()
        await house.service.links.saw("centre", ANSWERED)
        assert house.service.links.closed() == {"centre"}

    asyncio.run(story())


def test_one_failed_call_between_answers_is_no_outage_and_nobody_is_told(house: House) -> None:
    async def story() -> None:
        for _ in range(5):
            await house.service.links.saw("centre", FAILED)
            await house.service.links.saw("centre", ANSWERED)
        assert house.service.links.state("centre") is LinkState.ONLINE
        await house.service.runs(60)
        assert house.service.probe.looks == 0

    asyncio.run(story())


def test_called_too_often_says_nothing_of_the_link(house: House) -> None:
    async def story() -> None:
        for _ in range(10):
            await house.service.links.saw("centre", Sight(None))
        assert house.service.links.state("centre") is LinkState.ONLINE

    asyncio.run(story())


def test_a_booking_that_is_made_keeps_its_appointments_number(house: House) -> None:
    async def story() -> None:
        await house.asks(book())
        await house.service.runs(1)
        made = await house.service.store.read(lambda one: one.execute(select(tables.commands.c.made)).scalar_one())
        assert made == 901

    asyncio.run(story())


def test_a_taken_time_on_a_second_try_is_first_looked_up_as_our_own_doing(house: House) -> None:
    async def story() -> None:
        await house.asks(book())
        house.door.written.append(book())
        house.door.against = {book().subject: Refused(RefusalReason.BUSY)}
        await house.service.store.write(lambda one: one.execute(update(tables.commands).values(tries=1)))
        await house.service.runs(1)
        assert house.outcomes() == [Done]

    asyncio.run(story())


def test_what_has_not_left_can_be_taken_back_and_what_has_left_cannot(house: House) -> None:
    async def story() -> None:
        number = await house.asks(cancel(7))
        chat, now = await house.meets(), house.service.clock.now()
        write = house.service.store.write
        assert await write(lambda one: commands.withdraw(one, chat, cancel(7).subject, now))
        assert not await write(lambda one: commands.withdraw(one, chat, cancel(7).subject, now))
        await house.service.runs(60)
        assert house.door.written == []
        await house.asks(cancel(8))
        await Courier(house.service.parts, Bells()).claim()
        assert not await write(lambda one: commands.withdraw(one, chat, cancel(8).subject, now))
        assert number == 1

    asyncio.run(story())


def test_what_another_chat_waits_for_too_goes_on_when_one_takes_it_back(house: House) -> None:
    async def story() -> None:
        await house.asks(cancel(7))
        await house.meets(BORIS)
        other, now = house.chats[BORIS], house.service.clock.now()
        await house.service.store.write(lambda one: commands.add(one, other, cancel(7), now))
        assert await house.service.store.write(lambda one: commands.withdraw(one, other, cancel(7).subject, now))
        await house.service.runs(1)
        assert house.door.written == [cancel(7)]
        assert house.outcomes() == [Done]

    asyncio.run(story())


def test_a_journal_that_is_away_and_then_lets_nobody_in_has_been_silent_from_the_first(house: House) -> None:
    async def story() -> None:
        await house.goes_away()
        began = house.service.links.since("centre")
        await house.service.runs(60)
        await house.locks_out()
        assert house.service.links.state("centre") is LinkState.LOCKED_OUT
        assert house.service.links.since("centre") == began

    asyncio.run(story())
