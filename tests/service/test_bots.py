"""Telegram and MAX from the webhook to the journal: the real service between the emulator and a made-up Bot API."""

import asyncio
import hashlib
import hmac
import json
import re
import time
from contextlib import asynccontextmanager
from itertools import count

import httpx2
import pytest
import structlog

from frontdesk.emulator.app import Emulator
from frontdesk.emulator.salons.building import build_world
from frontdesk.service.clock import SystemClock
from frontdesk.service.parts import Limits
from frontdesk.service.settings import read
from frontdesk.service.wiring import World, wire
from frontdesk.yclients.turnstile import Open

IRINA = "79000000001"
TOKEN = "424242:AAmade-up"
SECRET = "s3cret"
SOON_S = 10.0


class BotApi:
    """Stands in for both Bot APIs: accepts everything and remembers it."""

    def __init__(self):
        self.asked, self.numbers, self.news = [], count(1), asyncio.Event()

    def __call__(self, request):
        self.asked.append((request.url.path.rsplit("/", 1)[1], json.loads(request.content)))
        self.news.set()
        number = next(self.numbers)
        return httpx2.Response(
            200, json={"ok": True, "result": {"message_id": number}, "message": {"body": {"mid": f"m{number}"}}}
        )

    def sent(self):
        return [payload for method, payload in self.asked if method in {"sendMessage", "messages"}]

    async def until(self, seen):
        """Waits until what was asked so far satisfies this."""
        async with asyncio.timeout(SOON_S):
            while not seen():
                self.news.clear()
                await self.news.wait()

    async def until_asked(self, methods):
        await self.until(lambda: set(methods) <= {method for method, _ in self.asked})


class Log:
    """Remembers what was logged."""

    def __init__(self):
        self.entries, self.news = [], asyncio.Event()

    def __call__(self, _logger, _method, entry):
        self.entries.append(entry)
        self.news.set()
        raise structlog.DropEvent

    async def link_of(self, master):
        """The start payload that the log names for this master."""
        async with asyncio.timeout(SOON_S):
            while not (links := [one["start"] for one in self.entries if one.get("master") == master]):
                self.news.clear()
                await self.news.wait()
        return links[0]


def another_person(messenger, number):
    """The same messenger in somebody else's hand."""
    theirs = type(messenger)()
    theirs.numbers = count(number)
    theirs.person = theirs.person | {"user_id": number} if "user_id" in theirs.person else {"id": number}
    theirs.person |= {"is_bot": False, "first_name": "Анна"}
    theirs.chat = {"id": number, "type": "private"}
    return theirs


class Telegram:
    channel, header = "telegram", "X-Telegram-Bot-Api-Secret-Token"
    after_a_tap = ("answerCallbackQuery", "editMessageReplyMarkup")

    def __init__(self):
        self.numbers = count(1)
        self.person = {"id": 5550001, "is_bot": False, "first_name": "Ирина"}
        self.chat = {"id": 5550001, "type": "private"}

    def message(self, **parts):
        number = next(self.numbers)
        base = {"message_id": number, "from": self.person, "chat": self.chat, "date": int(time.time())}
        return {"update_id": number, "message": base | parts}

    def start(self, code=""):
        return self.message(text=f"/start {code}".strip())

    def says(self, text):
        return self.message(text=text)

    def shares_contact(self):
        return self.message(contact={"phone_number": IRINA, "user_id": 5550001})

    def taps(self, data):
        number = next(self.numbers)
        query = {"id": f"q{number}", "from": self.person, "message": {"message_id": 1, "chat": self.chat}, "data": data}
        return {"update_id": number, "callback_query": query}

    def asks_contact(self, payload):
        return "keyboard" in payload["reply_markup"]

    def choices(self, payload):
        rows = payload["reply_markup"].get("inline_keyboard", [])
        return {button["text"]: button["callback_data"] for row in rows for button in row}


class Max:
    channel, header = "max", "X-Max-Bot-Api-Secret"
    after_a_tap = ("answers",)

    def __init__(self):
        self.numbers = count(1)
        self.person = {"user_id": 660001, "name": "Ирина", "is_bot": False}
        self.dialog = {"chat_id": 7, "chat_type": "dialog"}

    def message(self, **body):
        now = int(time.time() * 1000)
        content = {"mid": f"mid.{next(self.numbers)}", "text": None} | body
        message = {"recipient": self.dialog, "sender": self.person, "timestamp": now, "body": content}
        return {"update_type": "message_created", "timestamp": now, "message": message}

    def start(self, code=None):
        now = int(time.time() * 1000)
        return {"update_type": "bot_started", "user": self.person, "timestamp": now, "payload": code}

    def says(self, text):
        return self.message(text=text)

    def shares_contact(self):
        card = f"BEGIN:VCARD\r\nVERSION:3.0\r\nTEL;TYPE=cell:{IRINA}\r\nEND:VCARD\r\n"
        signed = hmac.new(TOKEN.encode(), card.encode(), hashlib.sha256).hexdigest()
        payload = {"vcf_info": card, "hash": signed, "max_info": {"user_id": 660001}}
        return self.message(attachments=[{"type": "contact", "payload": payload}])

    def taps(self, data):
        callback = {"callback_id": f"c{next(self.numbers)}", "user": self.person, "payload": data}
        callback["timestamp"] = int(time.time() * 1000)
        return {"update_type": "message_callback", "callback": callback, "message": {"recipient": self.dialog}}

    def _buttons(self, payload):
        return [button for kept in payload["attachments"] for row in kept["payload"]["buttons"] for button in row]

    def asks_contact(self, payload):
        return any(button["type"] == "request_contact" for button in self._buttons(payload))

    def choices(self, payload):
        return {button["text"]: button["payload"] for button in self._buttons(payload) if button["type"] == "callback"}


