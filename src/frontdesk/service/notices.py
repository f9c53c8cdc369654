"""Tells the salon's own people what changed, right after it is done.

The ledger's line is the queue: it was written in the transaction that settled the command, and it is marked as told in
the transaction that queues the messages. So a notice is queued exactly once, however often this is broken off; as
nobody asked for it, it is also never sent twice.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

from sqlalchemy import Connection

from frontdesk.booking.changes import Change
from frontdesk.booking.ids import MasterId
from frontdesk.booking.times import Instant
from frontdesk.dialogue.notices import Day, notice
from frontdesk.service.jobs import Job
from frontdesk.store import ledger, masters, replies
from frontdesk.store.leases import Due
from frontdesk.store.ledger import Untold
from frontdesk.store.masters import Listener
from frontdesk.store.replies import Outgoing


@dataclass(frozen=True, slots=True)
class Telling:
    """A change, and who is to be told of it."""

    untold: Untold
    listeners: tuple[Listener, ...]


@dataclass(frozen=True, slots=True)
class Notices(Job[Telling]):
    """Tells masters and the administrator."""

    def claiming(self) -> Callable[[Connection], Telling | Due | None]:
        """The change that has waited longest to be told; else when one is due; None where there is none."""
        now, limits = self.parts.clock.now(), self.parts.limits
        until = Instant(now + limits.tell + limits.spare)
        return partial(self._claim, now=now, until=until)

    def _claim(self, connection: Connection, now: Instant, until: Instant) -> Telling | Due | None:
        untold = ledger.claim(connection, now, until)
        if not isinstance(untold, Untold):
            return untold
        listeners = self._listeners(connection, untold.change)
        if listeners and now - untold.at <= self.parts.limits.tell_within:
            return Telling(untold, listeners)
        ledger.end(connection, untold)
        return Due(now)

    def _listeners(self, connection: Connection, change: Change) -> tuple[Listener, ...]:
        """Each chat once: of a master who is the administrator too, the administrator's."""
        found = masters.listeners(connection, change.salon, [one.id for one in change.masters])
        if self.parts.administrator is not None:
            found = (masters.listener_at(connection, self.parts.administrator), *found)
        return tuple({one.chat: one for one in reversed(found)}.values())

    async def handle(self, telling: Telling) -> None:
        """Reads the day, words the notices and queues them."""
        change, now = telling.untold.change, self.parts.clock.now()
        whose = {one.master for one in telling.listeners if one.master is not None}
        async with asyncio.timeout(self.parts.limits.tell.total_seconds()):
            gone = {master for master in whose if not await self.parts.door.works(change.salon, master)}
            day = await self.parts.door.day_of(change, now)
        await self.parts.store.write(partial(tell, telling=telling, day=day, gone=frozenset(gone), now=now))
        self.bells.replies.ring()


def tell(connection: Connection, telling: Telling, day: Day, gone: frozenset[MasterId], now: Instant) -> None:
    """One transaction: the messages, and the change as told. Masters who are gone are forgotten instead."""
    change = telling.untold.change
    if not ledger.end(connection, telling.untold):
        return
    for master in gone:
        masters.leave(connection, change.salon, master)
    for number, one in enumerate(telling.listeners[: ledger.MOST_LISTENERS]):
        said = notice(change, day, names_master=one.master is None)
        if said is not None and one.master not in gone:
            key = ledger.notice_key(telling.untold.id, number)
            replies.add(connection, one.chat, Outgoing(one.address, key, said, proactive=True), now)
