"""Every command explains itself: its help, an example that can be said, its options and their bounds."""

import re
import shlex

import pytest
from cyclopts import App, CycloptsError

from frontdesk.cli import app


def every_command(of: App = app, before: str = "") -> dict[str, App]:
    """All commands by what one types: «outbox» and «outbox list» alike."""
    found: dict[str, App] = {}
    for name in of:
        if not name.startswith("-"):
            found[f"{before}{name}"] = of[name]
            found |= every_command(of[name], f"{before}{name} ")
    return found


@pytest.mark.parametrize("command", every_command())
def test_every_command_explains_itself_with_an_example_that_can_be_said(
    command: str, capsys: pytest.CaptureFixture[str]
) -> None:
    app([*command.split(), "--help"], exit_on_error=False, result_action="return_value")
    told = " ".join(capsys.readouterr().out.split())
    example = re.search(rf"Example: (frontdesk {command}.*?)(?= ╭|$)", told)
    assert example
    app.parse_args(shlex.split(example[1])[1:], exit_on_error=False, print_error=False)


@pytest.mark.parametrize(("command", "called"), every_command().items(), ids=every_command())
def test_every_option_of_a_command_is_explained(command: str, called: App) -> None:
    taken = called.assemble_argument_collection() if called.default_command else ()
    assert taken or command == "outbox"
    assert not [one.name for one in taken if not one.parameter.help]


@pytest.mark.parametrize(
    "said",
    [
        "emulator --port 65536",
        "run --port -1",
        "simulate --days 0",
        "simulate --seed -1",
        "simulate --workers 0",
        "outbox list --most 0",
        "outbox list --most 1001",
    ],
)
def test_a_number_out_of_bounds_is_refused_with_the_bound(said: str) -> None:
    with pytest.raises(CycloptsError, match=r"Must be [<>]= \d+"):
        app.parse_args(said, exit_on_error=False, print_error=False)
