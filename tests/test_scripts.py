"""The developers' scripts still find all that they stand on."""

import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
SCRIPTS = sorted((ROOT / "scripts").glob("*.py"))


@pytest.mark.parametrize("script", SCRIPTS, ids=lambda path: path.stem)
def test_a_script_can_be_loaded(script: Path, tmp_path: Path) -> None:
    load = (
        f"import runpy, sys; sys.path[0] = {str(script.parent)!r}; runpy.run_path({str(script)!r}, run_name='loaded')"
    )
    loaded = subprocess.run(
        [sys.executable, "-c", load], check=False, cwd=tmp_path, capture_output=True, text=True, timeout=60
    )
    assert loaded.returncode == 0, loaded.stderr
