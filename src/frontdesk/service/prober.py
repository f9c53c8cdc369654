"""Looks whether a journal is back, or really away: one look at a time for each salon, whoever holds its lease.

A link that has just failed is looked at after a second, then less and less often, every half a minute at the least.
When a salon turns out to be locked out, its owner is told once, with what the doctor finds; and once when it is over.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import partial

from sqlalchemy import Connection

from frontdesk.booking.times import Instant
from frontdesk.channels.messages import Address
from frontdesk.dialogue.alerts import Trouble, let_in_again, locked_out
from frontdesk.dialogue.talk import Reply
from frontdesk.outage.link import LinkEvent, LinkState
from frontdesk.provider.probing import Sight
from frontdesk.service.jobs import Claims, Job
from frontdesk.store import links, masters, replies
from frontdesk.store.leases import Due, LeaseLost
from frontdesk.store.links import ClaimedLook, Link
from frontdesk.store.replies import Outgoing

LOOK = timedelta(seconds=20)
DIAGNOSIS = timedelta(seconds=60)
"""What takes longer is broken off; the lease outlives both."""


@dataclass(frozen=True, slots=True)
class Prober(Job[ClaimedLook]):
    """Looks at the journals that are in doubt."""

    async def claim(self) -> ClaimedLook | Due | None:
        """As it stands in the store, for all processes."""
        await self.parts.links.refresh()
        return await super(Prober, self).claim()

    async def claim_many(self, most: int) -> Claims[ClaimedLook]:
        """As it stands in the store, for all processes."""
        await self.parts.links.refresh()
        return await super(Prober, self).claim_many(most)

    def claiming(self) -> Callable[[Connection], ClaimedLook | Due | None]:
        """The salon to look at now; else when one is due; None where every link is well."""
        now = self.parts.clock.now()
        until = Instant(now + LOOK + DIAGNOSIS + self.parts.limits.spare)
        return partial(links.claim, now=now, until=until)

    async def handle(self, claimed: ClaimedLook) -> None:
        """Looks, tells the owner where that is due, and notes what was seen."""
        salon = claimed.link.salon
        sight = await self._look(salon)
        trouble = await self._diagnosis(claimed.link, sight)
        try:
            link = await self.parts.links.looked(claimed, sight)
            await self.parts.store.write(partial(self._tell_owner, link=link, trouble=trouble))
        except LeaseLost:
            self.parts.log.warning("a look at the journal was taken over by another worker", salon=salon)
        if not self.parts.links.state(salon).is_closed:
            self.bells.commands.ring()
        self.bells.turns.ring()
        self.bells.replies.ring()

    async def _look(self, salon: str) -> Sight:
        try:
            async with asyncio.timeout(LOOK.total_seconds()):
                return await self.parts.probes[salon]()
        except Exception as fault:
            self.parts.log.exception("a look at the journal broke off", salon=salon)
            return Sight(LinkEvent.PROBE_FAILED, f"the look broke off ({type(fault).__name__})")

    async def _diagnosis(self, link: Link, sight: Sight) -> Trouble | None:
        """What is wrong and what to do, where the owner is to be told and has not been."""
        if sight.event is not LinkEvent.REFUSED_ENTRY or link.owner_told_at is not None:
            return None
        try:
            async with asyncio.timeout(DIAGNOSIS.total_seconds()):
                found = await self.parts.diagnose(link.salon)
        except Exception:
            self.parts.log.exception("the salon could not be examined", salon=link.salon)
            found = None
        return found or Trouble("", sight.cause, "")

    def _tell_owner(self, connection: Connection, link: Link, trouble: Trouble | None) -> None:
        """Once that it is so, once that it is over."""
        now, title = self.parts.clock.now(), self.parts.title(link.salon)
        if link.state is LinkState.LOCKED_OUT and link.owner_told_at is None and trouble is not None:
            self._write(connection, link, locked_out(title, trouble))
            links.note_told(connection, link.salon, now)
        elif not link.state.is_closed and link.owner_told_at is not None:
            self._write(connection, link, let_in_again(title))
            links.note_told(connection, link.salon, None)

    def _write(self, connection: Connection, link: Link, reply: Reply) -> None:
        if (owner := self.parts.owner) is None:
            self.parts.log.error("nobody can be told: set notify.owner", salon=link.salon, said=reply.text)
            return
        _queue(connection, owner, reply, f"link-{link.salon}-{link.state}-{link.since.timestamp():.0f}", link.since)


def _queue(connection: Connection, owner: Address, reply: Reply, key: str, now: Instant) -> None:
    chat = masters.listener_at(connection, owner).chat
    replies.add(connection, chat, Outgoing(owner, key, reply, proactive=True), now)
