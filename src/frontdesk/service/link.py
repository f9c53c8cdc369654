"""The links to the salons' journals as this process knows them; what they are stands in the store, for all processes.

In ordinary times nothing is written: an answer to a call over a link that is online says nothing new.
"""

from collections.abc import Mapping
from functools import partial

from sqlalchemy import Connection
from structlog.typing import FilteringBoundLogger

from frontdesk.booking.times import Instant
from frontdesk.outage.link import LinkEvent, LinkState
from frontdesk.provider.probing import Sight
from frontdesk.service.bells import Bell
from frontdesk.service.clock import Clock
from frontdesk.store import links
from frontdesk.store.database import Store
from frontdesk.store.links import ClaimedLook, Link
from frontdesk.store.telling import tell_waiting

_TELLS_NOTHING = frozenset(
    {
        (LinkState.ONLINE, LinkEvent.ANSWERED),
        (LinkState.RECOVERING, LinkEvent.ANSWERED),
        (LinkState.OFFLINE, LinkEvent.FAILED),
        (LinkState.OFFLINE, LinkEvent.DOUBTED),
        (LinkState.LOCKED_OUT, LinkEvent.ANSWERED),
        (LinkState.LOCKED_OUT, LinkEvent.FAILED),
        (LinkState.LOCKED_OUT, LinkEvent.DOUBTED),
        (LinkState.LOCKED_OUT, LinkEvent.REFUSED_ENTRY),
    }
)


class Links:
    """Every salon's link. `changed` is rung when one has a new state."""

    def __init__(self, store: Store, clock: Clock, log: FilteringBoundLogger) -> None:
        self._store = store
        self._clock = clock
        self._log = log
        self._known: Mapping[str, Link] = {}
        self.changed = Bell()

    def state(self, salon: str) -> LinkState:
        """How the salon's journal can be reached, as last known here."""
        link = self._known.get(salon)
        return link.state if link else LinkState.ONLINE

    def since(self, salon: str) -> Instant | None:
        """Since when it is so; None where it has never been otherwise."""
        link = self._known.get(salon)
        return link.since if link else None

    def cause(self, salon: str) -> str:
        """What the last failure said."""
        link = self._known.get(salon)
        return link.cause if link else ""

    def closed(self) -> frozenset[str]:
        """The salons whose journals nothing may be sent to."""
        return frozenset(salon for salon, link in self._known.items() if link.state.is_closed)

    async def saw(self, salon: str, sight: Sight) -> None:
        """Takes in what a call to this salon showed."""
        link = self._known.get(salon)
        state, failures = (link.state, link.failures) if link else (LinkState.ONLINE, 0)
        if sight.event is None or ((state, sight.event) in _TELLS_NOTHING and not failures):
            return
        work = partial(see, salon=salon, sight=sight, now=self._clock.now())
        self._take(await self._store.write(work))

    async def looked(self, claimed: ClaimedLook, sight: Sight) -> Link:
        """Takes in what the prober saw; raises LeaseLost."""
        work = partial(see_look, claimed=claimed, sight=sight, now=self._clock.now())
        link = await self._store.write(work)
        self._take(link)
        return link

    async def refresh(self) -> None:
        """Takes over what other processes have seen, and notes whose backlog is through."""
        for link in (await self._store.write(partial(caught_up, now=self._clock.now()))).values():
            self._take(link)

    def _take(self, link: Link) -> None:
        before = self.state(link.salon)
        self._known = {**self._known, link.salon: link}
        if link.state is not before:
            self._log.warning(
                "the link to the journal changed",
                salon=link.salon,
                link=str(link.state),
                before=str(before),
                cause=link.cause,
            )
            self.changed.ring()


def see(connection: Connection, salon: str, sight: Sight, now: Instant) -> Link:
    """One transaction: the link as it is now, and the chats told of all that waits where it has just closed."""
    before, after = links.see(connection, salon, sight.event or LinkEvent.ANSWERED, now, sight.cause)
    if after.state.is_closed and not before.state.is_closed:
        tell_waiting(connection, salon, sight.cause, now)
    return after


def see_look(connection: Connection, claimed: ClaimedLook, sight: Sight, now: Instant) -> Link:
    """As `see`, at the end of the prober's look. Raises LeaseLost."""
    after = links.looked(connection, claimed, sight.event or LinkEvent.PROBE_OK, now, sight.cause)
    if after.state.is_closed:
        tell_waiting(connection, claimed.link.salon, sight.cause, now)
    return after


def caught_up(connection: Connection, now: Instant) -> Mapping[str, Link]:
    """Every link, once those are online again whose backlog is through."""
    links.caught_up(connection, now)
    return links.every(connection)
