"""The emulator as an ASGI application: path, call, handler, envelope.

Everything up to the finished answer is plain synchronous code over the world, run in the event loop's own thread, so
that calls follow one another as strictly as in one database. Only what a fault does to the connection is
asynchronous.
"""

import asyncio
import re
from collections.abc import Awaitable, Callable, MutableMapping
from dataclasses import dataclass
from typing import Any, Final, assert_never

import httpx2

from frontdesk.emulator.access import caller_of, enter_branch
from frontdesk.emulator.control import Control
from frontdesk.emulator.english import in_english
from frontdesk.emulator.envelope import Answer, refused, success
from frontdesk.emulator.faults import Faults, Rule, faulty_refusal, gateway_page
from frontdesk.emulator.journal import Journal
from frontdesk.emulator.pacing import Turnstile
from frontdesk.emulator.reading import Sent, read_call, wants_envelope
from frontdesk.emulator.refusal import Refusal
from frontdesk.emulator.registry import Handler, Reply, handlers
from frontdesk.emulator.routes import Match, Routes
from frontdesk.emulator.salons.building import build_world
from frontdesk.emulator.webhooks import Post, Webhooks, post_over_http
from frontdesk.emulator.world import World
from frontdesk.yclients.contract import Endpoint, endpoints
from frontdesk.yclients.profiles import ALTEGIO, YCLIENTS, Profile

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]

CONTROL: Final = "/_emulator/"
LARGEST_BODY: Final = 10_000_000
UNAVAILABLE: Final = 503
CLOSED: Final = re.compile(r"/api/v1/company/\d+/clients/?")
"""An address that many try; the provider is known to answer 405 there."""
READ_HEADERS: Final = {b"authorization": "authorization", b"accept": "accept"}
PROFILES: Final = {profile.name: profile for profile in (YCLIENTS, ALTEGIO)}


@dataclass(slots=True)
class Played:
    """One request played to its end."""

    answer: Answer
    endpoint: str = ""
    ignored: tuple[str, ...] = ()


class Emulator:
    """The provider, played over a world."""

    def __init__(
        self,
        world: World,
        *,
        profile: Profile = YCLIENTS,
        pace: bool = False,
        post: Post = post_over_http,
        again: Callable[[], World] | None = None,
    ) -> None:
        self.world = world
        self.webhooks = Webhooks(world, post)
        self._words = in_english if profile is ALTEGIO else None
        self._turnstile = Turnstile() if pace else None
        self.journal = Journal()
        self.faults = Faults()
        self._routes = Routes(endpoints().values())
        self._handlers = handlers()
        self._control = Control(self.world, self.journal, self.faults, again)

    def play(self, sent: Sent) -> Played:
        """Plays a request on the world: what the provider would have answered."""
        played = Played(Answer(UNAVAILABLE))
        try:
            self._play(sent, played)
        except Refusal as refusal:
            played.answer = self._refused(refusal, sent)
        return played

    def _refused(self, refusal: Refusal, sent: Sent) -> Answer:
        if self._words:
            refusal.message = self._words(refusal.message)
        return refused(refusal, enveloped=wants_envelope(sent))

    def _one_too_many(self, sent: Sent) -> Played | None:
        wait_s = self._turnstile.retry_after_s(sent.peer) if self._turnstile else None
        if wait_s is None:
            return None
        refusal = Refusal(429, "Превышен лимит запросов", headers={"retry-after": str(wait_s)})
        return Played(self._refused(refusal, sent))

    def _play(self, sent: Sent, played: Played) -> None:
        match = self._routes.find(sent.method, sent.path)
        if match is None:
            raise self._no_such_call(sent)
        spec = match.endpoint.spec
        played.endpoint = spec.name
        caller = caller_of(self.world, match.endpoint, sent)
        handler = self._handlers.get(spec.name)
        call, played.ignored = self._call(match, handler, sent)
        enter_branch(self.world, call, caller, handler.right if handler else "")
        reply = handler(self.world, call, caller) if handler else _example(call)
        shown = reply if isinstance(reply, Reply) else Reply(reply)
        played.answer = success(spec, shown, enveloped=caller.enveloped)

    def _call(self, match: Match, handler: Handler[Any] | None, sent: Sent) -> tuple[Endpoint[Any], tuple[str, ...]]:
        try:
            return read_call(match.endpoint, match.values, sent)
        except Refusal as refusal:
            wrong = refusal.errors if isinstance(refusal.errors, dict) else {}
            coded = next((handler.codes[field] for field in wrong if handler and field in handler.codes), None)
            if coded is None:
                raise
            raise Refusal(refusal.status, coded[1], code=coded[0]) from refusal

    def _no_such_call(self, sent: Sent) -> Refusal:
        if allowed := self._routes.methods(sent.path):
            return Refusal(405, "Метод не поддерживается", headers={"allow": ", ".join(allowed)})
        if CLOSED.fullmatch(sent.path):
            return Refusal(405, "Метод не поддерживается")
        return Refusal(404, "Не найдено")

    def _faulty(self, status: int, sent: Sent, code: int | None) -> Answer:
        refusal = faulty_refusal(status, code)
        return gateway_page(status) if refusal is None else self._refused(refusal, sent)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serves one connection's request (ASGI)."""
        if scope["type"] == "lifespan":
            await _live(receive, send)
        elif scope["type"] == "http":
            await self._serve(scope, receive, send)

    async def _serve(self, scope: Scope, receive: Receive, send: Send) -> None:
        sent = _sent(scope, await _body(receive))
        if sent.path.startswith(CONTROL) or sent.path == "/openapi.json":
            await _reply(send, self._control.answer(sent))
            return
        now = self.world.clock.now()
        rule = self.faults.next(sent.method, sent.path, now)
        if rule is None:
            played = self._one_too_many(sent) or self.play(sent)
            number = self.journal.write(now, sent, played.endpoint, played.answer.status, ignored=played.ignored)
            played.answer.headers["x-request-id"] = f"emulator-{number}"
            self.webhooks.send()
            await _reply(send, played.answer)
        else:
            await self._serve_faulty(rule, sent, send)

    async def _serve_faulty(self, rule: Rule, sent: Sent, send: Send) -> None:
        without_effect = rule.do == "refuse" or (rule.do == "status" and not rule.after)
        played = Played(Answer(UNAVAILABLE)) if without_effect else self._one_too_many(sent) or self.play(sent)
        if rule.do == "status":
            played.answer = self._faulty(int(rule.value or UNAVAILABLE), sent, rule.code)
        self.webhooks.send()
        status = 0 if rule.do in {"refuse", "lose_reply"} else played.answer.status
        self.journal.write(self.world.clock.now(), sent, played.endpoint, status, ignored=played.ignored, fault=rule.do)
        await _spoil(rule, played.answer, send)


