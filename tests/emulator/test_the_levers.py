import httpx2
import pytest

RECORD = "/api/v1/record/962302/1211181002"
HEADERS = {"Authorization": "Bearer demo-partner, User demo-user", "Accept": "application/vnd.yclients.v2+json"}


@pytest.fixture
def http(frontdesk_emulator_url):
    with httpx2.Client(base_url=frontdesk_emulator_url, headers=HEADERS, timeout=5) as client:
        yield client


def pull(http, lever, body):
    return http.post(f"/_emulator/{lever}", json=body)


def test_the_clock_stands_where_it_is_set_until_it_is_let_go(http):
    set_to = pull(http, "clock", {"now": "2027-01-01T10:00:00+03:00"}).json()
    assert set_to == {"now": "2027-01-01T10:00:00+03:00", "set": True}
    assert http.get("/_emulator/state").json()["now"] == set_to["now"]
    assert pull(http, "clock", {"now": None}).json()["set"] is False


def test_a_time_without_zone_is_the_salons(http):
    assert pull(http, "clock", {"now": "2027-01-01T10:00:00"}).json()["now"] == "2027-01-01T10:00:00+03:00"


@pytest.mark.parametrize("body", [{"now": "soon"}, {}, []])
def test_a_clock_set_wrongly_is_400_and_says_how(http, body):
    said = pull(http, "clock", body)
    assert said.status_code == 400
    assert said.json()["error"]


def test_the_state_shows_a_change_and_reset_takes_it_back(http):
    http.put(RECORD, json={"attendance": -1, "comment": "Отменено"}).raise_for_status()

    def record():
        (company,) = http.get("/_emulator/state").json()["companies"]
        return next((one["attendance"], one["comment"]) for one in company["records"] if one["id"] == 1211181002)

    assert record() == (-1, "Отменено")
    pull(http, "reset", {})
    assert record() == (0, "")


def test_the_journal_shows_requests_without_tokens(http):
    http.put(RECORD, json={"attendance": 2, "comment": "", "nonsense": 1})
    shown = http.get("/_emulator/journal")
    (entry,) = shown.json()["requests"]
    assert (entry["method"], entry["path"], entry["endpoint"], entry["status"]) == ("PUT", RECORD, "PutRecord", 201)
    assert entry["body"] == {"attendance": 2, "comment": "", "nonsense": 1}
    assert entry["ignored"] == ["nonsense"]
    assert "demo-user" not in shown.text


def test_switches_are_set_by_name(http):
    assert pull(http, "settings", {"record_put_is_partial": False}).json()["record_put_is_partial"] is False
    assert http.put(RECORD, json={"attendance": 2, "comment": ""}).status_code == 422


@pytest.mark.parametrize("body", [{"colour": True}, {"record_put_is_partial": 5}, {"busy_status": 500}])
def test_a_wrong_switch_is_400_and_says_which_there_are(http, body):
    assert pull(http, "settings", body).status_code == 400


def test_an_unknown_lever_is_404_and_names_the_levers(http):
    said = http.get("/_emulator/nothing")
    assert said.status_code == 404
    assert "POST faults" in said.json()["error"]


def fault(http, **rule):
    assert pull(http, "faults", {"rules": [rule]}).status_code == 200


def attendance(http):
    return http.get(RECORD).json()["data"]["attendance"]


def test_a_refused_connection_has_no_effect(http):
    fault(http, method="PUT", do="refuse", times=1)
    with pytest.raises(httpx2.TransportError):
        http.put(RECORD, json={"attendance": -1, "comment": ""})
    assert attendance(http) == 0
    assert http.put(RECORD, json={"attendance": -1, "comment": ""}).status_code == 201


def test_a_lost_reply_has_taken_effect(http):
    fault(http, method="PUT", do="lose_reply", times=1)
    with pytest.raises(httpx2.TransportError):
        http.put(RECORD, json={"attendance": -1, "comment": ""})
    assert attendance(http) == -1


def test_a_truncated_answer_has_taken_effect(http):
    fault(http, method="PUT", do="truncate", value=20, times=1)
    with pytest.raises(httpx2.TransportError):
        http.put(RECORD, json={"attendance": -1, "comment": ""})
    assert attendance(http) == -1


@pytest.mark.parametrize(("after", "effect"), [(False, 0), (True, -1)])
def test_a_5xx_comes_before_or_after_the_effect(http, after, effect):
    fault(http, method="PUT", do="status", value=502, after=after)
    said = http.put(RECORD, json={"attendance": -1, "comment": ""})
    assert (said.status_code, said.headers["content-type"]) == (502, "text/html")
    assert attendance(http) == effect


@pytest.mark.parametrize(("status", "message"), [(401, "Не указан идентификатор партнера"), (403, "Недостаточно прав")])
def test_a_4xx_comes_in_the_providers_words(http, status, message):
    fault(http, path="/api/v1/record", do="status", value=status)
    said = http.get(RECORD)
    assert (said.status_code, said.json()["meta"]["message"]) == (status, message)


def test_a_delayed_answer_arrives(http):
    fault(http, do="delay", value=0.05, times=1)
    assert http.get(RECORD).status_code == 200
    (rule,) = http.get("/_emulator/faults").json()["rules"]
    assert rule["happened"] == 1


def test_a_fault_keeps_to_its_time_on_the_emulators_clock(http):
    fault(http, do="status", value=503, **{"from": "2027-01-01T10:00:00Z", "until": "2027-01-01T11:00:00Z"})
    statuses = []
    for hour in ("09:59", "10:00", "10:59", "11:00"):
        pull(http, "clock", {"now": f"2027-01-01T{hour}:00+00:00"})
        statuses.append(http.get(RECORD).status_code)
    assert statuses == [200, 503, 503, 200]


def test_an_empty_list_clears_the_faults(http):
    fault(http, do="status", value=503)
    pull(http, "faults", {"rules": []})
    assert http.get(RECORD).status_code == 200


@pytest.mark.parametrize(
    "rules",
    [
        None,
        [{"do": "explode"}],
        [{"do": "status", "value": 200}],
        [{"do": "delay"}],
        [{"do": "refuse", "color": 1}],
        [{}],
    ],
)
def test_a_rule_that_makes_no_sense_is_400_and_named(http, rules):
    said = pull(http, "faults", {"rules": rules})
    assert said.status_code == 400
    assert "rules" in said.json()["error"]


def test_every_answer_names_its_entry_in_the_journal(http):
    number = http.get(RECORD).headers["x-request-id"]
    (entry,) = http.get("/_emulator/journal").json()["requests"]
    assert number == f"emulator-{entry['number']}"


def test_the_document_is_served_at_both_addresses(http):
    assert http.get("/openapi.json").json() == http.get("/_emulator/openapi.json").json()
    assert "/api/v1/record/{company_id}/{record_id}" in http.get("/openapi.json").json()["paths"]
