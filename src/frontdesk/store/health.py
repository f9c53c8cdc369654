"""Whether the database could be worked with, found out without changing anything in it."""

import os
from enum import StrEnum
from pathlib import Path

from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, NullPool, create_engine
from sqlalchemy.engine import URL
from sqlalchemy.exc import DBAPIError

from frontdesk.store.database import checked, first_line

LOCKED_AFTER_S = 2
CONNECT_WITHIN_S = 5


class Health(StrEnum):
    """What would come of opening the store."""

    READY = "ready"
    EMPTY = "empty"
    """It is made, or filled with tables, at the first start."""
    OLDER = "older"
    """It is brought up to date at the next start."""
    NEWER = "newer"
    LOCKED = "locked"
    UNUSABLE = "unusable"


def look(address: str) -> tuple[Health, str]:
    """The store's health and the database's own words about it; raises BadStore where the address is none."""
    url = checked(address)
    if url.drivername == "sqlite" and not Path(url.database or "").exists():
        return _to_be_made(Path(url.database or ""))
    try:
        return _looked_into(url), ""
    except DBAPIError as fault:
        said = first_line(fault)
        return (Health.LOCKED if "locked" in said else Health.UNUSABLE), said
    except OSError as fault:
        return Health.UNUSABLE, first_line(fault)


def _to_be_made(path: Path) -> tuple[Health, str]:
    """Its folder is made too, below the first that is there."""
    folder = next(parent for parent in path.resolve().parents if parent.exists())
    if not folder.is_dir():
        return Health.UNUSABLE, f"{folder} is no folder"
    return (Health.EMPTY, "") if os.access(folder, os.W_OK) else (Health.UNUSABLE, f"{folder} may not be written to")


def _looked_into(url: URL) -> Health:
    sqlite = url.drivername == "sqlite"
    waits = {"timeout": LOCKED_AFTER_S} if sqlite else {"connect_timeout": CONNECT_WITHIN_S}
    engine = create_engine(url, poolclass=NullPool, hide_parameters=True, connect_args=waits)
    with engine.connect() as connection:
        if sqlite:
            # Asks for the writer's lock, which shows a locked or a read-only file, and gives it back.
            connection.exec_driver_sql("BEGIN IMMEDIATE")
        try:
            return _version(connection)
        finally:
            connection.rollback()


def _version(connection: Connection) -> Health:
    config = Config()
    config.set_main_option("script_location", "frontdesk.store:migrations")
    known = ScriptDirectory.from_config(config)
    at = MigrationContext.configure(connection).get_current_revision()
    if at is None:
        return Health.EMPTY
    if at == known.get_current_head():
        return Health.READY
    return Health.OLDER if at in {one.revision for one in known.walk_revisions()} else Health.NEWER
