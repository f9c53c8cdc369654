"""Brings the tables to what this version needs, at start-up, one process at a time."""

from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, Engine

LOCK = 7_305_190_114
"""Any number, as long as every Frontdesk uses the same: the key of PostgreSQL's advisory lock."""


def migrate(engine: Engine) -> None:
    """Runs the missing migrations in one transaction; a second process waits, then finds nothing to do."""
    with engine.begin() as connection:
        if connection.dialect.name == "postgresql":
            connection.exec_driver_sql(f"SELECT pg_advisory_xact_lock({LOCK})")
        command.upgrade(_config(connection), "head")


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", "frontdesk.store:migrations")
    config.attributes["connection"] = connection
    return config
