"""What the client costs, measured side by side with bare httpx2 and json.loads in one run.

    python scripts/bench_client.py [--json]

A child process answers over a loopback socket with a canned body, so that serving does not weigh on the one measured.
Each figure is the best of several rounds, taken in turns.
"""

import argparse
import asyncio
import json
import math
import multiprocessing
import random
import statistics
import sys
import time
from collections.abc import Awaitable, Callable
from multiprocessing.connection import Connection
from typing import Any

import httpx2

from frontdesk.yclients.client import Client
from frontdesk.yclients.contract import Endpoint, endpoints
from frontdesk.yclients.endpoints.records import GetRecord, GetRecords
from frontdesk.yclients.pace import Limits, Pace, Priority
from frontdesk.yclients.turnstile import Turnstile
from frontdesk.yclients.wire import Credentials

TOKENS = Credentials("partner-token", "user-token")
WIDE_OPEN = Limits(per_second=10**6, per_minute=10**7)
ROUNDS = 7
DOCUMENT = {
    "id": 90001,
    "type_id": 7,
    "storage_id": 0,
    "user_id": 900,
    "company_id": 962302,
    "number": 90001,
    "comment": "",
    "date_created": "2026-11-22 15:00:00",
    "category_id": 0,
    "visit_id": 61001,
    "record_id": 50001,
    "type_title": "Визит",
    "is_sale_bill_printed": False,
}


def one_record() -> bytes:
    """About 2 KB, as a journal answers with one appointment."""
    record = {**endpoints()["GetRecord"].spec.example, "documents": [DOCUMENT]}
    return json.dumps({"success": True, "data": record, "meta": []}, ensure_ascii=False).encode()


def many_records() -> bytes:
    """About 150 KB: a page of appointments, each complete."""
    record = endpoints()["GetRecord"].spec.example
    count = math.ceil(150_000 / len(json.dumps(record, ensure_ascii=False).encode()))
    rows = [{**record, "id": number} for number in range(1, count + 1)]
    body = {"success": True, "data": rows, "meta": {"page": 1, "total_count": count}}
    return json.dumps(body, ensure_ascii=False).encode()


