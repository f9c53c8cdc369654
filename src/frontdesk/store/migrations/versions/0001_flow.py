"""Chats, inbox, commands, replies: what a message needs on its way through."""

from alembic import op
from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, Integer, Text, UniqueConstraint, false, text

revision = "0001"
down_revision = None

OPEN = "state IN ('waiting', 'sent', 'unsure', 'conflict')"
BIG = BigInteger().with_variant(Integer, "sqlite")


def upgrade() -> None:
    """Creates them."""
    _chats()
    _inbox()
    _commands()
    _replies()
    op.create_table(
        "pauses",
        Column("channel", Text, primary_key=True),
        Column("account", Text, primary_key=True),
        Column("until", BigInteger, nullable=False),
        Column("detail", Text, nullable=False),
    )
    op.create_table(
        "clients",
        Column("salon", Text, primary_key=True),
        Column("phone", Text, primary_key=True),
        Column("client", BigInteger, primary_key=True),
    )


def _chats() -> None:
    op.create_table(
        "chats",
        Column("id", BIG, primary_key=True),
        Column("channel", Text, nullable=False),
        Column("account", Text, nullable=False),
        Column("user", Text, nullable=False),
        Column("name", Text, nullable=False, server_default=""),
        Column("proved", Text),
        Column("claimed", Text),
        Column("talk", Text),
        Column("version", Integer, nullable=False, server_default="0"),
        Column("unread_since", BigInteger),
        Column("due_at", BigInteger),
        Column("failures", Integer, nullable=False, server_default="0"),
        *_lease(),
        Column("send_after", BigInteger),
        UniqueConstraint("channel", "account", "user"),
    )
    _index("chats_due", "chats", ["due_at"], "due_at IS NOT NULL")
    _index("chats_leased", "chats", ["lease_until"], "lease_until IS NOT NULL")


def _inbox() -> None:
    op.create_table(
        "inbox",
        Column("id", BIG, primary_key=True),
        Column("chat", BIG, ForeignKey("chats.id"), nullable=False),
        Column("channel", Text, nullable=False),
        Column("account", Text, nullable=False),
        Column("message_id", Text, nullable=False),
        Column("kind", Text, nullable=False),
        Column("content", Text, nullable=False),
        Column("state", Text, nullable=False),
        Column("sent_at", BigInteger, nullable=False),
        Column("received_at", BigInteger, nullable=False),
        UniqueConstraint("channel", "account", "message_id"),
    )
    _index("inbox_not_done", "inbox", ["chat"], "state IN ('unread', 'set_aside')")


def _commands() -> None:
    op.create_table(
        "commands",
        Column("id", BIG, primary_key=True),
        Column("salon", Text, nullable=False),
        Column("person", Text, nullable=False),
        Column("subject", Text, nullable=False),
        Column("command", Text, nullable=False),
        Column("state", Text, nullable=False),
        Column("tries", Integer, nullable=False, server_default="0"),
        Column("created_at", BigInteger, nullable=False),
        Column("next_try_at", BigInteger, nullable=False),
        Column("sent_at", BigInteger),
        Column("detail", Text, nullable=False, server_default=""),
        *_lease(),
    )
    _index("commands_one_open", "commands", ["salon", "subject"], OPEN, unique=True)
    _index("commands_order", "commands", ["person", "salon"], OPEN)
    _index("commands_due", "commands", ["next_try_at"], OPEN)
    op.create_table(
        "watchers",
        Column("command", BIG, ForeignKey("commands.id"), primary_key=True),
        Column("chat", BIG, ForeignKey("chats.id"), primary_key=True),
    )
    op.create_index("ix_watchers_chat", "watchers", ["chat"])


def _replies() -> None:
    op.create_table(
        "replies",
        Column("id", BIG, primary_key=True),
        Column("chat", BIG, ForeignKey("chats.id"), nullable=False),
        Column("channel", Text, nullable=False),
        Column("account", Text, nullable=False),
        Column("key", Text, nullable=False, unique=True),
        Column("content", Text, nullable=False),
        Column("proactive", Boolean, nullable=False, server_default=false()),
        Column("state", Text, nullable=False),
        Column("tries", Integer, nullable=False, server_default="0"),
        Column("cut_offs", Integer, nullable=False, server_default="0"),
        Column("created_at", BigInteger, nullable=False),
        Column("next_try_at", BigInteger, nullable=False),
        Column("message_id", Text),
        Column("delivery", Text),
        Column("detail", Text, nullable=False, server_default=""),
        *_lease(),
    )
    _index("replies_unsettled", "replies", ["next_try_at"], "state IN ('waiting', 'sending', 'unknown')")
    _index("replies_of_chat", "replies", ["chat"], "state IN ('waiting', 'sending', 'unknown')")
    op.create_index("replies_by_message", "replies", ["channel", "account", "message_id"])


def _lease() -> tuple[Column[int], Column[int]]:
    return Column("lease", BigInteger, nullable=False, server_default="0"), Column("lease_until", BigInteger)


def _index(name: str, table: str, columns: list[str], where: str, *, unique: bool = False) -> None:
    op.create_index(name, table, columns, unique=unique, sqlite_where=text(where), postgresql_where=text(where))
