"""Codes and wrong tries are counted by the phone and by the chat, and neither a restart nor erasing forgets them."""

import asyncio
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Connection, func, select

from frontdesk.booking.commands import Book, Command, ProvePhone, SendCode
from frontdesk.booking.ids import MasterId, Phone, ServiceId
from frontdesk.booking.times import Instant, Local
from frontdesk.channels.messages import Address, Incoming, Text
from frontdesk.dialogue.talk import Talk
from frontdesk.outage.command import CommandState
from frontdesk.store import chats, commands, tables
from frontdesk.store.attempts import MOST_OF_A_SALON, forget_old, too_many
from frontdesk.store.chats import ClaimedChat, Kept
from frontdesk.store.database import Store
from frontdesk.store.forgetting import forget

NOON = Instant(datetime(2026, 11, 21, 12, tzinfo=UTC))
INNA, OLGA = Phone("79165554433"), Phone("79165554434")
MINUTE = timedelta(minutes=1)


def chat(connection: Connection, user: str) -> int:
    where = Address("web", "demo", user)
    chats.receive(connection, Incoming(where, user, NOON, Text("да"), "Инна"), NOON, timedelta(0))
    claimed = chats.claim(connection, NOON, Instant(NOON + MINUTE))
    assert isinstance(claimed, ClaimedChat)
    chats.keep(connection, claimed, Kept(Talk(), None, None), NOON)
    return claimed.lease.id


def settled(connection: Connection, where: int, command: Command, state: CommandState, at: Instant = NOON) -> int:
    number = commands.add(connection, where, command, at)
    connection.execute(tables.commands.update().where(tables.commands.c.id == number).values(state=state))
    return number


def sent(connection: Connection, where: int, phone: Phone = INNA, at: Instant = NOON) -> int:
    return settled(connection, where, SendCode("demo", phone, at), CommandState.DONE, at)


def wrong(connection: Connection, where: int, n: int, phone: Phone = INNA) -> int:
    return settled(connection, where, ProvePhone("demo", phone, "0000", f"try {n}", NOON), CommandState.REFUSED)


def is_too_many(connection: Connection, where: int, command: Command, now: Instant = NOON) -> bool:
    number = commands.add(connection, where, command, now)
    return too_many(connection, number, command, now)


def told(store: Store, story: object) -> None:
    asyncio.run(store.write(story))  # type: ignore[arg-type]


def test_three_codes_an_hour_go_to_a_phone_whoever_asks(store: Store) -> None:
    def story(connection: Connection) -> None:
        for user in ("one", "two", "three"):
            sent(connection, chat(connection, user))
        assert is_too_many(connection, chat(connection, "four"), SendCode("demo", INNA, NOON))
        assert not is_too_many(connection, chat(connection, "five"), SendCode("demo", OLGA, NOON))

    told(store, story)


def test_a_salon_sends_so_many_codes_an_hour_whoever_asks(store: Store) -> None:
    def story(connection: Connection) -> None:
        for n in range(MOST_OF_A_SALON):
            sent(connection, chat(connection, f"user {n}"), Phone(f"7916555{n:04}"))
        assert is_too_many(connection, chat(connection, "one more"), SendCode("demo", INNA, NOON))
        assert not is_too_many(connection, chat(connection, "elsewhere"), SendCode("other", INNA, NOON))
        later = Instant(NOON + timedelta(hours=1, seconds=1))
        assert not is_too_many(connection, chat(connection, "later"), SendCode("demo", OLGA, later), later)

    told(store, story)


def test_a_chat_gets_three_codes_an_hour_whatever_phones_it_names(store: Store) -> None:
    def story(connection: Connection) -> None:
        where = chat(connection, "one")
        for n in range(3):
            sent(connection, where, Phone(f"7916555000{n}"))
        assert is_too_many(connection, where, SendCode("demo", INNA, NOON))

    told(store, story)


def test_an_hour_later_there_are_new_ones(store: Store) -> None:
    def story(connection: Connection) -> None:
        where = chat(connection, "one")
        for _ in range(3):
            sent(connection, where)
        later = Instant(NOON + timedelta(hours=1))
        assert not is_too_many(connection, where, SendCode("demo", INNA, later), later)

    told(store, story)


@pytest.mark.parametrize("tries", [4, 5])
def test_five_wrong_codes_end_the_trying_by_a_booking_too(store: Store, tries: int) -> None:
    def story(connection: Connection) -> None:
        for n in range(tries):
            wrong(connection, chat(connection, f"guest {n}"), n)
        start = Local(datetime(2026, 11, 25, 12))  # noqa: DTZ001 - the salon's own clock
        booking = Book("demo", INNA, "Инна", False, (ServiceId(1),), MasterId(2), start, 3600, "k", NOON, code="1234")
        assert is_too_many(connection, chat(connection, "last"), booking) is (tries == 5)

    told(store, story)


def test_to_be_forgotten_by_a_chat_does_not_allow_to_guess_on(store: Store) -> None:
    def story(connection: Connection) -> None:
        where = chat(connection, "one")
        for n in range(5):
            wrong(connection, where, n)
        forget(connection, where, None)
        assert is_too_many(connection, where, ProvePhone("demo", INNA, "0000", "again", NOON))

    told(store, story)


def test_what_no_longer_counts_is_deleted(store: Store) -> None:
    def story(connection: Connection) -> None:
        where = chat(connection, "one")
        sent(connection, where)
        wrong(connection, where, 1)
        forget_old(connection, Instant(NOON + timedelta(hours=23)))
        assert connection.execute(select(func.count(tables.commands.c.id))).scalar_one() == 2
        forget_old(connection, Instant(NOON + timedelta(hours=25)))
        assert connection.execute(select(func.count(tables.commands.c.id))).scalar_one() == 0

    told(store, story)
