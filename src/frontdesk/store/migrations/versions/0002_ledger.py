"""Masters and the ledger: whom of the salon to tell, and what was changed."""

from alembic import op
from sqlalchemy import BigInteger, Boolean, Column, ForeignKey, Integer, Text, text

revision = "0002"
down_revision = "0001"

BIG = BigInteger().with_variant(Integer, "sqlite")


def upgrade() -> None:
    """Creates them."""
    _masters()
    _ledger()


def _masters() -> None:
    op.create_table(
        "masters",
        Column("salon", Text, primary_key=True),
        Column("master", BigInteger, primary_key=True),
        Column("name", Text, nullable=False),
        Column("code", Text, nullable=False, unique=True),
        Column("invited_at", BigInteger, nullable=False),
        Column("registered_at", BigInteger),
        Column("chat", BIG, ForeignKey("chats.id")),
    )
    op.create_index("ix_masters_chat", "masters", ["chat"])


def _ledger() -> None:
    op.create_table(
        "ledger",
        Column("id", BIG, primary_key=True),
        Column("salon", Text, nullable=False),
        Column("appointment", BigInteger),
        Column("master", BigInteger),
        Column("kind", Text, nullable=False),
        Column("at", BigInteger, nullable=False),
        Column("asked_at", BigInteger, nullable=False),
        Column("asked_by", Text, nullable=False),
        Column("chat", BIG, ForeignKey("chats.id")),
        Column("channel", Text),
        Column("reason", Text),
        Column("starts_at", BigInteger),
        Column("lead_s", BigInteger),
        Column("late", Boolean, nullable=False),
        Column("value_cents", BigInteger),
        Column("outcome", Text),
        Column("notice", Text),
        Column("tell_at", BigInteger),
    )
    op.create_index("ledger_of_appointment", "ledger", ["salon", "appointment", "id"])
    op.create_index("ledger_by_time", "ledger", ["salon", "at", "id"])
    untold = text("tell_at IS NOT NULL")
    op.create_index("ledger_untold", "ledger", ["tell_at"], sqlite_where=untold, postgresql_where=untold)
