"""Each messenger from the client's side: what a message, a tap, a picture is on its wire, and how a reply is read."""

import hashlib
import hmac
import json
import re
from dataclasses import dataclass, field
from itertools import count
from typing import Any

import httpx2

from blackbox import webhooks
from frontdesk.booking.ids import Phone
from frontdesk.booking.times import Instant
from frontdesk.channels import web
from frontdesk.channels.console import Console
from frontdesk.channels.messages import Accepted, Address, Attachment, Batch, Contact, Content, Incoming, Sent, Text
from frontdesk.dialogue.talk import AttachmentKind, Reply
from frontdesk.service.parts import Account

Json = dict[str, Any]
TOKEN = "424242:AAmade-up"
SECRET = "s3cret"
SOMEBODY = "79000000001"
"""Whose number a forwarded contact holds: a client of the salon, but not the one who writes."""
STRANGER = "79001112233"


@dataclass(frozen=True)
class Client:
    """Who writes. Without a phone nothing proves their number."""

    phone: str
    name: str
    contact: str = ""
    """The number that they share when asked; where it is not said, somebody's who is no client."""


@dataclass(frozen=True)
class Seen:
    """One message as the client sees it: its words, and its buttons by label."""

    text: str
    buttons: dict[str, str]
    asks_contact: bool = False


@dataclass
class Wire:
    """The far side of everything the service sends out: accepts each message and remembers it."""

    posts: list[tuple[str, Json]] = field(default_factory=list)
    _numbers: count = field(default_factory=lambda: count(1))

    def __call__(self, request: httpx2.Request) -> httpx2.Response:
        self.posts.append((request.url.path.rsplit("/", 1)[1], json.loads(request.content)))
        number = next(self._numbers)
        body = {"body": {"mid": f"m{number}"}}
        result = {"message_id": number}
        return httpx2.Response(
            200, json={"ok": True, "result": result, "message": body, "messages": [{"id": f"wamid.OUT{number}"}]}
        )


class Messenger:
    """What the messengers have in common; `title` is their name in the journal's notes."""

    key, title, proves_by_contact = "", "", False

    def __init__(self, client: Client, wire: Wire) -> None:
        self.client, self.wire, self.numbers, self.take_in = client, wire, count(1), None

    def settings(self) -> Json:
        """Its table in the settings."""
        return {}

    def accounts(self) -> dict[tuple[str, str], Account]:
        """Its account where it has no settings."""
        return {}


class WhatsApp(Messenger):
    """Signed webhooks of the Cloud API; a client without a phone is known by Meta's scoped id."""

    key, title = "whatsapp", "WhatsApp"
    number = "106540352242922"

    def settings(self) -> Json:
        secrets = {"access_token": "graph-token", "app_secret": webhooks.APP_SECRET, "verify_token": "v"}
        account = {"salons": ["demo"], "graph_url": "http://graph.invalid/v26.0", "phone_number_id": self.number}
        return {"whatsapp": {"main": account | secrets}}

    def update(self, part: Json, now: Instant) -> Json:
        message = {"id": f"wamid.IN{next(self.numbers)}", "timestamp": str(int(now.timestamp())), **part}
        person: Json = {"profile": {"name": self.client.name}}
        if self.client.phone:
            return {"message": message | {"from": self.client.phone}, "person": person | {"wa_id": self.client.phone}}
        return {"message": message | {"from_user_id": "RU.1"}, "person": person | {"user_id": "RU.1"}}

    def says(self, text: str, now: Instant) -> Json:
        return self.update(webhooks.text(text), now)

    def taps(self, choice: str, label: str, now: Instant) -> Json:
        return self.update(webhooks.button(choice, label), now)

    def sends(self, what: str, now: Instant) -> Json:
        return self.update(_WHATSAPP_PARTS[what](self.client), now)

    async def deliver(self, updates: list[Json], post: httpx2.AsyncClient) -> None:
        messages = [one["message"] for one in updates]
        raw = webhooks.body(webhooks.value(self.number, people=[updates[0]["person"]], messages=messages))
        headers = {"X-Hub-Signature-256": webhooks.signature(raw)}
        answer = await post.post("/webhooks/whatsapp", content=raw, headers=headers)
        assert answer.status_code == httpx2.codes.OK, answer.text

    async def seen(self) -> list[Seen]:
        return [_whatsapp(body) for _, body in self.wire.posts if "type" in body]


