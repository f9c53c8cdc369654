"""A PostgreSQL server of the tests' own, from the programs that Debian's package brings."""

import getpass
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import psycopg
import pytest

INSTALLED = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
NUMBERS = count(1)


def unprivileged() -> str:
    """PostgreSQL refuses to run as root."""
    if os.geteuid() != 0:
        return getpass.getuser()
    known = {entry.pw_name for entry in pwd.getpwall()}
    return "postgres" if "postgres" in known else "nobody"


class Server:
    """A PostgreSQL server of our own, reached over a socket in its folder."""

    def __init__(self, programs: Path) -> None:
        self.programs = programs
        self.folder = Path(tempfile.mkdtemp(prefix="frontdesk-pg-"))
        self.user = unprivileged()
        if os.geteuid() == 0:
            shutil.chown(self.folder, self.user)
        self.run("initdb", "--auth=trust", "--no-sync", "--username=frontdesk", "--pgdata", str(self.data))
        options = f"-c listen_addresses='' -c unix_socket_directories={self.folder} -c fsync=off"
        self.run(
            "pg_ctl", "--wait", "--pgdata", str(self.data), "--log", str(self.folder / "log"), "-o", options, "start"
        )

    @property
    def data(self) -> Path:
        return self.folder / "data"

    def run(self, program: str, *arguments: str) -> None:
        command = [str(self.programs / program), *arguments]
        if os.geteuid() == 0:
            command = ["setpriv", f"--reuid={self.user}", f"--regid={self.user}", "--init-groups", *command]
        subprocess.run(command, check=True, cwd=self.folder, capture_output=True, timeout=60)

    def new_database(self) -> str:
        name = f"frontdesk_{next(NUMBERS)}"
        with psycopg.connect(f"host={self.folder} user=frontdesk dbname=postgres", autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}")  # type: ignore[arg-type]
        return f"postgresql://frontdesk@/{name}?host={self.folder}"

    def stop(self) -> None:
        self.run("pg_ctl", "--mode=immediate", "--pgdata", str(self.data), "stop")
        shutil.rmtree(self.folder, ignore_errors=True)


@contextmanager
def running() -> Iterator[Server]:
    """A server for as long as this lasts; the test is skipped where its programs are not installed."""
    if not INSTALLED:
        pytest.skip("no PostgreSQL server here: install one (Debian: apt install postgresql) to run its tests")
    server = Server(INSTALLED[-1].parent)
    try:
        yield server
    finally:
        server.stop()
