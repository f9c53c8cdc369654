"""Measures the service as Meta and the provider meet it: four processes on this machine, loopback between them.

The service, the emulator and a recorder in the place of Meta's Graph API run apart from this one, which plays Meta's
webhooks. A turn is measured from the first byte of the webhook to the arrival of the outgoing message at the recorder,
with the quiet window at 0; the clock is the machine's monotonic one, which all processes share.
"""

import asyncio
import json
import os
import sys
import tempfile
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import Pipe, Process
from multiprocessing.connection import Connection
from pathlib import Path
from statistics import quantiles

import httpx2

ROOT = Path(__file__).parent.parent
sys.path.insert(0, str(ROOT / "tests"))

from blackbox import salon, webhooks  # noqa: E402 - the kit of the black-box tests
from blackbox.desk import Desk, Setting  # noqa: E402
from blackbox.graph import Graph  # noqa: E402
from blackbox.person import Person  # noqa: E402
from blackbox.provider import Provider  # noqa: E402

RATE = 60
BURST_S = 10
TURNS = 150
LOOKING_UP = 50
BREATH_S = 0.5
"""Between turns that call the provider, so that its limit of five calls a second is not what is measured."""
TIMES_KEPT_S = 31
"""After so long, free times that were named once are asked for anew."""
TICKS = os.sysconf("SC_CLK_TCK")
Arrivals = dict[str, list[float]]


@dataclass(frozen=True)
class Line:
    """One measured number beside what it should be, at most; at least, where the aim is negative. None: no aim."""

    what: str
    measured: float
    unit: str
    aim: float | None = None

    def __str__(self) -> str:
        verdict = (
            "" if self.aim is None else f"   aim {abs(self.aim):g}: {'met' if self._is_met(self.aim) else 'MISSED'}"
        )
        return f"{self.what:<58}{self.measured:9.2f} {self.unit:<6}{verdict}"

    def _is_met(self, aim: float) -> bool:
        return self.measured >= -aim if aim < 0 else self.measured <= aim


def p50(values: Sequence[float]) -> float:
    """The median."""
    return quantiles(values, n=100)[49]


def p99(values: Sequence[float]) -> float:
    """What ninety-nine of a hundred stay below."""
    return quantiles(values, n=100)[98]


