"""Refusals: politely, with the salon's phone, and with nothing written."""

from typing import Any

import pytest

from blackbox import webhooks
from blackbox.conftest import Cancelled, Town
from blackbox.desk import Desk
from blackbox.person import Person
from blackbox.salon import MAIN, SALON_PHONE

READINGS = 100
"""More often than all services on this road read their salon while a test runs."""


@pytest.fixture(scope="module")
def branches(town: Town) -> Desk:
    """One service for several salons that allow different things."""
    return town.desk("centre", "forbidding", "strict")


CALL = f"Позвоните, пожалуйста, в салон: {SALON_PHONE}."


def test_a_visit_that_has_taken_place_stays(town: Town, desk: Desk) -> None:
    person = town.person(desk, town.crowd.take("past"))
    (mine,) = town.appointments(person)
    assert person.asks("Хочу отменить запись").text == f"Ваш визит уже состоялся, отменить его нельзя. {CALL}"
    assert town.provider.effects(mine["id"]) == []


def test_a_salon_that_forbids_it_is_obeyed(town: Town, branches: Desk) -> None:
    person = town.person(branches, town.others["forbidding"].take(), "forbidding")
    (mine,) = town.appointments(person)
    assert person.asks("Хочу отменить запись").text == f"Отменить запись в чате салон не разрешает. {CALL}"
    assert town.provider.effects(mine["id"]) == []


def test_within_the_salons_window_it_is_too_late(town: Town, branches: Desk) -> None:
    person = town.person(branches, town.others["strict"].take(), "strict")
    (mine,) = town.appointments(person)
    answer = person.asks("Хочу отменить запись").text
    assert answer == f"До визита меньше 3 суток, так поздно отменить в чате нельзя. {CALL}"
    assert town.provider.effects(mine["id"]) == []


def test_the_settings_window_holds_where_the_provider_names_none(town: Town) -> None:
    for _ in range(READINGS):
        town.road.changes("GET", f"/api/v1/company/{MAIN}/", without_window)
    desk = town.desk(by_road=True, policy={"allow_delete_record_delay_step": 14 * 24 * 3600})
    person = town.person(desk)
    (mine,) = town.appointments(person)
    answer = person.asks("Хочу отменить запись").text
    assert answer == f"До визита меньше 14 суток, так поздно отменить в чате нельзя. {CALL}"
    assert town.provider.effects(mine["id"]) == []


def without_window(answer: tuple[int, Any]) -> tuple[int, Any]:
    status, body = answer
    kept = {name: said for name, said in body["data"].items() if name != "allow_delete_record_delay_step"}
    return status, body | {"data": kept}


def test_a_tap_can_not_reach_somebody_elses_appointment(town: Town, desk: Desk, irina: Person) -> None:
    owner = town.person(desk)
    (theirs,) = town.appointments(owner)
    for choice in (f"cancel:pick:{theirs['id']}:1", f"cancel:yes:{theirs['id']}:1", f"cancel:again:{theirs['id']}:0"):
        irina.sends(webhooks.button(choice, "Да, отменить"))
        assert irina.reads().text == "Этой записи уже нет, отменять нечего."
    irina.waits_for_silence()
    assert town.provider.effects(theirs["id"]) == []


def test_an_appointment_given_to_somebody_else_after_the_question_is_not_theirs_any_more(
    town: Town, desk: Desk, irina: Person
) -> None:
    (mine,) = town.appointments(irina)
    other = town.crowd.take()
    irina.asks("отмените запись")
    town.provider.edit(mine["id"], client={"id": other.id})
    edits = len(town.provider.effects(mine["id"]))
    assert irina.asks("да").text == f"Эта запись не на ваш номер, отменить её не могу. {CALL}"
    assert len(town.provider.effects(mine["id"])) == edits


def test_who_hides_the_number_is_asked_for_it_and_then_goes_on(town: Town, desk: Desk, is_cancelled: Cancelled) -> None:
    client = town.crowd.take()
    person = Person(desk, town.graph, scoped_id="RU.13491208655302741918")
    mark = town.provider.mark()
    asked = person.asks("Хочу отменить запись")
    assert asked.body["recipient"] == person.scoped_id
    assert asked.body["interactive"]["type"] == "request_contact_info"
    assert town.provider.journal(mark) == []

    person.sends(webhooks.contact(client.phone, asked=False))
    assert "ваш собственный номер" in person.reads().text
    assert town.provider.journal(mark) == []

    person.sends(webhooks.contact(client.phone, asked=True))
    assert person.reads().text.startswith("Отменить женскую стрижку завтра")
    person.taps("Да, отменить")
    assert person.reads().text.startswith("Отменила женскую стрижку")
    (mine,) = town.appointments(Person(desk, town.graph, client.phone))
    assert is_cancelled(mine["id"])


def test_a_typed_number_proves_nothing(town: Town, desk: Desk) -> None:
    client = town.crowd.take()
    person = Person(desk, town.graph, scoped_id="RU.5550001")
    person.asks("Хочу отменить запись")
    mark = town.provider.mark()
    person.asks(f"мой номер +{client.phone}, отмените запись")
    person.waits_for_silence()
    assert [one["path"] for one in town.provider.journal(mark)] == [f"/api/v1/book_code/{MAIN}"]
