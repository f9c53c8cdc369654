"""`frontdesk run`."""

import asyncio
from typing import Final

from frontdesk import options
from frontdesk.desk.sign_in import first_link
from frontdesk.service.clock import SystemClock
from frontdesk.service.doctor import Instruments
from frontdesk.service.logs import configured
from frontdesk.service.set_up import Ending, SettingsFile, first_app, first_desk, set_up_of
from frontdesk.service.settings import load
from frontdesk.service.wiring import World, wire
from frontdesk.serving import serve

FIRST_LINK: Final = "Nobody has a password yet: set the first one within 15 minutes at {{address}}{path}"
SET_UP_IS_OPEN: Final = "There is no {file} yet: Frontdesk is set up on {{address}}/desk"


def run(
    *, config: options.Config | None = None, host: options.Host = options.LOOPBACK, port: options.Port = 8080
) -> None:
    """Runs the real thing: webhooks, workers, pages.

    Where no --config is named and there is no frontdesk.toml here, the guided set-up opens first and writes it.

    Example: frontdesk run --config frontdesk.toml --host 127.0.0.1 --port 8080
    """
    path = config or options.SETTINGS_FILE
    if config is None and not path.exists():
        taken = _serve_set_up(SettingsFile(path), host, port)
        if taken is None:
            return
        port = taken
    settings = load(path)
    log = configured(settings.service.log)
    set_up = set_up_of(SettingsFile(path), Instruments(), Ending())
    wired = wire(settings, World(clock=SystemClock(), log=log, set_up=set_up))
    first = asyncio.run(first_link(wired.desk))
    aside = FIRST_LINK.format(path=first) if first else ""
    serve(wired.app, host, port, "Frontdesk listens on {address}, its desk on {address}/desk", aside)


def _serve_set_up(file: SettingsFile, host: str, port: int) -> int | None:
    """Serves the set-up alone until it is through; answers with the port, or None where it was broken off."""
    ending = Ending()
    desk = first_desk(set_up_of(file, Instruments(), ending, is_first=True), SystemClock(), configured("console"))
    first = asyncio.run(first_link(desk))
    aside = FIRST_LINK.format(path=first) if first else ""
    taken = serve(first_app(desk), host, port, SET_UP_IS_OPEN.format(file=file.path), aside, ending)
    return taken if ending.is_finished else None
