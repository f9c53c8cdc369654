"""What is shipped: built as a wheel, unpacked elsewhere and used from there, it lacks nothing."""

import json
import subprocess
import sys
from pathlib import Path
from zipfile import ZipFile

import pytest

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "src" / "frontdesk"
NOT_SHIPPED = {".pyc"}
THEIR_TEST = """
import httpx2
from frontdesk.yclients.blocking import BlockingClient
from frontdesk.yclients.endpoints.records import GetRecords
from frontdesk.yclients.wire import Credentials

pytest_plugins = ["frontdesk.emulator.pytest"]


def test_it_reads(frontdesk_emulator_url):
    with BlockingClient(Credentials("demo-partner", "demo-user"), base_url=frontdesk_emulator_url) as api:
        assert api(GetRecords(company_id=962302, count=5))
"""


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> ZipFile:
    folder = tmp_path_factory.mktemp("built")
    build = [sys.executable, "-m", "hatchling", "build", "--target", "wheel", "--directory", str(folder)]
    subprocess.run(build, cwd=ROOT, check=True, capture_output=True, timeout=100)
    [built] = folder.glob("frontdesk-*.whl")
    return ZipFile(built)


@pytest.fixture(scope="module")
def elsewhere(wheel: ZipFile, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("unpacked")
    wheel.extractall(folder)
    return folder


def run(elsewhere: Path, *arguments: str) -> str:
    """Python in an empty folder beside what was unpacked, which is all of Frontdesk that it finds."""
    work = elsewhere / "work"
    work.mkdir(exist_ok=True)
    env = {"PYTHONPATH": str(elsewhere), "PYTHONDONTWRITEBYTECODE": "1", "HOME": str(work)}
    return subprocess.run(
        [sys.executable, *arguments], cwd=work, env=env, check=True, capture_output=True, text=True, timeout=100
    ).stdout


def test_every_file_of_the_package_is_in_the_wheel(wheel: ZipFile) -> None:
    there = {path.relative_to(PACKAGE.parent).as_posix() for path in PACKAGE.rglob("*") if path.is_file()}
    kept = {name for name in there if Path(name).suffix not in NOT_SHIPPED}
    assert kept <= set(wheel.namelist())
    assert "frontdesk/py.typed" in kept


def test_the_browsers_files_that_are_pinned_are_in_the_wheel_with_their_licences(wheel: ZipFile) -> None:
    pinned = json.loads((ROOT / "package.json").read_text(encoding="utf-8"))["dependencies"]
    shipped = {Path(name).name for name in wheel.namelist() if "/static/vendor/" in name}
    for package in pinned:
        name = package.rpartition("/")[2].removesuffix(".org")
        assert {one.partition(".")[2] for one in shipped if one.startswith(name)} & {"LICENSE", "LICENSE.md"}
        assert [one for one in shipped if one.startswith(name) and one.endswith((".min.js", ".min.css", ".woff2"))]


def test_the_client_stands_alone(elsewhere: Path) -> None:
    said = run(elsewhere, "-c", "import frontdesk.yclients.client as c, sys; print(c.__file__); print(*sys.modules)")
    place, modules = said.splitlines()
    assert place.startswith(str(elsewhere))
    ours = {name.split(".")[1] for name in modules.split() if name.startswith("frontdesk.")}
    assert ours == {"yclients"}
    assert not {"sqlalchemy", "starlette", "uvicorn", "pymorphy3"} & set(modules.split())


def test_the_emulators_fixtures_serve_the_tests_of_others(elsewhere: Path) -> None:
    (elsewhere / "work").mkdir(exist_ok=True)
    (elsewhere / "work" / "test_theirs.py").write_text(THEIR_TEST, encoding="utf-8")
    assert "1 passed" in run(elsewhere, "-m", "pytest", "-p", "no:cacheprovider", "test_theirs.py")


def test_the_command_starts(elsewhere: Path) -> None:
    assert run(elsewhere, "-m", "frontdesk", "--version").strip()
