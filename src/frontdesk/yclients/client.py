"""A client of the provider's API.

    async with Client(Credentials(partner_token, user_token)) as api:
        record = await api(GetRecord(company_id=962302, record_id=50001))

Every call waits for its turn at the gate, and reads are tried again when the provider fails. A write is never sent
twice by itself: after `Unsure` the caller looks up whether it took effect. Only a 429, which means that nothing was
done, is waited out for both.
"""

import asyncio
from collections.abc import AsyncGenerator, Callable, Mapping
from contextlib import aclosing
from typing import Any, Final, Self, TypeVar

import httpx2
import stamina

from frontdesk.yclients.contract import Auth, Endpoint
from frontdesk.yclients.endpoints.clients import SearchClientVisits
from frontdesk.yclients.errors import Paced, ProviderError, Unexpected, Unreachable, Unsure, masked
from frontdesk.yclients.models.client_visits import ClientVisits
from frontdesk.yclients.pace import Priority
from frontdesk.yclients.paging import Progress, history, pages
from frontdesk.yclients.profiles import YCLIENTS, Profile
from frontdesk.yclients.refusals import failure
from frontdesk.yclients.turnstile import REST_AT_MOST_S, Gate, Turnstile
from frontdesk.yclients.wire import Answer, Credentials, Request, authorisation, compose, read, request

R = TypeVar("R")

TIMEOUT_S: Final = 15.0
CONNECT_TIMEOUT_S: Final = 5.0
STEPS_AT_MOST: Final = 4
"""How many times the timeout of one step a whole call may last: an answer that drips in byte by byte ends, too."""

LARGEST_ANSWER_BYTES: Final = 32 * 1024 * 1024
"""Far above any page of a journal; without an end a broken gateway could fill the memory."""

ALWAYS: Final = {"Accept-Encoding": "gzip, deflate", "User-Agent": "frontdesk"}

_NEVER_LEFT: Final = (
    httpx2.ConnectError,
    httpx2.ConnectTimeout,
    httpx2.LocalProtocolError,
    httpx2.PoolTimeout,
    httpx2.ProxyError,
    httpx2.UnsupportedProtocol,
)