async def record(channel: Connection) -> None:
    """Meta's place, in a process of its own: answers at once and notes when each message came, by recipient."""
    arrivals: Arrivals = {}

    async def serve(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while True:
                head = (await reader.readuntil(b"\r\n\r\n")).lower()
                length = int(head.partition(b"content-length:")[2].split(b"\r\n", 1)[0])
                came = time.monotonic()
                body = json.loads(await reader.readexactly(length))
                arrivals.setdefault(body.get("to", ""), []).append(came)
                said = json.dumps({"messages": [{"id": f"wamid.{time.monotonic_ns()}"}]}).encode()
                writer.write(b"HTTP/1.1 200 OK\r\ncontent-length: %d\r\n\r\n%b" % (len(said), said))
        except asyncio.IncompleteReadError:
            writer.close()

    server = await asyncio.start_server(serve, "127.0.0.1", 0)
    channel.send(server.sockets[0].getsockname()[1])
    while True:
        await asyncio.to_thread(channel.recv)
        channel.send(arrivals)


class Recorder:
    """The recorder's process."""

    def __init__(self) -> None:
        self._channel, theirs = Pipe()
        self._process = Process(target=_record, args=(theirs,), daemon=True)
        self._process.start()
        self.url = f"http://127.0.0.1:{self._channel.recv()}/v26.0"

    def arrivals(self) -> Arrivals:
        """When messages came, by recipient."""
        self._channel.send("?")
        return dict(self._channel.recv())

    def wait_for(self, user: str, many: int = 1) -> float:
        """When this person's message of that number came."""
        ends = time.monotonic() + 30
        while len(came := self.arrivals().get(user, [])) < many:
            if time.monotonic() > ends:
                raise SystemExit(f"no message {many} in 30 s: see the service's log")
            time.sleep(0.002)
        return came[many - 1]

    def close(self) -> None:
        """Ends it."""
        self._process.terminate()


def _record(channel: Connection) -> None:
    asyncio.run(record(channel))


def greeting(person: Person, words: str) -> tuple[bytes, dict[str, str]]:
    """A webhook, ready to be sent, with its headers."""
    raw = person.raw(webhooks.text(words))
    return raw, {"content-type": "application/json", "x-hub-signature-256": webhooks.signature(raw)}


async def acknowledged(url: str, calls: Sequence[tuple[bytes, dict[str, str]]]) -> list[float]:
    """Sends the webhooks at RATE a second, whatever the answers; how long each took from its due instant, in ms."""
    began = time.monotonic() + 0.1

    async def one(client: httpx2.AsyncClient, at: float, call: tuple[bytes, dict[str, str]]) -> float:
        await asyncio.sleep(max(at - time.monotonic(), 0))
        left = time.monotonic()
        answer = await client.post(url, content=call[0], headers=call[1])
        answer.raise_for_status()
        return (time.monotonic() - left) * 1000

    async with httpx2.AsyncClient(trust_env=False, timeout=30) as client:
        return await asyncio.gather(*(one(client, began + n / RATE, call) for n, call in enumerate(calls)))


def cpu_s(pid: int) -> float:
    """Seconds of processor time a process has had, its threads included."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / TICKS


@dataclass(frozen=True)
class Bench:
    """The processes under measurement."""

    desk: Desk
    provider: Provider
    recorder: Recorder
    crowd: salon.Crowd

    def person(self, phone: str) -> Person:
        """Somebody who writes; what they read is asked of the recorder."""
        return Person(self.desk, Graph.__new__(Graph), phone)

    @property
    def url(self) -> str:
        """Where Meta calls."""
        return f"{self.desk.process.address}/webhooks/whatsapp"

    def burst(self) -> Iterator[Line]:
        """Many at once: each from somebody else, each answered without the provider."""
        people = [self.person(f"7911{n:07}") for n in range(RATE * BURST_S)]
        calls = [greeting(person, "Здравствуйте") for person in people]
        before = cpu_s(self.desk.process.pid)
        took = asyncio.run(acknowledged(self.url, calls))
        for person in people:
            self.recorder.wait_for(person.user)
        cpu_ms = (cpu_s(self.desk.process.pid) - before) * 1000 / len(people)
        yield Line(f"webhook acknowledged, {RATE} a second, p50", p50(took), "ms")
        yield Line(f"webhook acknowledged, {RATE} a second, p99", p99(took), "ms", 20)
        yield Line(f"processor time of a webhook and its turn, {RATE} a second", cpu_ms, "ms")

    def first(self) -> Iterator[Line]:
        """What the first message after a start meets, before anything is warm."""
        yield Line("the first turn after a start", self.turn("79130000000", "Здравствуйте", 1), "ms")

    def turns(self) -> Iterator[Line]:
        """One after the other, answered without the provider."""
        yield from self._turns("Здравствуйте", [f"7912{n:07}" for n in range(TURNS)], "without a look-up", 0)

    def looking_up(self) -> Iterator[Line]:
        """One after the other, each reading the journal once: the client is known from the round before."""
        phones = [self.crowd.take().phone for _ in range(LOOKING_UP)]
        for phone in phones:
            self.turn(phone, "мои записи", 1)
            time.sleep(BREATH_S)
        yield from self._turns("Отмените запись", phones, "with one look into the journal", BREATH_S, 2)

    def _turns(self, words: str, phones: Sequence[str], what: str, breath_s: float, many: int = 1) -> Iterator[Line]:
        before = cpu_s(self.desk.process.pid)
        took = [self.turn(phone, words, many, breath_s) for phone in phones]
        cpu_ms = (cpu_s(self.desk.process.pid) - before) * 1000 / len(phones)
        yield Line(f"one whole turn {what}, p50", p50(took), "ms", 30)
        yield Line(f"one whole turn {what}, p99", p99(took), "ms")
        yield Line(f"processor time of a turn {what}", cpu_ms, "ms")

    def turn(self, phone: str, words: str, many: int, breath_s: float = 0) -> float:
        """How long it took until this person's message of that number came, in ms."""
        raw, headers = greeting(self.person(phone), words)
        time.sleep(breath_s)
        left = time.monotonic()
        self.desk.http.post(self.url, content=raw, headers=headers).raise_for_status()
        return (self.recorder.wait_for(phone, many) - left) * 1000

    def calls(self) -> Iterator[Line]:
        """What whole conversations cost the salon's limit at the provider, beside the readings for the local copy."""
        phone = self.crowd.take("several").phone
        own = [one for one in self.provider.records().values() if one["client"]["phone"].endswith(phone)]
        on = f"{own[0]['date'][8:10]}.{own[0]['date'][5:7]}"
        talk = _Talk(self, phone)
        yield talk.costs("the list, of somebody seen for the first time", "мои записи")
        yield talk.costs("the list", "мои записи", aim=0)
        yield talk.costs("the price of a service", "сколько стоит стрижка?", aim=0)
        yield talk.costs("the hours", "как вы работаете?", aim=0)
        yield talk.costs("a cancellation, its write included", f"отмените запись на {on}", "да", aim=2)
        yield talk.costs("a move, its write included", "перенесите массаж на завтра на 15:00", "да", aim=3)
        yield talk.costs("free times", "когда можно на женскую стрижку?", aim=1)
        talk.says("не надо")
        time.sleep(TIMES_KEPT_S)
        steps = ("запишите на женскую стрижку", "первое", "да")
        yield talk.costs("a booking step by step, its write included", *steps, aim=2)
        yield talk.costs("the list after that", "мои записи", aim=0)


@dataclass
class _Talk:
    """One person's conversation, whose calls to the provider are counted."""

    bench: Bench
    phone: str
    heard: int = 0

    def says(self, words: str) -> None:
        self.heard += 1
        self.bench.turn(self.phone, words, self.heard, BREATH_S)

    def costs(self, what: str, *said: str, aim: float | None = None) -> Line:
        mark = self.bench.provider.mark()
        for words in said:
            self.says(words)
        time.sleep(BREATH_S)
        return Line(f"calls: {what}", len(self.bench.provider.journal(mark)), "calls", aim)


@contextmanager
def running(clients: Mapping[str, int]) -> Iterator[Bench]:
    """Everything started, and ended; so many clients of each kind the salon knows."""
    with tempfile.TemporaryDirectory(prefix="frontdesk-bench-") as folder:
        crowd = salon.Crowd(dict(clients))
        file = salon.write(Path(folder) / "salon.toml", (salon.MAIN, crowd, {}))
        provider, recorder = Provider(Path(folder) / "emulator", file), Recorder()
        setting = Setting(provider.url, recorder.url, {"centre": salon.MAIN}, {}, {}, {})
        desk = Desk(Path(folder) / "desk", setting)
        try:
            yield Bench(desk, provider, recorder, crowd)
        finally:
            desk.close()
            recorder.close()
            provider.close()


def main() -> None:
    """Prints the table."""
    with running({"one": LOOKING_UP, "several": 1}) as bench:
        for part in (bench.first, bench.turns, bench.burst, bench.looking_up, bench.calls):
            for line in part():
                print(line, flush=True)


if __name__ == "__main__":
    main()