def create_app(
    world: World,
    *,
    profile: Profile = YCLIENTS,
    pace: bool = False,
    post: Post = post_over_http,
    again: Callable[[], World] | None = None,
) -> Emulator:
    """The emulator over a world of your own, for use in process (an ASGI transport) or under any ASGI server.

    With `pace` the documented limits are kept, and a call over them is answered with 429. `post` sends the webhooks.
    A reset goes back to the world as it was given, or to a new one of `again`.
    """
    return Emulator(world, profile=profile, pace=pace, post=post, again=again)


def build(salon: str = "demo", profile: str = "yclients", *, pace: bool = True) -> Emulator:
    """The emulator over a ready salon (demo, empty, chain) or the one in a TOML file. Raises BadSalonFileError.

    A reset makes the salon anew, so that its days count from the day of the reset.
    """

    def again() -> World:
        return build_world(salon)

    return create_app(again(), profile=PROFILES[profile], pace=pace, again=again)


async def _spoil(rule: Rule, answer: Answer, send: Send) -> None:
    match rule.do:
        case "status":
            await _reply(send, answer)
        case "delay":
            await asyncio.sleep(rule.value or 0)
            await _reply(send, answer)
        case "refuse":
            _cut(send, httpx2.ConnectError("the emulator was told to refuse"))
        case "lose_reply":
            _cut(send, httpx2.ReadError("the emulator was told to lose the reply"))
        case "truncate":
            kept = len(answer.body) // 2 if rule.value is None else int(rule.value)
            await _start(send, answer, len(answer.body))
            await send({"type": "http.response.body", "body": answer.body[:kept], "more_body": True})
            _cut(send, httpx2.RemoteProtocolError("the emulator was told to cut the answer"))
        case _:
            assert_never(rule.do)


def _cut(send: Send, in_process: Exception) -> None:
    """Cuts the connection.

    The server's own `send` knows its transport; in process there is none, and the client's error is raised.
    """
    transport = getattr(getattr(send, "__self__", None), "transport", None)
    if transport is None:
        raise in_process
    transport.abort()


def _example(call: Endpoint[Any]) -> Reply:
    return Reply(call.spec.example, call.spec.example_meta)


def _sent(scope: Scope, body: bytes) -> Sent:
    headers = {READ_HEADERS[name]: value.decode("latin-1") for name, value in scope["headers"] if name in READ_HEADERS}
    client = scope.get("client")
    query = scope["query_string"].decode("latin-1")
    return Sent(scope["method"], scope["path"], query, headers, body, client[0] if client else "127.0.0.1")


async def _body(receive: Receive) -> bytes:
    message = await receive()
    body: bytes = message.get("body", b"")
    while message.get("more_body") and len(body) <= LARGEST_BODY:
        message = await receive()
        body += message.get("body", b"")
    return body


async def _reply(send: Send, answer: Answer) -> None:
    await _start(send, answer, len(answer.body))
    await send({"type": "http.response.body", "body": answer.body})


async def _start(send: Send, answer: Answer, length: int) -> None:
    headers = [(name.encode(), value.encode()) for name, value in answer.headers.items()]
    headers.append((b"content-length", str(length).encode()))
    await send({"type": "http.response.start", "status": answer.status, "headers": headers})


async def _live(receive: Receive, send: Send) -> None:
    while True:
        message = await receive()
        await send({"type": f"{message['type']}.complete"})
        if message["type"] == "lifespan.shutdown":
            return
