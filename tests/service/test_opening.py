"""What runs beside the worker from the start: a fault there is logged, and it goes on all the same."""

import asyncio
from pathlib import Path

import httpx2
from prometheus_client import CollectorRegistry

from frontdesk.service.app import ANEW_AFTER_S, House, build_app
from frontdesk.service.bells import Bells
from service_kit import Service
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


def test_what_runs_beside_the_worker_and_breaks_off_begins_anew_after_a_while(service: Service) -> None:
    begun: list[str] = []

    async def breaks_off() -> None:
        begun.append("once")
        raise RuntimeError("unforeseen")

    async def story() -> None:
        app = build_app(service.parts, Bells(), [], House(CollectorRegistry(), beside=[breaks_off]))
        async with app.router.lifespan_context(app):
            for _ in range(3):
                await asyncio.sleep(0)
                service.clock.advance(ANEW_AFTER_S)
                await asyncio.sleep(0)
            assert len(begun) > 1

    asyncio.run(story())
