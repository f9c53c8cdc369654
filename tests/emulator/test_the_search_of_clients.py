import pytest

SEARCH = "company/962302/clients/search"


def ids(desk, *filters, **more):
    said = desk.say("POST", SEARCH, {"filters": list(filters), "page_size": 200, **more})
    assert said.status == 200, said.body
    return [row["id"] for row in said.data]


def quick(value):
    return {"type": "quick_search", "state": {"value": value}}


@pytest.mark.parametrize(
    "value", ["79000000001", "+79000000001", "9000000001", "+7 900 000-00-01", "белова", "Ирина Бел", "irina@"]
)
def test_a_client_is_found_by_phone_name_and_mail(desk, value):
    assert ids(desk, quick(value)) == [70001]


def test_a_part_of_a_phone_finds_all_that_hold_it(desk):
    assert ids(desk, quick("0000000")) == list(range(70001, 70016))


def test_a_phone_of_nobody_finds_nobody(desk):
    assert ids(desk, quick("+79991112233")) == []


def test_only_ids_come_unless_more_is_asked_for(desk):
    said = desk.say("POST", SEARCH, {"page_size": 1})
    assert said.data == [{"id": 70001}]
    assert said.body["meta"]["total_count"] == 15
    said = desk.say("POST", SEARCH, {"page_size": 1, "fields": ["id", "name", "phone", "visits_count", "nonsense"]})
    assert said.data == [{"id": 70001, "name": "Ирина", "phone": "+79000000001", "visits_count": 1}]


def test_pages_and_order(desk):
    falling = ids(desk, order_by="name", order_by_direction="DESC")
    assert falling == ids(desk, order_by="name", order_by_direction="ASC")[::-1]
    first = desk.say(
        "POST", SEARCH, {"page": 1, "page_size": 10, "order_by": "name", "order_by_direction": "DESC"}
    ).data
    second = desk.say(
        "POST", SEARCH, {"page": 2, "page_size": 10, "order_by": "name", "order_by_direction": "DESC"}
    ).data
    assert [row["id"] for row in first + second] == falling


def test_filters_join_by_and_and_by_or(desk):
    by_id = {"type": "id", "state": {"value": [70001, 70002, 70003]}}
    men = {"type": "gender", "state": {"value": [1]}}
    assert ids(desk, by_id, men) == [70002]
    assert set(ids(desk, by_id, men, operation="OR")) >= {70001, 70002, 70003, 70005}
    assert ids(desk, by_id, {**men, "invert": True}) == [70001, 70003]


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        ({"status": {"value": [1]}}, [70003]),
        ({"staff": {"value": [2405]}}, [70002, 70011]),
        ({"service": {"value": [5105]}}, [70006]),
        ({"records_count": {"from": 3}}, [70002]),
    ],
)
def test_clients_are_found_by_their_appointments(desk, state, expected):
    assert ids(desk, {"type": "record", "state": state}) == expected


@pytest.mark.parametrize(
    "one",
    [
        {"type": "height", "state": {"value": 1}},
        {"type": "id", "state": {"from": 1}},
        {"type": "id", "state": {"value": ["x"]}},
        {"type": "sold_amount", "state": {"from": "много"}},
        {"type": "gender", "state": {}},
    ],
)
def test_a_filter_that_makes_no_sense_is_400(desk, one):
    said = desk.say("POST", SEARCH, {"filters": [one]})
    assert (said.status, said.message) == (400, "Недопустимое значение фильтра")
    assert list(said.body["meta"]["errors"]) == ["filters"]
