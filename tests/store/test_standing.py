"""What is promised is promised once, and everybody sees their own open commands and nobody else's."""

import asyncio
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest
from sqlalchemy import Connection

from frontdesk.booking.appointments import Pending
from frontdesk.booking.commands import Book, Cancel, Command, Move
from frontdesk.booking.ids import AppointmentId, MasterId, Phone, ServiceId
from frontdesk.booking.times import Instant, Local
from frontdesk.channels.messages import Address, Incoming, Text
from frontdesk.service.turn import take_in
from frontdesk.store import chats, commands
from frontdesk.store.chats import ClaimedChat
from frontdesk.store.database import Store
from frontdesk.store.standing import is_taken, standing

NOON = Instant(datetime(2026, 11, 21, 12, tzinfo=UTC))
SOON = Instant(NOON + timedelta(seconds=60))
ANNA, OLGA = MasterId(1), MasterId(2)
HOUR_S = 3600


def at(hour: int, minute: int = 0) -> Local:
    return Local(datetime(2026, 11, 25, hour, minute))  # noqa: DTZ001 - the salon's own clock


def phone(user: int) -> Phone:
    return Phone(f"7916{user:07d}")


def book(user: int, start: Local, master: MasterId = ANNA, salon: str = "centre") -> Book:
    key = f"key-{user}-{start:%H%M}"
    return Book(salon, phone(user), "Анна", True, (ServiceId(5),), master, start, HOUR_S, key, NOON)


def move(user: int, appointment: int, start: Local) -> Move:
    return Move("centre", AppointmentId(appointment), phone(user), ANNA, start, HOUR_S, NOON)


def writes(connection: Connection, user: int) -> None:
    where = Address("whatsapp", "main", phone(user))
    chats.receive(connection, Incoming(where, f"m-{user}", NOON, Text("да"), "Анна", phone(user)), NOON, timedelta(0))


async def chat_of(store: Store, user: int) -> ClaimedChat:
    await store.write(partial(writes, user=user))
    chat = await store.write(partial(chats.claim, now=NOON, until=SOON))
    assert isinstance(chat, ClaimedChat)
    return chat


async def takes_in(store: Store, chat: ClaimedChat, command: Command, key: str) -> None:
    await store.write(partial(take_in, chat=chat, command=command, key=key, now=NOON))


@pytest.mark.parametrize(
    ("second", "taken"),
    [
        (book(2, at(12)), True),
        (book(2, at(12, 45)), True),
        (book(2, at(13)), False),
        (book(2, at(11)), False),
        (book(2, at(12), OLGA), False),
        (book(2, at(12), ANNA, "west"), False),
        (move(2, 77, at(12)), True),
        (Cancel("centre", AppointmentId(77), phone(2), "", NOON), False),
    ],
)
def test_a_time_is_promised_to_one(store: Store, second: Command, *, taken: bool) -> None:
    async def story() -> bool:
        chat = await chat_of(store, 1)
        await takes_in(store, chat, book(1, at(12)), "a")
        return await store.write(partial(is_taken, command=second))

    assert asyncio.run(story()) is taken


def test_a_move_may_be_asked_for_again_within_the_time_it_holds(store: Store) -> None:
    async def story() -> tuple[bool, bool]:
        chat = await chat_of(store, 1)
        await takes_in(store, chat, move(1, 77, at(12)), "a")
        own = await store.write(partial(is_taken, command=move(1, 77, at(12, 15))))
        return own, await store.write(partial(is_taken, command=move(2, 78, at(12, 15))))

    assert asyncio.run(story()) == (False, True)


def test_of_many_who_say_yes_at_once_one_is_taken_in_and_the_others_are_told(store: Store) -> None:
    people = 8

    async def story() -> tuple[int, int]:
        talking = [await chat_of(store, user) for user in range(people)]
        work = (takes_in(store, chat, book(user, at(12)), f"k-{user}") for user, chat in enumerate(talking))
        await asyncio.gather(*work)
        known = await store.read(partial(standing, chat=0, phone=None, salons=("centre",), everyones=True))
        told = 0
        for chat in talking:
            await store.write(partial(chats.put_back, chat=chat, due=NOON))
        while isinstance(chat := await store.write(partial(chats.claim, now=NOON, until=SOON)), ClaimedChat):
            told += any("busy" in str(message.content).lower() for message in chat.messages)
        return len(known.everyones), told

    assert asyncio.run(story()) == (1, people - 1)


def test_own_commands_are_those_of_this_chat_and_of_the_proved_phone(store: Store) -> None:
    async def story() -> tuple[list[Local], list[Local], list[Local]]:
        mine, other = await chat_of(store, 1), await chat_of(store, 2)
        await takes_in(store, mine, book(1, at(10)), "a")
        await takes_in(store, other, book(1, at(11)), "b")
        await takes_in(store, other, book(2, at(12)), "c")

        async def own(chat: int, proved: Phone | None) -> list[Local]:
            read = partial(standing, chat=chat, phone=proved, salons=("centre",), everyones=False)
            known = await store.read(read)
            assert known.everyones == ()
            assert {one.pending for one in known.own} <= {Pending.WAITING}
            return [one.command.start for one in known.own if isinstance(one.command, Book)]

        return await own(mine.lease.id, phone(1)), await own(mine.lease.id, None), await own(0, phone(2))

    assert asyncio.run(story()) == ([at(10), at(11)], [at(10)], [at(12)])


def test_what_has_left_is_unsure(store: Store) -> None:
    async def story() -> list[Pending]:
        chat = await chat_of(store, 1)
        await takes_in(store, chat, book(1, at(10)), "a")
        await store.write(partial(chats.set_aside, chat=chat, now=NOON))
        await store.write(partial(commands.claim, now=NOON, until=SOON))
        read = partial(standing, chat=chat.lease.id, phone=None, salons=("centre",), everyones=False)
        return [one.pending for one in (await store.read(read)).own]

    assert asyncio.run(story()) == [Pending.UNSURE]
