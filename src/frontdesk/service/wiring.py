"""Everything put together from the settings. What the world is made of (clock, transports, log) is handed in."""

import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import TypeVar
from zoneinfo import ZoneInfo

import httpx2
from prometheus_client import CollectorRegistry
from pydantic import SecretStr
from starlette.applications import Starlette
from starlette.routing import BaseRoute
from structlog.typing import FilteringBoundLogger

from frontdesk.booking.ids import SalonId
from frontdesk.booking.salon import Salon
from frontdesk.channels.messages import Address
from frontdesk.desk.app import desk_routes
from frontdesk.desk.parts import Desk
from frontdesk.dialogue.conversation import Dialogue
from frontdesk.dialogue.intents import every_intent
from frontdesk.provider.branch import Branch
from frontdesk.provider.door import Door
from frontdesk.provider.keeping import Keeping
from frontdesk.provider.noting import Noting
from frontdesk.provider.syncing import Syncing
from frontdesk.service.accounts import accounts, inlets
from frontdesk.service.app import House, build_app
from frontdesk.service.bells import Bell, Bells
from frontdesk.service.desk_parts import desk_of
from frontdesk.service.ears import Ears
from frontdesk.service.masters_chat import invite_masters
from frontdesk.service.mirror_keeper import Kept, MirrorKeeper
from frontdesk.service.parts import Account, Clock, Limits, Parts
from frontdesk.service.provider_hooks import HookedSalon, ProviderHooks
from frontdesk.service.settings import SalonSettings, Settings
from frontdesk.service.wishes import Spoken, Standing, phrasebook
from frontdesk.store.clients import ClientBook
from frontdesk.store.database import Store, open_store
from frontdesk.store.mirror import Mirror
from frontdesk.yclients.client import Client
from frontdesk.yclients.contract import Endpoint
from frontdesk.yclients.pace import Priority
from frontdesk.yclients.profiles import ALTEGIO, YCLIENTS
from frontdesk.yclients.turnstile import Gate, Turnstile
from frontdesk.yclients.wire import Answer, Credentials

R = TypeVar("R")

LANGUAGES = ("ru", "en")
DEFAULT_ZONE = "Europe/Moscow"
SEND_TIMEOUT_S = 20.0
PROFILES = {"yclients": YCLIENTS, "altegio": ALTEGIO}


@dataclass(frozen=True)
class World:
    """What the service stands on. `provider` and `messengers` are transports: None is the network."""

    clock: Clock
    log: FilteringBoundLogger
    provider: httpx2.AsyncBaseTransport | None = None
    messengers: httpx2.AsyncBaseTransport | None = None
    gate: Gate | None = None
    limits: Limits | None = None
    new_key: Callable[[], str] = field(default=lambda: uuid.uuid4().hex)
    extra_accounts: Mapping[tuple[str, str], Account] = field(default_factory=dict)


@dataclass(frozen=True)
class Wired:
    """The service, ready to be served, and the parts that its owner speaks to."""

    parts: Parts
    bells: Bells
    keeper: MirrorKeeper
    desk: Desk
    app: Starlette


Pages = Callable[[Parts, Bells, Desk], Sequence[BaseRoute]]


