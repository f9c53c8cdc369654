"""What the documents show works: their programs run against the emulator, their settings load, their commands exist."""

import asyncio
import json
import re
import shlex
import tomllib
from collections.abc import Iterator
from pathlib import Path
from typing import get_args

import httpx2
import pytest
from pydantic import BaseModel
from pydantic.fields import FieldInfo

from frontdesk.cli import app
from frontdesk.desk.page import every_page
from frontdesk.emulator.app import build
from frontdesk.emulator.faults import Deed
from frontdesk.emulator.registry import handlers
from frontdesk.emulator.serving import serving
from frontdesk.service.metrics import Metrics
from frontdesk.service.settings import Settings, read
from frontdesk.store.database import open_store
from frontdesk.store.health import Health, look
from frontdesk.store.users import Role
from frontdesk.yclients import errors, reference

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
    lines = [line for _, code in blocks("sh") for line in code.splitlines()]
    lines += [line for _, code in blocks("") for line in code.splitlines() if line.startswith("frontdesk ")]
    return sorted({line.split("#")[0].strip() for line in lines if line.strip()})


@pytest.mark.parametrize("command", commands())
def test_every_command_shown_exists(command: str) -> None:
    program, *arguments = shlex.split(command)
    if program == "make":
        assert re.search(rf"^{arguments[0]}:", (ROOT / "Makefile").read_text(), re.MULTILINE)
    else:
        assert program == "frontdesk"
        app.parse_args(arguments, exit_on_error=False, print_error=False)


@pytest.mark.parametrize("path", DOCUMENTS, ids=lambda path: path.name)
def test_every_command_named_in_a_sentence_exists(path: Path) -> None:
    for name in re.findall(r"`frontdesk ([a-z]+)", path.read_text(encoding="utf-8")):
        assert name in set(app)


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


OPERATING = (ROOT / "docs" / "operating.md").read_text(encoding="utf-8")


def rows(head: str, text: str = OPERATING) -> list[list[str]]:
    """The cells of the table below this line, or whose first line this is."""
    below = text[text.index(head) :]
    table = re.search(r"^\|.*?\n\|[-|]+\n((?:\|.*\n)+)", below, re.MULTILINE)
    assert table, f"there is no table at {head!r}"
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in table[1].splitlines()]


def table_of(annotation: object) -> tuple[type[BaseModel], str]:
    """What a section of the settings holds, and how the headings of many of its kind go on."""
    if isinstance(annotation, type) and issubclass(annotation, BaseModel):
        return annotation, ""
    return get_args(annotation)[1], ".NAME"


def without_it(field: FieldInfo) -> str:
    if field.is_required():
        return "needed"
    default = getattr(field.default, "get_secret_value", lambda: field.default)()
    return f"`{json.dumps(default)}`" if default not in {None, "", ()} else "–"


SECTIONS = [(name, *table_of(field.annotation)) for name, field in Settings.model_fields.items()]


@pytest.mark.parametrize(("name", "table", "more"), SECTIONS, ids=[name for name, *_ in SECTIONS])
def test_every_key_of_the_settings_is_explained_with_its_default(name: str, table: type[BaseModel], more: str) -> None:
    told = {key: default for key, default, _ in rows(f"\n`[{name}{more}]`")}
    assert told == {f"`{key}`": without_it(field) for key, field in table.model_fields.items()}


def test_every_page_of_the_desk_is_listed_with_who_sees_it() -> None:
    told = {path.strip("`"): (title, who.split(";")[0]) for title, path, who in rows("| page | address |")}
    seen = {page.path: (page.title, ", ".join(role for role in Role if role in page.roles)) for page in every_page()}
    assert told == seen


def test_every_metric_is_explained() -> None:
    told = {name.strip("`") for name, _ in rows("| metric |")}
    assert told == {one.name for collector in vars(Metrics()).values() for one in collector.describe()}


def test_alerts_watch_what_is_measured() -> None:
    watched = {name for when, _ in rows("Worth being woken for") for name in re.findall(r"frontdesk_\w+", when)}
    assert watched <= {name.strip("`") for name, _ in rows("| metric |")}