_WHATSAPP_PARTS = {
    "голосовое": lambda _: webhooks.voice(),
    "фото": lambda _: {"type": "image", "image": {"id": "1", "mime_type": "image/jpeg", "sha256": "m"}},
    "стикер": lambda _: {"type": "sticker", "sticker": {"id": "2", "mime_type": "image/webp", "sha256": "m"}},
    "свой контакт": lambda client: webhooks.contact(client.phone or client.contact or STRANGER, asked=True),
    "чужой контакт": lambda _: webhooks.contact(SOMEBODY, asked=False),
}


def _whatsapp(body: Json) -> Seen:
    if body["type"] == "text":
        return Seen(body["text"]["body"], {})
    shown, action = body["interactive"], body["interactive"]["action"]
    buttons = [one["reply"] for one in action.get("buttons", ())]
    rows = [row for section in action.get("sections", ()) for row in section["rows"]]
    choices = {one["title"]: one["id"] for one in (*buttons, *rows)}
    return Seen(shown["body"]["text"], choices, asks_contact=shown["type"] == "request_contact_info")


class Telegram(Messenger):
    """Updates of the Bot API."""

    key, title, header, proves_by_contact = "telegram", "Telegram", "X-Telegram-Bot-Api-Secret-Token", True
    user = 5550001

    def settings(self) -> Json:
        return {
            self.key: {"main": {"salons": ["demo"], "api_url": "http://bots.invalid", "token": TOKEN, "secret": SECRET}}
        }

    def _person(self) -> Json:
        return {"id": self.user, "is_bot": False, "first_name": self.client.name}

    def update(self, part: Json, now: Instant) -> Json:
        number = next(self.numbers)
        chat = {"id": self.user, "type": "private"}
        base = {"message_id": number, "from": self._person(), "chat": chat, "date": int(now.timestamp())}
        return {"update_id": number, "message": base | part}

    def says(self, text: str, now: Instant) -> Json:
        return self.update({"text": text}, now)

    def taps(self, choice: str, _label: str, now: Instant) -> Json:
        number = next(self.numbers)
        message = {"message_id": 1, "chat": {"id": self.user, "type": "private"}, "date": int(now.timestamp())}
        query = {"id": f"q{number}", "from": self._person(), "message": message, "data": choice}
        return {"update_id": number, "callback_query": query}

    def sends(self, what: str, now: Instant) -> Json:
        media = {"file_id": "1", "file_unique_id": "1"}
        own = {
            "phone_number": self.client.phone or self.client.contact or STRANGER,
            "user_id": self.user,
            "first_name": "Я",
        }
        parts = {
            "голосовое": {"voice": media},
            "фото": {"photo": [media]},
            "стикер": {"sticker": media},
            "свой контакт": {"contact": own},
            "чужой контакт": {"contact": {"phone_number": SOMEBODY, "user_id": 777, "first_name": "Мама"}},
        }
        return self.update(parts[what], now)

    async def deliver(self, updates: list[Json], post: httpx2.AsyncClient) -> None:
        for update in updates:
            answer = await post.post(f"/webhooks/{self.key}/main", json=update, headers={self.header: SECRET})
            assert answer.status_code == httpx2.codes.OK, answer.text

    async def seen(self) -> list[Seen]:
        return [self._seen(body) for method, body in self.wire.posts if method == "sendMessage"]

    def _seen(self, body: Json) -> Seen:
        markup = body.get("reply_markup", {})
        buttons = {one["text"]: one["callback_data"] for row in markup.get("inline_keyboard", ()) for one in row}
        return Seen(body["text"], buttons, asks_contact="keyboard" in markup)


