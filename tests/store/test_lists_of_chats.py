"""The desk's list of conversations: each with what was said last, on both databases."""

import asyncio
from datetime import UTC, datetime, timedelta
from functools import partial

from frontdesk.booking.ids import Phone
from frontdesk.booking.times import Instant
from frontdesk.channels.messages import Address, Incoming, Text
from frontdesk.dialogue.talk import Reply
from frontdesk.store import chats, conversations, replies, signs
from frontdesk.store.database import Store
from frontdesk.store.replies import Outgoing

NOON = Instant(datetime(2026, 11, 21, 12, tzinfo=UTC))


def user(number: int) -> Address:
    return Address("whatsapp", "main", f"7916000000{number}")


async def said(store: Store, number: int, words: str, minutes: int) -> None:
    at = Instant(NOON + timedelta(minutes=minutes))
    incoming = Incoming(user(number), f"{number}-{minutes}", at, Text(words), f"Клиент {number}", Phone(""))
    await store.write(partial(chats.receive, incoming=incoming, now=at, quiet=timedelta(0)))


async def answered(store: Store, number: int, words: str, minutes: int) -> None:
    at = Instant(NOON + timedelta(minutes=minutes))
    await store.write(
        partial(replies.add, chat=number, outgoing=Outgoing(user(number), f"k{minutes}", Reply(words)), now=at)
    )


def test_each_conversation_of_the_list_ends_with_what_was_said_last_by_whomever(store: Store) -> None:
    async def story() -> list[tuple[str, object, bool]]:
        await said(store, 1, "раз", 0)
        await answered(store, 1, "два", 1)
        await said(store, 2, "три", 2)
        await answered(store, 2, "четыре", 3)
        await said(store, 2, "пять", 4)
        await said(store, 3, "шесть", 5)
        listed = await store.read(conversations.recent)
        return [(one.name, one.last.said, one.last.is_ours) for one in listed if one.last]

    assert asyncio.run(story()) == [
        ("Клиент 3", Text("шесть"), False),
        ("Клиент 2", Text("пять"), False),
        ("Клиент 1", Reply("два"), True),
    ]


def test_an_empty_list_is_empty(store: Store) -> None:
    assert asyncio.run(store.read(conversations.recent)) == ()
    assert asyncio.run(store.read(conversations.waiting)) == ()


def test_the_marks_are_written_the_same_until_something_is_said(store: Store) -> None:
    async def written() -> str:
        return signs.written(await store.read(signs.marks))

    before = asyncio.run(written())
    assert asyncio.run(written()) == before
    asyncio.run(said(store, 1, "раз", 0))
    assert asyncio.run(written()) != before
