"""`frontdesk sync`."""

import json

from rich.console import Console
from rich.progress import Progress

from frontdesk import options
from frontdesk.commands.exits import BROKEN
from frontdesk.service import sync_command
from frontdesk.service.clock import SystemClock
from frontdesk.service.logs import configured
from frontdesk.service.settings import load
from frontdesk.service.wiring import World


def sync_salons(
    *, config: options.Config = options.SETTINGS_FILE, salon: options.OneSalon = None, as_json: options.AsJson = False
) -> None:
    """Fills the local copies of the salons anew: lists, schedules and the appointments of the coming 60 days.

    Exit code 1 where a salon could not be read.

    Example: frontdesk sync --config frontdesk.toml --salon centre
    """
    settings = load(config)
    world = World(clock=SystemClock(), log=configured(settings.service.log, level="warning"))
    console = Console(stderr=True)
    with Progress(console=console, transient=True, disable=not console.is_terminal) as progress:
        bars = {key: progress.add_task(key, total=None) for key in settings.salon if salon in {None, key}}
        copied = sync_command.sync(
            settings, world, lambda key, page: progress.update(bars[key], completed=page.done, total=page.total), salon
        )
    rows = json.dumps(sync_command.as_rows(copied), ensure_ascii=False, indent=1)
    print(rows if as_json else sync_command.as_text(copied))
    if not sync_command.is_whole(copied):
        raise SystemExit(BROKEN)
