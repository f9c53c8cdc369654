"""The service is killed between each two steps from a client's message to the question it is answered with.

Where the kill falls is not left to luck: the step that follows is held up from outside (the road to the provider is
closed, Meta keeps its answer back or asks to wait), and what the database says after the death is checked before the
service comes back. Always: one effect in the journal, nothing left unanswered, and the same words twice only where the
kill fell inside the send.
"""

import time

import httpx2
import pytest

from blackbox import webhooks
from blackbox.conftest import Cancelled, Town
from blackbox.deaths import CANCELLED, QUESTION, RATE_LIMIT, RECORDS, SILENCE_S, begins, once, states
from blackbox.desk import Desk, number
from blackbox.person import Person
from blackbox.waiting import until


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
