"""The ways of writing a cancellation: by the visit, by the record, by deleting; and the way down from one to the next.

Only the provider's own refusal of the way opens the next one. What may have happened is looked up, not repeated.
"""

import re
from typing import Any

import pytest

from blackbox.conftest import Cancelled, Town
from blackbox.desk import Desk
from blackbox.provider import CANCELLED, COMMENT, EFFECT_AND_GATEWAY_PAGE, said
from blackbox.salon import HAIRCUT, MAIN
from blackbox.waiting import until

NO_VISIT = {"success": False, "data": None, "meta": {"message": "Визит не найден"}}
FORBIDDEN_EDIT = {"do": "status", "value": 403, "times": 1, "method": "PUT"}


@pytest.fixture(scope="module")
def straight(town: Town) -> Desk:
    """The flow as it was first described: the last created appointment, at once, without a question."""
    return town.desk(cancel={"pick": "last_created", "confirm": False}, service={"log": "console"})


@pytest.fixture(scope="module")
def by_record(town: Town) -> Desk:
    return town.desk(cancel={"confirm": False, "method": "record"})


@pytest.fixture(scope="module")
def by_deleting(town: Town) -> Desk:
    return town.desk(cancel={"confirm": False, "method": "delete"})


BOUND = re.compile(r"( +(chat|command)=\d+)+$")
"""What every line of an attempt ends with."""


@pytest.fixture(scope="module")
def by_road(town: Town) -> Desk:
    """By the visit, without a question, over the road that tests can close."""
    return town.desk(by_road=True, cancel={"confirm": False})


@pytest.fixture(scope="module")
def cautious(town: Town) -> Desk:
    """Never deletes."""
    return town.desk(by_road=True, cancel={"confirm": False, "fallback_delete": False})


def written(town: Town, mark: int) -> list[str]:
    return said([one for one in town.provider.journal(mark) if one["method"] in {"PUT", "DELETE"}])


def record(one: dict[str, Any]) -> str:
    return f"/api/v1/record/{MAIN}/{one['id']}"


def visit(one: dict[str, Any]) -> str:
    return f"/api/v1/visits/{one['visit_id']}/{one['id']}"


def test_last_created_without_a_question_is_the_described_flow_to_the_letter(
    town: Town, straight: Desk, is_cancelled: Cancelled
) -> None:
    person = town.person(straight, town.crowd.take("several"))
    *_, manicure = town.appointments(person)
    mark = town.provider.mark()
    assert person.asks("Хочу отменить запись").text.startswith("Отменила маникюр ")
    requests = town.provider.journal(mark)
    assert said(requests) == [
        f"POST /api/v1/company/{MAIN}/clients/search",
        f"GET /api/v1/records/{MAIN}",
        f"GET {record(manicure)}",
        f"PUT {visit(manicure)}",
    ]
    assert requests[-1]["body"] == {"attendance": CANCELLED, "comment": COMMENT}
    assert is_cancelled(manicure["id"])
    assert person.texts == [person.messages[0].text]
    plain = re.sub(r"\x1b\[[0-9;]*m", "", straight.process.log())
    logged = [line.split("] ", 1)[1] for line in plain.splitlines() if str(manicure["id"]) in line]
    assert [BOUND.sub("", line).strip() for line in logged] == [
        f"🚫 Soft canceling record {manicure['id']} at company {MAIN}",
        f"Found visit_id: {manicure['visit_id']} for record {manicure['id']}",
        f"✅ Successfully soft-cancelled record {manicure['id']} via visit {manicure['visit_id']}",
    ]


def test_a_json_log_has_the_same_lines_without_their_emoji(town: Town, by_road: Desk) -> None:
    person = town.person(by_road)
    (mine,) = town.appointments(person)
    person.asks("отмените запись")
    logged = [line["event"] for line in by_road.process.events() if str(mine["id"]) in str(line["event"])]
    assert logged == [
        f"Soft canceling record {mine['id']} at company {MAIN}",
        f"Found visit_id: {mine['visit_id']} for record {mine['id']}",
        f"Successfully soft-cancelled record {mine['id']} via visit {mine['visit_id']}",
    ]


def test_by_record_the_two_fields_go_alone_where_the_service_takes_them(town: Town, by_record: Desk) -> None:
    person = town.person(by_record)
    (mine,) = town.appointments(person)
    person.asks("отмените запись")
    (write,) = town.provider.effects(mine["id"])
    assert f"PUT {write['path']}" == f"PUT {record(mine)}"
    assert write["body"] == {"attendance": CANCELLED, "comment": COMMENT}
    after = town.provider.record(mine["id"])
    assert (after["date"], after["staff_id"]) == (mine["date"], mine["staff_id"])
    assert [one["id"] for one in after["services"]] == [HAIRCUT]


