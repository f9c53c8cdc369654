"""The link to each salon's journal: one row a salon, moved by `outage.LINK` alone, so that all processes agree.

Whoever looks whether the journal is back holds the row's lease: of several processes one probes.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, bindparam, exists, select, update

from frontdesk.booking.times import Instant
from frontdesk.outage.link import LinkEvent, LinkState, is_looked_at, seen, wait_before_look
from frontdesk.store.codec import brief
from frontdesk.store.columns import Moment
from frontdesk.store.leases import Due, Lease, LeaseLost
from frontdesk.store.once import insert_once
from frontdesk.store.tables import OPEN, commands, links

CLOSED = tuple(state for state in LinkState if state.is_closed)


@dataclass(frozen=True, slots=True)
class Link:
    """How a salon's journal can be reached.

    `cause` is what the last failure said; `owner_told_at` is as the table has it.
    """

    salon: str
    state: LinkState
    since: Instant
    failures: int = 0
    cause: str = ""
    owner_told_at: Instant | None = None


@dataclass(frozen=True, slots=True)
class ClaimedLook:
    """A salon to be looked at now; the lease's id is 0, the salon says whose it is."""

    lease: Lease
    link: Link


_ALL = select(links)
_ONE = select(links).where(links.c.salon == bindparam("of")).with_for_update()
_MOVE = (
    update(links)
    .where(links.c.salon == bindparam("of"))
    .values(
        state=bindparam("becomes"),
        since=bindparam("from", type_=Moment),
        failures=bindparam("in_a_row"),
        cause=bindparam("why"),
        look_at=bindparam("look", type_=Moment),
        looks=bindparam("in_vain"),
    )
)
_NEXT = (
    select(links)
    .where(links.c.look_at.is_not(None), links.c.lease_until.is_(None))
    .order_by(links.c.look_at)
    .limit(1)
    .with_for_update(skip_locked=True)
)
_CLAIM = (
    update(links)
    .where(links.c.salon == bindparam("of"))
    .values(lease=links.c.lease + 1, lease_until=bindparam("until", type_=Moment))
)
_LET_GO = (
    update(links)
    .where(links.c.salon == bindparam("of"), links.c.lease == bindparam("held"), links.c.lease_until.is_not(None))
    .values(lease_until=None)
)
_LOOK_SOON = (
    update(links)
    .where(links.c.look_at.is_not(None), links.c.lease_until.is_(None))
    .values(look_at=bindparam("soon", type_=Moment))
)
_TOLD = update(links).where(links.c.salon == bindparam("of")).values(owner_told_at=bindparam("told", type_=Moment))
_RECOVERING = select(links.c.salon).where(
    links.c.state == LinkState.RECOVERING,
    ~exists().where(
        commands.c.salon == links.c.salon, OPEN, commands.c.state != "conflict", commands.c.created_at <= links.c.since
    ),
)


def is_closed_to(salon: ColumnElement[str]) -> ColumnElement[bool]:
    """Whether nothing may be sent to that salon's journal, as part of another query."""
    return exists().where(links.c.salon == salon, links.c.state.in_(CLOSED))


def is_closed(connection: Connection, salon: str) -> bool:
    """Whether nothing may be sent to the salon's journal."""
    row = connection.execute(_ALL.where(links.c.salon == salon)).one_or_none()
    return row is not None and LinkState(row.state).is_closed


def every(connection: Connection) -> Mapping[str, Link]:
    """All that are known, by salon; one that is not there is online."""
    return {row.salon: _link(row) for row in connection.execute(_ALL).all()}


def of_salon(connection: Connection, salon: str) -> Link | None:
    """One salon's; None where it has never been otherwise than online."""
    row = connection.execute(_ALL.where(links.c.salon == salon)).one_or_none()
    return _link(row) if row else None


