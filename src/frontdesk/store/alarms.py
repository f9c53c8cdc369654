"""What is wrong with the service itself and wants its owner: since when, and whether they were told.

What stands wrong is read from the tables that it is about. A row here says that it was so at the last look: it is told
at the second look in a row, so that what mends itself within a minute troubles nobody, and a restart repeats nothing.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import StrEnum

from sqlalchemy import Connection, bindparam, delete, exists, func, select, update

from frontdesk.booking.times import Instant
from frontdesk.outage.command import CommandState
from frontdesk.store.columns import Moment
from frontdesk.store.links import CLOSED
from frontdesk.store.once import insert_once
from frontdesk.store.tables import (
    NOT_DONE,
    OPEN,
    MessageState,
    alarm_looks,
    alarms,
    commands,
    inbox,
    links,
    pauses,
    replies,
)

ONLY = 1
MOST_COUNTED = 1000
MOST_ALARMS = 100


class AlarmKind(StrEnum):
    """What can be wrong."""

    WAITS = "waits"
    CONFLICT = "conflict"
    SET_ASIDE = "set_aside"
    ACCOUNT = "account"


@dataclass(frozen=True, slots=True)
class Alarm:
    """One thing that is wrong. `about` is a salon, a messenger account as `channel:account`, or empty.

    `number` is how many commands or messages, MOST_COUNTED where there are more; `detail` a messenger's own words.
    """

    kind: AlarmKind
    about: str = ""
    number: int = 0
    detail: str = ""

    @property
    def what(self) -> str:
        """Its name in the table."""
        return f"{self.kind.value}:{self.about}"


@dataclass(frozen=True, slots=True)
class News:
    """What the owner is to be told now: what has been wrong for two looks, and what no longer is."""

    raised: tuple[Alarm, ...] = ()
    over: tuple[Alarm, ...] = ()


_BEFORE = bindparam("before", type_=Moment)
_WAITING = (
    select(commands.c.salon, func.count())
    .where(OPEN, commands.c.state != CommandState.CONFLICT, commands.c.created_at <= _BEFORE)
    .group_by(commands.c.salon)
    .order_by(commands.c.salon)
    .limit(MOST_ALARMS)
)
_NOT_LONG_OPEN = select(links.c.salon).where(links.c.state.in_(CLOSED) | (links.c.since > _BEFORE))
_IN_CONFLICT = (
    select(commands.c.salon, func.count())
    .where(OPEN, commands.c.state == CommandState.CONFLICT, commands.c.next_try_at <= _BEFORE)
    .group_by(commands.c.salon)
    .order_by(commands.c.salon)
    .limit(MOST_ALARMS)
)
_UNANSWERED = select(func.count()).select_from(
    select(inbox.c.id)
    .where(
        NOT_DONE,
        inbox.c.state == MessageState.SET_ASIDE,
        ~exists().where(replies.c.chat == inbox.c.chat, replies.c.created_at > inbox.c.received_at),
    )
    .limit(MOST_COUNTED)
    .subquery()
)
_REFUSED = (
    select(pauses.c.channel, pauses.c.account, pauses.c.detail)
    .where(pauses.c.refused)
    .order_by(pauses.c.channel, pauses.c.account)
    .limit(MOST_ALARMS)
)
_LOOK = (
    update(alarm_looks)
    .where(alarm_looks.c.id == ONLY, alarm_looks.c.look_at <= bindparam("now", type_=Moment))
    .values(look_at=bindparam("next", type_=Moment))
)
_TOLD = update(alarms).where(alarms.c.what == bindparam("name")).values(told_at=bindparam("now", type_=Moment))
_OVER = delete(alarms).where(alarms.c.what == bindparam("name"))


def takes_look(connection: Connection, now: Instant, every: timedelta) -> bool:
    """Whether a look is due, and it falls to whoever asks: of several processes one."""
    insert_once(connection, alarm_looks, {"id": ONLY, "look_at": now})
    return connection.execute(_LOOK, {"now": now, "next": now + every}).rowcount == 1


def standing(connection: Connection, waited_since: Instant, unsettled_since: Instant) -> tuple[Alarm, ...]:
    """All that is wrong now. A conflict is as old as the attempt that found it."""
    waiting = connection.execute(_WAITING, {"before": waited_since})
    conflicts = connection.execute(_IN_CONFLICT, {"before": unsettled_since})
    unanswered = connection.execute(_UNANSWERED).scalar_one()
    return (
        *(Alarm(AlarmKind.WAITS, salon, number) for salon, number in waiting),
        *(Alarm(AlarmKind.CONFLICT, salon, number) for salon, number in conflicts),
        *([Alarm(AlarmKind.SET_ASIDE, number=unanswered)] if unanswered else []),
        *(Alarm(AlarmKind.ACCOUNT, f"{on}:{of}", detail=detail) for on, of, detail in connection.execute(_REFUSED)),
    )


def news(connection: Connection, now: Instant, waited_since: Instant, unsettled_since: Instant) -> News:
    """Notes what is wrong and what no longer is; answers with what the owner is to be told, once each."""
    stands = {one.what: one for one in standing(connection, waited_since, unsettled_since)}
    known = {row.what: row.told_at for row in connection.execute(select(alarms)).all()}
    # Behind a journal that is away, or has just come back, commands wait as they should: no alarm, and no end of one.
    may_wait = set(connection.execute(_NOT_LONG_OPEN, {"before": waited_since}).scalars())
    fresh = [one for one in stands.values() if one.kind is not AlarmKind.WAITS or one.about not in may_wait]
    raised = tuple(_raised(connection, fresh, known, now))
    over = [what for what in known if what not in stands]
    for what in over:
        connection.execute(_OVER, {"name": what})
    return News(raised, tuple(_alarm(what) for what in over if known[what] is not None))


def _raised(
    connection: Connection, found: Sequence[Alarm], known: dict[str, Instant | None], now: Instant
) -> Iterator[Alarm]:
    for one in found:
        if one.what not in known:
            insert_once(connection, alarms, {"what": one.what, "since": now})
        elif known[one.what] is None:
            connection.execute(_TOLD, {"name": one.what, "now": now})
            yield one


def _alarm(what: str) -> Alarm:
    kind, _, about = what.partition(":")
    return Alarm(AlarmKind(kind), about)
