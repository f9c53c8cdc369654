"""The link to each salon's journal, and what a command needs while it is away."""

from alembic import op
from sqlalchemy import BigInteger, Column, Integer, Text

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Creates it."""
    op.create_table(
        "links",
        Column("salon", Text, primary_key=True),
        Column("state", Text, nullable=False),
        Column("since", BigInteger, nullable=False),
        Column("failures", Integer, nullable=False, server_default="0"),
        Column("cause", Text, nullable=False, server_default=""),
        Column("look_at", BigInteger),
        Column("looks", Integer, nullable=False, server_default="0"),
        Column("owner_told_at", BigInteger),
        Column("lease", BigInteger, nullable=False, server_default="0"),
        Column("lease_until", BigInteger),
    )
    op.add_column("commands", Column("made", BigInteger))
    op.add_column("commands", Column("deferred_at", BigInteger))
    op.add_column("commands", Column("revision", Integer, nullable=False, server_default="0"))
