from dataclasses import replace
from datetime import date

import pytest

SERVICE, SHORT, BEARD, OFF = 5101, 5103, 5106, 5105
ANNA, DMITRY = 2401, 2403


def times(desk, staff, day, *services):
    query = "&".join(f"service_ids[]={one}" for one in services)
    return [one["time"] for one in desk.get(f"book_times/962302/{staff}/{day}", query).data]


def wish(at, service=SERVICE, staff=ANNA, number=1):
    return {"id": number, "services": [service], "staff_id": staff, "datetime": at}


def book(desk, *wishes, phone="79000000077", fullname="Новая Клиентка", **more):
    body = {"phone": phone, "fullname": fullname, "email": "a@example.com", "appointments": list(wishes), **more}
    return desk.say("POST", "book_record/962302", body)


def code_of(said):
    (error,) = said.body["meta"]["errors"]
    return said.status, error["code"]


def test_free_time_is_the_working_day_without_what_is_taken(desk):
    free = times(desk, ANNA, "2026-11-22", SERVICE)
    assert free[:2] == ["10:00", "13:30"]  # a colouring takes two hours and a half from 11:00
    assert "14:00" in free
    assert "14:15" not in free  # an hour would run into the appointment at 15:00
    assert "15:45" not in free
    assert free[-1] == "17:00"  # on Sundays she goes at 18:00


def test_a_shorter_service_fits_where_a_longer_one_does_not(desk):
    assert set(times(desk, ANNA, "2026-11-22", SERVICE)) < set(times(desk, ANNA, "2026-11-22", SHORT))


def test_where_any_master_will_do_each_time_stands_once(desk):
    free = times(desk, 0, "2026-11-24", SHORT)
    assert free == sorted(set(free), key=lambda text: tuple(map(int, text.split(":"))))
    assert set(times(desk, ANNA, "2026-11-24", SHORT)) | set(times(desk, DMITRY, "2026-11-24", SHORT)) == set(free)


def test_past_times_of_today_are_not_offered(desk):
    assert times(desk, ANNA, "2026-11-21", SHORT)[0] == "12:15"
    assert times(desk, ANNA, "2026-11-20", SHORT) == []


def test_a_booking_takes_its_time_and_is_found_in_the_journal(desk):
    said = book(desk, wish("2026-11-24 16:00:00"), api_id="key-1", comment="у окна")
    assert said.status == 201
    (receipt,) = said.data
    assert (receipt["id"], len(receipt["record_hash"])) == (1, 32)
    record = desk.get(f"record/962302/{receipt['record_id']}").data
    assert (record["online"], record["api_id"], record["comment"]) == (True, "key-1", "у окна")
    assert record["client"]["phone"] == "+79000000077"
    assert "16:00" not in times(desk, ANNA, "2026-11-24", SERVICE)
    assert code_of(book(desk, wish("2026-11-24 16:00:00"))) == (422, 433)


@pytest.mark.parametrize(
    "at", ["2026-11-24 16:00:00", "2026-11-24T16:00:00+03:00", "2026-11-24T16:00:00", "2026-11-24T13:00:00Z"]
)
def test_a_time_is_understood_in_every_form_that_is_sent(desk, at):
    (receipt,) = book(desk, wish(at)).data
    assert desk.get(f"record/962302/{receipt['record_id']}").data["date"] == "2026-11-24 16:00:00"


@pytest.mark.parametrize(
    ("change", "expected"),
    [
        ({"phone": "12345"}, (422, 431)),
        ({"phone": ""}, (422, 431)),
        ({"fullname": " "}, (422, 435)),
        ({"phone": "79000000015"}, (403, 434)),
    ],
)
def test_a_person_who_may_not_book_is_refused_by_number(desk, change, expected):
    assert code_of(book(desk, wish("2026-11-24 16:00:00"), **change)) == expected


def test_a_missing_phone_or_name_has_its_number_too(desk):
    body = {"appointments": [wish("2026-11-24 16:00:00")]}
    assert code_of(desk.say("POST", "book_record/962302", {**body, "fullname": "Ольга"})) == (422, 431)
    assert code_of(desk.say("POST", "book_record/962302", {**body, "phone": "79000000077"})) == (422, 435)


