"""Serving an application at an address, and saying which."""

import asyncio
import gc
import socket
import sys
from functools import partial
from ipaddress import ip_address
from typing import Final

import uvicorn
from starlette.applications import Starlette
from starlette.types import ASGIApp

from frontdesk.desk.sign_in import first_link
from frontdesk.service.clock import SystemClock
from frontdesk.service.doctor import Instruments
from frontdesk.service.logs import configured
from frontdesk.service.set_up import Ending, SettingsFile, first_app, first_desk, set_up_of
from frontdesk.service.worker_command import work

FIRST_LINK: Final = "Nobody has a password yet: set the first one within 15 minutes at {{address}}{path}"
ONE_MORE_WORKER: Final = "Frontdesk works on the database of store.url too"
SET_UP_IS_OPEN: Final = "There is no {file} yet: Frontdesk is set up on {{address}}/desk"


def serve(  # noqa: PLR0913, PLR0917 - what, where, what is said there, and how it ends
    application: ASGIApp, host: str, port: int, greeting: str, aside: str = "", ending: Ending | None = None
) -> int:
    """Serves until asked to end. Port 0 takes a free one, so the address is named once it is known; `aside` on stderr.

    Code and rules stay for good: frozen, they cost no reply the ten milliseconds that the collector walks them. Answers
    with the port.
    """
    gc.freeze()
    with socket.create_server((host, port)) as listener:
        taken = int(listener.getsockname()[1])
        address = f"http://{host}:{taken}"
        print(greeting.format(address=address), flush=True)
        if aside:
            print(aside.format(address=address), file=sys.stderr, flush=True)
        config = uvicorn.Config(application, log_level="warning", access_log=False, timeout_graceful_shutdown=5)
        server = uvicorn.Server(config)
        if ending is not None:
            ending.stop = partial(setattr, server, "should_exit", True)
        server.run(sockets=[listener])
    return taken


def serve_worker(app: Starlette, host: str, port: int | None) -> None:
    """Works until asked to end, and answers how it is at this port, where there is one."""
    if port is not None:
        serve(app, host, port, f"{ONE_MORE_WORKER}, and says how it is at {{address}}/metrics")
        return
    gc.freeze()
    asyncio.run(work(app, lambda: print(f"{ONE_MORE_WORKER} (Ctrl+C ends it)", flush=True)))


def serve_set_up(file: SettingsFile, host: str, port: int) -> int | None:
    """Serves the set-up alone until it is through; answers with the port, or None where it was broken off."""
    ending = Ending()
    desk = first_desk(set_up_of(file, Instruments(), ending, is_first=True), SystemClock(), configured("console"))
    first = asyncio.run(first_link(desk))
    aside = FIRST_LINK.format(path=first) if first else ""
    taken = serve(first_app(desk), host, port, SET_UP_IS_OPEN.format(file=file.path), aside, ending)
    return taken if ending.is_finished else None


def is_loopback(host: str) -> bool:
    """Whether only this machine reaches the address."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