class Client:
    """Speaks to one salon's provider with one pair of tokens.

    `pace` is shared by all clients of this address: give the same `Turnstile` to each. With `bare` the answers are
    asked for without their envelope, as the provider's widgets do. `transport` takes an in-process emulator.
    `timeout_s` is for each step of a call, a whole call ends after `STEPS_AT_MOST` times that. An answer that unpacks
    to more than `largest_answer_bytes` is not read on: it is `Unexpected` after a read and `Unsure` after a write.
    """

    def __init__(  # noqa: PLR0913 - each is a choice of its own, and all have a default
        self,
        credentials: Credentials,
        *,
        profile: Profile = YCLIENTS,
        base_url: str | None = None,
        transport: httpx2.AsyncBaseTransport | None = None,
        pace: Gate | None = None,
        timeout_s: float = TIMEOUT_S,
        attempts: int = 3,
        bare: bool = False,
        largest_answer_bytes: int = LARGEST_ANSWER_BYTES,
    ) -> None:
        self._credentials = credentials
        self._profile = profile
        self._gate = pace or Turnstile()
        self._attempts = attempts
        self._bare = bare
        self._largest_answer_bytes = largest_answer_bytes
        self._whole_timeout_s = timeout_s * STEPS_AT_MOST
        self._base_url = (base_url or profile.base_url).rstrip("/")
        self._transport = transport or httpx2.AsyncHTTPTransport()
        connect_s = min(timeout_s, CONNECT_TIMEOUT_S)
        self._timeouts = {"timeout": httpx2.Timeout(timeout_s, connect=connect_s).as_dict()}

    async def __aenter__(self) -> Self:
        await self._transport.__aenter__()
        return self

    async def __aexit__(self, *raised: object) -> None:
        await self._transport.__aexit__()

    async def __call__(self, call: Endpoint[R], *, priority: Priority = Priority.WORK) -> R:
        """What the call's answer holds; raises a ProviderError otherwise."""
        return (await self.answer(call, priority=priority)).data

    async def answer(self, call: Endpoint[R], *, priority: Priority = Priority.WORK) -> Answer[R]:
        """The whole answer: the result with its `meta`, status and request id."""
        asked = request(call, self._profile, self._credentials, bare=self._bare)
        return await self._persist(asked, type(call), priority)

    def pages(
        self,
        call: Endpoint[tuple[R, ...]],
        *,
        priority: Priority = Priority.BACKGROUND,
        on_progress: Callable[[Progress], None] | None = None,
    ) -> AsyncGenerator[R, None]:
        """Every item of a list that comes in pages, one after the other; `on_progress` hears of each page."""
        return pages(lambda page: self.answer(page, priority=priority), call, on_progress)

    def history(
        self, call: SearchClientVisits, *, priority: Priority = Priority.BACKGROUND
    ) -> AsyncGenerator[ClientVisits, None]:
        """A client's past, page after page."""
        return history(lambda page: self.answer(page, priority=priority), call)

    async def undeclared(  # noqa: PLR0913 - the parts of a request
        self,
        method: str,
        path: str,
        *,
        query: Mapping[str, Any] | None = None,
        body: Any = None,  # noqa: ANN401 - any JSON
        auth: Auth = Auth.USER,
        priority: Priority = Priority.WORK,
    ) -> Answer[Any]:
        """Calls a path that has no declaration; its `data` comes as plain JSON.

        `path` is taken from the host on: "/api/v1/storages/1". Everything but GET counts as a write.
        """
        headers = {"Accept": self._profile.media_type} | authorisation(auth, self._credentials)
        asked = compose(method.upper(), path, headers, query, body)
        endpoint = _UndeclaredRead if method.upper() == "GET" else _UndeclaredWrite
        return await self._persist(asked, endpoint, priority)

    async def _persist(self, asked: Request, endpoint: type[Endpoint[R]], priority: Priority) -> Answer[R]:
        """One attempt, and where it is harmless a second at once and more with growing pauses."""

        def again(fault: Exception) -> bool:
            return _is_harmless_to_repeat(fault, endpoint.spec.reads)

        try:
            return await self._once(asked, endpoint, priority)
        except ProviderError as fault:
            if self._attempts <= 1 or not again(fault):
                raise
        async for attempt in stamina.retry_context(on=again, attempts=self._attempts - 1, timeout=None):
            with attempt:
                return await self._once(asked, endpoint, priority)
        raise AssertionError("stamina either returns or raises")

    async def _once(self, asked: Request, endpoint: type[Endpoint[R]], priority: Priority) -> Answer[R]:
        await self._gate.enter(priority)
        try:
            async with asyncio.timeout(self._whole_timeout_s):
                response, body = await self._send(asked)
        except (httpx2.RequestError, TimeoutError) as fault:
            raise _lost(fault, endpoint.spec.reads) from fault
        finally:
            self._gate.leave()
        try:
            if body is None:
                raise failure(endpoint.spec, response.status_code, response.headers, self._too_large())
            return read(endpoint, response.status_code, response.headers, body)
        except Paced as refusal:
            self._gate.rest(refusal.retry_after_s)
            raise

    async def _send(self, asked: Request) -> tuple[httpx2.Response, bytes | None]:
        """Straight to the transport: a client of httpx2 would write each address, phones in it and all, to the log."""
        sent = httpx2.Request(
            asked.method,
            self._base_url + asked.target,
            headers=ALWAYS | asked.headers,
            content=asked.content,
            extensions=self._timeouts,
        )
        response = await self._transport.handle_async_request(sent)
        try:
            return response, await self._body(response)
        finally:
            await response.aclose()

    async def _body(self, response: httpx2.Response) -> bytes | None:
        """The body unpacked; None where it is too large, of which no more than one part too many is kept."""
        parts: list[bytes] = []
        room = self._largest_answer_bytes
        async with aclosing(response.aiter_bytes()) as unpacked:
            async for part in unpacked:
                room -= len(part)
                if room < 0:
                    return None
                parts.append(part)
        return b"".join(parts)

    def _too_large(self) -> bytes:
        return b"the answer is larger than %d bytes and was not read" % self._largest_answer_bytes


class _UndeclaredRead(Endpoint[Any], http="GET /api/", heading="", section=""):
    """Any path, asked."""


class _UndeclaredWrite(Endpoint[Any], http="POST /api/", heading="", section=""):
    """Any path, told."""


def _lost(fault: httpx2.RequestError | TimeoutError, reads: bool) -> ProviderError:
    said = masked(f"{type(fault).__name__} ({fault})")
    if reads or isinstance(fault, _NEVER_LEFT):
        return Unreachable(f"no answer from the provider: {said}")
    return Unsure(f"sent, but no answer came back: {said}")


def _is_harmless_to_repeat(fault: Exception, reads: bool) -> bool:
    if isinstance(fault, Paced):
        return (fault.retry_after_s or 0) <= REST_AT_MOST_S
    return reads and isinstance(fault, Unreachable | Unexpected)