@pytest.mark.parametrize(
    ("wishes", "expected"),
    [
        ([wish("2026-11-22 15:00:00")], (422, 433)),
        ([wish("2026-11-22 14:30:00")], (422, 433)),
        ([wish("2026-11-22 03:00:00")], (422, 433)),
        ([wish("2026-11-20 15:00:00")], (422, 433)),
        ([wish("2026-11-22 15:00:00", staff=0)], (422, 436)),
        ([wish("2026-11-24 16:00:00"), wish("2026-11-24 16:30:00", number=2)], (422, 437)),
        ([wish("2026-11-26 16:00:00"), wish("2026-11-26 16:30:00", BEARD, DMITRY, 2)], (422, 437)),
        ([wish("2026-11-24 16:00:00", service=999)], (422, 438)),
    ],
)
def test_an_appointment_that_cannot_be_is_refused_by_number(desk, wishes, expected):
    said = book(desk, *wishes)
    assert code_of(said) == expected
    if expected[1] in (433, 437):
        assert said.body["meta"]["errors"][0]["id"] == len(wishes)
    assert code_of(desk.say("POST", "book_check/962302", {"appointments": wishes})) == expected


def test_a_refused_booking_leaves_nothing_behind(desk):
    before = len(desk.get("records/962302", "count=300").data)
    book(desk, wish("2026-11-24 16:00:00"), wish("2026-11-22 15:00:00", number=2))
    assert len(desk.get("records/962302", "count=300").data) == before
    assert desk.say("POST", "company/962302/clients/search", {}).body["meta"]["total_count"] == 15


def test_a_service_that_is_not_for_booking_leaves_every_list(desk):
    assert desk.say("PUT", f"services/962302/{SERVICE}", {"active": 0}).status == 201
    offered = desk.get("book_services/962302").data["services"]
    assert SERVICE not in [one["id"] for one in offered]
    assert code_of(book(desk, wish("2026-11-24 16:00:00"))) == (422, 438)


def test_where_phones_are_confirmed_only_the_sent_code_books(desk):
    desk.say("PATCH", "company/962302/settings/online", {"confirm_number": True})
    at = wish("2026-11-24 16:00:00")
    assert code_of(book(desk, at)) == (422, 432)
    assert desk.say("POST", "book_code/962302", {"phone": "79000000077"}).body["meta"] == {"message": "Created"}
    code = desk.emulator.world.codes["79000000077"].secret
    assert code_of(book(desk, at, code="no")) == (422, 432)
    assert book(desk, at, code=code).status == 201
    assert code_of(book(desk, wish("2026-11-25 16:00:00"), code=code)) == (422, 432)


def test_three_wrong_codes_end_the_right_one(desk):
    desk.say("PATCH", "company/962302/settings/online", {"confirm_number": True})
    desk.say("POST", "book_code/962302", {"phone": "79000000077"})
    for _ in range(3):
        book(desk, wish("2026-11-24 16:00:00"), code="no")
    code = desk.emulator.world.codes["79000000077"].secret
    assert code_of(book(desk, wish("2026-11-24 16:00:00"), code=code)) == (422, 432)


def test_a_day_off_moves_free_time_at_once(desk):
    body = {
        "schedules_to_set": [{"staff_id": ANNA, "dates": ["2026-11-26"], "slots": [{"from": "12:00", "to": "14:00"}]}]
    }
    assert desk.say("PUT", "company/962302/staff/schedule", body).status == 200
    assert times(desk, ANNA, "2026-11-26", SERVICE) == ["12:00", "12:15", "12:30", "12:45", "13:00"]
    cleared = {"schedules_to_delete": [{"staff_id": ANNA, "dates": ["2026-11-26"]}]}
    desk.say("PUT", "company/962302/staff/schedule", cleared)
    assert times(desk, ANNA, "2026-11-26", SERVICE) == []
    dates = desk.get("book_dates/962302", f"staff_id={ANNA}").data
    assert "2026-11-26" not in dates["working_dates"]
    assert "2026-11-27" in dates["booking_dates"]


def test_three_ways_to_write_several_services_mean_the_same(desk):
    ways = ("service_ids[]=5102&service_ids[]=5103", "service_ids=5102,5103", "service_ids=5102&service_ids=5103")
    answers = [desk.get(f"book_times/962302/{ANNA}/2026-11-24", way).data for way in ways]
    assert answers[0]
    assert answers[0] == answers[1] == answers[2]
    assert answers[0][0]["seance_length"] == 75 * 60


def test_a_month_and_a_stretch_of_days(desk):
    december = desk.get("book_dates/962302", "date=2026-12-15").data
    assert {one[:7] for one in december["booking_dates"]} == {"2026-12"}
    few = desk.get("book_dates/962302", "date=2026-12-15&date_from=2026-11-23&date_to=2026-11-24").data
    assert few["working_dates"] == ["2026-11-23", "2026-11-24"]
    assert few["working_days"] == {"11": ["23", "24"]}