def test_by_record_the_main_fields_are_sent_again_unchanged_where_the_service_wants_them(
    town: Town, by_record: Desk, is_cancelled: Cancelled
) -> None:
    person = town.person(by_record)
    (mine,) = town.appointments(person)
    before = town.provider.record(mine["id"])
    mark = town.provider.mark()
    with town.provider.switched(record_put_is_partial=False):
        assert person.asks("отмените запись").text.startswith("Отменила женскую стрижку")
    refused, taken = [one for one in town.provider.journal(mark) if one["method"] == "PUT"]
    assert (refused["status"], refused["body"]) == (422, {"attendance": CANCELLED, "comment": COMMENT})
    sent = taken["body"]
    assert (sent["staff_id"], sent["seance_length"]) == (before["staff_id"], before["seance_length"])
    assert [one["id"] for one in sent["services"]] == [HAIRCUT]
    assert sent["client"]["phone"].lstrip("+") == person.phone
    assert (sent["attendance"], sent["comment"]) == (CANCELLED, COMMENT)
    after = town.provider.record(mine["id"])
    changed = {name for name in before if before[name] != after[name]}
    assert changed <= {"attendance", "visit_attendance", "comment", "last_change_date", "confirmed", "client"}
    assert [after["client"][name] for name in ("id", "name", "phone")] == [
        before["client"][name] for name in ("id", "name", "phone")
    ]
    assert is_cancelled(mine["id"])


def test_by_deleting_the_appointment_is_gone(town: Town, by_deleting: Desk) -> None:
    person = town.person(by_deleting)
    (mine,) = town.appointments(person)
    mark = town.provider.mark()
    assert person.asks("отмените запись").text.startswith("Отменила женскую стрижку")
    assert written(town, mark) == [f"DELETE {record(mine)}"]
    assert town.provider.record(mine["id"]) is None


def test_a_visit_that_may_not_be_edited_leads_to_the_record(town: Town, by_road: Desk, is_cancelled: Cancelled) -> None:
    person = town.person(by_road)
    (mine,) = town.appointments(person)
    mark = town.provider.mark()
    town.provider.faults({**FORBIDDEN_EDIT, "path": "/api/v1/visits/*"})
    assert person.asks("отмените запись").text.startswith("Отменила")
    assert written(town, mark) == [f"PUT {visit(mine)}", f"PUT {record(mine)}"]
    assert is_cancelled(mine["id"])


def test_where_nothing_may_be_edited_the_record_is_deleted_at_last(town: Town, by_road: Desk) -> None:
    person = town.person(by_road)
    (mine,) = town.appointments(person)
    mark = town.provider.mark()
    town.provider.faults({**FORBIDDEN_EDIT, "times": 2})
    assert person.asks("отмените запись").text.startswith("Отменила")
    requests = [one for one in said(town.provider.journal(mark)) if str(mine["id"]) in one]
    assert requests == [
        f"GET {record(mine)}",
        f"PUT {visit(mine)}",
        f"PUT {record(mine)}",
        f"GET {record(mine)}",
        f"DELETE {record(mine)}",
    ]
    assert by_road.log_of("Soft cancel failed, trying to delete record")


def test_a_salon_that_wants_no_deleting_gets_none(town: Town, cautious: Desk) -> None:
    person = town.person(cautious)
    (mine,) = town.appointments(person)
    mark = town.provider.mark()
    town.provider.faults({**FORBIDDEN_EDIT, "times": 2})
    assert person.asks("отмените запись").text == (
        "Отменить не получилось, запись пока стоит. Передала администратору, он вам поможет."
    )
    assert written(town, mark) == [f"PUT {visit(mine)}", f"PUT {record(mine)}"]
    assert town.provider.record(mine["id"])["attendance"] == 0


def test_a_visit_that_is_not_found_leads_to_the_record(town: Town, by_road: Desk, is_cancelled: Cancelled) -> None:
    person = town.person(by_road)
    (mine,) = town.appointments(person)
    town.road.answers("PUT", "/api/v1/visits/*", 404, NO_VISIT)
    assert person.asks("отмените запись").text.startswith("Отменила")
    assert [one["path"] for one in town.provider.effects(mine["id"])] == [record(mine)]
    assert is_cancelled(mine["id"])


