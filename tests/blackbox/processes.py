"""`frontdesk` commands as real processes, which can be killed without warning and started again."""

import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import httpx2

from blackbox.waiting import until

COMMAND = (sys.executable, "-c", "from frontdesk.cli import main; main()")
ADDRESS = re.compile(r"http://[\w.]+:\d+")
STOPS_WITHIN_S = 20
BYTECODE = Path(__file__).parents[2] / "var" / "bytecode"


def environment(secrets: Mapping[str, str] = {}) -> dict[str, str]:
    """This process's own, without settings that belong to somebody else's service.

    Where no bytecode may be written beside the sources, it is kept apart: dozens of processes would each compile all.
    """
    own = {name: value for name, value in os.environ.items() if not name.startswith("FRONTDESK__")}
    if own.pop("PYTHONDONTWRITEBYTECODE", ""):
        own.setdefault("PYTHONPYCACHEPREFIX", str(BYTECODE))
    return own | {"PYTHONUNBUFFERED": "1", "PYTHONWARNINGS": "default"} | secrets


def run(*arguments: str, said: str = "", folder: Path | None = None) -> subprocess.CompletedProcess[str]:
    """Runs a command to its end."""
    return subprocess.run(
        [*COMMAND, *arguments],
        input=said, capture_output=True, text=True, timeout=60, check=False, env=environment(), cwd=folder,
    )  # fmt: skip


class Process:
    """One command that goes on until it is ended, with its log in a file; `address` is empty where it serves none.

    `said` is what it wrote on stdout after its greeting, known once it has ended.
    """

    def __init__(self, folder: Path, *arguments: str, secrets: Mapping[str, str] = {}) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self.folder = folder
        self.address = ""
        self.returned: int | None = None
        self.said = ""
        self._arguments = arguments
        self.secrets = secrets
        self._log = folder / "log.txt"
        self._running: subprocess.Popen[str] | None = None

    @property
    def pid(self) -> int:
        assert self._running is not None
        return self._running.pid

    @property
    def runs(self) -> bool:
        """Whether it was started and not ended since."""
        return self._running is not None

    def start(self) -> None:
        """Starts it and waits until it says that it works."""
        with self._log.open("a", encoding="utf-8") as log:
            self._running = subprocess.Popen(
                [*COMMAND, *self._arguments], stdout=subprocess.PIPE, stderr=log, text=True, cwd=self.folder,
                env=environment(self.secrets),
            )  # fmt: skip
        assert self._running.stdout is not None
        greeting = self._running.stdout.readline()
        if not greeting:
            self._end()
            raise AssertionError(f"it did not start: {greeting!r} {self.log()[-2000:]}")
        found = ADDRESS.search(greeting)
        self.address = found[0] if found else ""

    def kill(self) -> None:
        """SIGKILL: nothing of it runs a moment later."""
        assert self._running is not None
        self._running.kill()
        self._end()

    def stop(self, asked: signal.Signals = signal.SIGTERM) -> None:
        """Asks it to end, which it does in good order: not by the signal, and with nothing found broken."""
        if self._running is not None:
            self._running.send_signal(asked)
            self._end()
            assert self.returned == 0, f"it ended with {self.returned}: {self.log()[-2000:]}"

    def _end(self) -> None:
        assert self._running is not None
        self.said += self._running.communicate(timeout=STOPS_WITHIN_S)[0]
        self.returned = self._running.returncode
        self._running = None

    def log(self) -> str:
        """All it has logged so far, over all its lives."""
        return self._log.read_text(encoding="utf-8") if self._log.exists() else ""

    def events(self) -> list[dict[str, object]]:
        """The lines of a JSON log."""
        return [json.loads(line) for line in self.log().splitlines() if line.startswith("{")]


def http() -> httpx2.Client:
    """A client that asks nobody's proxy."""
    return httpx2.Client(trust_env=False, timeout=30)


def is_ready(client: httpx2.Client, address: str) -> None:
    """Waits until the service has taken over what an earlier one left, and works."""
    until(lambda: _works(client, address), "a ready service")


def _works(client: httpx2.Client, address: str) -> bool:
    try:
        return client.get(f"{address}/readyz").status_code == httpx2.codes.OK
    except httpx2.ConnectError:  # between the set-up and the service nobody listens there
        return False
