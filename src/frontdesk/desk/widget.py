"""The salon's web chat: a page of its own, and a script that shows it in a corner of the salon's site.

Who speaks is known by a random token alone, which the page keeps in the browser and sends in a header: no other site
can read or send it, and there is nothing to guess. The store holds only its hash, so that nobody who sees an address
can speak in its name. Nothing here proves a phone: a number that is typed is claimed, an SMS code proves it.
"""

import json
import re
import secrets
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field, replace
from hashlib import sha256
from pathlib import Path
from typing import Final

from starlette.requests import Request
from starlette.responses import FileResponse, JSONResponse, Response
from starlette.routing import BaseRoute, Route
from starlette.templating import Jinja2Templates

from frontdesk.booking.times import Instant
from frontdesk.channels.messages import Address, Batch
from frontdesk.channels.web import CHANNEL, WebDoor, parse
from frontdesk.desk.buckets import Buckets
from frontdesk.desk.numbers import number_in
from frontdesk.desk.security import network
from frontdesk.desk.transcripts import Transcripts

HERE: Final = Path(__file__).parent
TOKEN_HEADER: Final = "x-chat-token"  # noqa: S105 - a header's name
TOKEN: Final = re.compile(r"[A-Za-z0-9_-]{43}", re.ASCII)
LARGEST_MESSAGE: Final = 32 * 1024
WAITS_AT_ONCE: Final = 400
FILES: Final = {"widget.js": "text/javascript", "widget-page.js": "text/javascript", "widget.css": "text/css"}
_NO_STORE: Final = {"cache-control": "no-store", "x-content-type-options": "nosniff", "referrer-policy": "no-referrer"}
WORDS: Final = {
    "ru": {
        "chat": "Чат с салоном",
        "write": "Напишите сообщение",
        "phone": "Ваш номер: +7 900 000-00-00",
        "send": "Отправить",
        "hello": "Здравствуйте! Запишу, перенесу или отменю. Напишите, например: «Хочу записаться на завтра вечером».",
        "failed": "Не отправлено. Нажмите, чтобы повторить.",
        "slow": "Слишком много сообщений подряд. Подождите минуту.",
    },
    "en": {
        "chat": "Chat with the salon",
        "write": "Write a message",
        "phone": "Your number: +7 900 000-00-00",
        "send": "Send",
        "hello": "Hello! I can book, move or cancel. For example: “I'd like to come tomorrow evening.”",
        "failed": "Not sent. Press to try again.",
        "slow": "Too many messages in a row. Wait a minute.",
    },
}
STARTS: Final = {
    "ru": ("Хочу записаться", "Какие у меня записи?", "Сколько стоит?"),
    "en": ("I'd like to book", "What are my appointments?", "What are your prices?"),
}
"""What one may say first with one press."""


@dataclass(frozen=True, slots=True)
class WebAccount:
    """One web chat: what the page is headed with, the sites that may frame it, and what wakes it."""

    title: Callable[[], str]
    origins: tuple[str, ...]
    door: WebDoor


