import pytest

from frontdesk.emulator.world import World

IRINA, PAVEL, NATALYA, SVETLANA = 70001, 70002, 70003, 70004


def coming(desk, client):
    return [one for one in desk.records_of(client) if one["date"] > "2026-11-21 12:00:00"]


def test_the_demo_salon_has_the_clients_a_demo_needs(desk):
    assert [len(coming(desk, client)) for client in (IRINA, PAVEL, NATALYA, SVETLANA)] == [1, 3, 0, 2]
    assert len({one["visit_id"] for one in coming(desk, SVETLANA)}) == 1


def test_the_one_appointment_is_a_haircut_tomorrow_at_three_with_anna(desk):
    (one,) = coming(desk, IRINA)
    assert one["date"] == "2026-11-22 15:00:00"
    assert one["datetime"] == "2026-11-22T15:00:00+03:00"
    assert one["staff"]["name"] == "Анна Соколова"
    assert [line["title"] for line in one["services"]] == ["Женская стрижка"]
    assert one["client"]["phone"] == "+79000000001"
    assert one["visit_id"] != one["id"]


def test_one_appointment_is_shown_alone_as_in_the_list(desk):
    (one,) = coming(desk, IRINA)
    assert desk.get(f"record/962302/{one['id']}").data == one


@pytest.mark.parametrize("path", ["record/962302/1", "record/962302/999999999999", "record/1/1000002"])
def test_an_appointment_that_is_not_there_is_404(desk, path):
    said = desk.get(path)
    assert said.status == 404
    assert said.body["success"] is False


def test_records_are_found_by_day_and_master(desk):
    tomorrow = desk.get("records/962302", "start_date=2026-11-22&end_date=2026-11-22").data
    annas = desk.get("records/962302", "start_date=2026-11-22&end_date=2026-11-22&staff_id=2401").data
    assert {one["date"][:10] for one in tomorrow} == {"2026-11-22"}
    assert annas == [one for one in tomorrow if one["staff_id"] == 2401]
    assert 0 < len(annas) < len(tomorrow)


def test_pages_add_up_to_the_whole(desk):
    whole = desk.get("records/962302", "count=100")
    pages = [desk.get("records/962302", f"page={page}&count=5") for page in range(1, 6)]
    assert [one["id"] for page in pages for one in page.data] == [one["id"] for one in whole.data]
    assert all(page.body["meta"]["total_count"] == len(whole.data) for page in pages)
    assert desk.get("records/962302", "page=1000000&count=5").data == []


def test_a_page_larger_than_documented_is_422(desk):
    assert desk.get("records/962302", "count=301").status == 422


def test_a_deleted_appointment_is_seen_only_among_the_deleted(desk):
    (one,) = coming(desk, IRINA)
    said = desk.say("DELETE", f"record/962302/{one['id']}")
    assert (said.status, said.body) == (204, None)
    assert desk.get(f"record/962302/{one['id']}").status == 404
    assert coming(desk, IRINA) == []
    (gone,) = [row for row in desk.records_of(IRINA, "with_deleted=1") if row["id"] == one["id"]]
    assert gone["deleted"] is True
    assert desk.say("DELETE", f"record/962302/{one['id']}").status == 404


def test_changes_are_found_by_the_time_they_were_made(desk):
    (one,) = coming(desk, IRINA)
    assert desk.get("records/962302", "changed_after=2026-11-21T12:00:00%2B03:00").data == []
    desk.say("PUT", f"record/962302/{one['id']}", {"attendance": 2, "comment": "придёт"})
    changed = desk.get("records/962302", "changed_after=2026-11-21T12:00:00%2B03:00").data
    assert [(row["id"], row["attendance"], row["confirmed"]) for row in changed] == [(one["id"], 2, 1)]


def test_attendance_and_comment_alone_leave_the_rest_as_it_was(desk):
    (one,) = coming(desk, IRINA)
    said = desk.say("PUT", f"record/962302/{one['id']}", {"attendance": -1, "comment": "Клиент не пришел"})
    assert said.status == 201
    same = ("date", "staff_id", "services", "seance_length", "visit_id", "create_date")
    assert {name: said.data[name] for name in same} == {name: one[name] for name in same}
    assert (said.data["attendance"], said.data["visit_attendance"], said.data["comment"]) == (
        -1,
        -1,
        "Клиент не пришел",
    )


def test_where_the_main_fields_are_wanted_their_absence_is_named(desk):
    desk.emulator.world.switches.change(record_put_is_partial=False)
    (one,) = coming(desk, IRINA)
    said = desk.say("PUT", f"record/962302/{one['id']}", {"attendance": -1, "comment": "нет"})
    assert said.status == 422
    assert set(said.body["meta"]["errors"]) == {"staff_id", "services", "client", "datetime", "seance_length"}
    main = {
        "staff_id": one["staff_id"],
        "services": [{"id": line["id"], "cost": line["cost"]} for line in one["services"]],
        "client": {"phone": one["client"]["phone"], "name": one["client"]["name"]},
        "datetime": one["date"],
        "seance_length": one["seance_length"],
    }
    said = desk.say("PUT", f"record/962302/{one['id']}", {**main, "attendance": -1, "comment": "нет"})
    assert (said.status, said.data["attendance"], said.data["client"]["id"]) == (201, -1, IRINA)


