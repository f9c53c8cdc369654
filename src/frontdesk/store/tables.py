"""The tables, the same on SQLite and PostgreSQL.

Dataclasses are kept as JSON text (see `codec`); a column stands on its own only where a query needs it. A lease is two
columns: `lease` is a number that only grows and fences every commit, `lease_until` is set while somebody works.
"""

from enum import StrEnum

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    false,
)

from frontdesk.outage.command import CommandState
from frontdesk.outage.reply import ReplyState
from frontdesk.store.columns import BIG, Moment, written_out


class MessageState(StrEnum):
    """Where an inbox row stands."""

    UNREAD = "unread"
    DONE = "done"
    SET_ASIDE = "set_aside"
    """No turn could be made of it, again and again: a fault of ours that a developer must see."""


OPEN_MESSAGES = (MessageState.UNREAD, MessageState.SET_ASIDE)
OPEN_COMMANDS = tuple(state for state in CommandState if state.is_open)
OPEN_REPLIES = (ReplyState.WAITING, ReplyState.SENDING, ReplyState.UNKNOWN)

metadata = MetaData()

chats = Table(
    "chats",
    metadata,
    Column("id", BIG, primary_key=True),
    Column("channel", Text, nullable=False),
    Column("account", Text, nullable=False),
    Column("user", Text, nullable=False),
    Column("name", Text, nullable=False, server_default=""),
    Column("proved", Text),
    Column("claimed", Text),
    Column("talk", Text),
    Column("version", Integer, nullable=False, server_default="0"),
    Column("unread_since", Moment),
    Column("due_at", Moment),
    Column("failures", Integer, nullable=False, server_default="0"),
    Column("lease", BigInteger, nullable=False, server_default="0"),
    Column("lease_until", Moment),
    Column("send_after", Moment),
    Column("blocked_at", Moment),
    Column("last_at", Moment),
    Column("human_since", Moment),
    Column("taken_by", Text),
    Column("words_at", Moment),
    UniqueConstraint("channel", "account", "user"),
)
"""`words_at` is when the talk was left with a person's own words in it, None where it holds none.

`blocked_at` is since when the person can't be written to, None again as soon as they write.

`last_at` is when anything was last said there; `human_since` is since when a person is to answer, `taken_by` who does.
"""

DUE = chats.c.due_at.is_not(None)
LEASED = chats.c.lease_until.is_not(None)

Index("chats_due", chats.c.due_at, sqlite_where=DUE, postgresql_where=DUE)
Index("chats_leased", chats.c.lease_until, sqlite_where=LEASED, postgresql_where=LEASED)

SPOKEN = chats.c.last_at.is_not(None)
WORDED = chats.c.words_at.is_not(None)
WITH_HUMAN = chats.c.human_since.is_not(None)

Index("chats_by_time", chats.c.last_at, sqlite_where=SPOKEN, postgresql_where=SPOKEN)
Index("chats_with_words", chats.c.words_at, sqlite_where=WORDED, postgresql_where=WORDED)
Index("chats_with_human", chats.c.human_since, sqlite_where=WITH_HUMAN, postgresql_where=WITH_HUMAN)

