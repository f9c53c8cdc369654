"""Serving an application at an address, and saying which."""

import errno
import gc
import socket
import sys
from functools import partial
from ipaddress import ip_address
from typing import TYPE_CHECKING

import uvicorn
from starlette.types import ASGIApp

if TYPE_CHECKING:
    from frontdesk.service.set_up import Ending


def serve(  # noqa: PLR0913, PLR0917 - what, where, what is said there, and how it ends
    application: ASGIApp, host: str, port: int, greeting: str, aside: str = "", ending: "Ending | None" = None
) -> int:
    """Serves until asked to end. Port 0 takes a free one, so the address is named once it is known; `aside` on stderr.

    Code and rules stay for good: frozen, they cost no reply the ten milliseconds that the collector walks them. Answers
    with the port.
    """
    gc.freeze()
    with _listener(host, port) as listener:
        taken = int(listener.getsockname()[1])
        address = f"http://{f'[{host}]' if ':' in host else host}:{taken}"
        print(greeting.format(address=address), flush=True)
        if aside:
            print(aside.format(address=address), file=sys.stderr, flush=True)
        config = uvicorn.Config(application, log_level="warning", access_log=False, timeout_graceful_shutdown=5)
        server = uvicorn.Server(config)
        if ending is not None:
            ending.stop = partial(setattr, server, "should_exit", True)
        server.run(sockets=[listener])
    return taken


def _listener(host: str, port: int) -> socket.socket:
    """Raises OSError whose words say what to do."""
    try:
        return socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
    except OSError as fault:
        match fault.errno:
            case errno.EADDRINUSE:
                raise OSError(
                    f"port {port} of {host} is taken: end what listens there, or name another --port"
                ) from None
            case errno.EACCES:
                raise OSError(f"port {port} may not be taken by this user: name one above 1023 with --port") from None
            case _:
                raise OSError(f"{host} is no address of this machine ({fault.strerror}): name another --host") from None


def is_loopback(host: str) -> bool:
    """Whether only this machine reaches the address."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
