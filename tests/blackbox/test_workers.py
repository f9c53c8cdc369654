"""Three processes on one PostgreSQL database: whoever dies in the middle of its work, the others finish it.

Which of them takes it up is left to them. The time until the leases of the dead run out is let pass in the database.
"""

from pathlib import Path

import pytest

from blackbox.conftest import Cancelled, Town
from blackbox.crew import Crew
from blackbox.database import SharedDatabase
from blackbox.desk import SECRETS
from blackbox.postgres import Server
from blackbox.processes import Process, is_ready
from blackbox.salon import MAIN
from blackbox.waiting import until

RECORDS, VISIT = f"/api/v1/records/{MAIN}", "/api/v1/visits/*"
QUESTION, YES, CANCELLED = "Отменить женскую стрижку завтра", "Да, отменить", "Отменила женскую стрижку завтра"
METRICS_TOKEN = "metrics-token-0123456789"
SETTLED_WITHIN_S = 90
"""What the journal does not show counts as not done after twenty seconds; the rest is a loaded machine's."""

pytestmark = pytest.mark.timeout(240)


@pytest.fixture(scope="module")
def started(town: Town, postgres: Server) -> Crew:
    crew = town.desk(kind=Crew, store=postgres.new_database(), service={"metrics_token": METRICS_TOKEN})
    assert isinstance(crew, Crew)
    return crew


@pytest.fixture
def crew(started: Crew) -> Crew:
    """All three of them, alive."""
    started.start()
    return started


def leases_run_out(crew: Crew) -> None:
    assert isinstance(crew.database, SharedDatabase)
    crew.database.let_leases_run_out()


def test_whoever_dies_in_the_middle_of_a_turn_is_taken_over(town: Town, crew: Crew, is_cancelled: Cancelled) -> None:
    client = town.person(crew)
    (mine,) = town.appointments(client)
    with crew.killing_whoever_sends("GET", RECORDS):
        client.says("Отмените запись")
    assert client.messages == []
    leases_run_out(crew)
    assert client.reads().text.startswith(QUESTION)

    crew.start()
    client.taps(YES)
    assert client.reads().text.startswith(CANCELLED)
    client.waits_for_silence()
    assert len(client.messages) == 2
    assert len(town.provider.effects(mine["id"])) == 1
    assert is_cancelled(mine["id"])


def test_a_write_whose_worker_died_and_whose_heir_died_over_it_is_done_once(
    town: Town, crew: Crew, is_cancelled: Cancelled
) -> None:
    client = town.person(crew)
    (mine,) = town.appointments(client)
    assert client.asks("Отмените запись").text.startswith(QUESTION)
    client.waits_for_silence()
    with crew.killing_whoever_sends("PUT", VISIT):
        client.taps(YES)
    assert crew.database.states("commands", client.user) == ["sent"]
    with crew.killing_whoever_sends("GET", f"/api/v1/record/{MAIN}/{mine['id']}"):
        leases_run_out(crew)
    assert crew.database.states("commands", client.user) == ["unsure"]
    leases_run_out(crew)
    until(
        lambda: any(text.startswith(CANCELLED) for text in client.texts), "the cancellation", within_s=SETTLED_WITHIN_S
    )
    client.waits_for_silence()
    assert len(town.provider.effects(mine["id"])) == 1
    assert is_cancelled(mine["id"])


def test_twelve_clients_at_once_are_each_answered_once_by_whoever_is_free(
    town: Town, crew: Crew, is_cancelled: Cancelled
) -> None:
    clients = [town.person(crew) for _ in range(12)]
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


def test_a_worker_that_is_asked_to_end_finishes_and_ends(crew: Crew) -> None:
    worker = crew.members[-1].process
    worker.stop()
    assert worker.returned == 0


def test_a_worker_with_a_port_says_there_how_it_is_and_nothing_else(crew: Crew, tmp_path: Path) -> None:
    (tmp_path / "frontdesk.toml").write_text(crew.setting.file(), encoding="utf-8")
    worker = Process(tmp_path, "worker", "--config", "frontdesk.toml", "--port", "0", secrets=SECRETS)
    worker.start()
    is_ready(crew.http, worker.address)
    asked = {path: crew.http.get(f"{worker.address}{path}") for path in ("/healthz", "/metrics", "/desk", "/chat")}
    assert {path: one.status_code for path, one in asked.items()} == {
        "/healthz": 200, "/metrics": 401, "/desk": 404, "/chat": 404,
    }  # fmt: skip
    assert crew.http.post(f"{worker.address}/webhooks/whatsapp", content=b"{}").status_code == 404
    allowed = {"authorization": f"Bearer {METRICS_TOKEN}"}
    numbers = crew.http.get(f"{worker.address}/metrics", headers=allowed).text
    assert "frontdesk_turn_seconds_count" in numbers
    assert 'frontdesk_link{salon="centre",state="online"} 1.0' in numbers
    worker.stop()
