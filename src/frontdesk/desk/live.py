"""Live pages: `/desk/events` names what changed, and the page asks for the part of it that shows that.

One watcher a process looks at the store's marks once a second, and only while somebody listens; so what another process
wrote is seen too. An event carries nothing but its name, so it can't show anybody what is not theirs.
"""

import asyncio
from collections.abc import AsyncIterator, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Final

from starlette.responses import Response, StreamingResponse

from frontdesk.booking.times import Instant
from frontdesk.desk.parts import Desk
from frontdesk.desk.visit import Visit
from frontdesk.store import signs

LOOKS_EVERY_S: Final = 1.0
FRESH_FOR: Final = timedelta(seconds=0.5)
MOST_LISTENERS: Final = 64
LASTS_LOOKS: Final = 900
"""Then the stream ends and the browser opens another, with which it is asked anew who it is."""
BEATS_EVERY_LOOKS: Final = 15
BROWSER_RETURNS_MS: Final = 3000


@dataclass
class Live:
    """The listeners of this process, and the marks last seen."""

    desk: Desk
    listeners: int = 0
    _seen: Mapping[str, signs.Mark] = field(default_factory=dict)
    _looking: asyncio.Lock = field(default_factory=asyncio.Lock)
    _looked_at: Instant | None = None

    async def events(self, visit: Visit) -> Response:
        """The stream, for anybody who is signed in."""
        if visit.user is None:
            return Response(status_code=401)
        if self.listeners >= MOST_LISTENERS:
            return Response(status_code=503, headers={"retry-after": "30"})
        headers = {"x-accel-buffering": "no"}
        return StreamingResponse(self._stream(visit.query("seen")), media_type="text/event-stream", headers=headers)

    async def _stream(self, shown: str) -> AsyncIterator[str]:
        """What changed between the making of the page and its listening is told at once."""
        self.listeners += 1
        try:
            seen = await self._marks()
            yield f"retry: {BROWSER_RETURNS_MS}\n\n" + _events(_missed(shown, seen))
            for look in range(LASTS_LOOKS):
                await self.desk.clock.sleep(LOOKS_EVERY_S)
                before, seen = seen, await self._marks()
                changed = [topic for topic in seen if seen[topic] != before.get(topic)]
                if changed or look % BEATS_EVERY_LOOKS == 0:
                    yield _events(changed) or ": still here\n\n"
        finally:
            self.listeners -= 1

    async def _marks(self) -> Mapping[str, signs.Mark]:
        """The marks, looked at once for all who ask within the same moment."""
        async with self._looking:
            now = self.desk.clock.now()
            if self._looked_at is None or now - self._looked_at > FRESH_FOR:
                self._seen, self._looked_at = await self.desk.store.read(signs.marks), now
            return self._seen


def _missed(shown: str, seen: Mapping[str, signs.Mark]) -> list[str]:
    """The topics whose marks are not those that the page was made from; none where it does not say."""
    before, now = shown.split("-"), signs.written(seen).split("-")
    if len(before) != len(now):
        return []
    return [topic for topic, was, is_now in zip(signs.TOPICS, before, now, strict=True) if was != is_now]


def _events(topics: Iterable[str]) -> str:
    return "".join(f"event: {topic}\ndata:\n\n" for topic in topics)
