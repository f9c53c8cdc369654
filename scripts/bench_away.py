"""Measures a turn's time while the journal is there and while it is away: the same words, each by as many people.

From the webhook's first byte to the arrival of the answer at the recorder in Meta's place, with the quiet window at 0.
Online a look-up calls the provider, an emulator beside it that answers at once; away it reads the local copy alone.
"""

import time
from collections.abc import Iterator
from statistics import median

from bench_service import BREATH_S, Bench, Line, running

PEOPLE = 12
LEARNS_S = 5.0
"""After so long without an answer the service knows that the journal is away, whoever asked."""
STEPS = (
    ("the list", "мои записи"),
    ("the price of a service", "сколько стоит стрижка?"),
    ("the hours", "как вы работаете?"),
    ("a service named, free times shown", "запишите на женскую стрижку"),
    ("a time chosen", "первое"),
    ("its yes, answered", "да"),
)


def conversations(bench: Bench, where: str) -> Iterator[Line]:
    """What people come for, step by step."""
    took: list[list[float]] = [[] for _ in STEPS]
    for _ in range(PEOPLE):
        phone = bench.crowd.take().phone
        for number, (_, words) in enumerate(STEPS):
            took[number].append(bench.turn(phone, words, number + 1, BREATH_S))
    for (what, _), some in zip(STEPS, took, strict=True):
        yield Line(f"{where}: {what}, p50 of {PEOPLE}", median(some), "ms")


def goes_away(bench: Bench) -> Iterator[Line]:
    """No connection from now on; what the first to write after that waits for."""
    bench.provider.faults({"do": "refuse"})
    phone = bench.crowd.take().phone
    yield Line("the turn that meets the outage: the list", bench.turn(phone, "мои записи", 1), "ms")
    time.sleep(LEARNS_S)


def main() -> None:
    """Prints the table."""
    with running({"one": 2 * PEOPLE + 1}) as bench:
        for part in (conversations(bench, "online"), goes_away(bench), conversations(bench, "away")):
            for line in part:
                print(line, flush=True)


if __name__ == "__main__":
    main()
