"""The salon's web chat: a talk belongs to whoever holds its token, and to nobody else."""

import asyncio
import json
import re
from contextlib import asynccontextmanager
from datetime import timedelta

import httpx2
import pytest
import structlog
from hypothesis import given
from hypothesis import strategies as st

from fresh_store import fresh_store
from frontdesk.booking.times import Instant
from frontdesk.desk.buckets import Buckets
from frontdesk.dialogue.voice import Tone, Voice
from frontdesk.emulator.app import Emulator
from frontdesk.emulator.salons.building import build_world
from frontdesk.service.clock import SystemClock
from frontdesk.service.parts import Limits
from frontdesk.service.settings import read
from frontdesk.service.wiring import World, wire
from frontdesk.store import salon_wishes
from frontdesk.store.database import open_store
from frontdesk.yclients.turnstile import Open
from service_facts import NOON

SALON = {"company_id": 962302, "partner_token": "demo-partner", "user_token": "demo-user"}
NOTICE = {"legal_name": "ООО «Центр»", "privacy_url": "https://salon.example/p", "privacy_version": "1"}
PAGE = "/chat/main"
SAID = f"{PAGE}/messages"


def settings(folder, web, **salon):
    return read(
        {
            "store": {"url": f"sqlite:///{folder}/web.db"},
            "salon": {"demo": SALON | {"base_url": "http://emulator.invalid"} | salon},
            "web": web,
        },
        {},
    )


@asynccontextmanager
async def opened(folder, web=None, client="198.51.100.7", clock=None, **salon):
    emulator = Emulator(build_world("demo"))
    world = World(
        clock=clock or SystemClock(),
        log=structlog.get_logger(),
        provider=httpx2.ASGITransport(emulator),
        gate=Open(),
        limits=Limits(quiet=timedelta(0)),
        open_store=fresh_store,
    )
    chats = {"main": {"salons": ["demo"], "origins": ["https://salon.example"]}} if web is None else web
    app = wire(settings(folder, chats, **salon), world).app
    visitor = httpx2.ASGITransport(app, client=(client, 1))
    async with (
        app.router.lifespan_context(app),
        httpx2.AsyncClient(transport=visitor, base_url="http://frontdesk.invalid") as http,
    ):
        yield http


class Still(SystemClock):
    """No time passes, so that nothing flows into a bucket."""

    def now(self):
        return NOON


class Visitor:
    """A browser with the page open."""

    def __init__(self, http, token):
        self.http, self.headers, self.last, self.said = http, {"x-chat-token": token}, 0, 0

    @classmethod
    async def comes(cls, http):
        page = await http.get(PAGE)
        return cls(http, re.search(r'data-token="([^"]+)"', page.text)[1])

    async def posts(self, **message):
        self.said += 1
        body = json.dumps({"id": f"m{self.said}"} | message)
        return await self.http.post(SAID, content=body, headers=self.headers)

    async def says(self, text):
        assert (await self.posts(text=text)).status_code == 202
        return await self.hears()

    async def hears(self):
        answer = await self.http.get(SAID, params={"after": self.last}, headers=self.headers)
        (message,) = answer.json()
        self.last = message["number"]
        return message

    async def sees(self):
        return [(line["mine"], line["text"]) for line in (await self.http.get(SAID, headers=self.headers)).json()]


def story(folder, told, **more):
    async def whole():
        async with opened(folder, **more) as http:
            await told(http)

    asyncio.run(whole())


def test_a_visitor_talks_and_finds_the_talk_again(tmp_path):
    async def told(http):
        anna = await Visitor.comes(http)
        assert (await anna.says("Здравствуйте"))["text"].startswith("Здравствуйте! Это")
        await anna.says("Сколько стоит маникюр?")
        seen = await anna.sees()
        assert [mine for mine, _ in seen] == [True, False, True, False]
        assert seen[2][1] == "Сколько стоит маникюр?"

    story(tmp_path, told)


def test_the_notice_stands_under_the_first_answer_alone_and_is_one_message_with_it(tmp_path):
    async def told(http):
        anna = await Visitor.comes(http)
        assert "ООО «Центр»" in (await anna.says("Здравствуйте"))["text"]
        assert "ООО «Центр»" not in (await anna.says("Сколько стоит маникюр?"))["text"]
        export = (await anna.says("какие мои данные вы храните?"))["text"]
        assert "• уведомление о данных: 1: ООО «Центр»" in export

    story(tmp_path, told, **NOTICE)


def test_a_typed_number_is_no_key_to_anybodys_appointments(tmp_path):
    async def told(http):
        anna = await Visitor.comes(http)
        asked = await anna.says("Мои записи")
        assert asked["ask_contact"] is True
        answer = await anna.says("+7 900 000-00-01")
        assert "Женская стрижка" not in answer["text"]
        assert "маникюр" not in answer["text"].lower()

    story(tmp_path, told)


