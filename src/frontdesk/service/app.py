"""The web application put together from its parts. No settings are read here: the wiring hands everything in."""

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from functools import partial
from hmac import compare_digest

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST
from sqlalchemy import Connection, text
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import BaseRoute, Route

from frontdesk.outage.link import LinkState
from frontdesk.service.bells import Bells
from frontdesk.service.inlets import Inlet
from frontdesk.service.parts import Parts
from frontdesk.service.webhooks import Webhooks
from frontdesk.service.worker import Worker
from frontdesk.store import backlog

ANEW_AFTER_S = 60.0


@dataclass(frozen=True, slots=True)
class House:
    """What the application has besides webhooks and workers.

    `/metrics` answers only to `Authorization: Bearer <metrics_token>`, and to nobody where the token is empty.
    `routes` are further pages. `beside` runs beside the worker from the start and is cancelled at the end; `after` is
    awaited when all has stopped.
    """

    registry: CollectorRegistry
    metrics_token: str = field(default="", repr=False)
    routes: Sequence[BaseRoute] = ()
    beside: Sequence[Callable[[], Awaitable[None]]] = ()
    after: Sequence[Callable[[], Awaitable[None]]] = ()


def build_app(parts: Parts, bells: Bells, inlets: Sequence[Inlet], house: House) -> Starlette:
    """The application, with a worker that lives as long as it; the store is closed at the end."""
    worker = Worker(parts, bells)
    health = Health(parts, worker, house.registry, house.metrics_token)
    webhooks = Webhooks(parts, bells).routes(tuple(inlets))
    routes = [*webhooks, *health.routes(), *house.routes]
    return Starlette(routes=routes, lifespan=partial(_alive, parts, worker, house))


@asynccontextmanager
async def _alive(parts: Parts, worker: Worker, house: House, _app: Starlette) -> AsyncIterator[None]:
    await worker.start()
    beside = [asyncio.ensure_future(_for_good(start, parts)) for start in house.beside]
    try:
        yield
    finally:
        for one in beside:
            one.cancel()
        await asyncio.gather(*beside, return_exceptions=True)
        await worker.stop()
        await parts.store.close()
        for end in house.after:
            await end()


async def _for_good(start: Callable[[], Awaitable[None]], parts: Parts) -> None:
    """What breaks it off is logged, and it begins anew: else it would be missed by nobody until the next start."""
    while True:
        try:
            await start()
        except Exception:
            parts.log.exception("what runs beside the worker broke off; it begins anew")
            await parts.clock.sleep(ANEW_AFTER_S)
        else:
            return


class Health:
    """What a load balancer and a monitoring system ask."""

    def __init__(self, parts: Parts, worker: Worker, registry: CollectorRegistry, token: str) -> None:
        self._parts = parts
        self._worker = worker
        self._registry = registry
        self._token = token
        parts.metrics.register(registry)

    def routes(self) -> list[Route]:
        """Their pages."""
        return [
            Route("/healthz", self.healthz),
            Route("/readyz", self.readyz),
            Route("/metrics", self.metrics),
        ]

    async def healthz(self, _request: Request) -> Response:
        """The process answers."""
        return PlainTextResponse("ok")

    async def readyz(self, _request: Request) -> Response:
        """Messages can be stored and are being worked on."""
        if not self._worker.runs:
            return PlainTextResponse("the workers do not run: see the log", 503)
        try:
            await self._parts.store.read(_is_there)
        except Exception:
            self._parts.log.exception("the database does not answer")
            return PlainTextResponse("the database does not answer: see the log", 503)
        return PlainTextResponse("ready")

    async def metrics(self, request: Request) -> Response:
        """Numbers for Prometheus."""
        given = request.headers.get("authorization", "")
        if not self._token or not compare_digest(given.encode(), f"Bearer {self._token}".encode()):
            return PlainTextResponse("needs Authorization: Bearer <the metrics token of the settings>", 401)
        await self._count()
        return Response(generate_latest(self._registry), media_type=CONTENT_TYPE_LATEST)

    async def _count(self) -> None:
        now, waiting = self._parts.clock.now(), await self._parts.store.read(backlog.count)
        metrics = self._parts.metrics
        metrics.waiting.clear()
        for (table, state), number in waiting.counts.items():
            metrics.waiting.labels(table, state).set(number)
        age = now - waiting.oldest_unread if waiting.oldest_unread else timedelta(0)
        metrics.oldest_unread.set(age.total_seconds())
        waits = now - waiting.oldest_command if waiting.oldest_command else timedelta(0)
        metrics.oldest_command.set(waits.total_seconds())
        if (pace := await self._parts.pace()) is not None:
            metrics.pace_used.set(pace.used)
            metrics.pace_limit.set(pace.limit)
            metrics.pace_waiting.set(pace.waiting)
        metrics.link.clear()
        for salon in self._parts.probes:
            for state in LinkState:
                metrics.link.labels(salon, state).set(state is self._parts.links.state(salon))


def _is_there(connection: Connection) -> None:
    connection.execute(text("SELECT 1"))