class Chat:
    """A person's side of the conversation."""

    def __init__(self, web, api, messenger):
        self.web, self.api, self.messenger = web, api, messenger

    async def posts(self, update, secret=SECRET):
        path = f"/webhooks/{self.messenger.channel}/main"
        return await self.web.post(path, json=update, headers={self.messenger.header: secret} if secret else {})

    async def hears(self, update):
        """Posts the update and waits for the one message that answers it."""
        before = len(self.api.sent())
        assert (await self.posts(update)).status_code == 200
        await self.api.until(lambda: len(self.api.sent()) > before)
        return self.api.sent()[before]


@asynccontextmanager
async def opened(messenger, folder, *, notify=None, log=None):
    bot = {"salons": ["demo"], "api_url": "http://bots.invalid", "token": TOKEN, "secret": SECRET}
    salon = {"company_id": 962302, "partner_token": "demo-partner", "user_token": "demo-user"}
    written = {
        "store": {"url": f"sqlite:///{folder}/bots.db"},
        "salon": {"demo": salon | {"base_url": "http://emulator.invalid"}},
        messenger.channel: {"main": bot},
        "notify": notify or {},
    }
    api, emulator = BotApi(), Emulator(build_world("demo"))
    world = World(
        clock=SystemClock(),
        log=structlog.wrap_logger(None, processors=[log]) if log else structlog.get_logger(),
        provider=httpx2.ASGITransport(emulator),
        messengers=httpx2.MockTransport(api),
        gate=Open(),
        limits=Limits(quiet=Limits().quiet * 0),
    )
    app = wire(read(written, {}), world).app
    async with (
        app.router.lifespan_context(app),
        httpx2.AsyncClient(transport=httpx2.ASGITransport(app), base_url="http://frontdesk.invalid") as web,
    ):
        yield Chat(web, api, messenger), emulator


each = pytest.mark.parametrize("make", [Telegram, Max])


@each
def test_a_client_shares_a_number_and_cancels(make, tmp_path):
    async def story():
        messenger = make()
        async with opened(messenger, tmp_path) as (chat, emulator):
            greeting = await chat.hears(messenger.start())
            assert "Здравствуйте" in greeting["text"]
            asked = await chat.hears(messenger.says("Хочу отменить запись"))
            assert messenger.asks_contact(asked)
            question = await chat.hears(messenger.shares_contact())
            yes = next(data for label, data in messenger.choices(question).items() if label.startswith("Да"))
            told = await chat.hears(messenger.taps(yes))
            await chat.api.until_asked(messenger.after_a_tap)
            own = emulator.world.appointments.of_client(962302, 70001)
            assert any("Отменено клиентом" in one.comment for one in own), told

    asyncio.run(story())


@each
def test_a_webhook_that_does_not_know_the_secret_is_refused(make, tmp_path):
    async def story():
        messenger = make()
        async with opened(messenger, tmp_path) as (chat, _):
            for secret, status in ((None, 401), ("guess", 403)):
                assert (await chat.posts(messenger.says("Привет"), secret)).status_code == status
            assert chat.api.asked == []

    asyncio.run(story())


@each
def test_an_update_that_comes_twice_is_answered_once(make, tmp_path):
    async def story():
        messenger = make()
        async with opened(messenger, tmp_path) as (chat, _):
            update = messenger.says("Привет")
            await chat.hears(update)
            await chat.posts(update)
            await chat.hears(messenger.says("Здравствуйте"))
            assert len(chat.api.sent()) == 2

    asyncio.run(story())


@each
def test_a_master_opens_the_link_and_is_told_of_a_cancellation_with_the_window_it_leaves(make, tmp_path):
    async def story():
        messenger, log = make(), Log()
        master = another_person(messenger, 770077)
        async with opened(messenger, tmp_path, notify={"masters": True}, log=log) as (chat, _):
            ready = await chat.hears(master.start(await log.link_of("Анна Соколова")))
            assert ready["text"] == "Готово, Анна Соколова: буду писать сюда об отменах и записях."
            await chat.hears(messenger.says("Хочу отменить запись"))
            question = await chat.hears(messenger.shares_contact())
            yes = next(data for label, data in messenger.choices(question).items() if label.startswith("Да"))
            await chat.posts(messenger.taps(yes))
            notices = lambda: [one["text"] for one in chat.api.sent() if one["text"].startswith("Отмена: ")]  # noqa: E731
            await chat.api.until(notices)
            (notice,) = notices()
            assert re.fullmatch(
                r"Отмена: женская стрижка, завтра, .* в 15:00, Ирина.*\. Окно 13:30–(18|20):00 свободно\.", notice
            ), notice
            assert IRINA not in notice

    asyncio.run(story())
