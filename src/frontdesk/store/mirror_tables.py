"""The tables of the local copy, the same on SQLite and PostgreSQL.

Content is the front desk's own shape as canonical JSON, so that equal text means no change. A column stands on its own
only where a query needs it.
"""

from sqlalchemy import BigInteger, Boolean, Column, Date, Index, Table, Text, false

from frontdesk.store.columns import Moment
from frontdesk.store.tables import metadata

__all__ = ["metadata", "mirror_appointments", "mirror_hints", "mirror_salons", "mirror_working"]

mirror_salons = Table(
    "mirror_salons",
    metadata,
    Column("salon", Text, primary_key=True),
    Column("content", Text),
    Column("salon_at", Moment),
    Column("schedule_at", Moment),
    Column("appointments_at", Moment),
    Column("covers_until", Date),
    Column("keeper", Text),
    Column("kept_until", Moment),
)
"""The salon itself, how fresh each part of its copy is, and which process keeps it for now."""

mirror_working = Table(
    "mirror_working",
    metadata,
    Column("salon", Text, primary_key=True),
    Column("day", Date, primary_key=True),
    Column("master", BigInteger, primary_key=True, autoincrement=False),
    Column("content", Text, nullable=False),
)
"""When masters work, by day."""

mirror_appointments = Table(
    "mirror_appointments",
    metadata,
    Column("salon", Text, primary_key=True),
    Column("appointment", BigInteger, primary_key=True, autoincrement=False),
    Column("master", BigInteger, nullable=False),
    Column("day", Date, nullable=False),
    Column("phone", Text),
    Column("content", Text, nullable=False),
    Column("read_at", Moment, nullable=False),
    Column("shown_at", Moment),
    Column("service", BigInteger),
    Column("fate", Text),
    Column("created_at", Moment),
    Column("was_moved", Boolean, nullable=False, server_default=false()),
    Column("lost_at", Moment),
)
"""The appointments, cancelled and deleted ones included. `read_at` is when the journal was asked for what is kept.

For the statistics: `shown_at` is the start as if the salon's clock were UTC, `service` the first by number. `was_moved`
says that the start has changed since it was first read, `lost_at` when it was first read as not taking place: None
where it was so from the beginning.
"""

Index(
    "mirror_appointments_of_day", mirror_appointments.c.salon, mirror_appointments.c.day, mirror_appointments.c.master
)
Index(
    "mirror_appointments_for_statistics",
    mirror_appointments.c.salon,
    mirror_appointments.c.day,
    mirror_appointments.c.fate,
    mirror_appointments.c.master,
    mirror_appointments.c.service,
    mirror_appointments.c.shown_at,
    mirror_appointments.c.was_moved,
    mirror_appointments.c.appointment,
)
Index(
    "mirror_appointments_by_creation",
    mirror_appointments.c.salon,
    mirror_appointments.c.phone,
    mirror_appointments.c.created_at,
    mirror_appointments.c.fate,
)
Index(
    "mirror_appointments_of_phone", mirror_appointments.c.salon, mirror_appointments.c.phone, mirror_appointments.c.day
)

mirror_hints = Table(
    "mirror_hints",
    metadata,
    Column("salon", Text, primary_key=True),
    Column("kind", Text, primary_key=True),
    Column("thing", BigInteger, primary_key=True, autoincrement=False),
    Column("hinted_at", Moment, nullable=False),
)
"""What the provider said has changed, to be read again; a repetition changes nothing but the time."""
