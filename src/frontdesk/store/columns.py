"""What the tables' columns hold, the same on SQLite and PostgreSQL."""

from datetime import UTC, datetime, timedelta
from enum import StrEnum

from sqlalchemy import BigInteger, ColumnElement, Dialect, Integer, TypeDecorator, literal_column

from frontdesk.booking.times import Instant

EPOCH = Instant(datetime(1970, 1, 1, tzinfo=UTC))
MICROSECOND = timedelta(microseconds=1)


class Moment(TypeDecorator[Instant]):
    """An instant as whole microseconds since 1970: exact, ordered and the same in both databases."""

    impl = BigInteger
    cache_ok = True

    def process_bind_param(self, value: Instant | None, dialect: Dialect) -> int | None:
        """To the database."""
        del dialect
        return None if value is None else (value - EPOCH) // MICROSECOND

    def process_result_value(self, value: int | None, dialect: Dialect) -> Instant | None:
        """From the database."""
        del dialect
        return None if value is None else Instant(EPOCH + value * MICROSECOND)


BIG = BigInteger().with_variant(Integer, "sqlite")
"""SQLite numbers rows by itself only where the column says INTEGER."""


def written_out(column: ColumnElement[str], *states: StrEnum) -> ColumnElement[bool]:
    """Whether the column holds one of these, written out in the statement.

    A partial index serves a query only if its condition stands in the query, and a bound value does not.
    """
    return column.in_([literal_column(f"'{state.value}'") for state in states])
