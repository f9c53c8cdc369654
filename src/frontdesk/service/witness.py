"""A transport that notes what the provider's client leaves aside: headers, redirects, how many calls there were."""

import httpx2

MOST_CALLS = 15


class TooManyCalls(RuntimeError):
    """An examination asked more than it may: a fault of ours."""


class Witness(httpx2.AsyncBaseTransport):
    """Passes calls on, at most so many, and keeps the last answer."""

    def __init__(self, inner: httpx2.AsyncBaseTransport) -> None:
        self._inner = inner
        self.calls = 0
        self.answer: httpx2.Response | None = None

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        """Sends one call."""
        if self.calls >= MOST_CALLS:
            raise TooManyCalls(f"an examination of one salon makes at most {MOST_CALLS} calls")
        self.calls += 1
        self.answer = None
        self.answer = await self._inner.handle_async_request(request)
        return self.answer

    async def aclose(self) -> None:
        """Closes the connections."""
        await self._inner.aclose()

    @property
    def status(self) -> int:
        """Of the last answer; 0 where there was none."""
        return self.answer.status_code if self.answer else 0

    def header(self, name: str) -> str:
        """Of the last answer, empty where it had none."""
        return self.answer.headers.get(name, "") if self.answer else ""
