"""The command line: which commands there are, and how a fault is said. They stand in `commands`.

A command is named by its place and imported when it is called: all of them together take over a second.
"""

import sys
from collections.abc import Callable, Sequence
from typing import NoReturn

from cyclopts import App, CycloptsError

from frontdesk.commands.exits import BROKEN, wrong

app = App(name="frontdesk", help="The front desk of a salon on YCLIENTS or Altegio.", version_flags=["--version"])
app.command("frontdesk.commands.demo:demo")
app.command("frontdesk.commands.run:run")
app.command("frontdesk.commands.worker:worker")
app.command("frontdesk.commands.emulator:emulator")
app.command("frontdesk.commands.chat:chat")
app.command("frontdesk.commands.understand:understand_lines", name="understand")
app.command("frontdesk.commands.endpoints:list_endpoints", name="endpoints")
app.command("frontdesk.commands.doctor:doctor")
app.command("frontdesk.commands.sync:sync_salons", name="sync")
app.command("frontdesk.commands.simulate:simulate")

OUTBOX_HELP = "What waits to be written to the journal.\n\nExample: frontdesk outbox list --config frontdesk.toml"
waiting = App(name="outbox", help=OUTBOX_HELP)
waiting.command("frontdesk.commands.outbox:list_outbox", name="list")
waiting.command("frontdesk.commands.outbox:retry_command", name="retry")
waiting.command("frontdesk.commands.outbox:drop_command", name="drop")
app.command(waiting)


def _import_every_command() -> None:
    """The list of commands shows the first line of each, which stands with it."""
    for several in (app, waiting):
        for name in several:
            several[name]


def _without_full_stop(words: str) -> str:
    return words if words.endswith("...") else words.rstrip(".")


def main(arguments: Sequence[str] | None = None) -> NoReturn:
    """Runs a command. Errors are one clear line; `--debug` shows where they came from."""
    given = list(sys.argv[1:] if arguments is None else arguments)
    debug = "--debug" in given
    asked = [one for one in given if one != "--debug"]
    command: Callable[..., object] = app
    if all(one == "outbox" or one.startswith("-") for one in asked):
        _import_every_command()
    try:
        command(asked, exit_on_error=False, print_error=False)
    except CycloptsError as error:
        raise wrong(f"{_without_full_stop(str(error))}; see frontdesk --help") from None
    except Exception as fault:
        from frontdesk.commands.faults import FAULTS_OF_THE_OWNER  # noqa: PLC0415 - a second that only a fault costs

        if debug or not isinstance(fault, FAULTS_OF_THE_OWNER):
            raise
        print(f"frontdesk: {fault}", file=sys.stderr)
        raise SystemExit(BROKEN) from None
    raise SystemExit(0)