def test_no_days_at_all_are_an_empty_list(desk):
    assert desk.get("book_dates/962302", "date=2030-01-01").data["booking_days"] == []


def test_the_nearest_day_of_a_master(desk):
    nearest = desk.get(f"book_staff_seances/962302/{DMITRY}/", "service_ids[]=5102").data
    assert nearest["seance_date"] == "2026-11-21"
    assert nearest["seances"][0]["time"] == "12:15"


def test_masters_say_whether_they_do_what_is_wanted(desk):
    bookable = {one["id"]: one["bookable"] for one in desk.get("book_staff/962302", "service_ids[]=5102").data}
    assert bookable == {2401: True, 2402: False, 2403: True, 2404: False, 2405: False}


def test_services_of_a_master_come_with_their_length(desk):
    shown = {
        one["id"]: one["seance_length"] for one in desk.get("book_services/962302", "staff_id=2403").data["services"]
    }
    assert shown == {5102: 40 * 60, 5103: 30 * 60, 5106: 30 * 60}
    everywhere = desk.get("book_services/962302").data["services"]
    assert {one["seance_length"] for one in everywhere} == {None}


def test_the_client_moves_and_cancels_what_was_booked_here(desk):
    (receipt,) = book(desk, wish("2026-11-24 16:00:00")).data
    number, secret = receipt["record_id"], receipt["record_hash"]
    partner_only = replace(desk, tokens="Bearer demo-partner")
    moved = partner_only.say("PUT", f"book_record/962302/{number}", {"datetime": "2026-11-24 17:00:00"})
    assert (moved.status, moved.data["date"]) == (200, "2026-11-24 17:00:00")
    assert partner_only.get(f"book_record/962302/{number}/{secret}").body["id"] == number  # without envelope
    assert partner_only.get(f"book_record/962302/{number}/{'0' * 32}").status == 404
    assert partner_only.say("DELETE", f"user/records/{number}/{secret}").status == 200
    assert partner_only.say("DELETE", f"user/records/{number}/{secret}").status == 404
    assert "17:00" in times(desk, ANNA, "2026-11-24", SERVICE)


def test_somebody_elses_appointment_is_not_moved(desk):
    said = desk.say("PUT", "book_record/962302/1211181002", {"datetime": "2026-11-24 17:00:00"})
    assert (said.status, said.message) == (403, "Вы не можете управлять записью с id 1211181002")


@pytest.mark.parametrize("rule", [{"allow_delete_record": False}, {"delete_delay_s": 365 * 86400}])
def test_the_salon_may_forbid_cancelling(desk, rule):
    (receipt,) = book(desk, wish("2026-11-24 16:00:00")).data
    company = desk.emulator.world.companies[962302]
    for name, value in rule.items():
        setattr(company, name, value)
    said = desk.say("DELETE", f"user/records/{receipt['record_id']}/{receipt['record_hash']}")
    assert said.status == 403


def test_a_client_who_signs_in_sees_their_own(desk):
    desk.say("POST", "book_code/962302", {"phone": "79000000002"})
    code = desk.emulator.world.codes["79000000002"].secret
    signed_in = desk.say("POST", "user/auth", {"phone": "79000000002", "code": code})
    assert signed_in.status == 201
    own = replace(desk, tokens=f"Bearer demo-partner, User {signed_in.body['user_token']}").get("user/records/")
    assert own.status == 201
    assert len(own.data) == len(desk.records_of(70002))
    assert own.data[0]["company"]["allow_delete_record"] is True
    assert desk.say("POST", "user/auth", {"phone": "79000000002", "code": code}).status == 422


def test_by_a_switch_a_cancelled_appointment_keeps_its_time(desk):
    desk.say("PUT", "visits/1050341002/1211181002", {"attendance": -1, "comment": ""})
    assert "15:00" in times(desk, ANNA, "2026-11-22", SERVICE)
    desk.emulator.world.switches.change(no_show_frees_slot=False)
    assert "15:00" not in times(desk, ANNA, "2026-11-22", SERVICE)


def test_the_bare_form_brings_the_booking_along(desk):
    said = book(replace(desk, accept="application/json, text/plain"), wish("2026-11-24 16:00:00"))
    (receipt,) = said.body
    assert receipt["record"]["date"] == "2026-11-24 16:00:00"


def test_the_salons_day_is_the_salons(desk):
    world = desk.emulator.world
    assert world.now_local(world.companies[962302]).date() == date(2026, 11, 21)
