"""`frontdesk worker`."""

import asyncio
import gc

from frontdesk import options
from frontdesk.service import worker_command
from frontdesk.service.clock import SystemClock
from frontdesk.service.logs import configured
from frontdesk.service.settings import load
from frontdesk.service.wiring import World

ONE_MORE_WORKER = "Frontdesk works on the database of store.url too (Ctrl+C ends it)"


def worker(*, config: options.Config = options.SETTINGS_FILE) -> None:
    """Adds a worker beside `frontdesk run`, on this machine or another: PostgreSQL only.

    It answers, writes to the journal, sends and keeps the local copies; it serves no address. What it had begun when it
    died is taken over by the others.

    Example: frontdesk worker --config frontdesk.toml
    """
    settings = load(config)
    world = World(clock=SystemClock(), log=configured(settings.service.log))
    gc.freeze()
    asyncio.run(worker_command.work(settings, world, lambda: print(ONE_MORE_WORKER, flush=True)))