inbox = Table(
    "inbox",
    metadata,
    Column("id", BIG, primary_key=True),
    Column("chat", BIG, ForeignKey("chats.id"), nullable=False),
    Column("channel", Text, nullable=False),
    Column("account", Text, nullable=False),
    Column("message_id", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("content", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("sent_at", Moment, nullable=False),
    Column("received_at", Moment, nullable=False),
    Column("heard", Text),
    UniqueConstraint("channel", "account", "message_id"),
)

NOT_DONE = written_out(inbox.c.state, *OPEN_MESSAGES)

Index("inbox_of_chat", inbox.c.chat, inbox.c.sent_at)
Index("inbox_not_done", inbox.c.chat, sqlite_where=NOT_DONE, postgresql_where=NOT_DONE)

commands = Table(
    "commands",
    metadata,
    Column("id", BIG, primary_key=True),
    Column("salon", Text, nullable=False),
    Column("person", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("command", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("tries", Integer, nullable=False, server_default="0"),
    Column("created_at", Moment, nullable=False),
    Column("next_try_at", Moment, nullable=False),
    Column("sent_at", Moment),
    Column("detail", Text, nullable=False, server_default=""),
    Column("lease", BigInteger, nullable=False, server_default="0"),
    Column("lease_until", Moment),
    Column("made", BigInteger),
    Column("deferred_at", Moment),
    Column("revision", Integer, nullable=False, server_default="0"),
)
"""`made` is the appointment that a booking came to. `deferred_at` is since when its chats know that it has to wait.

`revision` grows whenever the command becomes another wish or is tried anew, so that its outcome is told anew.
"""

OPEN = written_out(commands.c.state, *OPEN_COMMANDS)

Index("commands_one_open", commands.c.salon, commands.c.subject, unique=True, sqlite_where=OPEN, postgresql_where=OPEN)
Index("commands_order", commands.c.person, commands.c.salon, sqlite_where=OPEN, postgresql_where=OPEN)
Index("commands_due", commands.c.next_try_at, sqlite_where=OPEN, postgresql_where=OPEN)

watchers = Table(
    "watchers",
    metadata,
    Column("command", BIG, ForeignKey("commands.id"), primary_key=True),
    Column("chat", BIG, ForeignKey("chats.id"), primary_key=True, index=True),
)
"""The chats that are told what came of a command."""

links = Table(
    "links",
    metadata,
    Column("salon", Text, primary_key=True),
    Column("state", Text, nullable=False),
    Column("since", Moment, nullable=False),
    Column("failures", Integer, nullable=False, server_default="0"),
    Column("cause", Text, nullable=False, server_default=""),
    Column("look_at", Moment),
    Column("looks", Integer, nullable=False, server_default="0"),
    Column("owner_told_at", Moment),
    Column("lease", BigInteger, nullable=False, server_default="0"),
    Column("lease_until", Moment),
)
"""The link to each salon's journal; a salon without a row is online.

`look_at` is when the prober looks next, `looks` how often it did in vain. `owner_told_at` is when the owner was told
that the salon is locked out, None where that is not so or not told.
"""

replies = Table(
    "replies",
    metadata,
    Column("id", BIG, primary_key=True),
    Column("chat", BIG, ForeignKey("chats.id"), nullable=False),
    Column("channel", Text, nullable=False),
    Column("account", Text, nullable=False),
    Column("key", Text, nullable=False, unique=True),
    Column("content", Text, nullable=False),
    Column("proactive", Boolean, nullable=False, server_default=false()),
    Column("author", Text),
    Column("state", Text, nullable=False),
    Column("tries", Integer, nullable=False, server_default="0"),
    Column("cut_offs", Integer, nullable=False, server_default="0"),
    Column("created_at", Moment, nullable=False),
    Column("next_try_at", Moment, nullable=False),
    Column("message_id", Text),
    Column("delivery", Text),
    Column("detail", Text, nullable=False, server_default=""),
    Column("lease", BigInteger, nullable=False, server_default="0"),
    Column("lease_until", Moment),
)

UNSETTLED = written_out(replies.c.state, *OPEN_REPLIES)

Index("replies_unsettled", replies.c.next_try_at, sqlite_where=UNSETTLED, postgresql_where=UNSETTLED)
Index("replies_of_chat", replies.c.chat, sqlite_where=UNSETTLED, postgresql_where=UNSETTLED)
Index("replies_by_time", replies.c.chat, replies.c.created_at)
Index("replies_by_message", replies.c.channel, replies.c.account, replies.c.message_id)

pauses = Table(
    "pauses",
    metadata,
    Column("channel", Text, primary_key=True),
    Column("account", Text, primary_key=True),
    Column("until", Moment, nullable=False),
    Column("detail", Text, nullable=False),
    Column("refused", Boolean, nullable=False, server_default=false()),
)
"""Messenger accounts that must not send until then, and why; the row goes with the next message that is accepted.

`refused` where the messenger does not let the account send at all, rather than so fast.
"""

alarms = Table(
    "alarms",
    metadata,
    Column("what", Text, primary_key=True),
    Column("since", Moment, nullable=False),
    Column("told_at", Moment),
)
"""What is wrong just now, since which look; `told_at` is when the owner was told, None where not yet."""

alarm_looks = Table(
    "alarm_looks", metadata, Column("id", Integer, primary_key=True), Column("look_at", Moment, nullable=False)
)
"""One row: when it is next looked for what is wrong, by whichever process comes first."""

clients = Table(
    "clients",
    metadata,
    Column("salon", Text, primary_key=True),
    Column("phone", Text, primary_key=True),
    Column("client", BigInteger, primary_key=True),
)
"""Who has this phone in the salon's book, as last found: saves the search the next time."""

Index("clients_by_number", clients.c.salon, clients.c.client)

masters = Table(
    "masters",
    metadata,
    Column("salon", Text, primary_key=True),
    Column("master", BigInteger, primary_key=True),
    Column("name", Text, nullable=False),
    Column("code", Text, nullable=False, unique=True),
    Column("invited_at", Moment, nullable=False),
    Column("registered_at", Moment),
    Column("chat", BIG, ForeignKey("chats.id"), index=True),
)
"""Masters of the salons, by their number there: the code that was last given to each, and the chat they are told in.

`registered_at` is when that code was used, None while it waits.
"""

ledger = Table(
    "ledger",
    metadata,
    Column("id", BIG, primary_key=True),
    Column("salon", Text, nullable=False),
    Column("appointment", BigInteger),
    Column("master", BigInteger),
    Column("kind", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Column("asked_at", Moment, nullable=False),
    Column("asked_by", Text, nullable=False),
    Column("chat", BIG, ForeignKey("chats.id")),
    Column("channel", Text),
    Column("reason", Text),
    Column("starts_at", Moment),
    Column("lead_s", BigInteger),
    Column("late", Boolean, nullable=False),
    Column("value_cents", BigInteger),
    Column("outcome", Text),
    Column("notice", Text),
    Column("tell_at", Moment),
)
"""Every change of an appointment that was asked for here. `notice` is what the master is still to be told, gone after.

`tell_at` is when that is tried next, None where nothing is to be told.
"""

UNTOLD = ledger.c.tell_at.is_not(None)

Index("ledger_of_appointment", ledger.c.salon, ledger.c.appointment, ledger.c.id)
Index("ledger_by_time", ledger.c.salon, ledger.c.at, ledger.c.id)
Index("ledger_untold", ledger.c.tell_at, sqlite_where=UNTOLD, postgresql_where=UNTOLD)
