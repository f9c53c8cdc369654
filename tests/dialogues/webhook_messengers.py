"""The messengers whose webhooks are signed or secret."""

import hashlib
import hmac

import httpx2

from blackbox import webhooks
from dialogues.messengers import SOMEBODY, STRANGER, Json, Messenger, Seen
from frontdesk.booking.times import Instant

TOKEN = "424242:AAmade-up"
SECRET = "s3cret"


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
