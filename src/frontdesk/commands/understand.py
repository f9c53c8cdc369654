"""`frontdesk understand`."""

import sys

from frontdesk import options
from frontdesk.commands.exits import wrong
from frontdesk.service import understand_command


def understand_lines(
    *, now: options.Now = None, salon: options.KnownSalon = "demo", explain: options.Explained = None
) -> None:
    """Reads JSON lines with texts, writes a JSON line with what each means; or explains one text.

    A line is {"id", "text", "now", "lang"?, "expecting"?}; --now stands in for a line's own.

    Example: frontdesk understand --now 2026-11-21T12:00:00 --explain "можно к Анне в субботу после обеда на маникюр?"
    """
    if explain is None and sys.stdin.isatty():
        raise wrong('understand reads JSON lines from its input, or explains one text: --explain "..."')
    understand_command.run(sys.stdin, sys.stdout, now=now, salon=salon, explain=explain)
