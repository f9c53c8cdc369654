"""`frontdesk demo`."""

import tempfile
from pathlib import Path

from frontdesk import drill_command, options
from frontdesk.commands.exits import wrong
from frontdesk.demo import demo_app
from frontdesk.emulator.app import build
from frontdesk.service.logs import configured
from frontdesk.serving import is_loopback, serve

DEMO_IS_OPEN = "Frontdesk's demo is open: {address}/chat, its desk: {address}/desk (Ctrl+C ends it)"


def demo(*, host: options.Host = options.LOOPBACK, port: options.Port = 8080, drill: options.Drill = False) -> None:
    """Opens the demo: emulator, assistant, web chat and desk in one process.

    It lets whoever opens the page speak as anybody, so it refuses an address that others can reach.

    After --drill the desk shows what came of it; exit code 1 where one thing happened that never must.

    Example: frontdesk demo --port 8080
    """
    if not is_loopback(host):
        raise wrong(f"the demo is for this machine alone: {host} is no loopback address")
    log = configured("console")
    with tempfile.TemporaryDirectory(prefix="frontdesk-demo-") as folder:
        if drill:
            raise SystemExit(drill_command.play(Path(folder), host, port))
        demo_salon = demo_app(build("demo", pace=False), Path(folder), log)
        serve(demo_salon, host, port, DEMO_IS_OPEN)
