"""Sends one HTTP request and says what became of it, as a value.

What matters of a failure is one bit: had the message left? Where no connection was made it surely had not, and may be
sent again. Where the connection broke afterwards it may have arrived, and messengers have no idempotency key.
"""

import asyncio
from collections.abc import Callable, Mapping
from contextlib import aclosing

import httpx2

from frontdesk.channels.messages import CutOff, Rejected, SendAction

TIMEOUT = httpx2.Timeout(10.0, connect=5.0)
"""Seconds, for each step of the exchange."""

WHOLE_TIMEOUT_S = 20.0
"""For the exchange as a whole: a messenger that has not answered by then counts as cut off."""

ANSWER_LIMIT = 16 * 1024 * 1024
"""Bytes once unpacked. A hundred updates of a bot, the largest answer there is, stay far below."""

_NEVER_CONNECTED = (httpx2.ConnectError, httpx2.ConnectTimeout, httpx2.PoolTimeout, httpx2.ProxyError)
_OUR_OWN_FAULT = (httpx2.UnsupportedProtocol, httpx2.LocalProtocolError, httpx2.InvalidURL, UnicodeError)


class TooLarge(httpx2.ReadError):
    """The answer is larger than any messenger's is."""


async def post(
    client: httpx2.AsyncClient,
    url: str,
    payload: Mapping[str, object],
    headers: Mapping[str, str],
    whole_timeout_s: float = WHOLE_TIMEOUT_S,
) -> httpx2.Response | Rejected | CutOff:
    """Posts JSON, following no redirect: it would carry the token elsewhere."""

    def build() -> httpx2.Request:
        return client.build_request("POST", url, json=payload, headers=dict(headers), timeout=TIMEOUT)

    return await ask(client, build, whole_timeout_s)


async def get(client: httpx2.AsyncClient, url: str, headers: Mapping[str, str]) -> httpx2.Response | Rejected | CutOff:
    """Asks without changing anything, following no redirect."""
    return await ask(client, lambda: client.build_request("GET", url, headers=dict(headers), timeout=TIMEOUT))


async def ask(
    client: httpx2.AsyncClient, build: Callable[[], httpx2.Request], whole_timeout_s: float = WHOLE_TIMEOUT_S
) -> httpx2.Response | Rejected | CutOff:
    """Sends what is built; the detail of a failure names its kind only, since addresses can hold tokens."""
    try:
        async with asyncio.timeout(whole_timeout_s):
            return await exchanged(client, build())
    except _NEVER_CONNECTED as fault:
        detail = f"no connection to the messenger ({type(fault).__name__})"
        return Rejected(SendAction.RETRY, detail, retry_after_s=1, growth=2, longest_wait_s=60, whole_account=True)
    except _OUR_OWN_FAULT as fault:
        detail = f"the messenger's address or token in the settings can't be used ({type(fault).__name__})"
        return Rejected(SendAction.PAUSE_ACCOUNT, detail, whole_account=True)
    except (httpx2.HTTPError, TimeoutError) as fault:
        return CutOff(f"the connection broke after the message had left ({type(fault).__name__})")


async def exchanged(client: httpx2.AsyncClient, request: httpx2.Request) -> httpx2.Response:
    """Status and body of the answer, following no redirect.

    Raises what httpx2 raises, and TooLarge, one of its errors too, before more than ANSWER_LIMIT bytes are kept.
    """
    answer = await client.send(request, stream=True, follow_redirects=False)
    try:
        body = await _bounded(answer)
    finally:
        await answer.aclose()
    return httpx2.Response(answer.status_code, content=body, request=request)


async def _bounded(answer: httpx2.Response) -> bytes:
    body = bytearray()
    async with aclosing(answer.aiter_bytes()) as unpacked:
        async for part in unpacked:
            if len(body) + len(part) > ANSWER_LIMIT:
                raise TooLarge(f"the answer is larger than {ANSWER_LIMIT} bytes")
            body += part
    return bytes(body)
