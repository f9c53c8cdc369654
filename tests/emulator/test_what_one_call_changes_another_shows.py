from dataclasses import replace

import pytest

ANNA, HAIRCUT, IRINA = 2401, 5101, 70001
HAIR = 1000001


def ids(rows):
    return [one["id"] for one in rows]


def offered(desk):
    return ids(desk.get("book_services/962302").data["services"])


def test_a_new_service_is_offered_once_somebody_gives_it(desk):
    made = desk.say(
        "POST", "services/962302", {"title": "Локоны", "category_id": HAIR, "price_min": 900, "duration": 1800}
    )
    number = made.data["id"]
    assert number in ids(desk.get("company/962302/services").data)
    assert number not in offered(desk)
    link = {"master_id": ANNA, "seance_length": 2700, "technological_card_id": None}
    said = desk.say("POST", f"company/962302/services/{number}/staff", link)
    assert (said.status, said.data["length"]) == (201, 2700)
    assert number in offered(desk)
    (first, *_) = desk.get(f"book_times/962302/{ANNA}/2026-11-26", f"service_ids[]={number}").data
    assert first["seance_length"] == 2700
    desk.say("DELETE", f"company/962302/services/{number}/staff/{ANNA}")
    assert number not in offered(desk)


def test_a_deleted_service_leaves_every_list_but_not_the_journal(desk):
    assert desk.say("DELETE", f"services/962302/{HAIRCUT}").status == 204
    assert HAIRCUT not in offered(desk)
    assert desk.get(f"company/962302/services/{HAIRCUT}").status == 404
    assert desk.get("record/962302/1211181002").data["services"][0]["title"] == "Женская стрижка"


def test_a_changed_price_counts_from_the_next_appointment_on(desk):
    desk.say("PUT", f"services/962302/{HAIRCUT}", {"price_min": 3000, "price_max": 3500})
    assert desk.get("record/962302/1211181002").data["services"][0]["cost"] == 2200
    body = {
        "staff_id": ANNA, "services": [{"id": HAIRCUT}], "client": {"id": IRINA}, "datetime": "2026-11-26 16:00:00",
        "seance_length": 3600, "save_if_busy": False,
    }  # fmt: skip
    (made,) = desk.say("POST", "records/962302", body).data
    assert made["services"][0]["cost"] == 3000


def test_a_category_goes_with_its_services(desk):
    assert desk.say("DELETE", f"service_category/962302/{HAIR}").status == 204
    assert HAIR not in ids(desk.get("company/962302/service_categories").data)
    assert HAIRCUT not in offered(desk)


def test_the_older_list_writes_numbers_as_texts(desk):
    old = desk.get("services/962302").data
    assert old[0]["id"] == "5101"
    assert old[0]["price_min"] == "2200.00"


@pytest.mark.parametrize("change", [{"fired": 1}, {"hidden": 1}])
def test_a_master_who_takes_no_clients_leaves_online_booking(desk, change):
    assert desk.say("PUT", f"staff/962302/{ANNA}", change).status == 200
    assert ANNA not in ids(desk.get("book_staff/962302").data)
    assert ANNA in ids(desk.get("company/962302/staff").data)
    assert HAIRCUT not in offered(desk)


def test_a_deleted_master_keeps_a_name_in_the_journal(desk):
    assert desk.say("DELETE", f"staff/962302/{ANNA}").status == 204
    assert ANNA not in ids(desk.get("company/962302/staff").data)
    assert desk.get("record/962302/1211181002").data["staff"]["name"] == "Анна Соколова"


def test_a_new_master_can_be_given_work(desk):
    position = desk.say("POST", "company/962302/positions/quick/", {"title": "Визажист"}).data["id"]
    made = desk.say(
        "POST", "company/962302/staff/quick", {"name": "Вера", "specialization": "визаж", "position_id": position}
    )
    number = made.data["id"]
    assert made.data["position"]["title"] == "Визажист"
    day = {"staff_id": number, "dates": ["2026-11-26"], "slots": [{"from": "10:00", "to": "11:00"}]}
    desk.say("PUT", "company/962302/staff/schedule", {"schedules_to_set": [day]})
    assert [one["time"] for one in desk.get(f"book_times/962302/{number}/2026-11-26").data] == ["10:00"]


