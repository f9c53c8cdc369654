"""`INSERT ... ON CONFLICT`, which SQLAlchemy keeps once for each database."""

from collections.abc import Sequence
from functools import cache
from typing import Any

from sqlalchemy import Connection, Insert, Table
from sqlalchemy.dialects import postgresql, sqlite

Upsert = sqlite.Insert | postgresql.Insert


def insert_of(dialect: str, table: Table) -> Upsert:
    """The database's own INSERT, which knows ON CONFLICT."""
    return postgresql.insert(table) if dialect == "postgresql" else sqlite.insert(table)


def insert_once(connection: Connection, table: Table, values: dict[str, Any]) -> int | None:
    """Inserts the row and answers with its first key column; None, nothing written, where a unique key has it."""
    row: int | None = connection.execute(_once(connection.dialect.name, table), values).scalar_one_or_none()
    return row


def upsert(connection: Connection, table: Table, values: dict[str, Any]) -> None:
    """Inserts the row, or, where its primary key is there already, writes the other columns over it."""
    upsert_all(connection, table, [values])


def upsert_all(connection: Connection, table: Table, rows: Sequence[dict[str, Any]]) -> None:
    """The same for many rows at once; all name the same columns."""
    if rows:
        connection.execute(_over(connection.dialect.name, table, tuple(rows[0])), rows)


@cache
def _once(dialect: str, table: Table) -> Insert:
    key = next(iter(table.primary_key.columns))
    return insert_of(dialect, table).on_conflict_do_nothing().returning(key)


@cache
def _over(dialect: str, table: Table, names: tuple[str, ...]) -> Insert:
    statement = insert_of(dialect, table)
    keys = [column.name for column in table.primary_key.columns]
    changes = {name: statement.excluded[name] for name in names if name not in keys}
    return statement.on_conflict_do_update(index_elements=keys, set_=changes)
