"""Serving an application at an address, and saying which."""

import errno
import gc
import signal
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from ipaddress import ip_address
from types import FrameType
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
    with the port; a signal to end raises SystemExit(0) once all is closed.
    """
    gc.freeze()
    config = uvicorn.Config(application, log_level="warning", access_log=False, timeout_graceful_shutdown=5)
    server = uvicorn.Server(config)
    with _signals_end_in_good_order(server), _listener(host, port) as listener:
        taken = int(listener.getsockname()[1])
        address = f"http://{f'[{host}]' if ':' in host else host}:{taken}"
        print(greeting.format(address=address), flush=True)
        if aside:
            print(aside.format(address=address), file=sys.stderr, flush=True)
        if ending is not None:
            ending.stop = partial(setattr, server, "should_exit", True)
        server.run(sockets=[listener])
    return taken


@contextmanager
def _signals_end_in_good_order(server: uvicorn.Server) -> Iterator[None]:
    """A process that was asked to end and did ends with 0, not by the signal.

    The server closes everything and then raises the signal anew, for whoever listened before it: that is heard here. So
    is one that comes before the server listens, which must not break off its start in the middle.
    """
    came: list[int] = []

    def end(number: int, _frame: FrameType | None) -> None:
        came.append(number)
        server.should_exit = True

    before = {one: signal.signal(one, end) for one in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for one, handler in before.items():
            signal.signal(one, handler)
    if came:
        raise SystemExit(0)


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
