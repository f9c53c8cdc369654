"""Serves an application on a socket until it is told to end."""

import gc
import socket
import sys
from functools import partial

import uvicorn
from starlette.types import ASGIApp

from frontdesk.service.set_up import Ending


def serve(  # noqa: PLR0913, PLR0917 - where, what is said there, and how it ends
    application: ASGIApp, host: str, port: int, greeting: str, aside: str = "", ending: Ending | None = None
) -> int:
    """Port 0 takes a free one, so the address is named only once it is known; `aside` is said on stderr.

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
