"""A bot without a webhook: its updates are fetched, and confirmed only once they are stored."""

import asyncio
import json
from datetime import UTC, datetime

import httpx2
import pytest
import structlog
from structlog.testing import LogCapture

from frontdesk.booking.times import Instant
from frontdesk.channels.messages import Text
from frontdesk.channels.telegram import parse
from frontdesk.channels.telegram_updates import NotFetched, Updates
from frontdesk.service.polling import Poller

NOON = Instant(datetime(2026, 11, 21, 12, tzinfo=UTC))
PERSON = {"id": 5550001, "is_bot": False, "first_name": "Ирина"}
DATE = 1795250000


def update(number, text, kind="message", **more):
    message = {"message_id": number, "from": PERSON, "chat": {"id": 5550001, "type": "private"}, "date": DATE}
    return {"update_id": number, kind: message | {"text": text} | more}


class Telegram:
    """The Bot API's side of polling: keeps updates until a higher offset confirms them."""

    def __init__(self, *updates):
        self.kept, self.asked, self.refusals = list(updates), [], []

    def __call__(self, request):
        method, said = request.url.path.rsplit("/", 1)[1], json.loads(request.content)
        self.asked.append((method, said))
        if self.refusals:
            return self.refusals.pop(0)
        if method == "deleteWebhook":
            return httpx2.Response(200, json={"ok": True, "result": True})
        self.kept = [one for one in self.kept if one["update_id"] >= said["offset"]]
        return httpx2.Response(200, json={"ok": True, "result": self.kept})


class House:
    """Takes in what is fetched; the store may be away."""

    def __init__(self, telegram):
        self.took, self.away, self.slept, self.log = [], 0, [], LogCapture()
        client = httpx2.AsyncClient(transport=httpx2.MockTransport(telegram))
        self.poller = Poller(
            Updates(client, "https://bots.invalid", "42:token", "main"),
            self.take_in,
            lambda: NOON,
            self.sleep,
            structlog.wrap_logger(None, processors=[self.log]),
        )

    async def take_in(self, batch):
        if self.away:
            self.away -= 1
            raise OSError("the database is away")
        self.took += [one.content.text for one in batch.incoming]

    async def sleep(self, seconds):
        self.slept.append(seconds)
        if len(self.slept) > 20:
            raise asyncio.CancelledError


def test_the_webhook_is_taken_away_first_and_nothing_that_waits_is_lost_with_it():
    telegram = Telegram(update(7, "Привет"))
    house = House(telegram)
    asyncio.run(house.poller.step())
    assert telegram.asked[0] == ("deleteWebhook", {"drop_pending_updates": False})
    assert telegram.asked[1][0] == "getUpdates"
    assert house.took == ["Привет"]


def test_what_is_stored_is_confirmed_with_the_next_call_and_fetched_once():
    telegram = Telegram(update(7, "раз"), update(8, "два"))
    house = House(telegram)

    async def story():
        await house.poller.step()
        assert [one["update_id"] for one in telegram.kept] == [7, 8]
        await house.poller.step()

    asyncio.run(story())
    assert telegram.kept == []
    assert house.took == ["раз", "два"]


def test_what_could_not_be_stored_comes_again_and_what_was_before_it_does_not():
    telegram = Telegram(update(7, "раз"), update(8, "два"))
    house = House(telegram)

    async def story():
        await house.poller.step()
        telegram.kept.append(update(9, "три"))
        house.away = 1
        with pytest.raises(OSError, match="away"):
            await house.poller.step()
        await house.poller.step()

    asyncio.run(story())
    assert house.took == ["раз", "два", "три"]


def test_another_program_on_the_same_bot_is_told_clearly_and_the_webhook_is_looked_after_again():
    telegram = Telegram()
    house = House(telegram)

    async def story():
        await house.poller.step()
        refusal = {"ok": False, "error_code": 409, "description": "Conflict: terminated by other getUpdates request"}
        telegram.refusals = [httpx2.Response(409, json=refusal)]
        trouble = await house.poller.step()
        assert isinstance(trouble, NotFetched)
        assert "another program fetches this bot's messages" in trouble.detail
        assert trouble.wait_s == 30
        await house.poller.step()

    asyncio.run(story())
    assert [method for method, _ in telegram.asked].count("deleteWebhook") == 2


@pytest.mark.parametrize(
    ("answer", "said", "wait_s"),
    [
        (httpx2.Response(401, json={"ok": False, "description": "Unauthorized"}), "check the bot's token", 60),
        (httpx2.Response(429, json={"ok": False, "parameters": {"retry_after": 7}}), "429", 7),
        (httpx2.Response(502, text="<html>"), "502", None),
        (httpx2.Response(200, json=[]), "200", None),
    ],
)
def test_every_trouble_says_what_it_is_and_never_the_token(answer, said, wait_s):
    telegram = Telegram()
    telegram.refusals = [answer]
    trouble = asyncio.run(House(telegram).poller.step())
    assert said in trouble.detail
    assert "42:token" not in trouble.detail
    assert trouble.wait_s == wait_s


def test_the_loop_goes_on_after_every_trouble_waiting_longer_each_time_up_to_a_minute():
    telegram = Telegram()
    telegram.refusals = [httpx2.Response(502)] * 30
    house = House(telegram)
    with pytest.raises(asyncio.CancelledError):
        asyncio.run(house.poller.run())
    assert house.slept[:6] == [2, 4, 8, 16, 32, 60]
    assert max(house.slept) == 60
    assert all("42:token" not in str(entry) for entry in house.log.entries)


@pytest.mark.parametrize("junk", [None, 7, "x", {}, {"update_id": "x"}, {"update_id": -1}, {"update_id": True}])
def test_an_update_that_is_none_is_left_aside(junk):
    house = House(Telegram())
    transport = httpx2.MockTransport(lambda _: httpx2.Response(200, json={"ok": True, "result": [junk]}))
    updates = Updates(httpx2.AsyncClient(transport=transport), "https://bots.invalid", "t", "main")
    assert asyncio.run(updates.fetch(0, NOON)) == ()
    assert house.took == []


def test_an_edited_text_is_said_anew_at_the_time_it_was_first_said():
    edited = update(9, "нет, в 16", "edited_message", edit_date=DATE + 600)
    (heard,) = parse(json.dumps(edited).encode(), "main", NOON).incoming
    assert heard.content == Text("нет, в 16")
    assert heard.sent_at == Instant(datetime.fromtimestamp(DATE, UTC))
    picture = {"update_id": 3, "edited_message": update(3, "")["message"] | {"photo": []}}
    del picture["edited_message"]["text"]
    assert parse(json.dumps(picture).encode(), "main", NOON).incoming == ()