def test_the_schedule_shows_what_is_taken(desk):
    query = (
        f"staff_ids[]={ANNA}&start_date=2026-11-22&end_date=2026-11-22&include[]=busy_intervals&include[]=off_day_type"
    )
    (day,) = desk.get("company/962302/staff/schedule", query).data
    assert day["slots"] == [{"from": "10:00", "to": "18:00"}]
    assert {"entity_type": "record", "entity_id": 1211181002, "from": "15:00", "to": "16:00"} in day["busy_intervals"]
    assert day["off_day_type"] is None


def test_a_client_added_is_found_and_one_deleted_is_not(desk):
    made = desk.say("POST", "clients/962302", {"name": "Зоя", "phone": "+7 900 111-22-33", "sex_id": 2})
    assert (made.status, made.data["phone"], made.data["sex"]) == (201, 79001112233, "Женский")
    search = {"filters": [{"type": "quick_search", "state": {"value": "79001112233"}}]}
    assert ids(desk.say("POST", "company/962302/clients/search", search).data) == [made.data["id"]]
    again = desk.say("POST", "clients/962302", {"name": "Зоя", "phone": "79001112233"})
    assert (again.status, again.message) == (422, "Клиент с указанным телефоном уже существует в базе")
    assert desk.say("DELETE", f"client/962302/{made.data['id']}").status == 204
    assert ids(desk.say("POST", "company/962302/clients/search", search).data) == []


def test_a_changed_phone_is_where_a_client_is_found(desk):
    desk.say("PUT", f"client/962302/{IRINA}", {"name": "Ирина", "phone": "79005556677"})
    search = {"filters": [{"type": "quick_search", "state": {"value": "79000000001"}}]}
    assert ids(desk.say("POST", "company/962302/clients/search", search).data) == []
    assert desk.get("record/962302/1211181002").data["client"]["phone"] == "+79005556677"


def test_many_clients_at_once_say_which_could_not_be_added(desk):
    rows = [
        {"name": "Зоя", "phone": "79001112233"},
        {"name": "Ирина", "phone": "79000000001"},
        {"phone": "79001112234"},
    ]
    said = desk.say("POST", "clients/962302/bulk", [*rows, {"name": "Ян", "phone": "12"}, {"name": "Лев"}]).data
    assert [one["name"] for one in said["created"]] == ["Зоя"]
    assert [one["error"] for one in said["errors"]] == [
        "Клиент с указанным телефоном уже существует в базе",
        "Не указано имя клиента",
        "Телефон должен содержать от 9 до 15 цифр",
        "Номер телефона клиента не может быть пустым",
    ]


