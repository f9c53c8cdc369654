"""Many hands on one database: every piece of work is taken by one, in order, and only under its lease."""

import asyncio
from collections import Counter
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import Connection, Table, select, update

from frontdesk.booking.commands import Cancel, Done
from frontdesk.booking.ids import AppointmentId, ClientId, Phone
from frontdesk.booking.times import Instant
from frontdesk.channels.messages import Address, Incoming, Tap, Text
from frontdesk.dialogue.talk import Reply, Settled, Talk
from frontdesk.outage.command import CommandEvent
from frontdesk.outage.reply import ReplyEvent
from frontdesk.store import chats, commands, replies, tables
from frontdesk.store.backlog import count
from frontdesk.store.chats import ClaimedChat, Kept
from frontdesk.store.clients import ClientBook
from frontdesk.store.columns import Moment
from frontdesk.store.commands import ClaimedCommand
from frontdesk.store.database import Store
from frontdesk.store.leases import Due, LeaseLost, take_over
from frontdesk.store.replies import ClaimedReply, Fate, Outgoing

NOON = Instant(datetime(2026, 11, 21, 12, tzinfo=UTC))
SOON = Instant(NOON + timedelta(seconds=60))
QUIET = timedelta(seconds=1)


def message(user: int, number: int = 0, text: str = "") -> Incoming:
    where = Address("whatsapp", "main", f"7916{user:07d}")
    return Incoming(where, f"m-{user}-{number}", NOON, Text(text or f"{number}"), "Анна", Phone(where.user))


def cancel(appointment: int, phone: str = "79160000001") -> Cancel:
    return Cancel("centre", AppointmentId(appointment), Phone(phone), "Отменено клиентом", NOON)


def receives(connection: Connection, *messages: Incoming, quiet: timedelta = timedelta(0)) -> None:
    for one in messages:
        chats.receive(connection, one, NOON, quiet)


async def claim_chat(store: Store, now: Instant = NOON) -> ClaimedChat:
    chat = await store.write(partial(chats.claim, now=now, until=SOON))
    assert isinstance(chat, ClaimedChat)
    return chat


def test_many_workers_answer_every_message_once_and_in_order(store: Store) -> None:
    heard: dict[str, list[str]] = {}
    people, messages = 12, 5

    async def work() -> None:
        while isinstance(chat := await store.write(partial(chats.claim, now=NOON, until=SOON)), ClaimedChat):
            await asyncio.sleep(0)
            said = [one.content.text for one in chat.messages if isinstance(one.content, Text)]
            await store.write(lambda connection, chat=chat: chats.keep(connection, chat, KEPT, NOON))
            heard.setdefault(chat.address.user, []).extend(said)

    async def story() -> None:
        for number in range(messages):
            batch = [message(user, number) for user in range(people)]
            await asyncio.gather(*(store.write(lambda c, one=one: receives(c, one)) for one in batch))
            await asyncio.gather(*(work() for _ in range(8)))
        assert len(heard) == people
        assert all(said == [f"{number}" for number in range(messages)] for said in heard.values())

    asyncio.run(story())


KEPT = Kept(Talk(asked=1), Phone("79160000001"), None)


def test_many_workers_perform_every_command_once(store: Store) -> None:
    performed: Counter[int] = Counter()

    async def work() -> None:
        while isinstance(claimed := await store.write(partial(commands.claim, now=NOON, until=SOON)), ClaimedCommand):
            performed[claimed.command.appointment] += 1
            await asyncio.sleep(0)
            done = partial(commands.move, claimed=claimed, event=CommandEvent.DONE, again=NOON, detail="")
            await store.write(done)

    async def story() -> None:
        await store.write(lambda connection: receives(connection, message(1)))
        chat = await claim_chat(store)
        await store.write(lambda connection: chats.keep(connection, chat, KEPT, NOON))
        for appointment in range(20):
            whose = cancel(appointment, f"7916{appointment % 10:07d}")
            await store.write(lambda c, whose=whose: commands.add(c, chat.lease.id, whose, NOON))
        while sum(performed.values()) < 20:
            await asyncio.gather(*(work() for _ in range(8)))
        assert set(performed.values()) == {1}

    asyncio.run(story())


