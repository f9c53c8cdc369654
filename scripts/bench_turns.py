"""Measures what a turn costs: processor time by kind of turn, and turns a second on one core with SQLite.

The service is held to one core, and the clients to the others, where there are any. The
processor time is the kernel's count for the service with all its threads, from before a message until the service
rests again: its webhook, every turn, write, re-reading and message that came of it. What the service takes when nobody
writes is measured first and subtracted. A busy machine gives less for a second of its time, so the yardstick, a loop of
plain arithmetic, is printed beside it.
"""

import asyncio
import os
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import httpx2
from bench import yardstick_ms
from bench_service import BREATH_S, Bench, Line, greeting, running

WARM_UP = 20
GREETINGS = 100
CONVERSATIONS = 15
RUSH = 1_000
AT_ONCE = 20
IDLE_S = 3.0
LOOKS_EVERY_S = 0.012
RESTS_BELOW_S = 0.0002
ONE_CALL_AIM_MS, THREE_CALLS_AIM_MS = 4, 6
RATE_AIM = 150
YARDSTICK = "yardstick: a million steps of plain arithmetic took {:.0f} ms"


@dataclass(frozen=True)
class Cost:
    """What a turn took: milliseconds of processor time, and calls to the provider."""

    cpu_ms: float
    calls: int


class Meter:
    """Reads the service's processor time."""

    def __init__(self, bench: Bench) -> None:
        self._bench = bench
        self._pid = bench.desk.process.pid
        began, before = time.monotonic(), self.cpu_s()
        time.sleep(IDLE_S)
        self.idle = (self.cpu_s() - before) / (time.monotonic() - began)

    def cpu_s(self) -> float:
        """Seconds of processor time so far, all threads: Linux names the clock of a process by its number."""
        return time.clock_gettime((~self._pid) << 3 | 2)

    def of(self, work: Callable[[], object]) -> float:
        """Milliseconds that the work took of it, until the service rests."""
        began, before = time.monotonic(), self._rested_at()
        work()
        took = self._rested_at() - before
        return (took - self.idle * (time.monotonic() - began)) * 1000

    def _rested_at(self) -> float:
        last = self.cpu_s()
        while True:
            time.sleep(LOOKS_EVERY_S)
            now = self.cpu_s()
            if now - last < RESTS_BELOW_S:
                return now
            last = now


class Talk:
    """One person's conversation."""

    def __init__(self, bench: Bench, meter: Meter, phone: str) -> None:
        self._bench, self._meter, self._phone = bench, meter, phone
        self._heard = 0

    def says(self, words: str) -> Cost:
        """What the answer to these words cost."""
        mark = self._bench.provider.mark()
        self._heard += 1
        cpu_ms = self._meter.of(lambda: self._bench.turn(self._phone, words, self._heard))
        calls = len(self._bench.provider.journal(mark))
        time.sleep(BREATH_S)
        return Cost(cpu_ms, calls)


def alone(bench: Bench, meter: Meter) -> Iterator[Line]:
    """Greetings, one after the other."""
    phones = [f"7912{n:07}" for n in range(WARM_UP + GREETINGS)]
    took = [meter.of(lambda phone=phone: bench.turn(phone, "Здравствуйте", 1)) for phone in phones]
    yield _line("a greeting", [Cost(one, 0) for one in took[WARM_UP:]])


def conversations(bench: Bench, meter: Meter) -> Iterator[Line]:
    """What people come for, each by as many as there are."""
    cancelling = (
        ("the list, of somebody new", "мои записи"),
        ("the list", "мои записи"),
        ("a cancellation asked for", "Отмените запись"),
        ("its yes, the write and what follows", "да"),
    )
    booking = (
        ("a service named, free times shown", "запишите на женскую стрижку"),
        ("a time chosen", "первое"),
        ("its yes, the write and what follows", "да"),
    )
    for steps in (cancelling, booking):
        costs: list[list[Cost]] = [[] for _ in steps]
        for _ in range(CONVERSATIONS):
            talk = Talk(bench, meter, bench.crowd.take().phone)
            for number, (_, words) in enumerate(steps):
                costs[number].append(talk.says(words))
        for (what, _), some in zip(steps, costs, strict=True):
            yield _line(what, some)


def _line(what: str, costs: Sequence[Cost]) -> Line:
    calls = round(median(cost.calls for cost in costs))
    aim = ONE_CALL_AIM_MS if calls <= 1 else THREE_CALLS_AIM_MS
    said = f"processor time: {what}, {calls} call{'' if calls == 1 else 's'}, p50"
    return Line(said, median(cost.cpu_ms for cost in costs), "ms", aim)


def rush(bench: Bench, meter: Meter) -> Iterator[Line]:
    """A thousand people greet as fast as the service takes it in."""
    calls = [greeting(bench.person(f"7911{n:07}"), "Здравствуйте") for n in range(RUSH)]
    before, left = meter.cpu_s(), time.monotonic()
    asyncio.run(_sent(bench.url, calls))
    took = _all_answered(bench) - left
    cpu_ms = (meter.cpu_s() - before) * 1000 / RUSH
    yield Line(f"processor time: a webhook and its turn, {RUSH} in a rush", cpu_ms, "ms", ONE_CALL_AIM_MS)
    yield Line("turns in a second of the core's time", 1000 / cpu_ms, "", -RATE_AIM)
    yield Line("turns a second, as the machine let it", RUSH / took, "", -RATE_AIM)


def _all_answered(bench: Bench) -> float:
    """When the last of the rush had their answer; fails after a minute."""
    ends = time.monotonic() + 60
    while time.monotonic() < ends:
        came = [times[0] for user, times in bench.recorder.arrivals().items() if user.startswith("7911")]
        if len(came) == RUSH:
            return max(came)
        time.sleep(LOOKS_EVERY_S)
    raise SystemExit(f"{len(came)} of {RUSH} were answered within a minute: see the service's log")


async def _sent(url: str, calls: Sequence[tuple[bytes, dict[str, str]]]) -> None:
    """Sends all of them, AT_ONCE at a time."""
    waiting = iter(calls)

    async def one_after_the_other(client: httpx2.AsyncClient) -> None:
        for raw, headers in waiting:
            (await client.post(url, content=raw, headers=headers)).raise_for_status()

    async with httpx2.AsyncClient(trust_env=False, timeout=60) as client:
        await asyncio.gather(*(one_after_the_other(client) for _ in range(AT_ONCE)))


@contextmanager
def on_a_core_of_its_own(pid: int) -> Iterator[None]:
    """Holds the service to the last core, where there is more than one, and this process to the others."""
    cores = sorted(os.sched_getaffinity(0))
    if len(cores) > 1:
        for thread in Path(f"/proc/{pid}/task").iterdir():
            os.sched_setaffinity(int(thread.name), cores[-1:])
        os.sched_setaffinity(0, cores[:-1])
    yield
    os.sched_setaffinity(0, cores)


def main() -> None:
    """Prints the table."""
    with running({"one": 2 * CONVERSATIONS}) as bench, on_a_core_of_its_own(bench.desk.process.pid):
        meter = Meter(bench)
        print(YARDSTICK.format(yardstick_ms()), flush=True)
        for part in (alone, rush, conversations):
            for line in part(bench, meter):
                print(line, flush=True)
        print(YARDSTICK.format(yardstick_ms()), flush=True)


if __name__ == "__main__":
    main()
