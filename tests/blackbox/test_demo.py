"""`frontdesk demo` as whoever tries it meets it: one command, a page, the four sentences."""

from collections.abc import Iterator
from typing import Any

import httpx2
import pytest

from blackbox.processes import Process, http, is_ready, run

ALLOWED = {"Authorization": "Bearer demo-partner, User demo-user", "Accept": "application/vnd.yclients.v2+json"}
COMPANY = 962302
IRINA, PAVEL, VERA, ALLA = "79000000001", "79000000002", "79000000006", "79000000008"


class Visitor:
    """Somebody at the demo's page, speaking as a client of the salon."""

    def __init__(self, client: httpx2.Client, address: str, phone: str) -> None:
        self._http = client
        self._address = address
        self._chat = f"{address}/chat/{phone}/messages"
        self._phone = phone
        self._read = 0
        self._said = 0

    def says(self, **message: str) -> dict[str, Any]:
        self._said += 1
        answer = self._http.post(self._chat, json={"id": f"{self._phone}-{self._said}", **message})
        assert answer.status_code == httpx2.codes.ACCEPTED
        return self.reads()

    def reads(self) -> dict[str, Any]:
        for _ in range(3):
            if came := self._http.get(self._chat, params={"after": self._read}).json():
                self._read = came[0]["number"]
                return came[0]
        raise AssertionError("the demo is silent")

    def taps(self, message: dict[str, Any], beginning: str) -> dict[str, Any]:
        choice = next(one for one in message["choices"] if one["label"].startswith(beginning))
        return self.says(choice=choice["id"], label=choice["label"])

    def records(self) -> list[dict[str, Any]]:
        state = self._http.get(f"{self._address}/_emulator/state").json()
        (company,) = state["companies"]
        return [one for one in company["records"] if one["client"] and one["client"]["phone"].endswith(self._phone)]

    def journal(self) -> list[dict[str, str]]:
        return self._http.get(f"{self._address}/chat/{self._phone}/journal").json()


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Process]:
    started = Process(tmp_path_factory.mktemp("demo"), "demo", "--port", "0")
    started.start()
    yield started
    started.stop()


@pytest.fixture(scope="module")
def client(demo: Process) -> Iterator[httpx2.Client]:
    with http() as opened:
        is_ready(opened, demo.address)
        yield opened


@pytest.mark.parametrize(
    ("phone", "sentence"),
    [
        (IRINA, "Хочу отменить запись"),
        (PAVEL, "Отмени мою запись"),
        (VERA, "Не смогу прийти"),
        (ALLA, "Отмените запись на завтра"),
    ],
)
def test_the_four_sentences_each_lead_to_a_cancelled_appointment(
    demo: Process, client: httpx2.Client, phone: str, sentence: str
) -> None:
    visitor = Visitor(client, demo.address, phone)
    before = {one["id"]: one["attendance"] for one in visitor.records()}
    answer = visitor.says(text=sentence)
    if answer["text"].startswith("Какую запись отменить?"):
        answer = visitor.says(choice=answer["choices"][0]["id"], label=answer["choices"][0]["label"])
    assert answer["text"].startswith("Отменить ")
    done = visitor.taps(answer, "Да")
    assert done["text"].startswith("Отменила ")
    (cancelled,) = [one for one in visitor.records() if before[one["id"]] != one["attendance"]]
    shown = client.get(f"{demo.address}/api/v1/record/{COMPANY}/{cancelled['id']}", headers=ALLOWED).json()["data"]
    for record in (cancelled, shown):
        assert record["attendance"] == -1
        assert record["comment"] == "Отменено клиентом через веб-чат"
    assert [line["status"] for line in visitor.journal()].count("no_show") == 1


def test_the_page_is_one_that_asks_nobody_else_for_anything(demo: Process, client: httpx2.Client) -> None:
    page = client.get(f"{demo.address}/chat")
    assert page.status_code == httpx2.codes.OK
    assert "Ирина" in page.text
    outside = page.text.replace(demo.address, "").replace("http://www.w3.org", "")
    assert "http://" not in outside
    assert "https://" not in outside


def test_nobody_can_speak_as_somebody_the_salon_does_not_know(demo: Process, client: httpx2.Client) -> None:
    answer = client.post(f"{demo.address}/chat/79999999999/messages", json={"id": "1", "text": "Привет"})
    assert answer.status_code == httpx2.codes.NOT_FOUND


def test_the_demo_refuses_an_address_that_others_can_reach() -> None:
    ended = run("demo", "--host", "0.0.0.0", "--port", "0")
    assert ended.returncode == 2
    assert ended.stderr == "frontdesk: the demo is for this machine alone: 0.0.0.0 is no loopback address\n"


def test_the_terminal_talks_line_by_line_from_a_pipe_and_a_number_taps_the_choice_it_stands_before() -> None:
    ended = run("chat", "--phone", IRINA, said="Отмени мою запись\n3\nХочу отменить запись\nда\n")
    assert ended.returncode == 0, ended.stderr
    question, *choices, kept, again, _, _, _, answer, _, _, _, _, _, _ = ended.stdout.splitlines()
    assert question == again
    assert question.startswith("Отменить женскую стрижку завтра, ")
    assert choices == ["  1. Да, отменить", "  2. Перенести", "  3. Нет, оставить"]
    assert kept == "Хорошо, ничего не отменяю. Ждём вас!"
    assert answer.startswith("Отменила женскую стрижку завтра, ")


def test_the_very_first_message_knows_the_salons_services() -> None:
    ended = run("chat", "--phone", IRINA, said="Запишите на мужскую стрижку\n")
    assert ended.stdout.startswith("Мужская стрижка"), ended.stdout
