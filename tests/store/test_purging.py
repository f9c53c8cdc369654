"""What was said goes after a while, a batch at a time; what is under way stays."""

import asyncio
from datetime import UTC, datetime, timedelta
from functools import partial

from sqlalchemy import Connection, func, select

from frontdesk.booking.ids import Phone
from frontdesk.booking.times import Instant
from frontdesk.channels.messages import Address, Incoming, Text
from frontdesk.dialogue.talk import Draft, Reply, Talk
from frontdesk.language.heard import Heard
from frontdesk.outage.reply import ReplyState
from frontdesk.store import chats, replies, tables
from frontdesk.store.chats import Kept
from frontdesk.store.codec import load_talk
from frontdesk.store.database import Store
from frontdesk.store.purging import BATCH, purge
from frontdesk.store.replies import Outgoing
from frontdesk.store.tables import MessageState

KEEP = timedelta(days=30)
THEN = Instant(datetime(2026, 10, 1, 12, tzinfo=UTC))
NOW = Instant(THEN + KEEP + timedelta(hours=1))
LATELY = Instant(NOW - KEEP + timedelta(minutes=1))
IRINA = Address("whatsapp", "main", "79000000001")


def heard(connection: Connection, number: int, at: Instant, state: MessageState) -> None:
    said = Incoming(IRINA, f"in-{number}", at, Text("Отмените запись"), "Ирина", Phone(IRINA.user))
    chats.receive(connection, said, at, timedelta(0))
    mine = tables.inbox.c.message_id == said.message_id
    connection.execute(tables.inbox.update().where(mine).values(state=state))


def said(connection: Connection, number: int, at: Instant, state: ReplyState) -> None:
    chat = connection.execute(select(tables.chats.c.id)).scalar_one()
    replies.add(connection, chat, Outgoing(IRINA, f"out-{number}", Reply("Отменила")), at)
    mine = tables.replies.c.key == f"out-{number}"
    connection.execute(tables.replies.update().where(mine).values(state=state))


def left(connection: Connection) -> list[tuple[str, ...]]:
    heard = connection.execute(select(tables.inbox.c.message_id).order_by(tables.inbox.c.id)).scalars()
    said = connection.execute(select(tables.replies.c.key).order_by(tables.replies.c.id)).scalars()
    return [tuple(heard), tuple(said)]


def test_what_is_old_and_over_goes_and_all_else_stays(store: Store) -> None:
    def story(connection: Connection) -> None:
        heard(connection, 1, THEN, MessageState.DONE)
        heard(connection, 2, THEN, MessageState.UNREAD)
        heard(connection, 3, THEN, MessageState.SET_ASIDE)
        heard(connection, 4, LATELY, MessageState.DONE)
        said(connection, 1, THEN, ReplyState.SENT)
        said(connection, 2, THEN, ReplyState.REFUSED)
        said(connection, 3, THEN, ReplyState.UNKNOWN)
        said(connection, 4, LATELY, ReplyState.SENT)
        assert purge(connection, NOW, KEEP) == 4
        assert left(connection) == [("in-2", "in-4"), ("out-3", "out-4")]
        assert purge(connection, NOW, KEEP) == 0

    asyncio.run(store.write(story))


def test_much_goes_in_batches(store: Store) -> None:
    async def story() -> None:
        def many(connection: Connection) -> None:
            for number in range(BATCH + 1):
                heard(connection, number, THEN, MessageState.DONE)

        await store.write(many)
        batches = [await store.write(partial(purge, now=NOW, keep=KEEP)) for _ in range(3)]
        assert batches == [BATCH, 1, 0]
        assert await store.read(lambda one: one.execute(select(func.count(tables.inbox.c.id))).scalar_one()) == 0

    asyncio.run(story())


WORDY = Talk(
    salon="centre",
    pending_intent="book",
    pending_heard=Heard("Запишите Секретову на окрашивание", "ru"),
    draft=Draft(name="Секретова", comment="Аллергия на аммиак"),
    silenced=True,
    informed=("notice-1",),
    wrong_codes=2,
)


def leaves(connection: Connection, talk: Talk, at: Instant) -> None:
    """A turn that leaves this of the conversation."""
    heard(connection, round(at.timestamp()), at, MessageState.UNREAD)
    claimed = chats.claim(connection, at, Instant(at + timedelta(minutes=1)))
    assert isinstance(claimed, chats.ClaimedChat)
    chats.keep(connection, claimed, Kept(talk, claimed.proved, None), at)


def talk(connection: Connection) -> str:
    return connection.execute(select(tables.chats.c.talk)).scalar_one()


def test_a_conversation_long_silent_keeps_no_words_but_what_was_settled_in_it(store: Store) -> None:
    def story(connection: Connection) -> None:
        leaves(connection, WORDY, THEN)
        assert "Секретов" in talk(connection)
        purge(connection, NOW, KEEP)
        kept = load_talk(talk(connection))
        assert "Секретов" not in talk(connection)
        assert "Аллергия" not in talk(connection)
        assert kept == Talk(salon="centre", silenced=True, informed=("notice-1",), wrong_codes=2)
        assert purge(connection, NOW, KEEP) == 0

    asyncio.run(store.write(story))


def test_a_conversation_that_goes_on_keeps_its_words(store: Store) -> None:
    def story(connection: Connection) -> None:
        leaves(connection, WORDY, THEN)
        leaves(connection, WORDY, LATELY)
        purge(connection, NOW, KEEP)
        assert load_talk(talk(connection)) == WORDY

    asyncio.run(store.write(story))
