"""What the salon edits at the desk (texts, policy, switches), what people were told of privacy, who has blocked us."""

from alembic import op
from sqlalchemy import BigInteger, Column, ForeignKey, Integer, Text

revision = "0007"
down_revision = "0006"

BIG = BigInteger().with_variant(Integer, "sqlite")


def upgrade() -> None:
    """Creates it."""
    op.create_table("wishes", Column("name", Text, primary_key=True), Column("value", Text, nullable=False))
    op.create_table(
        "texts",
        Column("key", Text, primary_key=True),
        Column("language", Text, primary_key=True),
        Column("text", Text, nullable=False),
        Column("saved_at", BigInteger, nullable=False),
    )
    op.create_table(
        "consents",
        Column("chat", BIG, ForeignKey("chats.id"), primary_key=True),
        Column("notice", Text, primary_key=True),
        Column("version", Text, nullable=False),
        Column("text", Text, nullable=False),
        Column("told_at", BigInteger, nullable=False),
    )
    op.add_column("chats", Column("blocked_at", BigInteger))