def test_a_clients_past_comes_in_pages_by_whole_days(desk):
    world = desk.emulator.world
    pattern = world.appointments.get(962302, 1211181001)
    for number in range(60):
        start = pattern.start.replace(year=2025, month=1 + number // 5, day=1 + number % 5 // 3, hour=10 + number % 5)
        world.appointments.add(replace(pattern, id=number + 1, start=start))
    body = {"client_id": IRINA, "client_phone": None, "from": None, "to": None, "payment_statuses": [], "attendance": 1}
    seen, pages = [], 0
    while True:
        said = desk.say("POST", "company/962302/clients/visits/search", body)
        seen += ids(said.data["records"])
        pages += 1
        following = said.body["meta"]["dateCursor"]["next"]
        if following is None:
            break
        body |= following
    assert len(seen) == len(set(seen)) == 61
    assert pages == 3


def test_group_events_have_places(desk):
    desk.emulator.world.companies[962302].activity_clients_max = 5
    event = {
        "date": "2026-11-26 09:00:00",
        "service_id": HAIRCUT,
        "staff_id": ANNA,
        "capacity": 2,
        "force": True,
        "length": 3600,
    }
    number = desk.say("POST", "activity/962302", event).data["id"]

    def book(phone, places=1):
        body = {"phone": phone, "fullname": "Гость", "clients_count": places}
        return desk.say("POST", f"activity/962302/{number}/book", body).status

    assert [book("79001110001"), book("79001110002", 2), book("79001110002"), book("79001110003")] == [
        200,
        422,
        200,
        422,
    ]
    assert desk.get(f"activity/962302/{number}").data["records_count"] == 2
    assert ids(desk.get("activity/962302/search/", "from=2026-11-26&till=2026-11-26").data) == [number]


def test_a_group_event_takes_its_masters_time(desk):
    event = {"date": "2026-11-26 16:00:00", "service_id": HAIRCUT, "staff_id": ANNA, "capacity": 5, "force": False}
    assert desk.say("POST", "activity/962302", event).status == 200
    said = desk.say("POST", "activity/962302", event)
    assert (said.status, said.body["meta"]["conflict"]) == (409, True)
    assert "16:00" not in [one["time"] for one in desk.get(f"book_times/962302/{ANNA}/2026-11-26").data]


def test_an_appointment_of_a_group_event_must_name_it_when_changed(desk):
    event = {"date": "2026-11-26 16:00:00", "service_id": HAIRCUT, "staff_id": ANNA, "capacity": 5, "force": False}
    number = desk.say("POST", "activity/962302", event).data["id"]
    (made,) = desk.say("POST", "records/962302", {"activity_id": number, "client": {"id": IRINA}}).data
    assert made["date"] == "2026-11-26 16:00:00"
    said = desk.say("PUT", f"record/962302/{made['id']}", {"attendance": 2, "comment": ""})
    assert (said.status, list(said.body["meta"]["errors"])) == (422, ["activity_id"])
    body = {"attendance": 2, "comment": "", "activity_id": number}
    assert desk.say("PUT", f"record/962302/{made['id']}", body).data["attendance"] == 2


def test_a_right_taken_away_forbids_from_the_next_call_on(desk):
    worker = {"name": "Пётр", "search": "petr@example.com", "user_role": "administrator"}
    assert desk.say("POST", "user/invite/962302", {"invites": [worker]}).status == 202
    user = next(one for one in desk.emulator.world.users.values() if one.login == "petr@example.com")
    petr = replace(desk, tokens=f"Bearer demo-partner, User {user.token}")
    assert petr.get("client/962302/70001").status == 200
    change = {"user_permissions": [{"slug": "clients_access", "value": False}]}
    shown = desk.say("PUT", f"company/962302/users/{user.id}/permissions", change).data
    assert {"slug": "clients_access", "value": False} in shown["user_permissions"]
    assert petr.get("client/962302/70001").status == 403
    assert petr.get("user/permissions/962302").data["clients"]["clients_access"] is False
    assert petr.say("DELETE", f"services/962302/{HAIRCUT}").status == 403


def test_a_sign_in_with_a_second_factor_takes_two_calls(desk):
    user = desk.emulator.world.users[1]
    user.two_factor = True
    who = {"login": user.login, "password": user.password}
    first = desk.say("POST", "auth", who)
    assert first.status == 200
    uuid = first.data["uuid"]
    assert desk.say("POST", "auth", {**who, "2fa": {"uuid": uuid, "secret": "0"}}).status == 422
    secret = desk.emulator.world.codes[uuid].secret
    second = desk.say("POST", "auth", {**who, "2fa": {"uuid": uuid, "secret": secret}})
    assert (second.status, second.data["user_token"]) == (201, "demo-user")
    assert desk.say("POST", "auth", {**who, "password": "wrong"}).status == 401


def test_a_new_password_ends_the_token(desk):
    said = desk.say("PUT", "booking/user/password", {"old_password": "demo-password", "new_password": "another"})
    assert desk.get("record/962302/1211181002").status == 401
    again = replace(desk, tokens=f"Bearer demo-partner, User {said.data['user_token']}")
    assert again.get("record/962302/1211181002").status == 200


def test_a_closed_branch_is_not_found_any_more(desk):
    assert desk.say("DELETE", "company/962302/").status == 202
    assert desk.get("record/962302/1211181002").status == 404
    assert desk.get("companies").data == []


def test_reviews_count_in_the_masters_rating(desk):
    before = desk.get(f"company/962302/staff/{ANNA}").data
    desk.say("POST", f"comments/962302/{ANNA}", {"mark": 1, "text": "Долго", "name": "Гость"})
    after = desk.get(f"company/962302/staff/{ANNA}").data
    assert after["rating"] < before["rating"]
    assert after["votes_count"] == before["votes_count"] + 1
    assert desk.get("comments/962302/", f"staff_id={ANNA}").data[0]["text"] == "Долго"


def test_a_receipt_is_a_pdf(desk):
    visit = desk.get("record/962302/1211181002").data["visit_id"]
    answer = desk.raw("GET", f"/api/v1/attendance/receipt_print/{visit}")
    assert answer.headers["content-type"] == "application/pdf"
    assert answer.body.startswith(b"%PDF-1.4")
    assert answer.body.rstrip().endswith(b"%%EOF")
