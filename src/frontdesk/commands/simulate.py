"""`frontdesk simulate`."""

import json

from rich.console import Console
from rich.progress import Progress

from frontdesk import options
from frontdesk.commands.exits import BROKEN
from frontdesk.service.logs import configured
from frontdesk.simulation.campaign import campaign, lines
from frontdesk.simulation.outages import ORDINARY, WITH_OUTAGES


def simulate(
    *,
    seed: options.Seed = 1,
    days: options.Days = 7,
    outages: options.Outages = False,
    workers: options.Workers = 1,
    as_json: options.AsJson = False,
) -> None:
    """Plays days at a salon: clients of every kind, a receptionist, a provider that fails, on a clock of their own.

    Exit code 1 where something that must never happen did; the seed that is printed plays that day again.

    Example: frontdesk simulate --seed 7 --days 3 --json
    """
    configured("console", level="error")
    with Progress(console=Console(stderr=True), transient=True) as progress:
        bar = progress.add_task("days", total=days)
        plan = WITH_OUTAGES if outages else ORDINARY
        report = campaign(seed, days, lambda _: progress.advance(bar), plan, workers)
    print(json.dumps(report.as_json(), ensure_ascii=False, indent=1) if as_json else "\n".join(lines(report)))
    if report.broken:
        raise SystemExit(BROKEN)
