"""What several processes share: the pace."""

from alembic import op
from sqlalchemy import Column, Integer, Text

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Creates it."""
    op.create_table("pace", Column("id", Integer, primary_key=True), Column("places", Text, nullable=False))
