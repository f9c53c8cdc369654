"""The house is kept as drawn: short functions, short files, no dead rooms, no banned calls, no wire words upstairs."""

import ast
import re
from collections import Counter
from pathlib import Path
from statistics import median

import pytest

ROOT = Path(__file__).parent.parent
SOURCE = ROOT / "src" / "frontdesk"
FILES = sorted(SOURCE.rglob("*.py"))
TESTS = sorted((ROOT / "tests").rglob("*.py"))

LONGEST_FILE = 300
LONGEST_FUNCTION = 60
LONG_FUNCTION = 40
MOST_LONG_FUNCTIONS = 5
MEDIAN_FUNCTION = 10

PURE = ("booking", "language", "dialogue", "outage", "yclients/wire.py", "yclients/pace.py")
OF_MADE_UP_PEOPLE = ("emulator", "demo_history", "simulation")
WITHOUT_WIRE_WORDS = ("booking", "language", "dialogue", "outage", "channels", "desk")
WIRE_WORD = re.compile(r"\b(record_id|staff_id|company_id|seance\w*|book_\w+|save_if_busy|visit_attendance)\b")
PATCHING = re.sub("-", ".", "mock-patch")
BANNED_EVERYWHERE = {
    "datetime.utcnow": "naive UTC is neither an instant nor a local time",
    PATCHING: "fakes are values passed to the wiring",
    "eval": "never",
    "exec": "never",
}
BANNED_IN_PURE = {
    "datetime.now": "time is an argument",
    "date.today": "time is an argument",
    "time.time": "time is an argument",
    "time.monotonic": "time is an argument",
    "random.random": "chance is an argument",
    "uuid4": "chance is an argument",
    "open": "nothing is read",
    "print": "nothing is written",
}
ENTRANCES = {"__main__", "emulator.pytest", "yclients.blocking", "yclients.webhooks", "outage.drawing"}
"""What people import or start themselves."""
FOUND_BY_WALKING = (
    "dialogue.intents.",
    "yclients.endpoints.",
    "emulator.handlers.",
    "store.migrations.",
    "desk.pages.",
    "commands.",
)


def name_of(path: Path) -> str:
    return path.relative_to(SOURCE).with_suffix("").as_posix().replace("/", ".").removesuffix(".__init__")


def room(path: Path, rooms: tuple[str, ...]) -> bool:
    inside = path.relative_to(SOURCE).as_posix()
    return any(inside == one or inside.startswith(one + "/") for one in rooms)


def functions(path: Path) -> list[tuple[str, int]]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    found = (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef))
    return [(f"{path.relative_to(ROOT)}:{node.lineno} {node.name}", body_lines(node)) for node in found]


def body_lines(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """Lines of code: the docstring is not counted, it is what we want more of."""
    body = node.body[1:] if ast.get_docstring(node) and len(node.body) > 1 else node.body
    return (node.end_lineno or 0) - body[0].lineno + 2


def calls(path: Path) -> list[tuple[int, str]]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    return [(node.lineno, ast.unparse(node.func)) for node in ast.walk(tree) if isinstance(node, ast.Call)]


def test_no_file_is_longer_than_three_hundred_lines() -> None:
    long = {
        str(path.relative_to(ROOT)): n for path in FILES if (n := len(path.read_text().splitlines())) > LONGEST_FILE
    }
    assert not long


def test_functions_are_short() -> None:
    lengths = dict(one for path in FILES for one in functions(path))
    assert not {where: n for where, n in lengths.items() if n > LONGEST_FUNCTION}
    assert len([n for n in lengths.values() if n > LONG_FUNCTION]) <= MOST_LONG_FUNCTIONS
    assert median(lengths.values()) < MEDIAN_FUNCTION


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_no_banned_call(path: Path) -> None:
    banned = BANNED_EVERYWHERE | (BANNED_IN_PURE if room(path, PURE) else {})
    found = [
        f"line {line}: {call} ({banned[name]})"
        for line, call in calls(path)
        for name in banned
        if call == name or call.endswith("." + name)
    ]
    assert not found


def test_tests_pass_fakes_as_values() -> None:
    assert not [path for path in TESTS if PATCHING in path.read_text(encoding="utf-8")]


def test_every_module_is_used() -> None:
    imported = Counter(name for path in FILES for name in imports(path))
    dead = [
        name
        for path in FILES
        if (name := name_of(path)) not in ENTRANCES
        and not name.startswith(FOUND_BY_WALKING)
        and path.name != "__init__.py"
        and not imported[name]
    ]
    assert not dead


def imports(path: Path) -> set[str]:
    """The modules of ours that this file imports, whichever way it says so."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module and node.module.startswith("frontdesk"):
            base = node.module.removeprefix("frontdesk").lstrip(".")
            found |= {base} | {f"{base}.{alias.name}".lstrip(".") for alias in node.names}
        elif isinstance(node, ast.Import):
            found |= {alias.name.removeprefix("frontdesk.") for alias in node.names}
    return found


@pytest.mark.parametrize("path", [path for path in FILES if room(path, WITHOUT_WIRE_WORDS)], ids=name_of)
def test_the_providers_words_stay_in_its_rooms(path: Path) -> None:
    code = re.sub(r'""".*?"""', "", path.read_text(encoding="utf-8"), flags=re.DOTALL)
    assert not sorted(set(WIRE_WORD.findall(code)))


@pytest.mark.parametrize("path", [path for path in FILES if not room(path, OF_MADE_UP_PEOPLE)], ids=name_of)
def test_no_phone_stands_in_a_repr(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    records = [one for one in ast.walk(tree) if isinstance(one, ast.ClassDef) and "dataclass" in decorators(one)]
    shown = [
        f"line {line.lineno}: {one.name}.{ast.unparse(line.target)}"
        for one in records
        for line in one.body
        if isinstance(line, ast.AnnAssign)
        and ast.unparse(line.annotation).removesuffix(" | None") == "Phone"
        and "repr=False" not in ast.unparse(line)
    ]
    assert not shown


def decorators(node: ast.ClassDef) -> str:
    return " ".join(ast.unparse(one) for one in node.decorator_list)


def test_nothing_is_left_unfinished() -> None:
    unfinished = re.compile(r"\b(TO" + r"DO|FIX" + r"ME|XX" + r"X)\b|NotImplemented" + "Error")
    assert not [path for path in FILES if unfinished.search(path.read_text(encoding="utf-8"))]
