"""A cancellation whose answer is lost, or whose journal is away: what may have happened is looked up, not repeated."""

from typing import Any

import pytest

from blackbox.conftest import Cancelled, Town
from blackbox.desk import Desk
from blackbox.provider import EFFECT_AND_GATEWAY_PAGE, record_path, visit_path
from blackbox.waiting import until


@pytest.mark.parametrize(
    "fault",
    [EFFECT_AND_GATEWAY_PAGE, {"do": "lose_reply"}, {"do": "truncate"}],
    ids=lambda fault: str(fault["do"]),
)
def test_an_effect_whose_answer_was_lost_is_looked_up_and_told_once(
    town: Town, by_visit: Desk, is_cancelled: Cancelled, fault: dict[str, Any]
) -> None:
    person = town.person(by_visit)
    (mine,) = town.appointments(person)
    mark = town.provider.mark()
    town.provider.faults({**fault, "method": "PUT"})
    assert person.asks("отмените запись").text.startswith("Отменила женскую стрижку")
    person.waits_for_silence()
    assert town.provider.writes(mark) == [f"PUT {visit_path(mine)}"]
    assert is_cancelled(mine["id"])
    assert len(person.messages) == 1


def test_a_write_that_was_refused_by_a_gateway_is_done_once_the_journal_surely_does_not_show_it(
    town: Town, by_visit: Desk, is_cancelled: Cancelled
) -> None:
    """Absence counts only after a settling time, which the stopped service sleeps through."""
    person = town.person(by_visit)
    (mine,) = town.appointments(person)
    mark = town.provider.mark()
    town.provider.faults({"do": "status", "value": 502, "times": 1, "method": "PUT"})
    person.says("отмените запись")
    assert person.reads().text.startswith("Приняла. Журнал салона сейчас не отвечает")
    until(lambda: person.desk.database.states("commands", person.user) == ["unsure"], "an unsure command")
    by_visit.kill()
    by_visit.database.let_time_pass(60)
    by_visit.start()
    assert person.reads().text.startswith("Отменила женскую стрижку")
    assert town.provider.writes(mark) == [f"PUT {visit_path(mine)}"] * 2
    assert is_cancelled(mine["id"])


def test_while_the_journal_does_not_answer_a_cancellation_is_taken_and_done_later(
    town: Town, by_visit: Desk, is_cancelled: Cancelled
) -> None:
    person = town.person(by_visit)
    (mine,) = town.appointments(person)
    town.provider.faults({"do": "status", "value": 503, "path": record_path(mine)})
    assert person.asks("отмените запись").text.startswith("Приняла. Журнал салона сейчас не отвечает")
    town.provider.faults()
    assert person.reads().text.startswith("Отменила женскую стрижку")
    assert len(town.provider.effects(mine["id"])) == 1
    assert is_cancelled(mine["id"])


def test_while_the_journal_can_not_be_read_at_all_the_copy_is_and_the_cancellation_follows(
    town: Town, by_visit: Desk, is_cancelled: Cancelled
) -> None:
    person = town.person(by_visit)
    (mine,) = town.appointments(person)
    town.provider.faults({"do": "status", "value": 503, "path": "/api/v1/*"})
    assert person.asks("отмените запись").text.startswith("Приняла. Журнал салона сейчас не отвечает")
    town.provider.faults()
    assert person.reads().text.startswith("Отменила женскую стрижку")
    assert len(town.provider.effects(mine["id"])) == 1
    assert is_cancelled(mine["id"])
