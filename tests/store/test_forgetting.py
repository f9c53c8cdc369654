"""Who asks to be forgotten is: words, name, phone and what was asked of the journal; what is under way is not lost."""

import asyncio
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from sqlalchemy import Connection, select

from frontdesk.booking.appointments import Appointment, Attendance, Client, Master
from frontdesk.booking.commands import Cancel
from frontdesk.booking.ids import AppointmentId, ClientId, MasterId, Phone
from frontdesk.booking.times import Instant, Local
from frontdesk.channels.messages import Address, Incoming, Text
from frontdesk.dialogue.talk import Reply, Talk
from frontdesk.outage.command import CommandState
from frontdesk.outage.reply import ReplyState
from frontdesk.store import chats, clients, commands, replies, tables
from frontdesk.store.chats import ClaimedChat, Kept
from frontdesk.store.database import Store
from frontdesk.store.forgetting import forget
from frontdesk.store.mirror import Mirror
from frontdesk.store.replies import Outgoing

NOON = Instant(datetime(2026, 11, 21, 12, tzinfo=UTC))
IRINA, PAVEL = Phone("79000000001"), Phone("79000000002")
SECRET = "Ирина, тайна"


def message(phone: Phone, number: int) -> Incoming:
    where = Address("whatsapp", "main", phone)
    return Incoming(where, f"{phone}-{number}", NOON, Text(SECRET), "Ирина", phone)


def lived(connection: Connection, phone: Phone, appointment: int) -> int:
    """A chat in which something was said, answered, asked of the journal and settled."""
    chats.receive(connection, message(phone, 1), NOON, timedelta(0))
    chat = chats.claim(connection, NOON, Instant(NOON + timedelta(minutes=1)))
    assert isinstance(chat, ClaimedChat)
    chats.keep(connection, chat, Kept(Talk(), phone, None), NOON)
    number = chat.lease.id
    for state in (CommandState.DONE, CommandState.WAITING):
        command = Cancel("demo", AppointmentId(appointment), phone, SECRET, NOON)
        row = commands.add(connection, number, command, NOON)
        connection.execute(tables.commands.update().where(tables.commands.c.id == row).values(state=state))
    for key, state in (("old", ReplyState.SENT), ("new", ReplyState.WAITING)):
        replies.add(connection, number, Outgoing(chat.address, f"{phone}-{key}", Reply(SECRET)), NOON)
        mine = tables.replies.c.key == f"{phone}-{key}"
        connection.execute(tables.replies.update().where(mine).values(state=state))
    clients.keep(connection, "demo", phone, [ClientId(appointment)])
    return number


def stands(number: int, phone: Phone) -> Appointment:
    return Appointment(
        id=AppointmentId(number),
        salon="demo",
        visit=None,
        client=Client(ClientId(number), SECRET if phone == IRINA else "Павел", phone),
        master=Master(MasterId(2401), "Анна"),
        services=(),
        start=Local(datetime(2026, 11, 22, 15)),  # noqa: DTZ001 - the salon's own clock
        length_s=3600,
        attendance=Attendance.WAITING,
    )


def rows(connection: Connection, table: str) -> list[str]:
    return [repr(tuple(row)) for row in connection.execute(select(tables.metadata.tables[table]))]


def test_nothing_said_or_settled_is_left_and_what_is_under_way_stays(store: Store) -> None:
    def story(connection: Connection) -> None:
        number = lived(connection, IRINA, 101)
        chats.receive(connection, message(IRINA, 2), NOON, timedelta(0))
        forget(connection, number, IRINA)
        chat = connection.execute(select(tables.chats)).one()
        assert (chat.name, chat.proved, chat.claimed) == ("", None, None)
        assert sorted(SECRET in row for row in rows(connection, "inbox")) == [False, True]
        assert sorted(SECRET in row for row in rows(connection, "replies")) == [False, True]
        assert [CommandState.WAITING.value in row for row in rows(connection, "commands")] == [True]
        assert len(rows(connection, "watchers")) == 1
        assert clients.find(connection, "demo", IRINA) == ()

    asyncio.run(store.write(story))


def test_a_message_that_comes_once_more_is_still_known(store: Store) -> None:
    def story(connection: Connection) -> None:
        forget(connection, lived(connection, IRINA, 101), IRINA)
        assert not chats.receive(connection, message(IRINA, 1), NOON, timedelta(0))

    asyncio.run(store.write(story))


def test_their_appointments_stay_in_the_copy_as_taken_time_without_them(store: Store) -> None:
    async def story() -> None:
        mirror = Mirror(store)
        hers, his = stands(1, IRINA), stands(2, PAVEL)
        await mirror.keep("demo", [hers, his], NOON)
        chat = await store.write(lambda connection: lived(connection, IRINA, 101))
        await store.write(lambda connection: forget(connection, chat, IRINA))
        assert await mirror.appointment("demo", hers.id) == replace(hers, client=None)
        assert await mirror.appointment("demo", his.id) == his
        assert await mirror.of_phone("demo", IRINA, hers.start.date()) == ()
        kept = await store.read(lambda connection: rows(connection, "mirror_appointments"))
        assert not [row for row in kept if IRINA in row or SECRET in row]

    asyncio.run(story())


def test_their_appointments_of_every_salon_are_found(store: Store) -> None:
    async def story() -> None:
        mirror, salons = Mirror(store), ("centre", "demo", "north", "старый")
        for salon in salons:
            await mirror.keep(salon, [stands(1, IRINA), stands(2, PAVEL)], NOON)
        chat = await store.write(lambda connection: lived(connection, IRINA, 101))
        await store.write(lambda connection: forget(connection, chat, IRINA))
        kept = await store.read(lambda connection: rows(connection, "mirror_appointments"))
        assert len(kept) == 2 * len(salons)
        assert not [row for row in kept if IRINA in row or SECRET in row]
        assert len([row for row in kept if PAVEL in row]) == len(salons)

    asyncio.run(story())


def test_nobody_else_is_forgotten(store: Store) -> None:
    def story(connection: Connection) -> None:
        lived(connection, PAVEL, 202)
        before = {name: rows(connection, name) for name in ("chats", "inbox", "replies", "commands", "clients")}
        forget(connection, lived(connection, IRINA, 101), IRINA)
        for name, kept in before.items():
            assert set(kept) <= set(rows(connection, name))

    asyncio.run(store.write(story))