class Max(Telegram):
    """Updates of MAX."""

    key, title, header = "max", "MAX", "X-Max-Bot-Api-Secret"

    def _person(self) -> Json:
        return {"user_id": self.user, "name": self.client.name, "is_bot": False}

    def update(self, part: Json, now: Instant) -> Json:
        at = int(now.timestamp() * 1000)
        content = {"mid": f"mid.{next(self.numbers)}", "text": None} | part
        recipient = {"chat_id": 7, "chat_type": "dialog"}
        message = {"recipient": recipient, "sender": self._person(), "timestamp": at, "body": content}
        return {"update_type": "message_created", "timestamp": at, "message": message}

    def taps(self, choice: str, _label: str, now: Instant) -> Json:
        at = int(now.timestamp() * 1000)
        callback = {"callback_id": f"c{next(self.numbers)}", "user": self._person(), "payload": choice, "timestamp": at}
        message = {"recipient": {"chat_id": 7, "chat_type": "dialog"}}
        return {"update_type": "message_callback", "timestamp": at, "callback": callback, "message": message}

    def sends(self, what: str, now: Instant) -> Json:
        own, other = (
            self._contact(self.client.phone or self.client.contact or STRANGER, self.user),
            self._contact(SOMEBODY, 777),
        )
        payload: Json = {"url": "http://cdn.invalid/1", "token": "t"}
        kinds = {
            "голосовое": {"type": "audio", "payload": payload},
            "фото": {"type": "image", "payload": payload},
            "стикер": {"type": "sticker", "payload": payload},
            "свой контакт": own,
            "чужой контакт": other,
        }
        return self.update({"attachments": [kinds[what]]}, now)

    def _contact(self, phone: str, user: int) -> Json:
        card = f"BEGIN:VCARD\r\nVERSION:3.0\r\nTEL;TYPE=cell:{phone}\r\nEND:VCARD\r\n"
        signed = hmac.new(TOKEN.encode(), card.encode(), hashlib.sha256).hexdigest()
        return {"type": "contact", "payload": {"vcf_info": card, "hash": signed, "max_info": {"user_id": user}}}

    async def seen(self) -> list[Seen]:
        return [self._seen(body) for method, body in self.wire.posts if method == "messages"]

    def _seen(self, body: Json) -> Seen:
        rows = [row for one in body.get("attachments") or () for row in one["payload"]["buttons"]]
        every = [button for row in rows for button in row]
        buttons = {one["text"]: one["payload"] for one in every if one["type"] == "callback"}
        return Seen(body["text"], buttons, asks_contact=any(one["type"] == "request_contact" for one in every))


@dataclass(frozen=True)
class Window(web.WebDoor):
    """The page itself: what it was sent, once by its key."""

    shown: dict[tuple[str, str], Json] = field(default_factory=dict)

    async def send(self, address: Address, reply: Reply, key: str) -> Sent:
        sent = await super().send(address, reply, key)
        if isinstance(sent, Accepted):
            self.shown.setdefault((address.user, key), web.render(reply))
        return sent


