"""`frontdesk worker`: everything that goes on outside of requests, in a process of its own.

Workers know nothing of each other. What one works on stands under a lease in the database they share, and the leases of
one that died run out: then any other takes over. A chat is one lease, so its messages stay in order whoever answers.
"""

import asyncio
import signal
from collections.abc import Callable

from starlette.applications import Starlette

from frontdesk.service.settings import Settings
from frontdesk.service.wiring import World, wire
from frontdesk.store.database import checked

NEEDS_POSTGRESQL = (
    "store.url names a SQLite file, which one process works on: `frontdesk run` does everything there. "
    'For more workers write "postgresql://user:password@host/database"'
)


class WorkerError(Exception):
    """No worker can be added here; the words say what to do."""


def worker_app(settings: Settings, world: World) -> Starlette:
    """The worker, which works as long as this application lives; all that it serves is how it is.

    Raises WorkerError on SQLite, and BadStore for a database that can't be used.
    """
    if checked(settings.store.url).get_backend_name() == "sqlite":
        raise WorkerError(NEEDS_POSTGRESQL)
    return wire(settings, world, listens=False).app


async def work(app: Starlette, begun: Callable[[], None]) -> None:
    """Works until the process is asked to end, then lets what is under way finish; `begun` is called once it works."""
    ended = _asked_to_end()
    async with app.router.lifespan_context(app):
        begun()
        await ended.wait()


def _asked_to_end() -> asyncio.Event:
    ended, loop = asyncio.Event(), asyncio.get_running_loop()
    for one in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(one, ended.set)
    return ended
