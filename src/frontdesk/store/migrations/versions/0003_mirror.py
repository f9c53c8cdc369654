"""The local copy of the salons."""

from alembic import op
from sqlalchemy import BigInteger, Boolean, Column, Date, Text, false

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Creates it."""
    _salons()
    _days()
    op.create_index("clients_by_number", "clients", ["salon", "client"])
    op.create_table(
        "mirror_hints",
        Column("salon", Text, primary_key=True),
        Column("kind", Text, primary_key=True),
        Column("thing", BigInteger, primary_key=True, autoincrement=False),
        Column("hinted_at", BigInteger, nullable=False),
    )


def _salons() -> None:
    op.create_table(
        "mirror_salons",
        Column("salon", Text, primary_key=True),
        Column("content", Text),
        Column("salon_at", BigInteger),
        Column("schedule_at", BigInteger),
        Column("appointments_at", BigInteger),
        Column("covers_until", Date),
        Column("keeper", Text),
        Column("kept_until", BigInteger),
    )


def _days() -> None:
    op.create_table(
        "mirror_working",
        Column("salon", Text, primary_key=True),
        Column("day", Date, primary_key=True),
        Column("master", BigInteger, primary_key=True, autoincrement=False),
        Column("content", Text, nullable=False),
    )
    op.create_table(
        "mirror_appointments",
        Column("salon", Text, primary_key=True),
        Column("appointment", BigInteger, primary_key=True, autoincrement=False),
        Column("master", BigInteger, nullable=False),
        Column("day", Date, nullable=False),
        Column("phone", Text),
        Column("content", Text, nullable=False),
        Column("read_at", BigInteger, nullable=False),
        Column("shown_at", BigInteger),
        Column("service", BigInteger),
        Column("fate", Text),
        Column("created_at", BigInteger),
        Column("was_moved", Boolean, nullable=False, server_default=false()),
        Column("lost_at", BigInteger),
    )
    op.create_index("mirror_appointments_of_day", "mirror_appointments", ["salon", "day", "master"])
    op.create_index("mirror_appointments_of_phone", "mirror_appointments", ["salon", "phone", "day"])
    told = ["salon", "day", "fate", "master", "service", "shown_at", "was_moved", "appointment"]
    op.create_index("mirror_appointments_for_statistics", "mirror_appointments", told)
    op.create_index("mirror_appointments_by_creation", "mirror_appointments", ["salon", "phone", "created_at", "fate"])
