"""What several processes share: the pace, what the owner was told of, and which conversations hold words."""

from alembic import op
from sqlalchemy import BigInteger, Boolean, Column, Integer, Text, text

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Creates it."""
    op.create_table("pace", Column("id", Integer, primary_key=True), Column("places", Text, nullable=False))
    _alarms()
    op.add_column("chats", Column("words_at", BigInteger))
    worded = text("words_at IS NOT NULL")
    op.create_index("chats_with_words", "chats", ["words_at"], sqlite_where=worded, postgresql_where=worded)
    op.execute("UPDATE chats SET words_at = 0 WHERE talk IS NOT NULL")


def _alarms() -> None:
    op.create_table(
        "alarms",
        Column("what", Text, primary_key=True),
        Column("since", BigInteger, nullable=False),
        Column("told_at", BigInteger),
    )
    op.create_table(
        "alarm_looks", Column("id", Integer, primary_key=True), Column("look_at", BigInteger, nullable=False)
    )
    op.add_column("pauses", Column("refused", Boolean, nullable=False, server_default=text("false")))
