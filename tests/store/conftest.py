"""Every store test runs on SQLite, and on PostgreSQL where a server's programs are found."""

import getpass
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import psycopg
import pytest

from frontdesk.store.database import Store, open_store

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


@pytest.fixture(scope="session")
def postgres() -> Iterator[Server]:
    if not INSTALLED:
        pytest.skip("no PostgreSQL server here: install one (Debian: apt install postgresql) to run its tests")
    server = Server(INSTALLED[-1].parent)
    yield server
    server.stop()


@pytest.fixture(params=["sqlite", "postgresql"])
def address(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of a new, empty database."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/frontdesk.db"
    server: Server = request.getfixturevalue("postgres")
    return server.new_database()


@pytest.fixture
def store(address: str) -> Iterator[Store]:
    opened = open_store(address)
    yield opened
    opened._close()
