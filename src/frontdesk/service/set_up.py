"""The guided set-up's hands: they write the settings file and have the doctor look at it.

The file is replaced whole: a new one, readable by its owner alone, is written beside it and put in its place, so a
crash leaves the old or the new. Comments and keys that nobody asked to change stay. What could not be read at the next
start is never written.
"""

import os
import secrets
import tempfile
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import tomlkit
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route
from structlog.typing import FilteringBoundLogger
from tomlkit.exceptions import TOMLKitError

from frontdesk.desk.app import desk_routes
from frontdesk.desk.parts import Desk
from frontdesk.desk.set_up import SET_UP, WEBHOOKS, BadSetUp, Changes, Finding, SetUp
from frontdesk.service.clock import Clock
from frontdesk.service.doctor import Instruments, look_at
from frontdesk.service.findings import covered
from frontdesk.service.settings import Settings, SettingsError, StoreSettings, load, read
from frontdesk.store.database import open_store

FIRST_NAME: Final = {"salon": "centre"}
"""How a table of each kind is called that is not there yet; `main` for a messenger."""
SECRETS: Final = frozenset(
    {"partner_token", "user_token", "webhook_secret", "access_token", "app_secret", "verify_token", "token", "secret"}
)
NUMBERS: Final = frozenset({"company_id"})
IN_FILE: Final = {"branch": "company_id"}
"""What the desk calls otherwise than the file."""
AT_DESK: Final = {name: shown for shown, name in IN_FILE.items()}
LISTS: Final = frozenset({"origins"})
TOKEN_BYTES: Final = 32


@dataclass(frozen=True)
class SettingsFile:
    """The file at a path, which need not be there yet."""

    path: Path
    environment: Mapping[str, str] | None = None

    def written(self, kind: str) -> Mapping[str, str]:
        """What the table says, with its name as `key`; a secret is only said to be there. Nothing of a broken file."""
        try:
            table = self._table(self._document(), kind)
        except BadSetUp:
            return {}
        shown = {AT_DESK.get(name, name): _shown(name, value) for name, value in table.items()}
        return {"key": self.name(kind), **shown} if shown and kind != WEBHOOKS else shown

    def name(self, kind: str) -> str:
        """The table's name below its kind: the first that is there."""
        below = self._document().get(kind, {})
        return next((str(one) for one in below), FIRST_NAME.get(kind, "main"))

    def keep(self, kind: str, changes: Changes) -> None:
        """Writes the changes of one table; raises BadSetUp, nothing written."""
        document = self._document()
        table = self._made(document, kind)
        for name, said in changes.items():
            _set(table, IN_FILE.get(name, name), said)
        if kind not in {"salon", WEBHOOKS}:
            table.setdefault("salons", [self.name("salon")])
        if kind == "telegram" and "secret" not in table:
            table.setdefault("mode", "polling")
        try:
            read(document.unwrap(), self.environment)
        except SettingsError as fault:
            raise BadSetUp(_without(str(fault), changes)) from None
        _replace(self.path, tomlkit.dumps(document))

    def settings(self) -> Settings:
        """As a start would read it; raises SettingsError."""
        return load(self.path, self.environment)

    def content(self) -> bytes:
        """As it lies there."""
        return self.path.read_bytes() if self.path.exists() else b""

    def _document(self) -> tomlkit.TOMLDocument:
        if not self.path.exists():
            return tomlkit.document()
        try:
            return tomlkit.parse(self.path.read_text(encoding="utf-8"))
        except (TOMLKitError, UnicodeDecodeError) as fault:
            raise BadSetUp(f"{self.path}: {fault}") from None

    def _table(self, document: Mapping[str, Any], kind: str) -> Mapping[str, Any]:
        table: Mapping[str, Any] = document.get(kind, {})
        return table if kind == WEBHOOKS else table.get(self.name(kind), {})

    def _made(self, document: tomlkit.TOMLDocument, kind: str) -> Any:  # noqa: ANN401 - tomlkit's tables
        above = document.setdefault(kind, tomlkit.table(is_super_table=kind != WEBHOOKS))
        return above if kind == WEBHOOKS else above.setdefault(self.name(kind), tomlkit.table())


def set_up_of(file: SettingsFile, instruments: Instruments, finish: "Ending", *, is_first: bool = False) -> SetUp:
    """What the set-up's pages act by. The file as it is now is the one that the service has read."""
    begun_with = file.content()

    async def examine(kind: str) -> Sequence[Finding]:
        try:
            settings = file.settings()
        except SettingsError as fault:
            return (Finding("broken", "file", str(fault), ""),)
        found = await look_at(f"{kind}.{file.name(kind)}", settings, instruments)
        return [Finding(str(one.state), one.check, one.seen, one.cure) for one in found]

    return SetUp(
        command=f"frontdesk run --config {file.path}",
        written=file.written,
        keep=file.keep,
        examine=examine,
        is_stale=lambda: file.content() != begun_with,
        finish=finish.finish,
        is_first=is_first,
    )


@dataclass(slots=True)
class Ending:
    """How a page ends the serving: whoever serves says how it is stopped, and reads afterwards why it was."""

    is_finished: bool = False
    stop: Callable[[], None] = lambda: None

    def finish(self) -> None:
        """Serving is to end."""
        self.is_finished = True
        self.stop()


def first_desk(set_up: SetUp, clock: Clock, log: FilteringBoundLogger) -> Desk:
    """A desk before there is a service: it can be signed in to and set up, nothing else."""
    return Desk(
        store=open_store(StoreSettings().url),
        clock=clock,
        log=log,
        salons=tuple,
        accounts={},
        random_token=lambda: secrets.token_urlsafe(TOKEN_BYTES),
        set_up=set_up,
    )


def first_app(desk: Desk) -> Starlette:
    """That desk alone: no webhook, no chat."""

    @asynccontextmanager
    async def alive(_app: Starlette) -> AsyncIterator[None]:
        yield
        await desk.store.close()

    return Starlette(routes=[Route("/", _enter), *desk_routes(desk)], lifespan=alive)


async def _enter(_request: Request) -> Response:
    return RedirectResponse(SET_UP)


def _set(table: Any, name: str, said: str) -> None:  # noqa: ANN401 - tomlkit's tables
    if not said:
        table.pop(name, None)
    elif name in NUMBERS:
        table[name] = int(said)
    elif name in LISTS:
        table[name] = said.split()
    elif name not in table or str(table[name]) != said:
        table[name] = said


def _shown(name: str, value: object) -> str:
    if name in SECRETS:
        return "•"
    return " ".join(str(one) for one in value) if isinstance(value, list) else str(value)


def _without(complaint: str, changes: Changes) -> str:
    """A complaint may quote what was given."""
    return covered(complaint, [said for name, said in changes.items() if name in SECRETS and said])


def _replace(path: Path, content: str) -> None:
    """What mkstemp makes is a file that its owner alone may read."""
    handle, beside = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    try:
        with os.fdopen(handle, "w", encoding="utf-8") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(beside).replace(path)
    except BaseException:
        with suppress(FileNotFoundError):
            Path(beside).unlink()
        raise
