"""What the command line says when it can not do as it was told: one clear line, and an exit code that tells which."""

import io
import json
import signal
import socket
import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from blackbox import processes
from blackbox.processes import Process
from frontdesk.cli import main

BROKEN, WRONG_USAGE = 1, 2
Run = Callable[..., "Ended"]
GOOD = """
[salon.centre]
company_id = 962302
partner_token = "demo-partner"
user_token = "demo-user"
"""


@dataclass(frozen=True)
class Ended:
    returncode: object
    stdout: str
    stderr: str


@pytest.fixture
def run(capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Runs a command in this process, in an empty folder: what can not be served ends at once."""
    monkeypatch.chdir(tmp_path)

    def ran(*arguments: str) -> Ended:
        with pytest.raises(SystemExit) as ended:
            main(arguments)
        return Ended(ended.value.code, *capsys.readouterr())

    return ran


@pytest.mark.parametrize(
    "arguments",
    [
        ("fly",),
        ("run", "--port", "many"),
        ("run", "--height", "3"),
        ("emulator", "--profile", "other"),
        ("chat", "--phone", "1"),
    ],
    ids=" ".join,
)
def test_wrong_usage_is_one_line_and_exit_code_two(run: Run, arguments: tuple[str, ...]) -> None:
    ended = run(*arguments)
    assert ended.returncode == WRONG_USAGE
    assert ended.stderr.startswith("frontdesk: ")
    assert "Traceback" not in ended.stderr
    assert ended.stdout == ""


def test_a_worker_is_not_added_to_a_file(run: Run, tmp_path: Path) -> None:
    (tmp_path / "frontdesk.toml").write_text(GOOD, encoding="utf-8")
    ended = run("worker")
    assert ended.returncode == BROKEN
    assert ended.stderr.startswith("frontdesk: store.url names a SQLite file")
    assert "postgresql://" in ended.stderr
    assert not (tmp_path / "frontdesk.db").exists()


@pytest.mark.parametrize(
    ("written", "says"),
    [
        ("[salon.centre]\ncompany_id = 962302\n", "salon.centre.partner_token: "),
        (GOOD.replace("962302", "-1"), "salon.centre.company_id: "),
        (
            GOOD.replace('"demo-user"', '"env:NO_SUCH_TOKEN_OF_OURS"'),
            "set the environment variable NO_SUCH_TOKEN_OF_OURS",
        ),
        (GOOD + '[cancel]\npick = "first"\n', "cancel.pick: "),
        (GOOD + '[store]\nurl = "mysql://root@localhost/db"\n', "store.url"),
        (GOOD + "[salon.centre\n", "frontdesk.toml"),
        (GOOD + 'colour = "red"\n', "salon.centre.colour: "),
    ],
    ids=lambda said: said.splitlines()[-1] if "\n" in said else "",
)
def test_settings_that_can_not_be_used_are_named_and_exit_code_one(
    run: Run, tmp_path: Path, written: str, says: str
) -> None:
    (tmp_path / "frontdesk.toml").write_text(written, encoding="utf-8")
    ended = run("run", "--config", "frontdesk.toml", "--port", "0")
    assert ended.returncode == BROKEN
    assert ended.stderr.startswith("frontdesk: ")
    assert says in ended.stderr
    assert "Traceback" not in ended.stderr
    assert all(": " in line for line in ended.stderr.splitlines())


def test_a_settings_file_that_is_not_there_is_named(run: Run) -> None:
    ended = run("run", "--config", "nowhere.toml")
    assert (ended.returncode, ended.stderr.count("\n")) == (BROKEN, 1)
    assert "nowhere.toml: there is no such file" in ended.stderr


def test_a_port_that_is_taken_is_said_in_a_line(run: Run) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        ended = run("emulator", "--port", str(taken.getsockname()[1]))
    assert ended.returncode == BROKEN
    assert ended.stderr.startswith("frontdesk: port ")
    assert "name another --port" in ended.stderr
    assert ended.stderr.count("\n") == 1


def test_an_address_of_another_machine_is_not_listened_on(run: Run) -> None:
    ended = run("emulator", "--host", "192.0.2.1", "--port", "0")
    assert ended.returncode == BROKEN
    assert ended.stderr.startswith("frontdesk: 192.0.2.1 is no address of this machine (")
    assert ended.stderr.endswith("): name another --host\n")


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"[store\n", "frontdesk.toml: it is not written as TOML: "),
        (b"\xff\xfe[store]\n", "frontdesk.toml: it is not written in UTF-8 (byte 1); save it so"),
        (None, "frontdesk.toml: it can't be read: Is a directory"),
    ],
    ids=["no TOML", "no UTF-8", "a folder"],
)
def test_a_settings_file_that_can_not_be_read_is_named_with_the_reason(
    run: Run, tmp_path: Path, content: bytes | None, says: str
) -> None:
    file = tmp_path / "frontdesk.toml"
    file.mkdir() if content is None else file.write_bytes(content)
    ended = run("run")
    assert (ended.returncode, ended.stderr.count("\n")) == (BROKEN, 1)
    assert ended.stderr.startswith(f"frontdesk: {says}")


def test_a_database_that_can_not_be_opened_is_named_with_its_file(run: Run, tmp_path: Path) -> None:
    (tmp_path / "frontdesk.db").mkdir()
    (tmp_path / "frontdesk.toml").write_text(GOOD, encoding="utf-8")
    ended = run("run", "--port", "0")
    assert (ended.returncode, ended.stderr.count("\n")) == (BROKEN, 1)
    assert f"see that this user may write to {tmp_path / 'frontdesk.db'} and its folder" in ended.stderr


@pytest.mark.parametrize("line", ['{"text": 5}', '{"id": 2}', "[1]", "null"])
def test_a_line_without_a_text_is_named_by_its_number(run: Run, monkeypatch: pytest.MonkeyPatch, line: str) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(f'{{"text": "завтра"}}\n{line}\n'))
    ended = run("understand")
    assert ended.returncode == BROKEN
    assert ended.stderr.startswith('frontdesk: line 2 is not as expected (no object with a "text"); it must be like')


def test_a_salon_that_does_not_exist_is_said_with_those_that_do(run: Run) -> None:
    ended = run("emulator", "--salon", "nowhere")
    assert ended.returncode == BROKEN
    assert "no salon «nowhere»: name a ready one (" in ended.stderr
    assert "demo, empty" in ended.stderr


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.1.5", "example.com", "::"])
def test_the_demo_refuses_an_address_that_others_can_reach(run: Run, host: str) -> None:
    ended = run("demo", "--host", host, "--port", "0")
    assert ended.returncode == WRONG_USAGE
    assert ended.stderr == f"frontdesk: the demo is for this machine alone: {host} is no loopback address\n"
    assert ended.stdout == ""


def test_the_endpoints_are_listed_for_people_and_for_programs(run: Run) -> None:
    listed = json.loads(run("endpoints", "--json").stdout)
    stateful = {one["name"] for one in listed if one["emulated"] == "stateful"}
    assert {"GetRecord", "PutRecord", "PutVisit", "SearchClients"} <= stateful
    assert len(run("endpoints").stdout.splitlines()) == len(listed)


def test_the_doctor_names_what_is_broken_for_people_and_for_programs(run: Run, tmp_path: Path) -> None:
    (tmp_path / "frontdesk.toml").write_text(GOOD + 'base_url = "http://127.0.0.1:1"\n', encoding="utf-8")
    told = run("doctor")
    assert told.returncode == BROKEN
    assert "broken   salon.centre / host: no answer from the provider" in told.stdout
    assert told.stderr == ""
    found = json.loads(run("doctor", "--json").stdout)
    assert [one["check"] for one in found if one["state"] == "broken"] == ["host"]


def test_the_doctor_says_which_settings_are_missing(run: Run) -> None:
    ended = run("doctor", "--config", "nowhere.toml")
    assert ended.returncode == BROKEN
    assert "nowhere.toml: there is no such file" in ended.stdout


def test_debug_shows_where_an_error_came_from() -> None:
    ended = processes.run("emulator", "--salon", "nowhere", "--debug")
    assert ended.returncode == BROKEN
    assert "Traceback" in ended.stderr


@pytest.mark.parametrize("command", ["demo", "run", "emulator", "chat", "endpoints", "doctor"])
def test_every_command_explains_itself_with_an_example(run: Run, command: str) -> None:
    ended = run(command, "--help")
    assert ended.returncode == 0
    assert f"Example: frontdesk {command}" in " ".join(ended.stdout.split())


def test_the_list_of_commands_says_of_each_what_it_does(run: Run) -> None:
    said = run("--help").stdout
    assert "Fills the local copies of the salons anew" in said
    assert "Gives commands up that have not left" in run("outbox", "--help").stdout


@pytest.mark.parametrize("arguments", [("understand", "--explain", "завтра в три"), ("endpoints",)], ids=" ".join)
def test_a_light_command_imports_neither_database_nor_desk(arguments: tuple[str, ...]) -> None:
    heavy = "{'sqlalchemy', 'starlette', 'uvicorn', 'frontdesk.service.wiring', 'frontdesk.desk'}"
    told = f"import atexit, sys; atexit.register(lambda: print('heavy:', sorted({heavy} & set(sys.modules))))"
    command = f"{told}\nfrom frontdesk.cli import main\nmain({arguments!r})"
    ended = subprocess.run([sys.executable, "-c", command], capture_output=True, text=True, timeout=60, check=True)
    assert ended.stdout.endswith("heavy: []\n")


@pytest.mark.parametrize("asked", [signal.SIGTERM, signal.SIGINT])
@pytest.mark.parametrize("command", ["emulator", "run", "demo"])
def test_what_serves_ends_with_nought_when_it_is_asked_to_end(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, command: str, asked: signal.Signals
) -> None:
    own = tmp_path / "temporary"
    own.mkdir()
    monkeypatch.setenv("TMPDIR", str(own))
    serving = Process(tmp_path / "folder", command, "--port", "0")
    serving.start()
    serving.stop(asked)
    assert serving.returned == 0
    assert "Traceback" not in serving.log()
    assert list(own.iterdir()) == []
