"""The tables of what the salon edits at the desk, and of what people were told of privacy."""

from sqlalchemy import Column, ForeignKey, Table, Text

from frontdesk.store.columns import BIG, Moment
from frontdesk.store.tables import metadata

wishes = Table(
    "wishes",
    metadata,
    Column("name", Text, primary_key=True),
    Column("value", Text, nullable=False),
)
"""What the salon wants, as it is edited at the desk: one group a row, as JSON."""

texts = Table(
    "texts",
    metadata,
    Column("key", Text, primary_key=True),
    Column("language", Text, primary_key=True),
    Column("text", Text, nullable=False),
    Column("saved_at", Moment, nullable=False),
)
"""The salon's own words in place of ours, by our Russian ones."""

consents = Table(
    "consents",
    metadata,
    Column("chat", BIG, ForeignKey("chats.id"), primary_key=True),
    Column("notice", Text, primary_key=True),
    Column("version", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("told_at", Moment, nullable=False),
)
"""The privacy notices each person was told: which, of what version, in what words, and when."""