def serve(bodies: dict[bytes, bytes], said: Connection) -> None:
    """Answers each request by the start of its path until it is killed."""
    head = b"HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: %d\r\n\r\n"
    answers = {path: head % len(body) + body for path, body in bodies.items()}

    async def answer(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        try:
            while True:
                asked = await reader.readuntil(b"\r\n\r\n")
                writer.write(next(text for path, text in answers.items() if asked.split(b" ", 2)[1].startswith(path)))
        except (asyncio.IncompleteReadError, ConnectionError):
            writer.close()

    async def main() -> None:
        server = await asyncio.start_server(answer, "127.0.0.1", 0)
        said.send(server.sockets[0].getsockname()[1])
        await server.serve_forever()

    asyncio.run(main())


async def rate(work: Callable[[], Awaitable[object]], times: int) -> float:
    """Calls a second, one after the other."""
    begun = time.perf_counter()
    for _ in range(times):
        await work()
    return times / (time.perf_counter() - begun)


async def side_by_side(port: int, call: Endpoint[Any], target: str, times: int) -> dict[str, float]:
    """The client and the bare library, in turns."""
    base = f"http://127.0.0.1:{port}"
    headers = {
        "Accept": "application/vnd.yclients.v2+json",
        "Authorization": "Bearer partner-token, User user-token",
    }
    async with (
        Client(TOKENS, base_url=base, pace=Turnstile(Pace(WIDE_OPEN))) as api,
        httpx2.AsyncClient(base_url=base) as http,
    ):

        async def bare() -> object:
            return json.loads((await http.get(target, headers=headers)).content)

        async def typed() -> object:
            return await api(call)

        measured: dict[str, list[float]] = {"bare": [], "client": []}
        for _ in range(ROUNDS):
            measured["bare"].append(await rate(bare, times))
            measured["client"].append(await rate(typed, times))
    best = {name: max(rates) for name, rates in measured.items()}
    pairs = zip(measured["client"], measured["bare"], strict=True)
    return {**best, "ratio": statistics.median(client / bare for client, bare in pairs)}


def pace_figures(minutes: int = 10) -> dict[str, float]:
    """A full load against a server that counts arrivals, on a clock of its own; 20-150 ms from a call to its answer."""
    return {**simulate(Limits(spare_per_second=0, spare_per_minute=0), minutes, people_every_s=None)} | {
        f"with_people_{name}": value for name, value in simulate(Limits(), minutes, people_every_s=3.0).items()
    }


def simulate(limits: Limits, minutes: int, people_every_s: float | None) -> dict[str, float]:
    """Runs the pace alone: background work without end, and now and then somebody who waits for a reply."""
    chance = random.Random(7)
    pace, now, end = Pace(limits), 0.0, minutes * 60.0
    answers: list[float] = []
    arrivals: list[float] = []
    asked_at: dict[int, float] = {}
    waits: list[float] = []
    people = [] if people_every_s is None else [people_every_s * n for n in range(1, int(end / people_every_s))]
    for _ in range(20):
        pace.ask(Priority.BACKGROUND)
    while now < end:
        while people and people[0] <= now:
            asked_at[pace.ask(Priority.PERSON)] = people.pop(0)
        while answers and answers[0] <= now:
            pace.answered(answers.pop(0))
        for ticket in pace.admit(now):
            there, back = chance.uniform(0.01, 0.075), chance.uniform(0.01, 0.075)
            arrivals.append(now + there)
            answers = sorted([*answers, now + there + back])
            if ticket in asked_at:
                waits.append(now - asked_at.pop(ticket))
            else:
                pace.ask(Priority.BACKGROUND)
        opens = pace.next_turn(now)
        coming = [
            at for at in (opens, answers[0] if answers else None, people[0] if people else None) if at is not None
        ]
        now = min(at for at in coming if at > now) if any(at > now for at in coming) else end
    arrivals = sorted(at for at in arrivals if at < end)
    return {
        "use": len(arrivals) / (minutes * limits.per_minute),
        "refusals": refusals(arrivals, limits),
        **({"longest_wait_s": max(waits)} if waits else {}),
    }


def refusals(arrivals: list[float], limits: Limits) -> int:
    """How many arrivals were one too many in a second or a minute."""
    refused = 0
    for span, most in ((1.0, limits.per_second), (60.0, limits.per_minute)):
        refused += sum(1 for nth, at in enumerate(arrivals) if nth >= most and arrivals[nth - most] > at - span)
    return refused


def measure() -> dict[str, dict[str, float]]:
    """Everything, one figure after the other."""
    small, large = one_record(), many_records()
    ours, theirs = multiprocessing.Pipe()
    bodies = {b"/api/v1/record/": small, b"/api/v1/records/": large}
    server = multiprocessing.Process(target=serve, args=(bodies, theirs), daemon=True)
    server.start()
    port = ours.recv()
    try:
        one = asyncio.run(side_by_side(port, GetRecord(company_id=1, record_id=2), "/api/v1/record/1/2", 400))
        page = asyncio.run(side_by_side(port, GetRecords(company_id=1), "/api/v1/records/1", 40))
    finally:
        server.kill()
    return {
        f"one appointment, {len(small)} bytes": one,
        f"a page of appointments, {len(large)} bytes": page,
        "pace": pace_figures(),
    }


def main() -> None:
    """Prints the figures."""
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--json", action="store_true", help="one JSON object instead of lines")
    figures = measure()
    if options.parse_args().json:
        json.dump(figures, sys.stdout, ensure_ascii=False)
        return
    for title, values in figures.items():
        print(title + ": " + ", ".join(f"{name} {value:,.3f}" for name, value in values.items()))


if __name__ == "__main__":
    main()
