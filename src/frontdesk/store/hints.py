"""What the provider's webhooks named, until it has been read again; and which process reads a salon for now.

Webhooks are taken in by one process and read by the one that keeps the salon, so they meet in the database. A hint that
comes again while it waits is the same hint; one that comes while it is being read stays for another reading.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import Connection, bindparam, delete, func, or_, select, update

from frontdesk.booking.times import Instant
from frontdesk.store.columns import Moment
from frontdesk.store.mirror_tables import mirror_hints, mirror_salons
from frontdesk.store.once import insert_once, upsert

WAITING_AT_MOST = 1_000
"""Hints of one salon; what comes beyond is found when changes are asked for, which then is at once."""
EVERYTHING = 0
KINDS = frozenset({"record", "client", "staff", "service", "service_category", "salon"})


@dataclass(frozen=True, slots=True)
class Hint:
    """A kind of thing and its number."""

    kind: str
    thing: int


_HERE = mirror_hints.c.salon == bindparam("at")
_WAITING = select(func.count()).select_from(mirror_hints).where(_HERE)
_ALL = select(mirror_hints.c.kind, mirror_hints.c.thing, mirror_hints.c.hinted_at).where(_HERE)
_READ = delete(mirror_hints).where(
    _HERE,
    mirror_hints.c.kind == bindparam("of"),
    mirror_hints.c.thing == bindparam("number"),
    mirror_hints.c.hinted_at <= bindparam("before", type_=Moment),
)
_CLAIM = (
    update(mirror_salons)
    .where(
        mirror_salons.c.salon == bindparam("at"),
        or_(
            mirror_salons.c.keeper == bindparam("me"),
            mirror_salons.c.kept_until.is_(None),
            mirror_salons.c.kept_until < bindparam("now", type_=Moment),
        ),
    )
    .values(keeper=bindparam("me"), kept_until=bindparam("until", type_=Moment))
)


def add(connection: Connection, salon: str, hints: Collection[Hint], now: Instant) -> int:
    """Notes them, of known kinds only; how many were taken."""
    known = sorted({one for one in hints if one.kind in KINDS}, key=lambda one: (one.kind, one.thing))
    room = WAITING_AT_MOST - int(connection.execute(_WAITING, {"at": salon}).scalar_one())
    taken = known[: max(room, 0)]
    if len(taken) < len(known):
        taken.append(Hint("record", EVERYTHING))
    for one in taken:
        upsert(connection, mirror_hints, {"salon": salon, "kind": one.kind, "thing": one.thing, "hinted_at": now})
    return len(taken)


def waiting(connection: Connection, salon: str) -> tuple[tuple[Hint, ...], Instant | None]:
    """Those that wait, and when the newest of them came."""
    rows = connection.execute(_ALL, {"at": salon}).all()
    newest = max((row.hinted_at for row in rows), default=None)
    return tuple(Hint(row.kind, row.thing) for row in rows), newest


def read(connection: Connection, salon: str, hints: Sequence[Hint], until: Instant) -> None:
    """They have been read again; those that came anew after `until` stay."""
    for one in hints:
        connection.execute(_READ, {"at": salon, "of": one.kind, "number": one.thing, "before": until})


def claim(connection: Connection, salon: str, keeper: str, now: Instant, lasts: timedelta) -> bool:
    """Whether this process is the one that reads the salon, from now on for so long."""
    insert_once(connection, mirror_salons, {"salon": salon})
    asked = {"at": salon, "me": keeper, "now": now, "until": Instant(now + lasts)}
    return connection.execute(_CLAIM, asked).rowcount == 1
