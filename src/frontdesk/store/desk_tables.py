"""The tables of the desk alone: who may sign in, and by what; and where the statistics look into the ledger."""

from sqlalchemy import BigInteger, Column, ForeignKey, Index, Integer, Table, Text, literal_column

from frontdesk.store.columns import BIG, Moment
from frontdesk.store.tables import commands, ledger, metadata

users = Table(
    "users",
    metadata,
    Column("id", BIG, primary_key=True),
    Column("name", Text, nullable=False, unique=True),
    Column("role", Text, nullable=False),
    Column("password", Text),
    Column("salon", Text),
    Column("master", BigInteger),
    Column("chat", BIG, ForeignKey("chats.id")),
    Column("created_at", Moment, nullable=False),
)
"""Who may sign in at the desk. `salon` and `master` say whose appointments a master may see."""

sessions = Table(
    "sessions",
    metadata,
    Column("key", Text, primary_key=True),
    Column("user", BIG, ForeignKey("users.id"), nullable=False),
    Column("browser", Text, nullable=False),
    Column("started_at", Moment, nullable=False),
    Column("ends_at", Moment, nullable=False),
)

Index("sessions_of_user", sessions.c.user, sessions.c.started_at)

sign_in_links = Table(
    "sign_in_links",
    metadata,
    Column("key", Text, primary_key=True),
    Column("user", BIG, ForeignKey("users.id"), nullable=False),
    Column("ends_at", Moment, nullable=False),
)

sign_in_tries = Table(
    "sign_in_tries",
    metadata,
    Column("who", Text, primary_key=True),
    Column("since", Moment, nullable=False),
    Column("tries", Integer, nullable=False),
)
"""How often a name was tried, and from an address, since when; `who` says which of the two it is."""

Index("sign_in_tries_by_time", sign_in_tries.c.since)

GIVES_UP = ledger.c.kind.in_([literal_column("'cancelled'"), literal_column("'restored'")])
MOVES = ledger.c.kind == literal_column("'moved'")
Index(
    "ledger_given_up",
    ledger.c.salon,
    ledger.c.appointment,
    ledger.c.id,
    ledger.c.kind,
    sqlite_where=GIVES_UP,
    postgresql_where=GIVES_UP,
)
Index("ledger_moves", ledger.c.salon, ledger.c.appointment, ledger.c.kind, sqlite_where=MOVES, postgresql_where=MOVES)


desk_actions = Table(
    "desk_actions",
    metadata,
    Column("id", BIG, primary_key=True),
    Column("at", Moment, nullable=False),
    Column("who", Text, nullable=False),
    Column("what", Text, nullable=False),
    Column("chat", BIG, ForeignKey("chats.id")),
    Column("command", BIG),
    Column("salon", Text),
    Column("appointment", BigInteger),
    Column("detail", Text, nullable=False),
)
"""What was done at the desk, by a user's name, as users come and go. `what` is a Russian sentence of the desk.

`command` refers to nothing: a command is erased with the person whose it was, what was done about it stands.
"""

Index("desk_actions_by_time", desk_actions.c.at)
Index("desk_actions_of_appointment", desk_actions.c.appointment)
Index("desk_actions_of_chat", desk_actions.c.chat)

Index("commands_by_time", commands.c.created_at)
Index("commands_of_subject", commands.c.subject, commands.c.salon)
Index("commands_made", commands.c.made)
Index("ledger_newest", ledger.c.at)
Index("ledger_of_chat", ledger.c.chat)
Index("ledger_of_number", ledger.c.appointment)
