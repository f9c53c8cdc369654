import asyncio
import socket
import threading
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager

import uvicorn

from frontdesk.emulator.app import Receive, Scope, Send

Application = Callable[[Scope, Receive, Send], Awaitable[None]]

LOOPBACK = "127.0.0.1"
STARTS_WITHIN_S = 10


class _Server(uvicorn.Server):
    """Says when it listens; signals stay with the program it runs in."""

    def __init__(self, config: uvicorn.Config) -> None:
        super().__init__(config)
        self.listens = threading.Event()

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        await super().startup(sockets)
        self.listens.set()


@contextmanager
def serving(emulator: Application) -> Iterator[str]:
    """Serves an emulator on a free port from a thread while the block runs, and gives its address."""
    listener = socket.create_server((LOOPBACK, 0))
    config = uvicorn.Config(emulator, log_level="critical", access_log=False, timeout_graceful_shutdown=1)
    server = _Server(config)
    thread = threading.Thread(target=lambda: asyncio.run(server.serve([listener])), name="emulator", daemon=True)
    thread.start()
    try:
        if not server.listens.wait(STARTS_WITHIN_S):
            raise OSError(f"the emulator did not start within {STARTS_WITHIN_S} s")
        yield f"http://{LOOPBACK}:{listener.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join()
        listener.close()
