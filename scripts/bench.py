"""Runs every measurement, one after the other: each `bench_*.py` beside this file prints its own numbers."""

import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent


def main() -> int:
    """Exit code 1 where a measurement could not be made; a missed aim is printed, not an error."""
    failed = 0
    for script in sorted(HERE.glob("bench_*.py")):
        print(f"== {script.stem.removeprefix('bench_')}", flush=True)
        failed |= subprocess.run([sys.executable, str(script)], check=False).returncode
    return int(bool(failed))


if __name__ == "__main__":
    sys.exit(main())
