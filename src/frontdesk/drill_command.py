"""`frontdesk demo --drill`: three hundred conversations through an outage, then the demo as it stands after them."""

import asyncio
import sys
from pathlib import Path

from rich.console import Console
from rich.progress import Progress

from frontdesk.demo import demo_app
from frontdesk.service.logs import configured
from frontdesk.serving import serve
from frontdesk.simulation.drill import drill, summary
from frontdesk.simulation.outages import DRILL

SEED = 1
OPEN = "The demo is open where the drill ended: {address}/desk, {address}/chat (Ctrl+C ends it)"


def play(folder: Path, host: str, port: int) -> int:
    """Plays it, says what came of it, and opens the demo; the exit code is 1 where what never must happen did."""
    configured("console", level="error")
    with Progress(console=Console(file=sys.stderr), transient=True) as progress:
        bar = progress.add_task("conversations", total=DRILL.clients)
        played = drill(SEED, folder, lambda ended: progress.update(bar, completed=ended))
        report, emulator, clock = asyncio.run(played)
    sys.stdout.write("\n".join((*summary(report), "")))
    sys.stdout.flush()
    serve(demo_app(emulator, folder, configured("console"), clock), host, port, OPEN)
    return 1 if report.broken else 0