def wire(settings: Settings, world: World, pages: Pages | None = None) -> Wired:
    """Puts the service together; opens the store, so it raises BadStore for one that can't be used.

    `pages` are other pages than the desk's, which they may hold too.
    """
    store = open_store(settings.store.url)
    http = httpx2.AsyncClient(transport=world.messengers, timeout=SEND_TIMEOUT_S)
    keeper = keeper_of(settings, world, store)
    branches = {key: kept.keeping.syncing.branch for key, kept in keeper.salons.items()}
    door = Door(branches, ClientBook(store), world.log)
    ears = Ears(door, tuple(intent.phrases for intent in every_intent().values()), LANGUAGES)
    standing = Standing()
    parts = Parts(
        store=store,
        clock=world.clock,
        dialogue=Spoken(Dialogue(every_intent(), {}), phrasebook(LANGUAGES), standing),
        door=door,
        hear=ears,
        accounts={**accounts(settings, http), **world.extra_accounts},
        new_key=world.new_key,
        log=world.log,
        limits=world.limits or Limits(quiet=timedelta(milliseconds=settings.service.quiet_ms)),
        administrator=_administrator(settings),
        standing=standing,
    )
    keeper.metrics = parts.metrics
    bells, desk = Bells(), desk_of(parts, door, settings)
    house = House(
        registry=CollectorRegistry(),
        metrics_token=_secret(settings.service.metrics_token),
        routes=(*_hooks(settings, keeper, parts), *(pages(parts, bells, desk) if pages else desk_routes(desk))),
        beside=(
            lambda: standing.follow(store, world.clock.sleep, world.log),
            lambda: _open(keeper, door, ears, parts, invites=settings.notify.masters),
        ),
        after=(http.aclose,),
    )
    return Wired(parts, bells, keeper, desk, build_app(parts, bells, inlets(settings, world.clock.now), house))


async def _open(keeper: MirrorKeeper, door: Door, ears: Ears, parts: Parts, *, invites: bool) -> None:
    """Everything that the first message would otherwise wait for; then the copy is kept until the end."""
    await keeper.load()
    await door.open(parts.clock.now())
    await keeper.take_over()
    for account in parts.accounts.values():
        ears.warm(account.salons)
    for salon, branch in door.branches.items():
        if invites:
            await invite_masters(parts, salon, [one.master for one in branch.menu.staff])
    await keeper.run()


def _hooks(settings: Settings, keeper: MirrorKeeper, parts: Parts) -> Sequence[BaseRoute]:
    salons = {
        key: HookedSalon(salon.company_id, _secret(salon.webhook_secret), keeper.salons[key].bell.ring)
        for key, salon in settings.salon.items()
    }
    return ProviderHooks(parts, salons).routes()


def _administrator(settings: Settings) -> Address | None:
    where = settings.notify.administrator
    return Address(*where.split(":")) if where else None


def _secret(kept: SecretStr | None) -> str:
    return kept.get_secret_value() if kept else ""


def keeper_of(settings: Settings, world: World, store: Store) -> MirrorKeeper:
    """The salons of the settings with their copies in this store."""
    gate = world.gate or Turnstile()
    salons = {key: _kept(key, settings, world, store, gate) for key in settings.salon}
    return MirrorKeeper(salons, store, world.clock, world.log, world.new_key())


def _kept(key: str, settings: Settings, world: World, store: Store, gate: Gate) -> Kept:
    bell = Bell()
    client = _client(settings.salon[key], world, gate)
    branch = _branch(key, settings, client)
    noting = Noting(branch.api, world.clock.now, branch.times, bell.ring)
    branch.api = noting
    syncing = Syncing(branch, _NoHurry(client), Mirror(store), world.clock.now, world.log)
    return Kept(Keeping(syncing, ClientBook(store)), noting, bell)


def _client(settings: SalonSettings, world: World, gate: Gate) -> Client:
    return Client(
        Credentials(settings.partner_token.get_secret_value(), settings.user_token.get_secret_value()),
        profile=PROFILES[settings.provider],
        base_url=settings.base_url,
        transport=world.provider,
        pace=gate,
    )


def _branch(key: str, whole: Settings, client: Client) -> Branch:
    settings = whole.salon[key]
    salon = Salon(
        key=key,
        id=SalonId(settings.company_id),
        title=settings.title or key,
        zone=ZoneInfo(settings.time_zone or DEFAULT_ZONE),
        phone=settings.phone,
        policy=whole.policy_of_salons(),
        privacy=settings.privacy(),
    )
    return Branch(_PeopleFirst(client), salon, zone_is_set=settings.time_zone is not None)


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
