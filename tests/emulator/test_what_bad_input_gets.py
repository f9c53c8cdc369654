import pytest

RECORD = "record/962302/1211181002"


@pytest.mark.parametrize(
    "path",
    ["nothing", "record", "record/962302", "record/962302/abc", "record/962302/1/2", "/", "/api", "/v1/record/1/2"],
)
def test_an_address_that_does_not_exist_is_404(desk, path):
    said = desk.get(path)
    assert (said.status, said.message) == (404, "Не найдено")


def test_a_wrong_method_is_405_and_says_which_are_right(desk):
    said = desk.say("PATCH", RECORD, {})
    assert said.status == 405
    assert said.headers["allow"] == "GET, PUT, DELETE"


@pytest.mark.parametrize("body", [b"{", b"[1, 2]", b'"text"', b"\xff\xfe", b"null", b"[" * 100_000])
def test_a_body_that_is_no_json_object_is_400(desk, body):
    said = desk.say("PUT", RECORD, body)
    assert (said.status, said.message) == (400, "Недопустимый формат запроса")


@pytest.mark.parametrize(
    ("body", "field"),
    [
        ({"attendance": 5}, "attendance"),
        ({"attendance": "later"}, "attendance"),
        ({"datetime": "tomorrow"}, "datetime"),
        ({"services": [{"title": "нет номера"}]}, "services.0.id"),
        ({"services": 5}, "services"),
        ({"seance_length": -5}, "seance_length"),
        ({"services": [{"id": 1}]}, "services"),
        ({"client": {"phone": "12"}}, "client.phone"),
    ],
)
def test_a_field_that_does_not_fit_is_named(desk, body, field):
    said = desk.say("PUT", RECORD, body)
    assert (said.status, said.message) == (422, "Произошла ошибка.")
    assert list(said.body["meta"]["errors"]) == [field]
    assert all(isinstance(words, list) for words in said.body["meta"]["errors"].values())


def test_a_master_from_nowhere_is_404(desk):
    said = desk.say("PUT", RECORD, {"staff_id": 9})
    assert (said.status, said.message) == (404, "Сотрудник с ID 9 не найден в филиале 962302")


@pytest.mark.parametrize(
    "body",
    [
        {"attendance": "2", "comment": "строкой"},
        {"attendance": 2, "comment": "лишнее", "nonsense": {"a": 1}},
        {"attendance": 2.0, "comment": 15},
        {"attendance": 2, "client": {"phone": 79000000001, "name": "Ирина"}},
    ],
)
def test_the_forms_in_which_real_programs_write_values_are_understood(desk, body):
    said = desk.say("PUT", RECORD, body)
    assert (said.status, said.data["attendance"]) == (201, 2)


def test_slashes_at_the_end_make_no_difference(desk):
    assert desk.get(f"{RECORD}/").data == desk.get(RECORD).data
    assert desk.get("company/962302").data["id"] == desk.get("company/962302/").data["id"] == 962302


def test_other_names_of_the_twin_are_understood(desk):
    one = desk.get("records/962302", "team_member_id=2401&count=100").data
    assert one == desk.get("records/962302", "staff_id=2401&count=100").data
    assert one


def test_an_address_that_the_provider_is_known_to_close_is_405(desk):
    assert desk.get("company/962302/clients").status == 405
