"""What is wished while the journal is away: taken in at once, merged as long as nothing has left, told truly."""

import asyncio

from frontdesk.booking.commands import (
    Book,
    Cancel,
    Confirm,
    Deferred,
    Done,
    RefusalReason,
    Refused,
    waiting_appointment,
)
from frontdesk.booking.ids import AppointmentId
from frontdesk.service.bells import Bells
from frontdesk.service.courier import Courier
from frontdesk.store import commands
from outage_kit import House, book, move
from service_facts import ANNA, BORIS, NOON, cancel


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


def test_what_is_undone_does_not_leave_whatever_was_said_in_between_and_every_chat_is_told(house: House) -> None:
    async def story() -> None:
        await house.goes_away()
        confirms = Confirm("centre", AppointmentId(7), ANNA, NOON)
        for wish in (move(), confirms, cancel(7)):
            await house.asks(wish)
        await house.comes_back()
        assert house.door.written == [cancel(7)]
        assert house.outcomes() == [Deferred, Deferred, Deferred, Done]
        assert await house.states() == ["withdrawn", "done"]

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