def test_many_senders_send_every_reply_once_and_in_order(store: Store) -> None:
    sent: list[str] = []

    async def work() -> None:
        while isinstance(
            claimed := await store.write(partial(replies.claim, now=NOON, until=SOON, paces={})), ClaimedReply
        ):
            sent.append(claimed.outgoing.reply.text)
            await asyncio.sleep(0)
            await store.write(partial(replies.move, claimed=claimed, fate=Fate(ReplyEvent.ACCEPTED, NOON)))

    async def story() -> None:
        await store.write(lambda connection: receives(connection, message(1)))
        chat = await claim_chat(store)
        for number in range(20):
            out = Outgoing(chat.address, f"key-{number}", Reply(f"{number}"))
            await store.write(lambda c, out=out: replies.add(c, chat.lease.id, out, NOON))
        while len(sent) < 20:
            await asyncio.gather(*(work() for _ in range(8)))
        assert sent == [f"{number}" for number in range(20)]

    asyncio.run(story())


def test_the_same_message_in_two_webhooks_at_once_is_stored_once(store: Store) -> None:
    async def story() -> None:
        works = [store.write(lambda c: chats.receive(c, message(1), NOON, QUIET)) for _ in range(8)]
        assert Counter(await asyncio.gather(*works)) == {True: 1, False: 7}

    asyncio.run(story())


def test_a_chat_says_when_it_will_be_due(store: Store) -> None:
    async def story() -> None:
        await store.write(lambda connection: receives(connection, message(1), quiet=QUIET))
        assert await store.write(partial(chats.claim, now=NOON, until=SOON)) == Due(Instant(NOON + QUIET))

    asyncio.run(story())


def test_a_lost_lease_undoes_the_whole_transaction(store: Store) -> None:
    def turn(connection: Connection, chat: ClaimedChat) -> None:
        replies.add(connection, chat.lease.id, Outgoing(chat.address, "key", Reply("да")), NOON)
        commands.add(connection, chat.lease.id, cancel(7), NOON)
        chats.keep(connection, chat, KEPT, NOON)

    async def story() -> None:
        await store.write(lambda connection: receives(connection, message(1)))
        stale = await claim_chat(store)
        await store.write(partial(take_over, now=SOON, silence=QUIET))
        fresh = await claim_chat(store, SOON)
        with pytest.raises(LeaseLost):
            await store.write(partial(turn, chat=stale))
        assert await store.write(partial(replies.claim, now=SOON, until=SOON, paces={})) is None
        assert await store.write(partial(commands.claim, now=SOON, until=SOON)) is None
        await store.write(partial(turn, chat=fresh))
        assert isinstance(await store.write(partial(commands.claim, now=SOON, until=SOON)), ClaimedCommand)

    asyncio.run(story())


def test_a_lease_that_has_not_run_out_is_left_alone(store: Store) -> None:
    async def story() -> None:
        await store.write(lambda connection: receives(connection, message(1)))
        chat = await claim_chat(store)
        before = Instant(SOON - timedelta(microseconds=1))
        assert await store.write(partial(take_over, now=before, silence=QUIET)) == 0
        await store.write(lambda connection: chats.keep(connection, chat, KEPT, NOON))

    asyncio.run(story())


def test_a_start_alone_on_the_database_takes_everything_over(store: Store) -> None:
    async def story() -> None:
        await store.write(lambda connection: receives(connection, message(1)))
        await claim_chat(store)
        assert await store.write(partial(take_over, now=NOON, silence=QUIET, everything=True)) == 1
        assert (await claim_chat(store)).lease.number == 3

    asyncio.run(story())


def test_what_came_of_a_command_reaches_each_chat_once(store: Store) -> None:
    async def story() -> None:
        await store.write(lambda connection: receives(connection, message(1), message(2)))
        taken = [await claim_chat(store), await claim_chat(store)]
        for chat in taken:
            await store.write(lambda c, chat=chat: chats.keep(c, chat, KEPT, NOON))
            await store.write(lambda c, chat=chat: commands.add(c, chat.lease.id, cancel(7), NOON))
        claimed = await store.write(partial(commands.claim, now=NOON, until=SOON))
        assert isinstance(claimed, ClaimedCommand)
        for _ in range(2):
            await store.write(partial(commands.tell, claimed=claimed, outcome=Done(), about=None, now=NOON))
        told = [await claim_chat(store), await claim_chat(store)]
        assert [[one.content for one in chat.messages] for chat in told] == [[Settled(cancel(7), Done())]] * 2

    asyncio.run(story())


