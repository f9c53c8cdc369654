"""The way down from one way of cancelling to the next: only the provider's own refusal of the way opens it."""

from typing import Any

import pytest

from blackbox.conftest import Cancelled, Town
from blackbox.desk import Desk
from blackbox.provider import record_path, said, visit_path
from blackbox.waiting import until

NO_VISIT = {"success": False, "data": None, "meta": {"message": "Визит не найден"}}
FORBIDDEN_EDIT = {"do": "status", "value": 403, "times": 1, "method": "PUT"}


@pytest.fixture(scope="module")
def cautious(town: Town) -> Desk:
    """Never deletes."""
    return town.desk(by_road=True, cancel={"confirm": False, "fallback_delete": False})


def test_a_visit_that_may_not_be_edited_leads_to_the_record(
    town: Town, by_visit: Desk, is_cancelled: Cancelled
) -> None:
    person = town.person(by_visit)
    (mine,) = town.appointments(person)
    mark = town.provider.mark()
    town.provider.faults({**FORBIDDEN_EDIT, "path": "/api/v1/visits/*"})
    assert person.asks("отмените запись").text.startswith("Отменила")
    assert town.provider.writes(mark) == [f"PUT {visit_path(mine)}", f"PUT {record_path(mine)}"]
    assert is_cancelled(mine["id"])


def test_where_nothing_may_be_edited_the_record_is_deleted_at_last(town: Town, by_visit: Desk) -> None:
    person = town.person(by_visit)
    (mine,) = town.appointments(person)
    mark = town.provider.mark()
    town.provider.faults({**FORBIDDEN_EDIT, "times": 2})
    assert person.asks("отмените запись").text.startswith("Отменила")
    requests = [one for one in said(town.provider.journal(mark)) if str(mine["id"]) in one]
    assert requests == [
        f"GET {record_path(mine)}",
        f"PUT {visit_path(mine)}",
        f"PUT {record_path(mine)}",
        f"GET {record_path(mine)}",
        f"DELETE {record_path(mine)}",
    ]
    assert by_visit.log_of("Soft cancel failed, trying to delete record")


def test_a_salon_that_wants_no_deleting_gets_none(town: Town, cautious: Desk) -> None:
    person = town.person(cautious)
    (mine,) = town.appointments(person)
    mark = town.provider.mark()
    town.provider.faults({**FORBIDDEN_EDIT, "times": 2})
    assert person.asks("отмените запись").text == (
        "Отменить не получилось, запись пока стоит. Передала администратору, он вам поможет."
    )
    assert town.provider.writes(mark) == [f"PUT {visit_path(mine)}", f"PUT {record_path(mine)}"]
    assert town.provider.record(mine["id"])["attendance"] == 0


def test_a_visit_that_is_not_found_leads_to_the_record(town: Town, by_visit: Desk, is_cancelled: Cancelled) -> None:
    person = town.person(by_visit)
    (mine,) = town.appointments(person)
    town.road.answers("PUT", "/api/v1/visits/*", 404, NO_VISIT)
    assert person.asks("отмените запись").text.startswith("Отменила")
    assert [one["path"] for one in town.provider.effects(mine["id"])] == [record_path(mine)]
    assert is_cancelled(mine["id"])


def test_an_appointment_without_a_visit_is_edited_itself_and_the_log_says_so(
    town: Town, by_visit: Desk, is_cancelled: Cancelled
) -> None:
    person = town.person(by_visit)
    (mine,) = town.appointments(person)
    logged = len(by_visit.log_of("Failed to get visit_id from record details"))
    town.road.changes("GET", record_path(mine), without_visit)
    assert person.asks("отмените запись").text.startswith("Отменила")
    assert [one["path"] for one in town.provider.effects(mine["id"])] == [record_path(mine)]
    assert len(by_visit.log_of("Failed to get visit_id from record details")) == logged + 1
    assert is_cancelled(mine["id"])


def without_visit(answer: tuple[int, Any]) -> tuple[int, Any]:
    status, body = answer
    return status, body | {"data": body["data"] | {"visit_id": 0}}


def test_no_other_refusal_opens_the_way_down(town: Town, by_visit: Desk) -> None:
    person = town.person(by_visit)
    (mine,) = town.appointments(person)
    mark = town.provider.mark()
    town.provider.faults({"do": "status", "value": 422, "method": "PUT", "path": "/api/v1/visits/*"})
    assert person.asks("отмените запись").text == (
        "Отменить не получилось, запись пока стоит. Передала администратору, он вам поможет."
    )
    person.waits_for_silence()
    assert town.provider.writes(mark) == [f"PUT {visit_path(mine)}"]
    assert town.provider.record(mine["id"])["attendance"] == 0


def test_a_lock_out_opens_no_way_down_and_what_was_asked_is_done_once_it_is_over(
    town: Town, is_cancelled: Cancelled
) -> None:
    locked_out = town.desk(cancel={"confirm": False})
    person = town.person(locked_out)
    (mine,) = town.appointments(person)
    mark = town.provider.mark()
    town.provider.faults({"do": "status", "value": 401, "method": "PUT", "path": "/api/v1/visits/*"})
    assert person.asks("отмените запись").text.startswith("Приняла. Журнал салона")
    assert town.provider.writes(mark) == [f"PUT {visit_path(mine)}"]
    assert town.provider.record(mine["id"])["attendance"] == 0
    town.provider.faults()
    until(lambda: is_cancelled(mine["id"]), "the cancellation that waited")
    until(lambda: person.texts[-1].startswith("Отменила"), "the word that it is done")
