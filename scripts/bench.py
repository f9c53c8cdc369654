"""Runs every measurement, one after the other: each `bench_*.py` beside this file prints its own numbers.

A busy machine gives less for a second of its time. What a million steps of plain arithmetic take stands beside each, so
that numbers of different hours can be compared.
"""

import subprocess
import sys
import time
from pathlib import Path

HERE = Path(__file__).parent
YARDSTICK_STEPS = 1_000_000


def yardstick_ms() -> float:
    """What a million steps of plain arithmetic take here and now, in processor time."""
    began, total = time.process_time(), 0
    for number in range(YARDSTICK_STEPS):
        total += number * number
    return (time.process_time() - began) * 1000


def main() -> int:
    """Exit code 1 where a measurement could not be made; a missed aim is printed, not an error."""
    failed = 0
    for script in sorted(HERE.glob("bench_*.py")):
        print(f"== {script.stem.removeprefix('bench_')} (yardstick {yardstick_ms():.0f} ms)", flush=True)
        failed |= subprocess.run([sys.executable, str(script)], check=False).returncode
    return int(bool(failed))


if __name__ == "__main__":
    sys.exit(main())