def test_an_appointment_without_a_visit_is_edited_itself_and_the_log_says_so(
    town: Town, by_road: Desk, is_cancelled: Cancelled
) -> None:
    person = town.person(by_road)
    (mine,) = town.appointments(person)
    logged = len(by_road.log_of("Failed to get visit_id from record details"))
    town.road.changes("GET", record(mine), without_visit)
    assert person.asks("отмените запись").text.startswith("Отменила")
    assert [one["path"] for one in town.provider.effects(mine["id"])] == [record(mine)]
    assert len(by_road.log_of("Failed to get visit_id from record details")) == logged + 1
    assert is_cancelled(mine["id"])


def without_visit(answer: tuple[int, Any]) -> tuple[int, Any]:
    status, body = answer
    return status, body | {"data": body["data"] | {"visit_id": 0}}


def test_no_other_refusal_opens_the_way_down(town: Town, by_road: Desk) -> None:
    person = town.person(by_road)
    (mine,) = town.appointments(person)
    mark = town.provider.mark()
    town.provider.faults({"do": "status", "value": 422, "method": "PUT", "path": "/api/v1/visits/*"})
    assert person.asks("отмените запись").text == (
        "Отменить не получилось, запись пока стоит. Передала администратору, он вам поможет."
    )
    person.waits_for_silence()
    assert written(town, mark) == [f"PUT {visit(mine)}"]
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
    assert written(town, mark) == [f"PUT {visit(mine)}"]
    assert town.provider.record(mine["id"])["attendance"] == 0
    town.provider.faults()
    until(lambda: is_cancelled(mine["id"]), "the cancellation that waited")
    until(lambda: person.texts[-1].startswith("Отменила"), "the word that it is done")


@pytest.mark.parametrize(
    "fault",
    [EFFECT_AND_GATEWAY_PAGE, {"do": "lose_reply"}, {"do": "truncate"}],
    ids=lambda fault: str(fault["do"]),
)
def test_an_effect_whose_answer_was_lost_is_looked_up_and_told_once(
    town: Town, by_road: Desk, is_cancelled: Cancelled, fault: dict[str, Any]
) -> None:
    person = town.person(by_road)
    (mine,) = town.appointments(person)
    mark = town.provider.mark()
    town.provider.faults({**fault, "method": "PUT"})
    assert person.asks("отмените запись").text.startswith("Отменила женскую стрижку")
    person.waits_for_silence()
    assert written(town, mark) == [f"PUT {visit(mine)}"]
    assert is_cancelled(mine["id"])
    assert len(person.messages) == 1


def test_a_write_that_was_refused_by_a_gateway_is_done_once_the_journal_surely_does_not_show_it(
    town: Town, by_road: Desk, is_cancelled: Cancelled
) -> None:
    """Absence counts only after a settling time, which the stopped service sleeps through."""
    person = town.person(by_road)
    (mine,) = town.appointments(person)
    mark = town.provider.mark()
    town.provider.faults({"do": "status", "value": 502, "times": 1, "method": "PUT"})
    person.says("отмените запись")
    assert person.reads().text.startswith("Приняла. Журнал салона сейчас не отвечает")
    until(lambda: person.desk.database.states("commands", person.user) == ["unsure"], "an unsure command")
    by_road.kill()
    by_road.database.let_time_pass(60)
    by_road.start()
    assert person.reads().text.startswith("Отменила женскую стрижку")
    assert written(town, mark) == [f"PUT {visit(mine)}"] * 2
    assert is_cancelled(mine["id"])


def test_while_the_journal_does_not_answer_a_cancellation_is_taken_and_done_later(
    town: Town, by_road: Desk, is_cancelled: Cancelled
) -> None:
    person = town.person(by_road)
    (mine,) = town.appointments(person)
    town.provider.faults({"do": "status", "value": 503, "path": record(mine)})
    assert person.asks("отмените запись").text.startswith("Приняла. Журнал салона сейчас не отвечает")
    town.provider.faults()
    assert person.reads().text.startswith("Отменила женскую стрижку")
    assert len(town.provider.effects(mine["id"])) == 1
    assert is_cancelled(mine["id"])


def test_while_the_journal_can_not_be_read_at_all_the_copy_is_and_the_cancellation_follows(
    town: Town, by_road: Desk, is_cancelled: Cancelled
) -> None:
    person = town.person(by_road)
    (mine,) = town.appointments(person)
    town.provider.faults({"do": "status", "value": 503, "path": "/api/v1/*"})
    assert person.asks("отмените запись").text.startswith("Приняла. Журнал салона сейчас не отвечает")
    town.provider.faults()
    assert person.reads().text.startswith("Отменила женскую стрижку")
    assert len(town.provider.effects(mine["id"])) == 1
    assert is_cancelled(mine["id"])
