"""`frontdesk worker`."""

import asyncio
import gc

from starlette.applications import Starlette

from frontdesk import options
from frontdesk.service.clock import SystemClock
from frontdesk.service.logs import configured
from frontdesk.service.settings import load
from frontdesk.service.wiring import World
from frontdesk.service.worker_command import work, worker_app
from frontdesk.serving import serve

ONE_MORE_WORKER = "Frontdesk works on the database of store.url too"


def worker(
    *,
    config: options.Config = options.SETTINGS_FILE,
    host: options.Host = options.LOOPBACK,
    port: options.Port | None = None,
) -> None:
    """Adds a worker beside `frontdesk run`, on this machine or another: PostgreSQL only.

    It answers, writes to the journal, sends and keeps the local copies. With --port it serves /healthz, /readyz and
    /metrics, and nothing else. What it had begun when it died is taken over by the others.

    Example: frontdesk worker --config frontdesk.toml --port 9101
    """
    settings = load(config)
    app = worker_app(settings, World(clock=SystemClock(), log=configured(settings.service.log)))
    if port is None:
        _work_unseen(app)
    else:
        serve(app, host, port, f"{ONE_MORE_WORKER}, and says how it is at {{address}}/metrics")


def _work_unseen(app: Starlette) -> None:
    gc.freeze()
    asyncio.run(work(app, lambda: print(f"{ONE_MORE_WORKER} (Ctrl+C ends it)", flush=True)))
