"""What the emulator costs: requests a second beside a bare Starlette route, and reads in a small and a large world.

    python scripts/bench_emulator.py

Both servers run in processes of their own and are asked over loopback in turns, with the same answer. The reads are
played without a socket, so that only the work on the world is measured; every query answers with as many rows in both
worlds.
"""

import asyncio
import datetime as dt
import json
import multiprocessing
import socket
import statistics
import time
from collections.abc import Callable

import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route
from starlette.types import ASGIApp

from frontdesk.emulator.app import build, create_app
from frontdesk.emulator.reading import Sent
from frontdesk.emulator.salons.building import build_world
from frontdesk.emulator.things import Appointment, Client
from frontdesk.emulator.world import World

SALON, MASTER = 962302, 2401
FIRST_CLIENT, FIRST_APPOINTMENT, FIRST_VISIT = 200_000, 5_000_000, 6_000_000
FIRST_DAY = dt.datetime(2020, 1, 1, 10)  # noqa: DTZ001 - the salon's own clock
A_DAY, A_CLIENT = 10, 10
HEADERS = {"authorization": "Bearer demo-partner, User demo-user", "accept": "application/vnd.yclients.v2+json"}
CONNECTIONS, REQUESTS, ROUNDS = 4, 1000, 5
STARTS_WITHIN_S = 20


def record_path() -> str:
    """An appointment that the demo salon has."""
    world = build("demo").world
    return f"/api/v1/record/{SALON}/{next(iter(world.appointments)).id}"


def emulator() -> ASGIApp:
    return build("demo", pace=False)


def bare() -> ASGIApp:
    answer = json.loads(build("demo", pace=False).play(Sent("GET", record_path(), "", HEADERS)).answer.body)

    async def route(_request: Request) -> Response:
        return JSONResponse(answer)

    return Starlette(routes=[Route("/api/v1/record/{company_id}/{record_id}", route)])


def serve(make: Callable[[], ASGIApp], port: int) -> None:
    uvicorn.run(make(), port=port, log_level="critical", access_log=False)


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])


def wait_for(port: int) -> None:
    ends = time.monotonic() + STARTS_WITHIN_S
    while time.monotonic() < ends:
        try:
            socket.create_connection(("127.0.0.1", port)).close()
        except OSError:
            time.sleep(0.1)
        else:
            return
    raise TimeoutError(f"nothing listens on port {port}")


async def ask(port: int, request: bytes) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    for _ in range(REQUESTS):
        writer.write(request)
        head = (await reader.readuntil(b"\r\n\r\n")).lower()
        length = head.split(b"content-length:")[1].split(b"\r\n")[0]
        await reader.readexactly(int(length))
    writer.close()


async def rate(port: int) -> float:
    lines = "".join(f"{name}: {value}\r\n" for name, value in HEADERS.items())
    request = f"GET {record_path()} HTTP/1.1\r\nhost: bench\r\n{lines}\r\n".encode()
    began = time.perf_counter()
    await asyncio.gather(*(ask(port, request) for _ in range(CONNECTIONS)))
    return CONNECTIONS * REQUESTS / (time.perf_counter() - began)


def beside_a_bare_route() -> None:
    ports = {"emulator": free_port(), "bare Starlette route": free_port()}
    makers = {"emulator": emulator, "bare Starlette route": bare}
    servers = [multiprocessing.Process(target=serve, args=(makers[name], port)) for name, port in ports.items()]
    for server in servers:
        server.start()
    try:
        for port in ports.values():
            wait_for(port)
        rates = [{name: asyncio.run(rate(port)) for name, port in ports.items()} for _ in range(ROUNDS)]
    finally:
        for server in servers:
            server.terminate()
    medians = {name: statistics.median(one[name] for one in rates) for name in ports}
    ratio = statistics.median(one["emulator"] / one["bare Starlette route"] for one in rates)
    print("GET record, requests a second: " + ", ".join(f"{name} {n:,.0f}" for name, n in medians.items()))
    print(f"ratio {ratio:.2f} (aim 0.6)")


def filled(appointments: int) -> World:
    world = build_world("demo")
    now = world.clock.now()
    for n in range(appointments):
        client = FIRST_CLIENT + n // A_CLIENT
        if n % A_CLIENT == 0:
            world.clients.add(Client(client, SALON, "Клиент", f"7911{client:07}"))
        start = FIRST_DAY + dt.timedelta(days=n // A_DAY, hours=n % A_DAY)
        number = FIRST_APPOINTMENT + n
        world.appointments.add(
            Appointment(number, SALON, MASTER, client, [], start, 3600, FIRST_VISIT + n, "a" * 32, now, now)
        )
    return world


QUERIES = {
    "by id": Sent("GET", f"/api/v1/record/{SALON}/{FIRST_APPOINTMENT + 500}", "", HEADERS),
    "by client": Sent("GET", f"/api/v1/records/{SALON}", f"client_id={FIRST_CLIENT + 50}", HEADERS),
    "by day": Sent("GET", f"/api/v1/records/{SALON}", "start_date=2020-02-20&end_date=2020-02-20", HEADERS),
}


def microseconds(appointments: int) -> dict[str, float]:
    played = create_app(filled(appointments), pace=False)
    return {name: least(lambda sent=sent: played.play(sent)) for name, sent in QUERIES.items()}  # type: ignore[misc]


def least(work: Callable[[], object], times: int = 500) -> float:
    best = float("inf")
    for _ in range(ROUNDS):
        began = time.process_time()
        for _ in range(times):
            work()
        best = min(best, (time.process_time() - began) / times)
    return best * 1e6


def in_a_small_and_a_large_world() -> None:
    small, large = microseconds(1_000), microseconds(100_000)
    for name in QUERIES:
        grown = large[name] / small[name]
        print(f"read {name}: {small[name]:.0f} us of 1,000 appointments, {large[name]:.0f} of 100,000, {grown:.2f}x")


if __name__ == "__main__":
    multiprocessing.set_start_method("spawn")
    beside_a_bare_route()
    in_a_small_and_a_large_world()