def test_the_state_of_a_chat_comes_back_as_it_was_kept(store: Store) -> None:
    async def story() -> None:
        await store.write(lambda connection: receives(connection, message(1)))
        chat = await claim_chat(store)
        kept = Kept(Talk(language="en", asked=3), Phone("79161111111"), Phone("79162222222"))
        await store.write(lambda connection: chats.keep(connection, chat, kept, NOON))
        await store.write(lambda connection: receives(connection, message(1, 1)))
        again = await claim_chat(store)
        assert again.talk == kept.talk
        assert (again.name, again.claimed) == ("Анна", kept.claimed)
        assert again.proved == message(1).proved, "the messenger's word is the newest"

    asyncio.run(story())


def spoil(connection: Connection, table: Table, column: str) -> None:
    connection.execute(update(table).values({column: "of another version"}))


def test_one_row_nobody_can_read_does_not_stop_the_others(store: Store) -> None:
    async def story() -> None:
        await store.write(lambda connection: receives(connection, message(1), message(2)))
        one, two = await claim_chat(store), await claim_chat(store)
        for chat in (one, two):
            if chat is two:
                await store.write(partial(spoil, table=tables.commands, column="command"))
                await store.write(partial(spoil, table=tables.replies, column="content"))
            whose, out = cancel(chat.lease.id), Outgoing(chat.address, f"key-{chat.lease.id}", Reply("да"))
            await store.write(lambda c, chat=chat, whose=whose: commands.add(c, chat.lease.id, whose, NOON))
            await store.write(lambda c, chat=chat, out=out: replies.add(c, chat.lease.id, out, NOON))
            await store.write(lambda c, chat=chat: chats.keep(c, chat, KEPT, NOON))
        assert await store.write(partial(commands.claim, now=NOON, until=SOON)) == Due(NOON)
        claimed = await store.write(partial(commands.claim, now=NOON, until=SOON))
        assert isinstance(claimed, ClaimedCommand)
        assert claimed.command.appointment == two.lease.id
        assert await store.write(partial(replies.claim, now=NOON, until=SOON, paces={})) == Due(NOON)
        assert isinstance(await store.write(partial(replies.claim, now=NOON, until=SOON, paces={})), ClaimedReply)

    asyncio.run(story())


def test_a_message_nobody_can_read_is_set_aside(store: Store) -> None:
    async def story() -> None:
        await store.write(lambda connection: receives(connection, message(1, 1)))
        await store.write(partial(spoil, table=tables.inbox, column="kind"))
        await store.write(lambda connection: receives(connection, message(1, 2)))
        assert [one.content for one in (await claim_chat(store)).messages] == [Text("2")]
        backlog = await store.read(count)
        assert backlog.counts == {("inbox", "set_aside"): 1, ("inbox", "unread"): 1}
        assert backlog.oldest_unread == NOON

    asyncio.run(story())


def test_clients_are_remembered_by_salon_and_phone(store: Store) -> None:
    async def story() -> None:
        book = ClientBook(store)
        assert await book.known("centre", Phone("79160000001")) == ()
        await book.remember("centre", Phone("79160000001"), [ClientId(8), ClientId(7)])
        assert await book.known("centre", Phone("79160000001")) == (7, 8)
        assert await book.known("north", Phone("79160000001")) == ()
        await book.remember("centre", Phone("79160000001"), [ClientId(9)])
        assert await book.known("centre", Phone("79160000001")) == (9,)

    asyncio.run(story())


@given(st.datetimes(timezones=st.just(UTC)))
def test_an_instant_survives_the_database_to_the_microsecond(moment: datetime) -> None:
    column = Moment()
    dialect = select(tables.inbox).compile().dialect
    assert column.process_result_value(column.process_bind_param(Instant(moment), dialect), dialect) == moment


def test_a_tap_makes_a_waiting_text_due_at_once(store: Store) -> None:
    async def story() -> None:
        tap = Incoming(message(1).address, "tap", NOON, Tap("да", "да"))
        await store.write(lambda connection: receives(connection, message(1), tap, quiet=QUIET))
        assert len((await claim_chat(store)).messages) == 2

    asyncio.run(story())
