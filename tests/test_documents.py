"""What the documents show works: their programs run against the emulator, their settings load, their commands exist."""

import re
import shlex
import tomllib
from collections.abc import Iterator
from pathlib import Path

import pytest
from prometheus_client import CollectorRegistry, generate_latest

from frontdesk.cli import app
from frontdesk.emulator.app import build
from frontdesk.emulator.registry import handlers
from frontdesk.emulator.serving import serving
from frontdesk.service.metrics import Metrics
from frontdesk.service.settings import read
from frontdesk.yclients import reference

ROOT = Path(__file__).parent.parent
DOCUMENTS = [ROOT / "README.md", ROOT / "README.ru.md", *sorted((ROOT / "docs").rglob("*.md"))]
EMULATED = "http://127.0.0.1:8100"


def blocks(language: str) -> list[tuple[str, str]]:
    found = []
    for path in DOCUMENTS:
        parts = re.findall(rf"^```{language}\n(.*?)^```", path.read_text(encoding="utf-8"), re.DOTALL | re.MULTILINE)
        found += [(f"{path.name} {number}", part) for number, part in enumerate(parts, start=1)]
    return found


@pytest.fixture(scope="module")
def emulator() -> Iterator[str]:
    with serving(build("demo")) as address:
        yield address


SETTINGS = [(name, code) for name, code in blocks("toml") if "[salon." in code]
PROGRAMS = [(name, code) for name, code in blocks("python") if EMULATED in code]


@pytest.mark.parametrize("code", [code for _, code in PROGRAMS], ids=[name for name, _ in PROGRAMS])
def test_a_program_runs_against_the_emulator(code: str, emulator: str, capsys: pytest.CaptureFixture[str]) -> None:
    exec(compile(code.replace(EMULATED, emulator), "document", "exec"), {"__name__": "__main__"})
    assert capsys.readouterr().out.strip()


def test_programs_are_found() -> None:
    assert PROGRAMS


@pytest.mark.parametrize("code", [code for _, code in blocks("python")], ids=[name for name, _ in blocks("python")])
def test_every_piece_of_python_is_python(code: str) -> None:
    compile(code, "document", "exec", flags=0x2000)  # top-level await is fine in a fragment
    for module, names in re.findall(r"^from (frontdesk[\w.]*) import (.+)$", code, re.MULTILINE):
        found = __import__(module, fromlist=["*"])
        assert all(hasattr(found, name.strip()) for name in names.split(","))


@pytest.mark.parametrize("settings", [code for _, code in SETTINGS], ids=[name for name, _ in SETTINGS])
def test_the_settings_load(settings: str) -> None:
    secrets = dict.fromkeys(re.findall(r"env:(\w+)", settings), "secret")
    loaded = read(tomllib.loads(settings), secrets)
    assert loaded.salon


def commands() -> list[str]:
    lines = (line for _, code in blocks("sh") for line in code.splitlines())
    return [line.split("#")[0].strip() for line in lines if line.strip()]


@pytest.mark.parametrize("command", commands())
def test_every_command_shown_exists(command: str) -> None:
    program, *arguments = shlex.split(command)
    if program == "make":
        assert re.search(rf"^{arguments[0]}:", (ROOT / "Makefile").read_text(), re.MULTILINE)
    else:
        assert program == "frontdesk"
        app.parse_args(arguments, exit_on_error=False, print_error=False)


def test_the_list_of_calls_is_up_to_date() -> None:
    written = (ROOT / "docs" / "endpoints.md").read_text(encoding="utf-8")
    assert written.rstrip() == reference.page(reference.rows(handlers()))


def links() -> list[tuple[Path, str]]:
    return [
        (path, target)
        for path in DOCUMENTS
        for target in re.findall(r"\]\(([^)#]+)\)", path.read_text(encoding="utf-8"))
        if "://" not in target
    ]


@pytest.mark.parametrize(("path", "target"), links(), ids=[f"{path.name} {target}" for path, target in links()])
def test_every_link_leads_somewhere(path: Path, target: str) -> None:
    assert (path.parent / target).exists()


def test_the_numbers_that_are_named_are_those_that_are_counted() -> None:
    registry = CollectorRegistry()
    Metrics().register(registry)
    counted = set(re.findall(r"^# HELP (frontdesk_\w+)", generate_latest(registry).decode(), re.MULTILINE))
    counted = {name for name in counted if not name.endswith("_created")}
    page = (ROOT / "docs" / "operating.md").read_text(encoding="utf-8")
    assert set(re.findall(r"^\| `(frontdesk_\w+)` \|", page, re.MULTILINE)) == counted