class WebPage(Messenger):
    """The web chat: JSON from the page, replies kept for it."""

    key, title = "web", "веб-чат"

    def __init__(self, client: Client, wire: Wire) -> None:
        super().__init__(client, wire)
        self.outlet = Window()

    def accounts(self) -> dict[tuple[str, str], Account]:
        return {("web", "demo"): Account(self.title, ("demo",), self.outlet)}

    def address(self) -> Address:
        return Address("web", "demo", self.client.phone or "visitor")

    def says(self, text: str, now: Instant) -> Incoming:
        return self._parsed({"text": text}, now)

    def taps(self, choice: str, label: str, now: Instant) -> Incoming:
        return self._parsed({"choice": choice, "label": label}, now)

    def _parsed(self, part: Json, now: Instant) -> Incoming:
        body = json.dumps({"id": f"page-{next(self.numbers)}", **part}).encode()
        (incoming,) = web.parse(
            body, self.address(), now, Phone(self.client.phone) if self.client.phone else None
        ).incoming
        return self._named(incoming)

    def _named(self, incoming: Incoming) -> Incoming:
        return Incoming(
            incoming.address, incoming.message_id, incoming.sent_at, incoming.content, self.client.name, incoming.proved
        )

    def sends(self, what: str, now: Instant) -> Incoming:
        """The page itself can't; what it would mean still goes the whole way behind it."""
        contents: dict[str, Content] = {
            "голосовое": Attachment(AttachmentKind.VOICE),
            "фото": Attachment(AttachmentKind.MEDIA),
            "стикер": Attachment(AttachmentKind.MEDIA),
            "чужой контакт": Contact(Phone(SOMEBODY), own=False),
        }
        proved = Phone(self.client.phone) if self.client.phone else None
        return self._named(Incoming(self.address(), f"in-{next(self.numbers)}", now, contents[what], proved=proved))

    async def deliver(self, updates: list[Incoming], _post: httpx2.AsyncClient) -> None:
        await self.take_in(Batch(tuple(updates)))

    async def seen(self) -> list[Seen]:
        kept = [one for (user, _), one in self.outlet.shown.items() if user == self.address().user]
        return [
            Seen(one["text"], {c["label"]: c["id"] for c in one["choices"]}, asks_contact=bool(one["ask_contact"]))
            for one in kept
        ]


class Terminal(WebPage):
    """The terminal: a tap is its number, typed."""

    key, title = "console", "терминал"
    _rows = re.compile(r"^  (\d+)\. (.*)$", re.MULTILINE)

    def __init__(self, client: Client, wire: Wire) -> None:
        super().__init__(client, wire)
        self.printed: list[str] = []
        self.outlet = Console(self.printed.append)

    def accounts(self) -> dict[tuple[str, str], Account]:
        return {("console", "terminal"): Account(self.title, ("demo",), self.outlet)}

    def address(self) -> Address:
        return Address("console", "terminal", self.client.phone or "visitor")

    def says(self, text: str, now: Instant) -> Incoming:
        return self._said(self.outlet.heard(text), now)

    def taps(self, choice: str, label: str, now: Instant) -> Incoming:
        number = next((n for n, one in enumerate(self.outlet.choices, 1) if one.id == choice), None)
        return self._said(self.outlet.heard(str(number)) if number else Text(label), now)

    def _said(self, content: Content, now: Instant) -> Incoming:
        proved = Phone(self.client.phone) if self.client.phone else None
        return self._named(Incoming(self.address(), f"line-{next(self.numbers)}", now, content, proved=proved))

    async def seen(self) -> list[Seen]:
        return [self._read(text) for text in self.printed]

    def _read(self, text: str) -> Seen:
        rows = {label.split(" · ")[0]: number for number, label in self._rows.findall(text)}
        ids = {
            label: self.outlet.choices[int(n) - 1].id if int(n) <= len(self.outlet.choices) else ""
            for label, n in rows.items()
        }
        return Seen(self._rows.sub("", text).strip(), ids)


class NextDoor(Terminal):
    """Where another client of the salon writes, whatever messenger the conversation is played on."""

    def accounts(self) -> dict[tuple[str, str], Account]:
        return {("console", "next door"): Account(self.title, ("demo",), self.outlet)}

    def address(self) -> Address:
        return Address("console", "next door", self.client.phone)

    def _said(self, content: Content, now: Instant) -> Incoming:
        numbered = f"next-door-{next(self.numbers)}"
        return self._named(Incoming(self.address(), numbered, now, content, proved=Phone(self.client.phone)))


MESSENGERS = (WhatsApp, Telegram, Max, WebPage, Terminal)
