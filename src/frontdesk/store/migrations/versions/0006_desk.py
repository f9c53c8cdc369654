"""Who may see the desk, their sessions and links, what they did, and the order in which it lists conversations."""

from alembic import op
from sqlalchemy import BigInteger, Column, ForeignKey, Integer, Text, text

revision = "0006"
down_revision = "0005"

BIG = BigInteger().with_variant(Integer, "sqlite")


def upgrade() -> None:
    """Creates it."""
    _users()
    _keys()
    _conversations()
    _ledger()
    _actions()


def _users() -> None:
    op.create_table(
        "users",
        Column("id", BIG, primary_key=True),
        Column("name", Text, nullable=False, unique=True),
        Column("role", Text, nullable=False),
        Column("password", Text),
        Column("salon", Text),
        Column("master", BigInteger),
        Column("chat", BIG, ForeignKey("chats.id")),
        Column("created_at", BigInteger, nullable=False),
    )


def _keys() -> None:
    op.create_table(
        "sessions",
        Column("key", Text, primary_key=True),
        Column("user", BIG, ForeignKey("users.id"), nullable=False),
        Column("browser", Text, nullable=False),
        Column("started_at", BigInteger, nullable=False),
        Column("ends_at", BigInteger, nullable=False),
    )
    op.create_index("sessions_of_user", "sessions", ["user", "started_at"])
    op.create_table(
        "sign_in_links",
        Column("key", Text, primary_key=True),
        Column("user", BIG, ForeignKey("users.id"), nullable=False),
        Column("ends_at", BigInteger, nullable=False),
    )
    op.create_table(
        "sign_in_tries",
        Column("who", Text, primary_key=True),
        Column("since", BigInteger, nullable=False),
        Column("tries", Integer, nullable=False),
    )
    op.create_index("sign_in_tries_by_time", "sign_in_tries", ["since"])


def _conversations() -> None:
    op.add_column("chats", Column("last_at", BigInteger))
    op.add_column("chats", Column("human_since", BigInteger))
    op.add_column("chats", Column("taken_by", Text))
    op.add_column("inbox", Column("heard", Text))
    op.add_column("replies", Column("author", Text))
    op.create_index("inbox_of_chat", "inbox", ["chat", "sent_at"])
    op.execute("UPDATE chats SET last_at = (SELECT max(sent_at) FROM inbox WHERE inbox.chat = chats.id)")
    said, waits = text("last_at IS NOT NULL"), text("human_since IS NOT NULL")
    op.create_index("chats_by_time", "chats", ["last_at"], sqlite_where=said, postgresql_where=said)
    op.create_index("chats_with_human", "chats", ["human_since"], sqlite_where=waits, postgresql_where=waits)
    op.create_index("replies_by_time", "replies", ["chat", "created_at"])


def _ledger() -> None:
    gives_up, moves = text("kind IN ('cancelled', 'restored')"), text("kind = 'moved'")
    of = ["salon", "appointment"]
    op.create_index("ledger_given_up", "ledger", [*of, "id", "kind"], sqlite_where=gives_up, postgresql_where=gives_up)
    op.create_index("ledger_moves", "ledger", [*of, "kind"], sqlite_where=moves, postgresql_where=moves)


def _actions() -> None:
    op.create_table(
        "desk_actions",
        Column("id", BIG, primary_key=True),
        Column("at", BigInteger, nullable=False),
        Column("who", Text, nullable=False),
        Column("what", Text, nullable=False),
        Column("chat", BIG, ForeignKey("chats.id")),
        Column("command", BIG),
        Column("salon", Text),
        Column("appointment", BigInteger),
        Column("detail", Text, nullable=False),
    )
    op.create_index("desk_actions_by_time", "desk_actions", ["at"])
    op.create_index("desk_actions_of_appointment", "desk_actions", ["appointment"])
    op.create_index("desk_actions_of_chat", "desk_actions", ["chat"])
    op.create_index("commands_by_time", "commands", ["created_at"])
    op.create_index("commands_of_subject", "commands", ["subject", "salon"])
    op.create_index("commands_made", "commands", ["made"])
    op.create_index("ledger_newest", "ledger", ["at"])
    op.create_index("ledger_of_chat", "ledger", ["chat"])
    op.create_index("ledger_of_number", "ledger", ["appointment"])
