"""The service is killed between each two steps from a client's yes to the word that it is done.

As before the yes, the step that follows the kill is held up from outside, here also by an older command that is still
under way; and again: one effect in the journal, nothing left unanswered, the same words twice only where the kill fell
inside the send.
"""

from blackbox.conftest import Cancelled, Town
from blackbox.deaths import (
    CANCELLED,
    PROMISE,
    QUESTION,
    RATE_LIMIT,
    RECORDS,
    SETTLED_S,
    SILENCE_S,
    begins,
    once,
    states,
)
from blackbox.desk import Desk
from blackbox.person import Person
from blackbox.salon import MAIN
from blackbox.waiting import until

BUSY = "Уже отменяю, напишу, как только будет готово."
RECORD, VISIT = f"/api/v1/record/{MAIN}/*", "/api/v1/visits/*"


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
