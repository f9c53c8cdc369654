"""The journal goes away, comes back, goes again, or lets nobody in: what is carried, and who is told."""

import asyncio

from sqlalchemy import select

from frontdesk.booking.commands import (
    Deferred,
    Done,
)
from frontdesk.dialogue.alerts import Trouble
from frontdesk.outage.link import LinkState
from frontdesk.provider.probing import ANSWERED, Sight
from frontdesk.service.bells import Bells
from frontdesk.service.courier import Courier
from frontdesk.service.prober import Prober
from frontdesk.store import tables
from frontdesk.store.leases import Due
from frontdesk.store.links import ClaimedLook
from outage_kit import BACK, FAILED, House, book
from service_facts import ANNA, BORIS, cancel
from service_kit import Service


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


def test_a_journal_that_is_away_and_then_lets_nobody_in_has_been_silent_from_the_first(house: House) -> None:
    async def story() -> None:
        await house.goes_away()
        began = house.service.links.since("centre")
        await house.service.runs(60)
        await house.locks_out()
        assert house.service.links.state("centre") is LinkState.LOCKED_OUT
        assert house.service.links.since("centre") == began

    asyncio.run(story())
