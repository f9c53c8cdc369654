"""The service is killed between each two steps of the flow, and started again.

Where the kill falls is not left to luck: the step that follows is held up from outside (the road to the provider is
closed, Meta keeps its answer back or asks to wait, an older command is still under way), and what the database says
after the death is checked before the service comes back. Always: one effect in the journal, nothing left unanswered,
and the same words twice only where the kill fell inside the send.
"""

import time

import httpx2
import pytest

from blackbox import webhooks
from blackbox.conftest import Cancelled, Town
from blackbox.desk import Desk, number
from blackbox.graph import Post, Refusal
from blackbox.person import Person
from blackbox.salon import MAIN
from blackbox.waiting import until

RATE_LIMIT = Refusal(130429)
"""Meta asks the whole account to wait a second: what is to be sent stands in the database meanwhile."""
SETTLED_S, SILENCE_S = 30, 130
"""Longer than what the journal is given to show a write, and than a reply of unknown fate is given for a report."""
CANCELLED, QUESTION = "Отменила женскую стрижку завтра, ", "Отменить женскую стрижку завтра, "
PROMISE = "Приняла. Журнал салона сейчас не отвечает"
BUSY = "Уже отменяю, напишу, как только будет готово."
RECORDS, RECORD, VISIT = f"/api/v1/records/{MAIN}", f"/api/v1/record/{MAIN}/*", "/api/v1/visits/*"


@pytest.fixture(scope="module")
def mortal(town: Town) -> Desk:
    return town.desk(by_road=True)


@pytest.fixture
def client(town: Town, mortal: Desk) -> Person:
    return town.person(mortal)


@pytest.fixture
def appointment(town: Town, client: Person) -> int:
    (mine,) = town.appointments(client)
    return int(mine["id"])


def states(person: Person) -> tuple[list[str], list[str], list[str]]:
    """Where the messages, commands and replies of this person stand."""
    return tuple(person.desk.database.states(table, person.user) for table in ("inbox", "commands", "replies"))


def begins(posts: list[Post]) -> list[str]:
    """Each text by the beginning that matters."""
    known = (CANCELLED, QUESTION, PROMISE)
    return [next((one for one in known if post.text.startswith(one)), post.text) for post in posts]


def once(town: Town, client: Person, appointment: int, is_cancelled: Cancelled, *texts: str) -> None:
    """One effect, and these texts to the client, no more."""
    client.waits_for_silence()
    assert begins(client.messages) == list(texts)
    assert len(town.provider.effects(appointment)) == 1
    assert is_cancelled(appointment)


def test_while_it_is_dead_meta_keeps_the_message(
    town: Town, mortal: Desk, client: Person, appointment: int, is_cancelled: Cancelled
) -> None:
    mortal.kill()
    raw = client.raw(webhooks.text("Отмените запись"))
    with pytest.raises(httpx2.TransportError):
        mortal.post(raw)
    mortal.start()
    assert mortal.post(raw).status_code == httpx2.codes.OK
    client.reads()
    client.taps("Да, отменить")
    once(town, client, appointment, is_cancelled, QUESTION, CANCELLED)


def test_after_the_message_is_stored(town: Town, patient: Desk) -> None:
    person = town.person(patient)
    person.says("Отмените запись")
    patient.kill()
    assert states(person) == (["unread"], [], [])
    patient.start()
    assert begins([person.reads()]) == [QUESTION]
    person.waits_for_silence()
    assert len(person.messages) == 1


def test_while_the_turn_looks_into_the_journal(
    town: Town, mortal: Desk, client: Person, appointment: int, is_cancelled: Cancelled
) -> None:
    stopped = town.road.stop("GET", RECORDS)
    client.says("Отмените запись")
    assert stopped.arrived.wait(20)
    mortal.kill()
    stopped.drop()
    assert states(client) == (["unread"], [], [])
    mortal.start()
    client.reads()
    client.taps("Да, отменить")
    once(town, client, appointment, is_cancelled, QUESTION, CANCELLED)


