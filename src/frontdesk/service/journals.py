"""The ways to the salons' journals: how each is called, watched, copied, probed and examined."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import partial
from typing import TypeVar
from zoneinfo import ZoneInfo

import httpx2
from structlog.typing import FilteringBoundLogger

from frontdesk.booking.ids import SalonId
from frontdesk.booking.salon import Salon
from frontdesk.dialogue.alerts import Trouble
from frontdesk.dialogue.talk import Problem
from frontdesk.outage.link import LinkState
from frontdesk.provider.api import Api
from frontdesk.provider.branch import Branch
from frontdesk.provider.keeping import Keeping
from frontdesk.provider.looking import Silence, Silent
from frontdesk.provider.noting import Noting
from frontdesk.provider.probing import Probe, Watched, WatchedReader, probe
from frontdesk.provider.syncing import Syncing
from frontdesk.service.bells import Bell
from frontdesk.service.clock import Clock
from frontdesk.service.doctor import Instruments, first_trouble
from frontdesk.service.link import Links
from frontdesk.service.mirror_keeper import Kept, MirrorKeeper
from frontdesk.service.settings import SalonSettings, Settings
from frontdesk.store.clients import ClientBook
from frontdesk.store.database import Store
from frontdesk.store.mirror import Mirror
from frontdesk.yclients.client import Client
from frontdesk.yclients.contract import Endpoint
from frontdesk.yclients.pace import Priority
from frontdesk.yclients.profiles import PROFILES
from frontdesk.yclients.turnstile import Gate
from frontdesk.yclients.wire import Answer, Credentials

R = TypeVar("R")

DEFAULT_ZONE = "Europe/Moscow"


@dataclass(frozen=True)
class Ground:
    """What the ways stand on. `provider` is the transport: None is the network."""

    store: Store
    clock: Clock
    log: FilteringBoundLogger
    provider: httpx2.AsyncBaseTransport | None
    gate: Gate
    links: Links
    new_key: Callable[[], str]


def keeper_of(settings: Settings, ground: Ground) -> MirrorKeeper:
    """The salons of the settings with their copies in this store; nothing is read over a closed link."""
    salons = {key: _kept(key, settings, ground) for key in settings.salon}
    links = ground.links
    return MirrorKeeper(
        salons, ground.store, ground.clock, ground.log, ground.new_key(), lambda salon: salon not in links.closed()
    )


def _kept(key: str, settings: Settings, ground: Ground) -> Kept:
    bell = Bell()
    client = _client(settings.salon[key], ground)
    branch = _branch(key, settings, Watched(_PeopleFirst(client), key, ground.links))
    noting = Noting(branch.api, ground.clock.now, branch.times, bell.ring)
    branch.api, branch.unread = noting, noting.has_news
    reader = WatchedReader(_NoHurry(client), key, ground.links)
    syncing = Syncing(branch, reader, Mirror(ground.store), ground.clock.now, ground.log)
    branch.renew = syncing.renew_lists
    return Kept(Keeping(syncing, ClientBook(ground.store)), noting, bell)


def silence(links: Links, clock: Clock) -> Silence:
    """What the door need not try: a journal whose link is closed."""

    def silent(salon: str) -> Silent | None:
        state = links.state(salon)
        if not state.is_closed:
            return None
        problem = Problem.LOCKED_OUT if state is LinkState.LOCKED_OUT else Problem.AWAY
        return Silent(problem, links.since(salon) or clock.now())

    return silent


def probes(settings: Settings, ground: Ground) -> Mapping[str, Probe]:
    """A look is one attempt: whether to look again is the prober's to say."""
    return {
        key: partial(probe, _PeopleFirst(_client(salon, ground, attempts=1)), salon.company_id)
        for key, salon in settings.salon.items()
    }


async def trouble(settings: Settings, ground: Ground, salon: str) -> Trouble | None:
    """What the doctor finds wrong first."""
    instruments = Instruments(clock=ground.clock, provider=ground.provider, gate=ground.gate)
    found = await first_trouble(salon, settings, instruments)
    return Trouble(found.check, found.seen, found.cure) if found else None


def _client(settings: SalonSettings, ground: Ground, attempts: int = 3) -> Client:
    return Client(
        Credentials(settings.partner_token.get_secret_value(), settings.user_token.get_secret_value()),
        profile=PROFILES[settings.provider],
        base_url=settings.base_url,
        transport=ground.provider,
        pace=ground.gate,
        attempts=attempts,
    )


def _branch(key: str, whole: Settings, api: Api) -> Branch:
    settings = whole.salon[key]
    salon = Salon(
        key=key,
        id=SalonId(settings.company_id),
        title=settings.title or key,
        zone=ZoneInfo(settings.time_zone or DEFAULT_ZONE),
        phone=settings.phone,
        policy=whole.policy_of_salons(),
    )
    return Branch(api, salon, zone_is_set=settings.time_zone is not None)


@dataclass(frozen=True)
class _PeopleFirst:
    """Somebody waits for the answer to every call of the front desk."""

    client: Client

    async def __call__(self, call: Endpoint[R], /) -> R:
        return await self.client(call, priority=Priority.PERSON)


@dataclass(frozen=True)
class _NoHurry:
    """Nobody waits for the copy."""

    client: Client

    async def answer(self, call: Endpoint[R], /) -> Answer[R]:
        return await self.client.answer(call, priority=Priority.BACKGROUND)