def test_a_copy_taken_as_told_is_a_database_to_start_from(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    at_work = open_store("sqlite:///frontdesk.db")
    [code] = [code for _, code in blocks("python") if "frontdesk-copy.db" in code]
    exec(compile(code, "document", "exec"), {})
    asyncio.run(at_work.close())
    assert look("sqlite:///frontdesk-copy.db") == (Health.READY, "")


def decisions() -> list[Path]:
    return sorted(path for path in (ROOT / "docs" / "decisions").glob("*.md") if path.name != "README.md")


def test_decisions_have_a_number_each_and_stand_in_the_index() -> None:
    assert [path.name[:4] for path in decisions()] == [f"{n:04}" for n in range(1, len(decisions()) + 1)]
    index = (ROOT / "docs" / "decisions" / "README.md").read_text(encoding="utf-8")
    titles = [path.read_text(encoding="utf-8").splitlines()[0].removeprefix("# ") for path in decisions()]
    listed = re.findall(r"^\| (\d{4}) \| \[(.+)\]\((.+)\) \|$", index, re.MULTILINE)
    assert listed == [(path.name[:4], title, path.name) for path, title in zip(decisions(), titles, strict=True)]


def test_the_changelog_says_nothing_twice() -> None:
    told = re.findall(r"^- (.+)$", (ROOT / "CHANGELOG.md").read_text(encoding="utf-8"), re.MULTILINE)
    assert len(told) == len(set(told))


def test_the_page_of_the_client_counts_the_calls_and_names_their_files() -> None:
    page = (ROOT / "docs" / "client.md").read_text(encoding="utf-8")
    assert f"API: {len(reference.rows(handlers()))} calls" in page
    files = {name for cell, _ in rows("| file | section |", page) for name in re.findall(r"`(\w+)`", cell)}
    there = {path.stem for path in (ROOT / "src/frontdesk/yclients/endpoints").glob("*.py")} - {"__init__"}
    assert files == there


def test_the_page_of_the_client_names_errors_that_exist() -> None:
    page = (ROOT / "docs" / "client.md").read_text(encoding="utf-8")
    for name, *_ in rows("| class | it means | do |", page):
        assert issubclass(getattr(errors, name.strip("`")), errors.ProviderError)


EMULATOR = (ROOT / "docs" / "emulator.md").read_text(encoding="utf-8")


def test_the_page_of_the_emulator_tells_its_salon() -> None:
    written = (ROOT / "src/frontdesk/emulator/salons/demo.toml").read_text(encoding="utf-8")
    [salon] = tomllib.loads(written)["companies"]
    assert "Five masters with their weeks, twelve services, fifteen clients" in EMULATOR
    assert [len(salon[kind]) for kind in ("masters", "services", "clients")] == [5, 12, 15]
    phones = {str(client["phone"]) for client in salon["clients"]}
    assert {phone for _, phone, _ in rows("| client | phone | has |", EMULATOR)} <= phones


def test_the_page_of_the_emulator_names_every_lever_and_fault(emulator: str) -> None:
    refused = httpx2.get(f"{emulator}/_emulator/nothing").json()["error"]
    told: set[str] = set()
    for cell, _ in rows("| call | what it does |", EMULATOR):
        name = re.search(r"/_emulator/([\w.]+)", cell)
        assert name
        told |= {f"{method} {name[1]}" for method in re.findall(r"GET|POST", cell)}
    assert told == set(refused.partition("there are: ")[2].split(", "))
    assert {do.strip("`") for do, *_ in rows("| do | what happens |", EMULATOR)} == set(get_args(Deed))


ARCHITECTURE = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")


def test_the_drawn_rooms_stand_as_the_linter_keeps_them() -> None:
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["tool"]["importlinter"][
        "contracts"
    ]
    kept = [name for layer in contracts[0]["layers"] for name in layer.replace("frontdesk.", "").split(" | ")]
    [drawn] = re.findall(r"^```\n(cli .*?)^---", ARCHITECTURE, re.DOTALL | re.MULTILINE)
    assert re.findall(r"(?:^|(?<=\w  ))([a-z_]+)(?=  )", drawn, re.MULTILINE) == kept


def test_the_files_named_behind_the_providers_door_are_there() -> None:
    named = {name for cell, _ in rows("| file | what it does |", ARCHITECTURE) for name in re.findall(r"`(\w+)`", cell)}
    assert named <= {path.stem for path in (ROOT / "src/frontdesk/provider").glob("*.py")}


def test_the_russian_readme_shows_the_same_commands_and_programs() -> None:
    told = {name: (ROOT / name).read_text(encoding="utf-8") for name in ("README.md", "README.ru.md")}
    assert (
        len({tuple(re.findall(r"^```python\n(.*?)^```", text, re.DOTALL | re.MULTILINE)) for text in told.values()})
        == 1
    )
    assert len({tuple(re.findall(r"!\[.+?\]\((.+?)\)", text)) for text in told.values()}) == 1
    assert set(re.findall(r"`?(frontdesk [a-z]+)", told["README.ru.md"])) <= set(
        re.findall(r"`?(frontdesk [a-z]+)", told["README.md"])
    )
