"""The one row of the pace that all processes on a database share, locked for each exchange."""

import json
import time
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeVar

from sqlalchemy import Column, Connection, Integer, Table, Text, bindparam, func, select, update

from frontdesk.store.database import Store
from frontdesk.store.once import insert_once
from frontdesk.store.tables import metadata
from frontdesk.store.threads import Priority

T = TypeVar("T")
EMPTY = "{}"
ONLY = 1

pace = Table("pace", metadata, Column("id", Integer, primary_key=True), Column("places", Text, nullable=False))

_LOCKED = select(pace.c.places).where(pace.c.id == ONLY).with_for_update()
_KEEP = update(pace).where(pace.c.id == ONLY).values(places=bindparam("now_held"))
_CLOCK = select(func.extract("epoch", func.clock_timestamp()))


@dataclass(frozen=True, slots=True)
class PaceLedger:
    """The row, as JSON text that whoever shares it understands."""

    store: Store

    async def exchange(self, change: Callable[[dict[str, Any], float], tuple[dict[str, Any], T]]) -> T:
        """Locks the row, hands over what it holds and the time, keeps the new content and answers with the rest.

        The time is in seconds, by the database's clock where it has one.
        """
        return await self.store.write(partial(exchanged, change=change), Priority.WEBHOOK)


def exchanged(connection: Connection, change: Callable[[dict[str, Any], float], tuple[dict[str, Any], T]]) -> T:
    """One exchange, in a transaction of its own."""
    held = connection.execute(_LOCKED).scalar_one_or_none()
    if held is None:
        insert_once(connection, pace, {"id": ONLY, "places": EMPTY})
        held = connection.execute(_LOCKED).scalar_one()
    places, answer = change(json.loads(held), _seconds(connection))
    connection.execute(_KEEP, {"now_held": json.dumps(places)})
    return answer


def _seconds(connection: Connection) -> float:
    if connection.dialect.name == "postgresql":
        return float(connection.execute(_CLOCK).scalar_one())
    return time.time()