def test_an_appointment_is_not_moved_onto_another(desk):
    (one,) = coming(desk, IRINA)
    said = desk.say("PUT", f"record/962302/{one['id']}", {"datetime": "2026-11-22 11:00:00", "save_if_busy": False})
    assert said.status == 409
    assert said.body["meta"] == {"message": "Мастер занят или не работает: 2026-11-22 11:00", "conflict": True}
    assert desk.get(f"record/962302/{one['id']}").data["date"] == "2026-11-22 15:00:00"
    forced = desk.say("PUT", f"record/962302/{one['id']}", {"datetime": "2026-11-22 11:00:00", "save_if_busy": True})
    assert (forced.status, forced.data["date"]) == (201, "2026-11-22 11:00:00")


def test_an_appointment_moves_to_free_time_and_is_found_there(desk):
    (one,) = coming(desk, IRINA)
    desk.say("PUT", f"record/962302/{one['id']}", {"datetime": "2026-11-23T16:30:00+03:00"})
    there = desk.get("records/962302", "start_date=2026-11-23&end_date=2026-11-23&staff_id=2401").data
    assert [row["date"] for row in there if row["id"] == one["id"]] == ["2026-11-23 16:30:00"]


def test_a_visit_holds_its_appointments(desk):
    first, second = coming(desk, SVETLANA)
    visit = desk.get(f"visits/{first['visit_id']}").data
    assert [one["id"] for one in visit["records"]] == [first["id"], second["id"]]


def test_a_cancelled_appointment_of_a_visit_leaves_the_other_alone(desk):
    first, second = coming(desk, SVETLANA)
    said = desk.say("PUT", f"visits/{first['visit_id']}/{first['id']}", {"attendance": -1, "comment": "Отменено"})
    assert said.status == 200
    now_first, now_second = coming(desk, SVETLANA)
    assert (now_first["attendance"], now_first["comment"]) == (-1, "Отменено")
    assert (now_second["attendance"], now_second["comment"]) == (0, second["comment"])


def test_by_a_switch_the_whole_visit_is_touched(desk):
    desk.emulator.world.switches.change(visit_put_touches_only_named=False)
    first, _ = coming(desk, SVETLANA)
    desk.say("PUT", f"visits/{first['visit_id']}/{first['id']}", {"attendance": -1, "comment": "Отменено"})
    assert [one["attendance"] for one in coming(desk, SVETLANA)] == [-1, -1]


@pytest.mark.parametrize("swap", ["record_in_place_of_visit", "record_of_another_visit"])
def test_a_visit_that_does_not_hold_the_appointment_is_not_found(desk, swap):
    (one,) = coming(desk, IRINA)
    other = coming(desk, SVETLANA)[0]
    visit = one["id"] if swap == "record_in_place_of_visit" else other["visit_id"]
    said = desk.say("PUT", f"visits/{visit}/{one['id']}", {"attendance": -1, "comment": ""})
    assert (said.status, said.message) == (404, "Визит не найден")


@pytest.mark.parametrize("missing", ["attendance", "comment"])
def test_a_visit_wants_both_attendance_and_comment(desk, missing):
    (one,) = coming(desk, IRINA)
    body = {name: value for name, value in {"attendance": -1, "comment": ""}.items() if name != missing}
    said = desk.say("PUT", f"visits/{one['visit_id']}/{one['id']}", body)
    assert said.status == 422
    assert list(said.body["meta"]["errors"]) == [missing]


def test_a_fast_payment_pays_the_appointment_in_full(desk):
    (one,) = coming(desk, IRINA)
    assert one["paid_full"] == 0
    body = {"attendance": 1, "comment": "", "fast_payment": 2}
    assert desk.say("PUT", f"visits/{one['visit_id']}/{one['id']}", body).status == 200
    assert desk.get(f"record/962302/{one['id']}").data["paid_full"] == 1


def test_a_snapshot_brings_everything_back(desk):
    world: World = desk.emulator.world
    before, snapshot = coming(desk, IRINA), world.snapshot()
    desk.say("DELETE", f"record/962302/{before[0]['id']}")
    assert coming(desk, IRINA) == []
    world.restore(snapshot)
    assert coming(desk, IRINA) == before


def test_by_a_switch_services_come_in_another_order_each_time(desk):
    several = next(one for one in desk.records_of(PAVEL) if len(one["services"]) > 1)
    desk.emulator.world.switches.change(unstable_order=True)
    orders = {
        tuple(line["id"] for line in desk.get(f"record/962302/{several['id']}").data["services"]) for _ in range(2)
    }
    assert len(orders) == 2


def test_appointments_close_together_join_in_one_visit_where_the_salon_says_so(desk):
    desk.emulator.world.companies[962302].visit_gap_s = 3600
    body = {"staff_id": 2401, "services": [{"id": 5104}], "client": {"id": IRINA}, "seance_length": 2700}
    (near,) = desk.say("POST", "records/962302", {**body, "datetime": "2026-11-22 16:30:00"}).data
    (far,) = desk.say("POST", "records/962302", {**body, "datetime": "2026-11-26 16:30:00"}).data
    (first,) = [one for one in coming(desk, IRINA) if one["date"] == "2026-11-22 15:00:00"]
    assert near["visit_id"] == first["visit_id"] != far["visit_id"]
