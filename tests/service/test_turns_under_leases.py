"""A chat is one worker's at a time, and a turn that is broken off leaves nothing behind."""

import asyncio
from datetime import timedelta

from frontdesk.booking.times import Instant
from frontdesk.service.bells import Bells
from frontdesk.service.turn import Turns
from frontdesk.store import tables
from frontdesk.store.leases import take_over
from service_facts import ANNA, BORIS
from service_kit import Service, claimed_chat, rows_of


def test_two_workers_never_take_one_chat(service: Service) -> None:
    async def story() -> None:
        await service.hears("Привет")
        service.clock.advance(5)
        await claimed_chat(service)
        assert await Turns(service.parts, Bells()).claim() is None

    asyncio.run(story())


def test_different_chats_are_taken_side_by_side(service: Service) -> None:
    async def story() -> None:
        await service.hears("Привет")
        await service.hears("Здравствуйте", user=BORIS)
        service.clock.advance(5)
        assert {(await claimed_chat(service)).address.user for _ in range(2)} == {ANNA, BORIS}

    asyncio.run(story())


def test_a_turn_that_lost_its_lease_writes_nothing(service: Service) -> None:
    async def story() -> None:
        await service.hears("отмени 7")
        service.clock.advance(5)
        slow = await claimed_chat(service)
        later = Instant(service.clock.now() + timedelta(hours=1))
        await service.store.write(lambda connection: take_over(connection, later, timedelta(0)))
        await Turns(service.parts, Bells()).handle(slow)
        assert await rows_of(service, tables.commands) == 0
        assert await rows_of(service, tables.inbox, state="unread") == 1
        await service.runs(3600)
        assert service.messenger.texts == ["отменено 7"]

    asyncio.run(story())


def test_what_arrives_during_a_turn_gets_a_turn_of_its_own(service: Service) -> None:
    async def story() -> None:
        await service.hears("раз")
        service.clock.advance(5)
        running = await claimed_chat(service)
        await service.hears("два")
        await Turns(service.parts, Bells()).handle(running)
        await service.answers()
        assert service.messenger.texts == ["вы сказали: раз", "вы сказали: два"]

    asyncio.run(story())


def test_a_turn_that_fails_is_tried_again(service: Service) -> None:
    async def story() -> None:
        service.dialogue.faults = [RuntimeError("a fault"), RuntimeError("another")]
        await service.hears("Привет")
        await service.answers()
        assert service.messenger.texts == []
        await service.runs(1)
        await service.runs(2)
        assert service.messenger.texts == ["вы сказали: Привет"]

    asyncio.run(story())


def test_a_message_no_turn_can_be_made_of_is_set_aside_and_the_chat_goes_on(service: Service) -> None:
    async def story() -> None:
        service.dialogue.faults = [RuntimeError("a fault")] * service.limits.turn_tries
        await service.hears("яд")
        for _ in range(service.limits.turn_tries):
            await service.runs(60)
        assert await rows_of(service, tables.inbox, state="set_aside") == 1
        await service.hears("Привет")
        await service.answers()
        assert service.messenger.texts == ["вы сказали: Привет"]

    asyncio.run(story())