def test_after_the_turn_is_committed_and_before_its_reply_is_sent(
    town: Town, mortal: Desk, client: Person, appointment: int, is_cancelled: Cancelled
) -> None:
    town.graph.then(RATE_LIMIT)
    client.says("Отмените запись")
    until(lambda: client.messages and states(client)[2] == ["waiting"], "a reply that waits for its turn")
    mortal.kill()
    assert states(client) == (["done"], [], ["waiting"])
    mortal.start()
    client.reads_many(2)
    client.taps("Да, отменить")
    once(town, client, appointment, is_cancelled, QUESTION, QUESTION, CANCELLED)
    assert client.messages[0].body == client.messages[1].body  # the first of them Meta had refused


def test_inside_the_send_where_meta_reports_that_it_arrived(
    town: Town, mortal: Desk, client: Person, appointment: int, is_cancelled: Cancelled
) -> None:
    killed_inside_the_send(town, mortal, client)
    asked = client.reads()
    report = webhooks.status("wamid.LOST", "delivered", int(time.time()), client.user, asked.key)
    mortal.post(webhooks.body(webhooks.value(number("centre"), statuses=[report])))
    until(lambda: states(client)[2] == ["sent"], "a reply that its report has settled")
    client.taps("Да, отменить")
    once(town, client, appointment, is_cancelled, QUESTION, CANCELLED)


def test_inside_the_send_where_no_word_comes_it_is_sent_once_more(
    town: Town, mortal: Desk, client: Person, appointment: int, is_cancelled: Cancelled
) -> None:
    killed_inside_the_send(town, mortal, client)
    mortal.kill()
    mortal.database.let_time_pass(SILENCE_S)
    mortal.start()
    first, second = client.reads_many(2)
    assert first.body == second.body
    client.taps("Да, отменить")
    once(town, client, appointment, is_cancelled, QUESTION, QUESTION, CANCELLED)


def killed_inside_the_send(town: Town, mortal: Desk, client: Person) -> None:
    with town.graph.holding() as held:
        client.says("Отмените запись")
        assert held.arrived.wait(20)
        mortal.kill()
    assert states(client) == (["done"], [], ["sending"])
    mortal.start()
    assert states(client)[2] == ["unknown"]


def test_after_the_yes_and_before_the_command_leaves(town: Town, mortal: Desk, is_cancelled: Cancelled) -> None:
    """A person's commands leave in order: the second waits while the first is held up on the road."""
    person = town.person(mortal, town.crowd.take("several"))
    haircut, massage, _ = town.appointments(person)
    stopped = town.road.stop("PUT", VISIT)
    for one in (haircut, massage):
        person.asks(f"отмените запись на {one['date'][8:10]}.{one['date'][5:7]}")
        person.taps("Да, отменить")
        until(lambda one=one: len(states(person)[1]) == 1 + (one is massage), "a command")
        assert stopped.arrived.wait(20)
    mortal.kill()
    assert states(person)[1] == ["sent", "waiting"]
    stopped.pass_on()
    mortal.start()
    person.reads_many(2)
    person.waits_for_silence()
    for one in (haircut, massage):
        assert len(town.provider.effects(one["id"])) == 1
        assert is_cancelled(one["id"])
    told = [text for text in person.texts if text.startswith("Отменила")]
    assert [text.partition(" ")[2][:7] for text in told] == ["женскую", "массаж "]


def test_while_the_appointment_is_read_again(
    town: Town, mortal: Desk, client: Person, appointment: int, is_cancelled: Cancelled
) -> None:
    client.asks("Отмените запись")
    stopped = town.road.stop("GET", RECORD)
    client.taps("Да, отменить")
    assert stopped.arrived.wait(20)
    mortal.kill()
    stopped.drop()
    assert states(client)[1] == ["sent"]
    mortal.database.let_time_pass(SETTLED_S)
    mortal.start()
    client.reads()
    once(town, client, appointment, is_cancelled, QUESTION, CANCELLED)


def test_while_the_write_is_on_its_way_and_never_arrives(
    town: Town, mortal: Desk, client: Person, appointment: int, is_cancelled: Cancelled
) -> None:
    stopped = killed_with_the_write_on_its_way(town, mortal, client)
    stopped.drop()
    mortal.database.let_time_pass(SETTLED_S)
    mortal.start()
    client.reads()
    once(town, client, appointment, is_cancelled, QUESTION, CANCELLED)


