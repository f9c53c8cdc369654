"""What the service reads ahead as it starts: a fault of its own there is logged, and the copy is kept all the same."""

import asyncio
from pathlib import Path

import httpx2

from sync_kit import Salon

LOOKS = 500


class BrokenAtFirst(httpx2.AsyncBaseTransport):
    """The first call meets what no provider answers: a fault that nothing foresees."""

    def __init__(self, journal: httpx2.AsyncBaseTransport) -> None:
        self._journal, self._is_broken = journal, True

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        if self._is_broken:
            self._is_broken = False
            raise RuntimeError("unforeseen")
        return await self._journal.handle_async_request(request)


def test_a_fault_while_reading_ahead_does_not_end_the_keeping_of_the_copy(tmp_path: Path) -> None:
    salon = Salon(tmp_path)

    async def story() -> None:
        wired = salon.another(BrokenAtFirst(salon.provider))
        async with wired.app.router.lifespan_context(wired.app):
            for _ in range(LOOKS):
                if await salon.copied() == salon.journal():
                    break
                await asyncio.sleep(0.01)
            assert await salon.copied() == salon.journal()

    salon.play(story)
    assert "not everything could be read ahead" in " ".join(line["event"] for line in salon.log.entries)
