from dataclasses import replace

import pytest

from frontdesk.emulator.things import Partner, User

RECORD = "record/962302/1211181002"


@pytest.mark.parametrize(
    ("tokens", "message"),
    [
        ("", "Не указаны авторизационные данные"),
        ("User demo-user", "Не указаны авторизационные данные"),
        ("Bearer somebody, User demo-user", "Не указан идентификатор партнера"),
        ("Bearer demo-partner", "Необходима авторизация"),
        ("Bearer demo-partner, User somebody", "Необходима авторизация"),
    ],
)
def test_a_401_names_the_token_at_fault(desk, tokens, message):
    said = replace(desk, tokens=tokens).get(RECORD)
    assert (said.status, said.body) == (401, {"success": False, "data": None, "meta": {"message": message}})


@pytest.mark.parametrize("tokens", ["Bearer demo-partner, User demo-user", "bearer demo-partner,user demo-user"])
def test_both_tokens_open_the_journal(desk, tokens):
    assert replace(desk, tokens=tokens).get(RECORD).status == 200


def test_without_the_media_type_answers_and_refusals_come_bare(desk):
    bare = replace(desk, accept="application/json, text/plain")
    assert bare.get(RECORD).body["id"] == 1211181002
    assert bare.get("record/962302/1").body == {
        "errors": {"code": 404, "message": "Запись не найдена"},
        "meta": {"message": "Запись не найдена"},
    }


def test_the_other_twins_media_type_is_understood_too(desk):
    assert replace(desk, accept="application/vnd.api.v2+json").get(RECORD).body["success"] is True


def test_an_employee_of_another_branch_is_refused(desk):
    desk.emulator.world.users[9] = User(9, "Чужой", "other", "secret", "other-user")
    said = replace(desk, tokens="Bearer demo-partner, User other-user").get(RECORD)
    assert (said.status, said.message) == (403, "Нет прав на управление филиалом")


@pytest.mark.parametrize(
    ("right", "method", "body"),
    [
        ("edit_records_access", "PUT", {"attendance": -1, "comment": ""}),
        ("delete_records_access", "DELETE", None),
    ],
)
def test_a_missing_right_forbids_the_change(desk, right, method, body):
    desk.emulator.world.users[1].rights[962302][right] = False
    said = desk.say(method, RECORD, body)
    assert (said.status, said.message) == (403, "Недостаточно прав")
    assert desk.get(RECORD).data["attendance"] == 0


def test_a_right_is_asked_for_in_the_branch_of_the_visit(desk):
    desk.emulator.world.users[1].rights[962302]["edit_records_attendance_access"] = False
    record = desk.get(RECORD).data
    said = desk.say("PUT", f"visits/{record['visit_id']}/{record['id']}", {"attendance": -1, "comment": ""})
    assert said.status == 403


def test_a_branch_that_is_not_connected_to_the_application_is_refused(desk):
    desk.emulator.world.partners["demo-partner"] = Partner(1, "demo-partner", company_ids=frozenset({1}))
    assert desk.get(RECORD).status == 403


def test_a_branch_whose_licence_ran_out_is_402(desk):
    company = desk.emulator.world.companies[962302]
    company.licence_until = desk.emulator.world.now_local(company).date().replace(day=20)
    said = desk.get(RECORD)
    assert (said.status, said.message) == (402, "Необходимо продлить лицензию в филиале с id: 962302")


def test_tokens_are_in_no_repr(desk):
    assert "demo-user" not in repr(desk.emulator.world)
    assert "demo-partner" not in repr(list(desk.emulator.world.partners.values()))
