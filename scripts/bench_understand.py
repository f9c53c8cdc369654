#!/usr/bin/env python3
"""Measures understanding: CPU milliseconds a message, import time, and two date libraries on the same phrases.

python scripts/bench_understand.py
"""

import gc
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parents[1] / "tests" / "language"))

from corpus import NOW, read, salon  # the corpora live with the tests
from frontdesk.language.understand import understand

ROUNDS = 3
SHORT, LONGEST = 200, 4096
WARM_UP = 20
IMPORTS = 5
LIBRARY_PHRASES = 200
"""dateparser takes milliseconds for each: more would only take longer."""
_PROBE = "import time; t = time.process_time(); import frontdesk.language.understand; print(time.process_time() - t)"


def main() -> None:
    """Print the table."""
    texts = [phrase.text for language in ("ru", "en") for phrase in read(f"intents_{language}.txt")]
    texts = [text for text in texts if len(text) < SHORT]
    story = " ".join(texts)
    long = [story[start : start + LONGEST] for start in range(0, len(story) - LONGEST, LONGEST // 4)]
    ear = salon()
    gc.freeze()  # as the service does before it serves
    print(f"{'what':<52}{'median ms':>10}{'p99 ms':>10}{'most ms':>10}")
    _row(f"understand, {len(texts)} texts under {SHORT} characters", lambda text: understand(text, ear, NOW), texts)
    _row(f"understand, {len(long)} texts of {LONGEST} characters", lambda text: understand(text, ear, NOW), long)
    for name, read_dates in _libraries().items():
        _row(f"{name}, dates alone, {LIBRARY_PHRASES} of the texts", read_dates, texts[::3][:LIBRARY_PHRASES], rounds=1)
    print(f"import of frontdesk.language.understand: {_imports_s()[IMPORTS // 2] * 1000:.0f} ms (median of {IMPORTS})")


def _imports_s() -> list[float]:
    """As in an installed package, the bytecode is there: the first import writes it and does not count."""
    with tempfile.TemporaryDirectory() as bytecode:
        own = {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}
        own["PYTHONPYCACHEPREFIX"] = bytecode
        took = [float(subprocess.check_output([sys.executable, "-c", _PROBE], env=own)) for _ in range(1 + IMPORTS)]
    return sorted(took[1:])


def _libraries() -> dict[str, Callable[[str], object]]:
    """What else reads dates, where it is installed."""
    found: dict[str, Callable[[str], object]] = {}
    try:
        from timesense import TimeSenseParser  # noqa: PLC0415 - only measured
    except ImportError:
        print("timesense is not installed: make install", file=sys.stderr)
    else:
        parser = TimeSenseParser()
        found["timesense"] = lambda text: parser.parse(text, NOW)
    try:
        from dateparser.search import search_dates  # noqa: PLC0415 - only measured
    except ImportError:
        print("dateparser is not installed: make install", file=sys.stderr)
    else:
        found["dateparser"] = lambda text: search_dates(text, ["ru", "en"], settings={"RELATIVE_BASE": NOW})
    return found


def _row(name: str, work: Callable[[str], object], texts: Sequence[str], rounds: int = ROUNDS) -> None:
    for text in texts[:WARM_UP]:
        work(text)
    took = sorted(_took_ms(work, text) for _ in range(rounds) for text in texts)
    median, p99, most = took[len(took) // 2], took[min(int(len(took) * 0.99), len(took) - 1)], took[-1]
    print(f"{name:<52}{median:>10.2f}{p99:>10.2f}{most:>10.2f}")


def _took_ms(work: Callable[[str], object], text: str) -> float:
    began = time.process_time()
    work(text)
    return (time.process_time() - began) * 1000


if __name__ == "__main__":
    main()
