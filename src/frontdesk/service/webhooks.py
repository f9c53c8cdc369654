"""Webhooks: verify over the raw bytes, store, answer. Nothing else happens in the request.

A messenger repeats what is not answered with 200 and in the end switches a webhook off that keeps failing, so only two
things are refused: what is not proved to be the messenger's, and what can't be stored just now.
"""

from dataclasses import astuple, dataclass
from datetime import timedelta
from functools import partial

from sqlalchemy import Connection
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from frontdesk.booking.times import Instant
from frontdesk.channels.messages import Batch
from frontdesk.channels.trust import Forged
from frontdesk.service.bells import Bells
from frontdesk.service.inlets import Inlet
from frontdesk.service.parts import Parts
from frontdesk.store import chats, reports
from frontdesk.store.threads import Priority

BODY_LIMIT = 1024 * 1024
"""Bytes; Meta's largest webhooks stay far below."""


class TooLarge(ValueError):
    """The body is larger than any webhook is."""


@dataclass(frozen=True, slots=True)
class Stored:
    """How much of a batch was news."""

    messages: int
    reports: int


@dataclass(frozen=True, slots=True)
class Webhooks:
    """Answers the messengers."""

    parts: Parts
    bells: Bells

    def routes(self, inlets: tuple[Inlet, ...]) -> list[Route]:
        """One route for each inlet."""
        return [
            Route(f"/webhooks/{inlet.path}", partial(self.answer, inlet=inlet), methods=["GET", "POST"])
            for inlet in inlets
        ]

    async def answer(self, request: Request, inlet: Inlet) -> Response:
        """The answer to one call of a messenger."""
        if request.method == "GET":
            return self._greeting(inlet.greet(request.query_params))
        try:
            body = await read_body(request, BODY_LIMIT)
        except TooLarge as fault:
            return PlainTextResponse(str(fault), 413)
        batch = inlet.read(request.headers, body)
        answer = self._refusal(inlet, batch) if isinstance(batch, Forged) else await self._store(inlet, batch)
        self.parts.metrics.webhooks.labels(inlet.path, answer.status_code).inc()
        return answer

    def _greeting(self, challenge: str | Forged) -> Response:
        if isinstance(challenge, Forged):
            return PlainTextResponse(challenge.reason, challenge.status)
        return PlainTextResponse(challenge)

    def _refusal(self, inlet: Inlet, forged: Forged) -> Response:
        self.parts.log.warning("a webhook was refused", inlet=inlet.path, reason=forged.reason)
        return PlainTextResponse(forged.reason, forged.status)

    async def _store(self, inlet: Inlet, batch: Batch) -> Response:
        try:
            await self.take_in(batch)
        except Exception:
            self.parts.log.exception("a webhook could not be stored", inlet=inlet.path)
            return PlainTextResponse("can't store it now, send it again", 503)
        for ignored in batch.ignored:
            self.parts.metrics.ignored.labels(inlet.path).inc()
            self.parts.log.info("left aside", inlet=inlet.path, what=ignored)
        return Response()

    async def take_in(self, batch: Batch) -> None:
        """Stores what came and wakes the worker; raises where it can't be stored now."""
        work = partial(store_batch, batch=batch, now=self.parts.clock.now(), quiet=self.parts.limits.quiet)
        stored = await self.parts.store.write(work, Priority.WEBHOOK)
        self.parts.metrics.messages.inc(stored.messages)
        for incoming in batch.incoming:
            lag = self.parts.clock.now() - incoming.sent_at
            self.parts.metrics.webhook_lag.observe(max(lag.total_seconds(), 0.0))
        if stored.messages:
            self.bells.turns.ring()


async def read_body(request: Request, limit: int) -> bytes:
    """The raw body, as signed; raises TooLarge before more than `limit` bytes are kept."""
    read = bytearray()
    async for chunk in request.stream():
        read += chunk
        if len(read) > limit:
            raise TooLarge(f"the body is larger than {limit} bytes")
    return bytes(read)


def store_batch(connection: Connection, batch: Batch, now: Instant, quiet: timedelta) -> Stored:
    """All of it in one transaction; what is known already is left as it is.

    Chats are taken in one order everywhere, so that two webhooks can't wait for each other.
    """
    in_order = sorted(batch.incoming, key=lambda incoming: astuple(incoming.address))
    messages = sum(chats.receive(connection, incoming, now, quiet) for incoming in in_order)
    settled = sum(reports.settle(connection, report) for report in batch.reports)
    return Stored(messages, settled)
