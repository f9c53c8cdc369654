"""Serving an application at an address, and saying which."""

import gc
import socket
import sys
from ipaddress import ip_address

import uvicorn
from starlette.types import ASGIApp


def serve(application: ASGIApp, host: str, port: int, greeting: str, aside: str = "") -> None:
    """Serves until asked to end. Port 0 takes a free one, so the address is named once it is known; `aside` on stderr.

    Code and rules stay for good: frozen, they cost no reply the ten milliseconds that the collector walks them.
    """
    gc.freeze()
    with socket.create_server((host, port)) as listener:
        address = f"http://{host}:{listener.getsockname()[1]}"
        print(greeting.format(address=address), flush=True)
        if aside:
            print(aside.format(address=address), file=sys.stderr, flush=True)
        config = uvicorn.Config(application, log_level="warning", access_log=False, timeout_graceful_shutdown=5)
        uvicorn.Server(config).run(sockets=[listener])


def is_loopback(host: str) -> bool:
    """Whether only this machine reaches the address."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