@dataclass(frozen=True)
class Widget:
    """The pages of all web chats, by name, and the way of a message into the inbox and back."""

    accounts: Mapping[str, WebAccount]
    take_in: Callable[[Batch], Awaitable[None]]
    transcripts: Transcripts
    now: Callable[[], Instant]
    of_talk: Buckets = field(default_factory=lambda: Buckets(10, 20))
    of_host: Buckets = field(default_factory=lambda: Buckets(60, 120))
    reads: Buckets = field(default_factory=lambda: Buckets(120, 240))
    _waits: set[object] = field(default_factory=set)

    def routes(self) -> list[BaseRoute]:
        """Its addresses; none where no web chat is in the settings."""
        if not self.accounts:
            return []
        return [
            *(Route(f"/chat/{name}", self.file) for name in FILES),
            Route("/chat/{account}", self.page),
            Route("/chat/{account}/messages", self.post, methods=["POST"]),
            Route("/chat/{account}/messages", self.read),
        ]

    async def file(self, request: Request) -> Response:
        """A script or a style; the salon's site takes the script from here."""
        name = request.url.path.rpartition("/")[2]
        headers = {"x-content-type-options": "nosniff", "cross-origin-resource-policy": "cross-origin"}
        return FileResponse(HERE / "static" / name, media_type=FILES[name], headers=headers)

    async def page(self, request: Request) -> Response:
        """The chat. It carries a new token, which a browser that has one does not need."""
        account = self.accounts.get(request.path_params["account"])
        if account is None:
            return _no_such_chat()
        wished = request.query_params.get("lang") or request.headers.get("accept-language", "")
        language = "en" if wished.lower().startswith("en") else "ru"
        context = {
            "title": account.title(),
            "token": secrets.token_urlsafe(32),
            "language": language,
            "words": WORDS[language],
            "starts": STARTS[language],
        }
        headers = _NO_STORE | {"content-security-policy": _policy(account.origins)}
        return Jinja2Templates(HERE / "templates").TemplateResponse(request, "widget.html", context, headers=headers)

    async def post(self, request: Request) -> Response:
        """Takes one message; the same id twice is one message."""
        address = self._address(request)
        if address is None:
            return _no_such_chat()
        if not (self.of_talk.take(address.user, self.now()) and self.of_host.take(network(request), self.now())):
            return _too_often()
        body = await _bounded(request)
        if body is None:
            return JSONResponse({"error": "the message is too long"}, 413)
        batch = parse(body, address, self.now())
        if batch.incoming:
            await self.take_in(_own_ids(batch))
        return JSONResponse({"ignored": batch.ignored}, 202 if batch.incoming else 400, headers=_NO_STORE)

    async def read(self, request: Request) -> Response:
        """What the salon wrote since the number `after`, for which it waits a while; without it the whole talk."""
        address, after = self._address(request), request.query_params.get("after")
        number = None if after is None else number_in(after)
        if address is None or (after is not None and number is None):
            return _no_such_chat()
        if not self.reads.take(address.user, self.now()) or len(self._waits) >= WAITS_AT_ONCE:
            return _too_often()
        lines = await self._read(address, number)
        return Response(json.dumps(lines, ensure_ascii=False), media_type="application/json", headers=_NO_STORE)

    async def _read(self, address: Address, after: int | None) -> list[dict[str, object]]:
        door, waits = self.accounts[address.account].door, object()
        self._waits.add(waits)
        try:
            return await self.transcripts.read(door, address, after)
        finally:
            self._waits.discard(waits)

    def _address(self, request: Request) -> Address | None:
        """Whose talk it is: by the token alone."""
        account, token = request.path_params["account"], request.headers.get(TOKEN_HEADER, "")
        if account not in self.accounts or not TOKEN.fullmatch(token):
            return None
        return Address(CHANNEL, account, sha256(f"{account}:{token}".encode()).hexdigest()[:40])


def _policy(origins: tuple[str, ...]) -> str:
    framed_by = " ".join(("'self'", *origins))
    return (
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src data:; connect-src 'self'; base-uri 'none'; "
        f"form-action 'none'; frame-ancestors {framed_by}"
    )


def _own_ids(batch: Batch) -> Batch:
    """An id is the page's own: another person's message with the same one is another message."""
    return replace(
        batch,
        incoming=tuple(replace(one, message_id=f"{one.address.user}:{one.message_id}") for one in batch.incoming),
    )


async def _bounded(request: Request) -> bytes | None:
    """The body; None where it is larger than any message."""
    read = bytearray()
    async for chunk in request.stream():
        read += chunk
        if len(read) > LARGEST_MESSAGE:
            return None
    return bytes(read)


def _no_such_chat() -> Response:
    return JSONResponse({"error": "no such chat"}, 404)


def _too_often() -> Response:
    return JSONResponse({"error": "too often"}, 429, headers={"retry-after": "30"})
