"""Sends replies. Messengers have no idempotency key, so what may have left is never sent again at once.

A message that was cut off waits for a report of its delivery; after two minutes of silence it goes once more, a
proactive one never. In test mode everything goes to one chat; nobody who has blocked us is written to first.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import assert_never

from sqlalchemy import Connection

from frontdesk.booking.times import Instant
from frontdesk.channels.messages import Accepted, CutOff, Rejected, SendAction, Sent
from frontdesk.outage.reply import ReplyEvent
from frontdesk.service.jobs import Job
from frontdesk.service.parts import Limits, NoSuchAccount
from frontdesk.store import replies, sending
from frontdesk.store.leases import Due, LeaseLost
from frontdesk.store.replies import ClaimedReply, Fate, Outgoing
from frontdesk.store.sending import Sending


@dataclass(frozen=True, slots=True)
class Sender(Job[Sending]):
    """Sends what waits to be sent."""

    def claiming(self) -> Callable[[Connection], Sending | Due | None]:
        """The next message that may go now."""
        now, limits = self.parts.clock.now(), self.parts.limits
        until = Instant(now + limits.send + limits.spare)
        whom = self.parts.administrator
        return partial(sending.claim, now=now, until=until, paces=limits.paces, administrator=whom)

    async def handle(self, found: Sending) -> None:
        """Sends it and commits what became of it."""
        claimed, now = found.claimed, self.parts.clock.now
        if found.outgoing is None:
            fate = Fate(ReplyEvent.REFUSED, now(), found.why)
            self.parts.log.info("a message was withheld", reply=claimed.lease.id, why=found.why)
            self.parts.metrics.withheld.inc()
        else:
            sent = await self._send(claimed, found.outgoing)
            fate = judged(sent, now(), claimed.tries, self.parts.limits)
            self._report(found, sent, fate)
        try:
            waits = await self.parts.store.write(partial(settle, found=found, fate=fate))
        except LeaseLost:
            waits = True
            await self._name(claimed, fate)
        if waits:
            self.bells.replies.ring()

    async def _send(self, claimed: ClaimedReply, out: Outgoing) -> Sent:
        try:
            account = self.parts.account(out.address)
            async with asyncio.timeout(self.parts.limits.send.total_seconds()):
                return await account.messenger.send(out.address, out.reply, out.key)
        except NoSuchAccount as fault:
            return Rejected(SendAction.PARK, str(fault))
        except Exception as fault:
            self.parts.log.exception("a send broke off", reply=claimed.lease.id)
            return CutOff(f"the send broke off ({type(fault).__name__})")

    async def _name(self, claimed: ClaimedReply, fate: Fate) -> None:
        """A report was faster than the answer: only the messenger's id is still news."""
        self.parts.log.info("a reply was settled before its send had returned", reply=claimed.lease.id)
        if fate.message_id:
            await self.parts.store.write(partial(replies.name, claimed=claimed, message_id=fate.message_id))

    def _report(self, found: Sending, sent: Sent, fate: Fate) -> None:
        claimed = found.claimed
        if found.diverted:
            self.parts.metrics.diverted.inc()
            self.parts.log.warning("test mode: a message went to the test chat", reply=claimed.lease.id)
        self.parts.metrics.replies.labels(fate.event.value).inc()
        if isinstance(sent, Rejected):
            fault = sent.action in {SendAction.PAUSE_ACCOUNT, SendAction.PARK}
            tell = self.parts.log.error if fault else self.parts.log.warning
            tell("a reply was not accepted", reply=claimed.lease.id, action=sent.action.value, detail=sent.detail)
        elif isinstance(sent, Accepted):
            self.parts.log.info(
                "a reply was sent", chat=claimed.chat, number=claimed.lease.id, reply=claimed.outgoing.key
            )
        elif isinstance(sent, CutOff):
            self.parts.log.warning("the fate of a reply is unknown", reply=claimed.lease.id, detail=sent.detail)


def judged(sent: Sent, now: Instant, tries: int, limits: Limits) -> Fate:
    """What becomes of a message after its send."""
    match sent:
        case Accepted(message_id):
            return Fate(ReplyEvent.ACCEPTED, now, message_id=message_id)
        case CutOff(detail):
            return Fate(ReplyEvent.CUT_OFF, Instant(now + limits.silence), detail)
        case Rejected():
            return _rejected(sent, now, tries, limits)
        case _:
            assert_never(sent)


def _rejected(sent: Rejected, now: Instant, tries: int, limits: Limits) -> Fate:
    wait = timedelta(seconds=max(sent.wait_s(tries - 1), 1.0))
    match sent.action:
        case SendAction.RETRY:
            again = Instant(now + wait)
            return Fate(ReplyEvent.NOT_SENT, again, sent.detail, paused_until=again if sent.whole_account else None)
        case SendAction.PAUSE_ACCOUNT:
            again = Instant(now + max(wait, limits.pause))
            return Fate(ReplyEvent.NOT_SENT, again, sent.detail, paused_until=again, refused=True)
        case SendAction.UNREACHABLE | SendAction.WINDOW_CLOSED | SendAction.PARK:
            return Fate(ReplyEvent.REFUSED, now, sent.detail, blocked=sent.blocked)
        case _:
            assert_never(sent.action)


def settle(connection: Connection, found: Sending, fate: Fate) -> bool:
    """One transaction: the message as it stands now, the account's pause, who has blocked us. Raises LeaseLost.

    Says whether anything more waits to be sent to that chat.
    """
    claimed, sent_to = found.claimed, (found.outgoing or found.claimed.outgoing).address
    waits = replies.move(connection, claimed, fate)
    if fate.paused_until:
        replies.pause(connection, sent_to, fate.paused_until, fate.detail, refused=fate.refused)
    elif fate.event is ReplyEvent.ACCEPTED:
        replies.resume(connection, sent_to, fate.again)
    if fate.blocked and not found.diverted:
        sending.block(connection, claimed.chat, fate.again)
    return waits
