from datetime import UTC, datetime

import pytest
from desks import desk_of

MOSCOW, BERLIN, GRETA = 962302, 962303, 2501


@pytest.fixture
def chain():
    desk = desk_of("chain")
    desk.emulator.world.clock.set(datetime(2027, 3, 26, 10, 0, tzinfo=UTC))
    return desk


def times(desk, day):
    return [one["datetime"] for one in desk.get(f"book_times/{BERLIN}/{GRETA}/{day}", "service_ids[]=5201").data]


def test_branches_know_only_their_own(chain):
    assert [one["id"] for one in chain.get("companies", "my=1").data] == [str(MOSCOW), str(BERLIN)]
    assert chain.get(f"client/{BERLIN}/70001").status == 404
    assert chain.get(f"record/{BERLIN}/1211181001").status == 404


def test_a_chain_knows_a_person_in_all_its_branches(chain):
    found = chain.get("group/7301/clients/", "phone=79000000001").data
    assert [(one["company_id"], one["id"]) for one in found["clients"]] == [(MOSCOW, 70001), (BERLIN, 80001)]
    categories = chain.get("chain/7301/service_categories", "include[]=services").body
    assert [one["services"][0]["id"] for one in categories] == [5101, 5201]


def test_an_hour_that_the_clock_skips_is_not_offered(chain):
    spring = times(chain, "2027-03-28")
    assert "2027-03-28T01:45:00+01:00" in spring
    assert "2027-03-28T03:00:00+02:00" in spring
    assert not [one for one in spring if "T02:" in one]
    body = {"id": 1, "services": [5201], "staff_id": GRETA, "datetime": "2027-03-28 02:30:00"}
    said = chain.say("POST", f"book_check/{BERLIN}", {"appointments": [body]})
    assert said.body["meta"]["errors"][0]["code"] == 433


def test_an_hour_that_the_clock_repeats_is_the_first_of_the_two(chain):
    chain.emulator.world.clock.set(datetime(2027, 10, 29, 10, 0, tzinfo=UTC))
    autumn = times(chain, "2027-10-31")
    assert "2027-10-31T02:30:00+02:00" in autumn
    assert "2027-10-31T02:30:00+01:00" not in autumn


def test_a_time_with_an_offset_is_shown_on_the_salons_wall(chain):
    body = {"id": 1, "services": [5201], "staff_id": GRETA, "datetime": "2027-03-29T12:00:00+03:00"}
    person = {"phone": "79001112233", "fullname": "Гость"}
    (receipt,) = chain.say("POST", f"book_record/{BERLIN}", {**person, "appointments": [body]}).data
    record = chain.get(f"record/{BERLIN}/{receipt['record_id']}").data
    assert (record["date"], record["datetime"]) == ("2027-03-29 11:00:00", "2027-03-29T11:00:00+02:00")