def test_while_the_write_is_on_its_way_and_arrives_after_the_death(
    town: Town, mortal: Desk, client: Person, appointment: int, is_cancelled: Cancelled
) -> None:
    stopped = killed_with_the_write_on_its_way(town, mortal, client)
    stopped.pass_on()
    mortal.start()
    client.reads()
    once(town, client, appointment, is_cancelled, QUESTION, CANCELLED)


def test_while_the_write_is_on_its_way_and_arrives_after_the_first_look(
    town: Town, mortal: Desk, client: Person, appointment: int, is_cancelled: Cancelled
) -> None:
    """Why absence counts only after a settling time: the journal did not show it yet, and does a moment later."""
    stopped = killed_with_the_write_on_its_way(town, mortal, client)
    mortal.start()
    assert begins([client.reads()]) == [PROMISE]
    stopped.pass_on()
    mortal.kill()
    mortal.database.let_time_pass(SETTLED_S)
    mortal.start()
    client.reads()
    once(town, client, appointment, is_cancelled, QUESTION, PROMISE, CANCELLED)


def killed_with_the_write_on_its_way(town: Town, mortal: Desk, client: Person):
    client.asks("Отмените запись")
    stopped = town.road.stop("PUT", VISIT)
    client.taps("Да, отменить")
    assert stopped.arrived.wait(20)
    mortal.kill()
    assert states(client)[1] == ["sent"]
    return stopped


def test_after_the_effect_and_before_its_outcome_is_stored(
    town: Town, mortal: Desk, client: Person, appointment: int, is_cancelled: Cancelled
) -> None:
    client.asks("Отмените запись")
    town.provider.faults({"do": "delay", "value": 60, "method": "PUT", "times": 1})
    client.taps("Да, отменить")
    until(lambda: town.provider.effects(appointment), "the effect")
    mortal.kill()
    assert states(client)[1] == ["sent"]
    mortal.start()
    client.reads()
    once(town, client, appointment, is_cancelled, QUESTION, CANCELLED)


def test_after_the_outcome_is_stored_and_before_it_is_told(
    town: Town, mortal: Desk, client: Person, appointment: int, is_cancelled: Cancelled
) -> None:
    client.asks("Отмените запись")
    client.waits_for_silence()
    town.graph.then(RATE_LIMIT)
    client.taps("Да, отменить")
    until(lambda: len(client.messages) == 2 and states(client)[2] == ["sent", "waiting"], "an outcome to be told")
    mortal.kill()
    assert states(client)[1:] == (["done"], ["sent", "waiting"])
    mortal.start()
    once(town, client, appointment, is_cancelled, QUESTION, CANCELLED, CANCELLED)  # Meta had refused the first of them


def test_inside_the_send_of_the_outcome(
    town: Town, mortal: Desk, client: Person, appointment: int, is_cancelled: Cancelled
) -> None:
    client.asks("Отмените запись")
    client.waits_for_silence()
    with town.graph.holding() as held:
        client.taps("Да, отменить")
        assert held.arrived.wait(20)
        mortal.kill()
    assert states(client)[1:] == (["done"], ["sent", "sending"])
    mortal.database.let_time_pass(SILENCE_S)
    mortal.start()
    mortal.kill()
    mortal.database.let_time_pass(SILENCE_S)
    mortal.start()
    client.reads_many(2)
    once(town, client, appointment, is_cancelled, QUESTION, CANCELLED, CANCELLED)


def test_the_answer_lost_after_the_effect_and_the_client_writing_again_before_the_restart(
    town: Town, mortal: Desk, client: Person, appointment: int, is_cancelled: Cancelled
) -> None:
    client.asks("Отмените запись")
    town.provider.faults({"do": "lose_reply", "method": "PUT", "times": 1})
    stopped = town.road.stop("GET", RECORDS)
    client.taps("Да, отменить")
    until(lambda: states(client)[1] == ["unsure"], "an unsure command")
    client.says("Отмените запись на завтра!")
    assert stopped.arrived.wait(20)
    mortal.kill()
    stopped.drop()
    mortal.start()
    client.reads()
    client.waits_for_silence()
    assert len(town.provider.effects(appointment)) == 1
    assert is_cancelled(appointment)
    assert begins(client.messages) == [QUESTION, BUSY, CANCELLED]