def test_nobody_reads_another_talk_and_a_token_that_is_none_opens_nothing(tmp_path):
    async def told(http):
        anna, boris = await Visitor.comes(http), await Visitor.comes(http)
        assert anna.headers != boris.headers
        await anna.says("Здравствуйте")
        assert await boris.sees() == []
        for token in ("", "x", "а" * 43, "-" * 44, anna.headers["x-chat-token"][:-1]):
            answer = await http.get(SAID, headers={"x-chat-token": token.encode()})
            assert answer.status_code == 404
        assert (await http.get(SAID)).status_code == 404
        assert (await http.post(SAID, json={"id": "1", "text": "Привет"})).status_code == 404

    story(tmp_path, told)


def test_the_same_id_of_two_visitors_is_two_messages_and_of_one_is_one(tmp_path):
    async def told(http):
        anna, boris = await Visitor.comes(http), await Visitor.comes(http)
        await anna.says("Здравствуйте")
        await boris.says("Здравствуйте")
        anna.said = 0
        await anna.posts(text="Здравствуйте")
        assert len(await anna.sees()) == 2

    story(tmp_path, told)


@pytest.mark.parametrize("body", [b"", b"[]", b"{}", b'{"id": 1.5, "text": "a"}', b"\xff", b'{"text": "no id"}'])
def test_what_is_no_message_is_refused(tmp_path, body):
    async def told(http):
        anna = await Visitor.comes(http)
        assert (await http.post(SAID, content=body, headers=anna.headers)).status_code == 400

    story(tmp_path, told)


def test_a_flood_is_stopped_and_a_huge_message_is_not_read(tmp_path):
    async def told(http):
        anna, boris = await Visitor.comes(http), await Visitor.comes(http)
        statuses = [(await anna.posts(text="и")).status_code for _ in range(15)]
        assert statuses == [202] * 10 + [429] * 5
        huge = await http.post(SAID, content=b"x" * 40_000, headers=boris.headers)
        assert huge.status_code == 413

    story(tmp_path, told, clock=Still())


@pytest.mark.parametrize("client", ["198.51.100.7", "2001:db8::7"])
def test_one_address_gets_no_more_by_taking_new_tokens(tmp_path, client):
    async def told(http):
        statuses = [(await (await Visitor.comes(http)).posts(text="и")).status_code for _ in range(62)]
        assert statuses == [202] * 60 + [429] * 2

    story(tmp_path, told, client=client, clock=Still())


def test_what_the_salon_wished_at_the_desk_holds_from_the_start(tmp_path):
    async def told(http):
        anna = await Visitor.comes(http)
        first = (await anna.says("Здравствуйте"))["text"]
        assert first == "Привет! Это Лия, Салон красоты «Ясный день». Чем помочь?\n\nВаш «Ясный день»"

    def wished(connection):
        salon_wishes.save(connection, Voice(Tone.FRIENDLY, "Лия", "Ваш «Ясный день»"))

    async def save():
        store = open_store(f"sqlite:///{tmp_path}/web.db")
        await store.write(wished)
        await store.close()

    asyncio.run(save())
    story(tmp_path, told)


@pytest.mark.parametrize("after", ["-1", "1.5", "x", "9" * 19, "٣"])
def test_a_number_that_is_none_is_refused(tmp_path, after):
    async def told(http):
        anna = await Visitor.comes(http)
        answer = await http.get(SAID, params={"after": after}, headers=anna.headers)
        assert answer.status_code == 404

    story(tmp_path, told)


def test_only_the_salons_own_sites_may_frame_the_page_and_it_asks_nobody_else(tmp_path):
    async def told(http):
        await (await Visitor.comes(http)).says("Здравствуйте")
        page = await http.get(PAGE)
        policy = page.headers["content-security-policy"]
        assert policy.endswith("frame-ancestors 'self' https://salon.example")
        assert policy.startswith("default-src 'none'; script-src 'self'; style-src 'self'")
        assert page.headers["cache-control"] == "no-store"
        files = re.findall(r'(?:src|href)="(/[^"]+)"', page.text)
        assert len(files) == 2
        for path in (*files, "/chat/widget.js"):
            assert (await http.get(path)).status_code == 200
        assert "http" not in page.text.replace("http-equiv", "")
        assert "Ясный день" in page.text
        assert (await http.get("/chat/other")).status_code == 404

    story(tmp_path, told)


def test_the_page_speaks_english_to_english_browsers(tmp_path):
    async def told(http):
        page = await http.get(PAGE, headers={"accept-language": "en-GB,en;q=0.9"})
        assert "Write a message" in page.text

    story(tmp_path, told)


def test_without_a_web_chat_in_the_settings_there_is_no_page(tmp_path):
    async def told(http):
        assert (await http.get(PAGE)).status_code == 404
        assert (await http.get("/chat/widget.js")).status_code == 404

    story(tmp_path, told, web={})


@given(steps=st.lists(st.integers(0, 10), max_size=80), most=st.integers(1, 9), a_minute=st.integers(1, 120))
def test_nobody_gets_more_than_the_bucket_and_what_flows_in(steps, most, a_minute):
    buckets, now, taken = Buckets(most, a_minute), NOON, 0
    for step in steps:
        now = Instant(now + timedelta(seconds=step))
        taken += buckets.take("a", now)
    assert taken <= most + sum(steps) * a_minute / 60 + 1e-6
    assert buckets.take("b", now)
