"""Three processes on one PostgreSQL database: `frontdesk run` and two `frontdesk worker`.

Each reaches the provider over a road of its own, so a test sees who works on what, and kills that one in the middle.
The time until its leases run out is let pass in the database.
"""

import os
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path

import pytest

from blackbox.conftest import Cancelled, Town
from blackbox.database import SharedDatabase
from blackbox.desk import SECRETS, Desk
from blackbox.postgres import Server
from blackbox.processes import Process
from blackbox.road import Road, Stop
from blackbox.salon import MAIN
from blackbox.waiting import until

RECORDS, VISIT = f"/api/v1/records/{MAIN}", "/api/v1/visits/*"
QUESTION, YES, CANCELLED = "Отменить женскую стрижку завтра", "Да, отменить", "Отменила женскую стрижку завтра"


@dataclass
class Worker:
    """`frontdesk worker`, and its way to the provider."""

    process: Process
    road: Road


def worker(town: Town, desk: Desk, folder: Path) -> Worker:
    road = Road(town.provider.url)
    folder.mkdir(parents=True)
    settings = replace(desk.setting, provider=road.url).file()
    (folder / "frontdesk.toml").write_text(settings, encoding="utf-8")
    started = Worker(Process(folder, "worker", "--config", "frontdesk.toml", secrets=SECRETS), road)
    started.process.start()
    return started


pytestmark = pytest.mark.skipif(
    not os.environ.get("FRONTDESK_DRILL"), reason="three processes want a machine of their own: make drill plays it"
)


@pytest.fixture(scope="module")
def shared(town: Town, postgres: Server) -> Desk:
    """The service, waiting for the rest of each thought: long enough to be killed before it takes a turn."""
    return town.desk(by_road=True, store=postgres.new_database(), service={"quiet_ms": 1500})


@pytest.fixture
def workers(town: Town, shared: Desk, tmp_path: Path) -> Iterator[list[Worker]]:
    started = [worker(town, shared, tmp_path / f"worker-{number}") for number in (1, 2)]
    yield started
    for one in started:
        one.road.clear()
        one.process.stop()
        one.road.close()
        assert "Traceback" not in one.process.log()
        assert not [secret for secret in SECRETS.values() if secret in one.process.log()]


def leases_run_out(desk: Desk) -> None:
    assert isinstance(desk.database, SharedDatabase)
    desk.database.end_leases()


def holder(workers: list[Worker], stops: list[Stop]) -> Worker:
    """Whoever has come to its stop."""
    until(lambda: any(stop.arrived.is_set() for stop in stops), "a worker that has taken it up")
    return next(one for one, stop in zip(workers, stops, strict=True) if stop.arrived.is_set())


def killed_at(workers: list[Worker], method: str, path: str) -> Worker:
    """Waits until one of them has sent this request, and kills it before the provider has seen it."""
    stops = [one.road.stop(method, path) for one in workers]
    dead = holder(workers, stops)
    dead.process.kill()
    for one in workers:
        one.road.clear()
    return dead


def test_a_worker_that_dies_in_the_middle_of_a_turn_is_taken_over(
    town: Town, shared: Desk, workers: list[Worker], is_cancelled: Cancelled
) -> None:
    client = town.person(shared)
    (mine,) = town.appointments(client)
    client.says("Отмените запись")
    shared.kill()
    dead = killed_at(workers, "GET", RECORDS)
    assert client.messages == []
    leases_run_out(shared)
    assert client.reads().text.startswith(QUESTION)

    dead.process.start()
    shared.start()
    client.taps(YES)
    assert client.reads().text.startswith(CANCELLED)
    client.waits_for_silence()
    assert len(client.messages) == 2
    assert len(town.provider.effects(mine["id"])) == 1
    assert is_cancelled(mine["id"])


def test_a_worker_that_dies_in_the_middle_of_a_write_is_taken_over_and_it_is_done_once(
    town: Town, shared: Desk, workers: list[Worker], is_cancelled: Cancelled
) -> None:
    client = town.person(shared)
    (mine,) = town.appointments(client)
    assert client.asks("Отмените запись").text.startswith(QUESTION)
    client.waits_for_silence()
    on_the_way = town.road.stop("GET", f"/api/v1/record/{MAIN}/*")
    client.taps(YES)
    assert on_the_way.arrived.wait(20)
    shared.kill()
    on_the_way.drop()
    assert shared.database.states("commands", client.user) == ["sent"]
    stops = [one.road.stop("GET", f"/api/v1/record/{MAIN}/*") for one in workers]
    leases_run_out(shared)
    dead = holder(workers, stops)
    dead.process.kill()
    for one in workers:
        one.road.clear()
    leases_run_out(shared)
    until(lambda: any(text.startswith(CANCELLED) for text in client.texts), "the cancellation", within_s=60)
    client.waits_for_silence()
    assert len(town.provider.effects(mine["id"])) == 1
    assert is_cancelled(mine["id"])
    dead.process.start()
    shared.start()


def test_twelve_clients_at_once_are_each_answered_once_by_whoever_is_free(
    town: Town, shared: Desk, workers: list[Worker], is_cancelled: Cancelled
) -> None:
    clients = [town.person(shared) for _ in range(12)]
    appointments = [town.appointments(one)[0]["id"] for one in clients]
    for one in clients:
        one.says("Отмените запись")
    for one in clients:
        assert one.reads().text.startswith(QUESTION)
        one.taps(YES)
    for one, appointment in zip(clients, appointments, strict=True):
        assert one.reads().text.startswith(CANCELLED)
        assert len(town.provider.effects(appointment)) == 1
        assert is_cancelled(appointment)
    for one in clients:
        one.waits_for_silence()
        assert len(one.messages) == 2
    assert workers


def test_a_worker_that_is_asked_to_end_finishes_and_ends(town: Town, shared: Desk, tmp_path: Path) -> None:
    one = worker(town, shared, tmp_path / "asked")
    one.process.stop()
    one.road.close()
    assert one.process.returned == 0
