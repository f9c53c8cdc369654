"""Everything put together from the settings. What the world is made of (clock, transports, log) is handed in."""

import uuid
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from functools import partial
from typing import TypeVar

import httpx2
from prometheus_client import CollectorRegistry
from pydantic import SecretStr
from starlette.applications import Starlette
from starlette.routing import BaseRoute
from structlog.typing import FilteringBoundLogger

from frontdesk.channels.messages import Address
from frontdesk.desk.app import desk_routes
from frontdesk.desk.parts import Desk
from frontdesk.desk.set_up import SetUp
from frontdesk.dialogue.conversation import Dialogue
from frontdesk.dialogue.grammar import read_dictionary
from frontdesk.dialogue.intents import every_intent
from frontdesk.provider.away import AgeLimits
from frontdesk.provider.door import Door
from frontdesk.provider.pace_use import pace_use
from frontdesk.provider.shared_pace import SharedTurnstile
from frontdesk.service.accounts import accounts, inlets
from frontdesk.service.app import House, build_app
from frontdesk.service.bells import Bells
from frontdesk.service.clock import Clock
from frontdesk.service.desk_parts import desk_of
from frontdesk.service.ears import Ears
from frontdesk.service.journals import Ground, keeper_of, probes, silence, trouble
from frontdesk.service.link import Links
from frontdesk.service.listening import listening
from frontdesk.service.masters_chat import invite_masters
from frontdesk.service.mirror_keeper import MirrorKeeper
from frontdesk.service.parts import Account, Limits, Parts
from frontdesk.service.provider_hooks import HookedSalon, ProviderHooks
from frontdesk.service.settings import Settings
from frontdesk.service.web_chats import web_chats
from frontdesk.service.wishes import Spoken, Standing, phrasebook
from frontdesk.store.clients import ClientBook
from frontdesk.store.database import Store, open_store
from frontdesk.store.mirror import Mirror
from frontdesk.store.pace import PaceLedger
from frontdesk.yclients.turnstile import Gate, Turnstile

R = TypeVar("R")

LANGUAGES = ("ru", "en")
SEND_TIMEOUT_S = 20.0


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
    set_up: SetUp | None = None
    open_store: Callable[[str], Store] = open_store


@dataclass(frozen=True)
class Wired:
    """The service, ready to be served, and the parts that its owner speaks to."""

    parts: Parts
    bells: Bells
    keeper: MirrorKeeper
    desk: Desk
    app: Starlette


Pages = Callable[[Parts, Bells, Desk], Sequence[BaseRoute]]


def wire(settings: Settings, world: World, pages: Pages | None = None, *, listens: bool = True) -> Wired:
    """Puts the service together; opens the store, so it raises BadStore for one that can't be used.

    `pages` are other pages than the desk's, which they may hold too. A process that does not listen has no webhooks and
    no pages but those of its health, fetches no messages, renews no subscription and invites no master: of all
    processes on a database, one does.
    """
    store = world.open_store(settings.store.url)
    http = httpx2.AsyncClient(transport=world.messengers, timeout=SEND_TIMEOUT_S)
    links = Links(store, world.clock, world.log)
    ground = ground_of(world, store, links)
    keeper = keeper_of(settings, ground)
    door = _door(settings, ground, keeper)
    ears = Ears(door, tuple(intent.phrases for intent in every_intent().values()), LANGUAGES)
    standing, book = Standing(), phrasebook(LANGUAGES)
    parts = Parts(
        store=store,
        clock=world.clock,
        dialogue=Spoken(Dialogue(every_intent(), {}), book, standing, settings.privacy_of_salons()),
        door=door,
        hear=ears,
        links=links,
        accounts={**accounts(settings, http), **world.extra_accounts},
        new_key=world.new_key,
        log=world.log,
        limits=world.limits or _limits(settings),
        administrator=_address(settings.notify.administrator),
        standing=standing,
        owner=_address(settings.notify.owner or settings.notify.administrator),
        probes=probes(settings, ground),
        diagnose=partial(trouble, settings, ground),
        pace=partial(pace_use, ground.gate),
        public_url=settings.service.public_url.rstrip("/"),
        titles={key: salon.title or key for key, salon in settings.salon.items()},
    )
    keeper.metrics = parts.metrics
    bells = Bells()
    desk = replace(desk_of(parts, door, settings, http, bells, book), set_up=world.set_up)
    house = House(
        registry=CollectorRegistry(),
        metrics_token=_secret(settings.service.metrics_token),
        routes=(
            (
                *_hooks(settings, keeper, parts),
                *web_chats(settings, parts, bells, door),
                *(pages(parts, bells, desk) if pages else desk_routes(desk)),
            )
            if listens
            else ()
        ),
        beside=(
            lambda: standing.follow(store, world.clock.sleep, world.log),
            *(listening(settings, parts, bells) if listens else ()),
            lambda: _open(keeper, door, ears, parts, invites=listens and settings.notify.masters),
        ),
        after=(http.aclose,),
    )
    heard = inlets(settings, world.clock.now) if listens else ()
    return Wired(parts, bells, keeper, desk, build_app(parts, bells, heard, house))


def ground_of(world: World, store: Store, links: Links | None = None) -> Ground:
    """What the ways to the journals stand on; several processes on one PostgreSQL database keep one pace."""
    gate = world.gate or (Turnstile() if store.single_process else SharedTurnstile(PaceLedger(store), world.new_key()))
    links = links or Links(store, world.clock, world.log)
    return Ground(store, world.clock, world.log, world.provider, gate, links, world.new_key)


def _door(settings: Settings, ground: Ground, keeper: MirrorKeeper) -> Door:
    branches = {key: kept.keeping.syncing.branch for key, kept in keeper.salons.items()}
    ages = AgeLimits(slots=timedelta(minutes=settings.outage.slots_max_age_minutes))
    store, clock = ground.store, ground.clock
    return Door(branches, ClientBook(store), ground.log, Mirror(store), ages, silence(ground.links, clock), clock.now)


async def _open(keeper: MirrorKeeper, door: Door, ears: Ears, parts: Parts, *, invites: bool) -> None:
    """Everything that the first message would otherwise wait for; then the copy is kept until the end."""
    try:
        await _read_ahead(keeper, door, ears, parts, invites=invites)
    except Exception:
        parts.log.exception("not everything could be read ahead; what is missing is read when it is needed")
    await keeper.run()


async def _read_ahead(keeper: MirrorKeeper, door: Door, ears: Ears, parts: Parts, *, invites: bool) -> None:
    await keeper.load()
    await door.open(parts.clock.now())
    await keeper.take_over()
    read_dictionary()
    for account in parts.accounts.values():
        ears.warm(account.salons)
    for salon, branch in door.branches.items():
        if invites:
            await invite_masters(parts, salon, [one.master for one in branch.menu.staff])


def _hooks(settings: Settings, keeper: MirrorKeeper, parts: Parts) -> Sequence[BaseRoute]:
    salons = {
        key: HookedSalon(salon.company_id, _secret(salon.webhook_secret), keeper.salons[key].bell.ring)
        for key, salon in settings.salon.items()
    }
    return ProviderHooks(parts, salons).routes()


def _limits(settings: Settings) -> Limits:
    service, waits = settings.service, timedelta(minutes=settings.notify.waiting_minutes)
    return Limits(quiet=timedelta(milliseconds=service.quiet_ms), keep=timedelta(days=service.keep_days), waits=waits)


def _address(where: str | None) -> Address | None:
    return Address(*where.split(":")) if where else None


def _secret(kept: SecretStr | None) -> str:
    return kept.get_secret_value() if kept else ""
