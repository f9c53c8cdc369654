"""The client for scripts and notebooks, where nothing else runs meanwhile.

    with BlockingClient(Credentials(partner_token, user_token)) as api:
        record = api(GetRecord(company_id=962302, record_id=50001))

It says everything through `client.Client`, which runs on an event loop in a thread of its own; so both do the same, and
calls from several threads share one pace.
"""

import asyncio
import threading
from collections.abc import AsyncGenerator, Callable, Coroutine, Iterator, Mapping
from typing import Any, Final, Self, TypeVar

import httpx2

from frontdesk.yclients.client import LARGEST_ANSWER_BYTES, TIMEOUT_S, Client
from frontdesk.yclients.contract import Auth, Endpoint
from frontdesk.yclients.endpoints.clients import SearchClientVisits
from frontdesk.yclients.models.client_visits import ClientVisits
from frontdesk.yclients.models.user import SecondFactor, User
from frontdesk.yclients.pace import Priority
from frontdesk.yclients.paging import Progress
from frontdesk.yclients.profiles import YCLIENTS, Profile
from frontdesk.yclients.signing import sign_in
from frontdesk.yclients.turnstile import Gate
from frontdesk.yclients.wire import Answer, Credentials

R = TypeVar("R")

_END: Final = object()


class BlockingClient:
    """Like `Client`, but each call returns when it is done."""

    def __init__(  # noqa: PLR0913 - as Client
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
        self._client = Client(
            credentials,
            profile=profile,
            base_url=base_url,
            transport=transport,
            pace=pace,
            timeout_s=timeout_s,
            attempts=attempts,
            bare=bare,
            largest_answer_bytes=largest_answer_bytes,
        )
        self._runs: tuple[asyncio.AbstractEventLoop, threading.Thread] | None = None

    def __enter__(self) -> Self:
        loop = asyncio.new_event_loop()
        thread = threading.Thread(target=loop.run_forever, name="yclients", daemon=True)
        thread.start()
        self._runs = loop, thread
        self._wait(self._client.__aenter__())
        return self

    def __exit__(self, *raised: object) -> None:
        if self._runs is None:
            return
        self._wait(self._client.__aexit__())
        self._wait(self._runs[0].shutdown_asyncgens())
        (loop, thread), self._runs = self._runs, None
        loop.call_soon_threadsafe(loop.stop)
        thread.join()
        loop.close()

    def __call__(self, call: Endpoint[R], *, priority: Priority = Priority.WORK) -> R:
        """What the call's answer holds; raises a ProviderError otherwise."""
        return self._wait(self._client(call, priority=priority))

    def answer(self, call: Endpoint[R], *, priority: Priority = Priority.WORK) -> Answer[R]:
        """The whole answer: the result with its `meta`, status and request id."""
        return self._wait(self._client.answer(call, priority=priority))

    def pages(
        self,
        call: Endpoint[tuple[R, ...]],
        *,
        priority: Priority = Priority.BACKGROUND,
        on_progress: Callable[[Progress], None] | None = None,
    ) -> Iterator[R]:
        """Every item of a list that comes in pages; `on_progress` is called in the client's own thread."""
        return self._drawn(self._client.pages(call, priority=priority, on_progress=on_progress))

    def history(self, call: SearchClientVisits, *, priority: Priority = Priority.BACKGROUND) -> Iterator[ClientVisits]:
        """A client's past, page after page."""
        return self._drawn(self._client.history(call, priority=priority))

    def undeclared(
        self,
        method: str,
        path: str,
        *,
        query: Mapping[str, Any] | None = None,
        body: Any = None,  # noqa: ANN401 - any JSON
        auth: Auth = Auth.USER,
    ) -> Answer[Any]:
        """Calls a path that has no declaration; its `data` comes as plain JSON."""
        return self._wait(self._client.undeclared(method, path, query=query, body=body, auth=auth))

    def sign_in(self, login: str, password: str, ask_code: Callable[[SecondFactor], str] | None = None) -> User:
        """The user with his token; `ask_code` is asked in the client's own thread (see `signing.sign_in`)."""
        return self._wait(sign_in(self._client, login, password, ask_code and _later(ask_code)))

    def _drawn(self, stream: AsyncGenerator[R, None]) -> Iterator[R]:
        try:
            while True:
                item: Any = self._wait(_next(stream))
                if item is _END:
                    return
                yield item
        finally:
            if self._runs is not None:
                self._wait(_closed(stream))

    def _wait(self, work: Coroutine[Any, Any, R]) -> R:
        if self._runs is None:
            work.close()
            raise RuntimeError("the client is not open: use it within `with BlockingClient(...) as api:`")
        return asyncio.run_coroutine_threadsafe(work, self._runs[0]).result()


def _later(ask: Callable[[SecondFactor], str]) -> Callable[[SecondFactor], Coroutine[Any, Any, str]]:
    async def asked(factor: SecondFactor) -> str:
        return await asyncio.to_thread(ask, factor)

    return asked


async def _closed(stream: AsyncGenerator[Any, None]) -> None:
    await stream.aclose()


async def _next(stream: AsyncGenerator[Any, None]) -> Any:  # noqa: ANN401 - an item, or the end
    return await anext(stream, _END)
