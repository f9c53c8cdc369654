"""Tells the owner of what keeps the service from its work, once, and once again when it is over.

A look is one short transaction: what is wrong is read, noted, and the messages are queued with the note. So whatever
happens to this process, each is queued exactly once.
"""

from functools import partial
from typing import assert_never

from sqlalchemy import Connection

from frontdesk.booking.times import Instant
from frontdesk.channels.messages import Address
from frontdesk.dialogue import alerts
from frontdesk.dialogue.talk import Reply
from frontdesk.service.bells import Bells
from frontdesk.service.logs import hidden
from frontdesk.service.parts import NoSuchAccount, Parts
from frontdesk.store import alarms, masters, replies
from frontdesk.store.alarms import Alarm, AlarmKind, News
from frontdesk.store.replies import Outgoing


class Alarms:
    """The looks of this process."""

    def __init__(self, parts: Parts, bells: Bells) -> None:
        self._parts = parts
        self._bells = bells
        self._look_at = parts.clock.now()

    async def look(self) -> None:
        """Looks, where it is time to."""
        now, limits = self._parts.clock.now(), self._parts.limits
        if now < self._look_at:
            return
        self._look_at = Instant(now + limits.look)
        news = await self._parts.store.write(partial(self._looked, now=now))
        for one in news.raised:
            self._parts.metrics.alarms.labels(one.kind.value).inc()
            self._parts.log.warning("the owner is told", alarm=one.what, number=one.number, detail=one.detail)
        for one in news.over:
            self._parts.log.info("the owner is told that it is over", alarm=one.what)
        if news.raised or news.over:
            self._bells.replies.ring()

    def _looked(self, connection: Connection, now: Instant) -> News:
        limits = self._parts.limits
        if not alarms.takes_look(connection, now, limits.look):
            return News()
        news = alarms.news(connection, now, Instant(now - limits.waits), Instant(now - limits.unsettled))
        for one in news.raised:
            self._tell(connection, one, self._raised(one), now)
        for one in news.over:
            self._tell(connection, one, self._over(one), now)
        return news

    def _tell(self, connection: Connection, alarm: Alarm, said: Reply, now: Instant) -> None:
        owner = self._parts.owner
        if owner is None:
            self._parts.log.error("nobody can be told: set notify.owner", alarm=alarm.what, said=said.text)
        elif not _is_of(owner, alarm):
            chat = masters.listener_at(connection, owner).chat
            key = f"alarm-{alarm.what}-{now.timestamp():.6f}"
            replies.add(connection, chat, Outgoing(owner, key, said, proactive=True), now)

    def _raised(self, alarm: Alarm) -> Reply:
        desk, title = self._parts.public_url, self._parts.title(alarm.about)
        match alarm.kind:
            case AlarmKind.WAITS:
                return alerts.waits_long(title, alarm.number, self._parts.limits.waits, desk)
            case AlarmKind.CONFLICT:
                return alerts.unsettled(title, alarm.number, desk)
            case AlarmKind.SET_ASIDE:
                return alerts.set_aside(alarm.number, desk)
            case AlarmKind.ACCOUNT:
                return alerts.account_refused(
                    self._messenger(alarm), alarm.about.replace(":", "."), hidden(alarm.detail)
                )
            case _:
                assert_never(alarm.kind)

    def _over(self, alarm: Alarm) -> Reply:
        match alarm.kind:
            case AlarmKind.WAITS:
                return alerts.waits_no_more(self._parts.title(alarm.about))
            case AlarmKind.CONFLICT:
                return alerts.settled(self._parts.title(alarm.about))
            case AlarmKind.SET_ASIDE:
                return alerts.answered()
            case AlarmKind.ACCOUNT:
                return alerts.account_accepted(self._messenger(alarm))
            case _:
                assert_never(alarm.kind)

    def _messenger(self, alarm: Alarm) -> str:
        channel, _, account = alarm.about.partition(":")
        try:
            return f"{self._parts.account(Address(channel, account, '')).title} ({account})"
        except NoSuchAccount:
            return alarm.about


def _is_of(owner: Address, alarm: Alarm) -> bool:
    """What the owner's own messenger refuses can't be told there: the log has it, and `frontdesk_alarms_total`."""
    return alarm.kind is AlarmKind.ACCOUNT and alarm.about == f"{owner.channel}:{owner.account}"
