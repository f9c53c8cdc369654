import asyncio
import json

import httpx2
from desks import desk_of

from frontdesk.emulator.app import create_app
from frontdesk.emulator.pacing import Turnstile
from frontdesk.yclients.profiles import ALTEGIO

HEADERS = {"Authorization": "Bearer demo-partner, User demo-user", "Accept": "application/vnd.yclients.v2+json"}
RECORD = "/api/v1/record/962302/1211181002"
HOOKS = {"urls": ["https://one.example/", "https://two.example/"], "active": 1, "record": 1, "self_sending": 1}


def arrivals(turnstile, clock, moments, address="one"):
    answers = []
    for moment in moments:
        clock[0] = moment
        answers.append(turnstile.retry_after_s(address) is None)
    return answers


def test_five_pass_in_any_second():
    clock = [0.0]
    turnstile = Turnstile(lambda: clock[0])
    assert arrivals(turnstile, clock, [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.999]) == [True] * 5 + [False] * 2
    assert arrivals(turnstile, clock, [1.0, 1.05, 1.1]) == [True, False, True]


def test_two_hundred_pass_in_any_minute():
    clock = [0.0]
    turnstile = Turnstile(lambda: clock[0])
    assert all(arrivals(turnstile, clock, [one * 0.25 for one in range(200)]))
    assert arrivals(turnstile, clock, [50, 59.9, 60.0]) == [False, False, True]


def test_addresses_are_counted_apart():
    clock = [0.0]
    turnstile = Turnstile(lambda: clock[0])
    assert arrivals(turnstile, clock, [0] * 5, "one") == arrivals(turnstile, clock, [0] * 5, "two") == [True] * 5


def play(app, *requests):
    async def run():
        async with httpx2.AsyncClient(
            transport=httpx2.ASGITransport(app), base_url="http://emulator", headers=HEADERS
        ) as http:
            answers = [await http.request(method, path, json=body) for method, path, body in requests]
        await app.webhooks.finish()
        return answers

    return asyncio.run(run())


def test_a_call_too_many_is_429_and_says_when_to_come_back():
    app = create_app(desk_of("demo").emulator.world, pace=True)
    answers = play(app, *[("GET", RECORD, None)] * 7)
    assert {answer.status_code for answer in answers[:5]} == {200}
    assert answers[-1].status_code == 429
    assert answers[-1].headers["retry-after"] == "1"
    assert answers[-1].json()["meta"]["message"] == "Превышен лимит запросов"


def test_the_twin_refuses_in_english():
    app = create_app(desk_of("demo").emulator.world, profile=ALTEGIO)
    (answer,) = play(app, ("GET", "/api/v1/record/1/1", None))
    assert answer.json()["meta"]["message"] == "Location not found."


class Letterbox:
    def __init__(self):
        self.letters = []

    async def __call__(self, url, body):
        self.letters.append((url, json.loads(json.dumps(body))))


def told(*requests, hooks=HOOKS, **switches):
    box = Letterbox()
    world = desk_of("demo").emulator.world
    world.switches.change(**switches)
    app = create_app(world, post=box)
    play(app, ("POST", "/api/v1/hooks_settings/962302", hooks), *requests)
    return box.letters


CANCEL = ("PUT", RECORD, {"attendance": -1, "comment": "Отменено"})


def test_a_change_is_told_to_every_address():
    letters = told(CANCEL)
    assert [url for url, _ in letters] == HOOKS["urls"]
    body = letters[0][1]
    assert (body["company_id"], body["resource"], body["resource_id"]) == (962302, "record", 1211181002)
    assert (body["status"], body["data"]["attendance"]) == ("update", -1)


def test_a_deletion_is_told_as_one():
    assert [body["status"] for _, body in told(("DELETE", RECORD, None))] == ["delete", "delete"]


def test_what_nobody_asked_for_is_not_told():
    assert told(CANCEL, hooks={**HOOKS, "record": 0}) == []
    assert told(CANCEL, hooks={**HOOKS, "active": 0}) == []
    assert told(CANCEL, hooks={**HOOKS, "self_sending": 0}, own_changes_send_webhooks=False) == []


def test_by_a_switch_each_is_told_four_times():
    letters = told(CANCEL, repeated_webhooks=4)
    assert len(letters) == 8
    assert all(body == letters[0][1] for _, body in letters)


def test_masters_are_set_as_master_and_told_as_staff():
    letters = told(("PUT", "/api/v1/staff/962302/2401", {"name": "Анна"}), hooks={**HOOKS, "record": 0, "master": 1})
    assert {body["resource"] for _, body in letters} == {"staff"}


def test_an_address_that_is_none_is_refused():
    said = desk_of("demo").say("POST", "hooks_settings/962302", {"urls": ["ftp://x"], "active": 1})
    assert (said.status, list(said.body["meta"]["errors"])) == (422, ["urls"])