def see(connection: Connection, salon: str, event: LinkEvent, now: Instant, cause: str = "") -> tuple[Link, Link]:
    """The link before and after what was seen of it. Raises NoSuchMove."""
    row = _row(connection, salon, now)
    return _link(row), _seen(connection, row, event, now, cause=cause)


def claim(connection: Connection, now: Instant, until: Instant) -> ClaimedLook | Due | None:
    """The salon to be looked at next, leased; else when one is due; None where every link is well."""
    row = connection.execute(_NEXT).one_or_none()
    if row is None:
        return None
    if row.look_at > now:
        return Due(row.look_at)
    connection.execute(_CLAIM, {"of": row.salon, "until": until})
    return ClaimedLook(Lease(0, row.lease + 1), _link(row))


def look_soon(connection: Connection, now: Instant) -> None:
    """Whatever link is in doubt or closed is looked at now instead of at its next time."""
    connection.execute(_LOOK_SOON, {"soon": now})


def looked(connection: Connection, claimed: ClaimedLook, event: LinkEvent, now: Instant, cause: str) -> Link:
    """Ends the look with what it showed. Raises LeaseLost."""
    salon = claimed.link.salon
    if connection.execute(_LET_GO, {"of": salon, "held": claimed.lease.number}).rowcount != 1:
        raise LeaseLost(f"the link of {salon} was taken over")
    return _seen(connection, _row(connection, salon, now), event, now, cause=cause, by_look=True)


def caught_up(connection: Connection, now: Instant) -> tuple[str, ...]:
    """Brings those online again whose backlog is through; says which."""
    salons = tuple(connection.execute(_RECOVERING).scalars())
    for salon in salons:
        see(connection, salon, LinkEvent.CAUGHT_UP, now)
    return salons


def note_told(connection: Connection, salon: str, told_at: Instant | None) -> None:
    """Whether the owner knows that the salon is locked out, and since when."""
    connection.execute(_TOLD, {"of": salon, "told": told_at})


def _row(connection: Connection, salon: str, now: Instant) -> Row[Any]:
    row = connection.execute(_ONE, {"of": salon}).one_or_none()
    if row is None:
        insert_once(connection, links, {"salon": salon, "state": LinkState.ONLINE, "since": now})
        row = connection.execute(_ONE, {"of": salon}).one()
    return row


def _seen(  # noqa: PLR0913 - what was seen, by name
    connection: Connection, row: Row[Any], event: LinkEvent, now: Instant, *, cause: str, by_look: bool = False
) -> Link:
    state = LinkState(row.state)
    becomes, failures = seen(state, row.failures, event)
    in_vain = by_look and event is not LinkEvent.PROBE_OK
    look_at, looks = _next_look(row, now, in_vain=in_vain, stays=becomes is state)
    wanted = is_looked_at(becomes, failures)
    values = {
        "of": row.salon,
        "becomes": becomes,
        "from": row.since if _goes_on(state, becomes) else now,
        "in_a_row": failures,
        "why": brief(cause) or row.cause,
        "look": look_at if wanted else None,
        "in_vain": looks if wanted else 0,
    }
    connection.execute(_MOVE, values)
    return _link(connection.execute(_ONE, {"of": row.salon}).one())


def _goes_on(state: LinkState, becomes: LinkState) -> bool:
    """Whether `since` stands: a journal that is away and then lets nobody in has been silent from the first."""
    return becomes is state or (state.is_closed and becomes.is_closed)


def _next_look(row: Row[Any], now: Instant, *, in_vain: bool, stays: bool) -> tuple[Instant, int]:
    """When the prober looks next, and how often it has in vain: soon after the first doubt, then less and less."""
    if stays and not in_vain and row.look_at is not None:
        return row.look_at, row.looks
    looks = row.looks + 1 if in_vain else 0
    return Instant(now + wait_before_look(looks)), looks


def _link(row: Row[Any]) -> Link:
    return Link(row.salon, LinkState(row.state), row.since, row.failures, row.cause, row.owner_told_at)
