"""`frontdesk doctor`."""

import json

from rich.console import Console

from frontdesk import options
from frontdesk.commands.exits import BROKEN
from frontdesk.service.doctor import Instruments, examine
from frontdesk.service.findings import as_rows, as_text, is_broken


def doctor(*, config: options.Config = options.SETTINGS_FILE, as_json: options.AsJson = False) -> None:
    """Checks tokens, host, rights, webhooks, clock, database and messengers; says what is wrong and what to do.

    It only asks and changes nothing. Exit code 1 where something is broken; warnings are fine.

    Example: frontdesk doctor --config frontdesk.toml
    """
    terminal = Console(stderr=True)
    with terminal.status("examining the settings") as status:  # shown on a terminal only
        found = examine(config, Instruments(), lambda one: status.update(f"after {one.where}, {one.check}"))
    print(json.dumps(as_rows(found), ensure_ascii=False, indent=1) if as_json else as_text(found))
    if is_broken(found):
        raise SystemExit(BROKEN)
