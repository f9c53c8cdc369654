"""The ways of writing a cancellation: by the visit, by the record, by deleting."""

import re

import pytest

from blackbox.conftest import Cancelled, Town
from blackbox.desk import Desk
from blackbox.provider import CANCELLED, COMMENT, record_path, said, visit_path
from blackbox.salon import HAIRCUT, MAIN

BOUND = re.compile(r"( +(chat|command)=\d+)+$")
"""What every line of an attempt ends with."""


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
        f"GET {record_path(manicure)}",
        f"PUT {visit_path(manicure)}",
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


def test_a_json_log_has_the_same_lines_without_their_emoji(town: Town, by_visit: Desk) -> None:
    person = town.person(by_visit)
    (mine,) = town.appointments(person)
    person.asks("отмените запись")
    logged = [line["event"] for line in by_visit.process.events() if str(mine["id"]) in str(line["event"])]
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
    assert f"PUT {write['path']}" == f"PUT {record_path(mine)}"
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
    assert town.provider.writes(mark) == [f"DELETE {record_path(mine)}"]
    assert town.provider.record(mine["id"]) is None
