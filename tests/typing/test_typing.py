"""What a type checker knows of a call, to the end: the file beside this one is checked, not run."""

import os
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
ROOT = HERE.parents[1]


def _checked(file):
    command = [
        sys.executable,
        "-m",
        "mypy",
        "--strict",
        "--config-file",
        str(ROOT / "pyproject.toml"),
        str(HERE / file),
    ]
    environment = {**os.environ, "MYPYPATH": str(ROOT / "src")}
    return subprocess.run(command, capture_output=True, text=True, check=False, cwd=ROOT, env=environment)


def test_every_result_is_known_to_the_end():
    done = _checked("calls.py")
    assert done.returncode == 0, done.stdout


def test_a_wrong_call_is_an_error_before_it_runs():
    done = _checked("wrong_calls.py")
    wrong = (HERE / "wrong_calls.py").read_text(encoding="utf-8").count("# wrong: ")
    assert done.stdout.count(": error: ") == wrong, done.stdout
