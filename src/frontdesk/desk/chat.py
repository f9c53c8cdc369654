"""The web chat of the demo: one speaks as one of the demo salon's clients, and the journal is shown beside it.

Whoever opens the page may speak as anybody, so it is only ever served on a loopback address and for a made-up salon.
"""

import json
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Final

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Route

from frontdesk.booking.ids import Phone
from frontdesk.booking.times import Instant
from frontdesk.channels.messages import Address, Batch
from frontdesk.channels.web import CHANNEL, WebDoor, parse
from frontdesk.desk.numbers import number_in
from frontdesk.desk.transcripts import Transcripts

LARGEST_MESSAGE: Final = 64 * 1024


@dataclass(frozen=True, slots=True)
class DemoClient:
    """A client of the demo salon whom the visitor may be."""

    phone: Phone = field(repr=False)
    name: str


@dataclass(frozen=True, slots=True)
class JournalLine:
    """One appointment of that client as the journal has it. `status` is the attendance's name, or `deleted`."""

    when: str
    what: str
    master: str
    status: str
    comment: str


@dataclass(frozen=True, slots=True)
class RequestLine:
    """One request as the journal's side saw it. `status` is 0 where it got no answer; `clock` is the salon's time."""

    number: int
    clock: str
    method: str
    path: str
    status: int


@dataclass(frozen=True, slots=True)
class Levers:
    """What the visitor may do to the made-up journal: take it down and bring it back, and look what it was asked."""

    is_down: Callable[[], bool]
    take_down: Callable[[], None]
    bring_back: Callable[[], None]
    requests: Callable[[], Sequence[RequestLine]]


@dataclass(frozen=True)
class DemoChat:
    """What the page needs: the people, their journal, and the way of a message into the inbox and back."""

    account: str
    title: str
    door: WebDoor
    transcripts: Transcripts
    people: Callable[[], Sequence[DemoClient]]
    journal: Callable[[Phone], Sequence[JournalLine]]
    take_in: Callable[[Batch], Awaitable[None]]
    now: Callable[[], Instant]
    levers: Levers

    def routes(self) -> list[BaseRoute]:
        """The few addresses that the page calls; the page itself is one of the desk's."""
        return [
            Route("/chat/{phone}/messages", self.post, methods=["POST"]),
            Route("/chat/{phone}/messages", self.poll),
            Route("/chat/{phone}/journal", self.show_journal),
        ]

    async def post(self, request: Request) -> Response:
        """Takes one message of the chosen client; the same id twice is one message."""
        client = self._client(request)
        if client is None:
            return _no_such_client()
        if int(request.headers.get("content-length") or 0) > LARGEST_MESSAGE:
            return JSONResponse({"error": "the message is too long"}, 413)
        batch = parse(await request.body(), self._address(client), self.now(), proved=client.phone)
        batch = replace(batch, incoming=tuple(replace(one, name=client.name) for one in batch.incoming))
        await self.take_in(batch)
        return JSONResponse({"taken": len(batch.incoming), "ignored": batch.ignored}, 202 if batch.incoming else 400)

    async def poll(self, request: Request) -> Response:
        """What the salon wrote since the number `after`, for which it waits a while; without it the whole talk."""
        client, after = self._client(request), request.query_params.get("after")
        number = None if after is None else number_in(after)
        if client is None or (after is not None and number is None):
            return _no_such_client()
        return JSONResponse(await self.transcripts.read(self.door, self._address(client), number))

    async def show_journal(self, request: Request) -> Response:
        """The chosen client's appointments, as the salon sees them."""
        client = self._client(request)
        if client is None:
            return _no_such_client()
        return Response(
            json.dumps([asdict(line) for line in self.journal(client.phone)], ensure_ascii=False),
            media_type="application/json",
            headers={"cache-control": "no-store"},
        )

    def _client(self, request: Request) -> DemoClient | None:
        return next((one for one in self.people() if one.phone == request.path_params["phone"]), None)

    def _address(self, client: DemoClient) -> Address:
        return Address(CHANNEL, self.account, client.phone)


def _no_such_client() -> Response:
    return JSONResponse({"error": "no such client of the demo salon"}, 404)
