"""Each messenger as the shared tests see it: what is shown of a reply, what a tap on it sends back."""

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime

import meta

from frontdesk.booking.times import instant
from frontdesk.channels import max, telegram, web, whatsapp  # noqa: A004 - MAX is a messenger
from frontdesk.channels.messages import Address, Batch, Incoming
from frontdesk.dialogue.talk import Choice, Reply

NOW = instant(datetime.fromtimestamp(meta.AT, UTC))
KEY = "reply-1"
MAX_TOKEN = "max-token"


@dataclass(frozen=True)
class Button:
    id: str
    label: str
    detail: str = ""


@dataclass(frozen=True)
class Shown:
    text: str
    buttons: tuple[Button, ...]


@dataclass(frozen=True)
class Sample:
    """`tap` makes the webhook that a tap on the button sends; `said` those of a text, as examples to spoil."""

    render: Callable[[Reply], object]
    shown: Callable[[object], Shown]
    parse: Callable[[bytes], Batch]
    tap: Callable[[Button], bytes]
    examples: tuple[Mapping[str, object], ...]
    text_limit: int
    label_limit: int

    def tapped(self, button: Button) -> Incoming:
        (heard,) = self.parse(self.tap(button)).incoming
        return heard


def _whatsapp_shown(payload):
    if payload["type"] == "text":
        return Shown(payload["text"]["body"], ())
    interactive = payload["interactive"]
    action = interactive["action"]
    rows = [row for section in action.get("sections", []) for row in section["rows"]]
    found = [Button(b["reply"]["id"], b["reply"]["title"]) for b in action.get("buttons", [])]
    found += [Button(row["id"], row["title"], row.get("description", "")) for row in rows]
    return Shown(interactive["body"]["text"], tuple(found))


def _whatsapp_tap(button):
    reply = {"id": button.id, "title": button.label}
    return meta.body(meta.message("interactive", interactive={"type": "list_reply", "list_reply": reply}))


WHATSAPP = Sample(
    lambda reply: whatsapp.render(reply, meta.PHONE, KEY),
    _whatsapp_shown,
    whatsapp.parse,
    _whatsapp_tap,
    (
        json.loads(meta.body(meta.text("Привет"))),
        json.loads(meta.body(meta.message("contacts", contacts=[{"phones": [{"phone": meta.PHONE}]}]))),
        json.loads(_whatsapp_tap(Button("a", "b"))),
        json.loads(meta.status_body(meta.status("failed", errors=[{"code": 131047, "error_data": {"details": "x"}}]))),
    ),
    whatsapp.TEXT_LIMIT,
    whatsapp.ROW_LIMIT,
)


def telegram_person(**changes):
    return {"id": 5550001, "is_bot": False, "first_name": "Ольга", "language_code": "ru"} | changes


TELEGRAM_CHAT = {"id": 5550001, "type": "private", "first_name": "Ольга"}


def telegram_message(**parts):
    base = {"message_id": 31, "from": telegram_person(), "chat": TELEGRAM_CHAT, "date": meta.AT}
    return {"update_id": 8001, "message": base | parts}


def telegram_query(data, keyboard=(), **parts):
    shown = {"message_id": 32, "from": telegram_person(id=9, is_bot=True), "chat": TELEGRAM_CHAT, "date": meta.AT - 60}
    shown["reply_markup"] = {"inline_keyboard": list(keyboard)}
    query = {"id": "4488", "from": telegram_person(), "message": shown, "chat_instance": "1", "data": data}
    return {"update_id": 8002, "callback_query": query | parts}


def _telegram_shown(payload):
    rows = payload["reply_markup"].get("inline_keyboard", [])
    return Shown(payload["text"], tuple(Button(b["callback_data"], b["text"]) for row in rows for b in row))


def _telegram_tap(button):
    keyboard = [[{"text": button.label, "callback_data": button.id}]]
    return json.dumps(telegram_query(button.id, keyboard)).encode()


TELEGRAM = Sample(
    lambda reply: telegram.render(reply, "5550001"),
    _telegram_shown,
    lambda body: telegram.parse(body, "main", NOW),
    _telegram_tap,
    (
        telegram_message(text="Привет"),
        telegram_message(contact={"phone_number": meta.PHONE, "user_id": 5550001}),
        telegram_query("a", [[{"text": "А", "callback_data": "a"}]]),
    ),
    telegram.TEXT_LIMIT,
    telegram.BUTTON_LIMIT,
)


def max_person(**changes):
    return {"user_id": 660001, "first_name": "Ольга", "name": "Ольга", "is_bot": False} | changes


MAX_DIALOG = {"chat_id": 31337, "chat_type": "dialog", "user_id": 9}


def max_message(**body):
    message = {
        "recipient": MAX_DIALOG,
        "timestamp": meta.AT * 1000,
        "sender": max_person(),
        "body": {"mid": "mid.a1", "seq": 1, "text": None} | body,
    }
    return {"update_type": "message_created", "timestamp": meta.AT * 1000, "message": message}


def max_callback(payload, buttons=(), **parts):
    keyboard = {"type": "inline_keyboard", "payload": {"buttons": list(buttons)}}
    message = {"recipient": MAX_DIALOG, "body": {"mid": "mid.b2", "text": "?", "attachments": [keyboard]}}
    callback = {"callback_id": "cb:77", "timestamp": meta.AT * 1000, "user": max_person(), "payload": payload}
    return {"update_type": "message_callback", "callback": callback | parts, "message": message}


def _max_shown(payload):
    rows = [row for item in payload["attachments"] for row in item["payload"]["buttons"]]
    found = [Button(b["payload"], b["text"]) for row in rows for b in row if b["type"] == "callback"]
    return Shown(payload["text"], tuple(found))


def _max_tap(button):
    buttons = [[{"type": "callback", "text": button.label, "payload": button.id}]]
    return json.dumps(max_callback(button.id, buttons)).encode()


MAX = Sample(
    max.render,
    _max_shown,
    lambda body: max.parse(body, "main", MAX_TOKEN),
    _max_tap,
    (
        max_message(text="Привет"),
        max_message(attachments=[{"type": "contact", "payload": {"vcf_info": "TEL:79261112233", "hash": "0"}}]),
        max_callback("a", [[{"type": "callback", "text": "А", "payload": "a"}]]),
        {"update_type": "bot_started", "user": max_person(), "payload": "x", "timestamp": meta.AT * 1000},
    ),
    max.TEXT_LIMIT,
    max.BUTTON_LIMIT,
)

WEB_PERSON = Address("web", "demo", "session-1")

WEB = Sample(
    web.render,
    lambda payload: Shown(payload["text"], tuple(Button(c["id"], c["label"], c["detail"]) for c in payload["choices"])),
    lambda body: web.parse(body, WEB_PERSON, NOW),
    lambda button: json.dumps({"id": "m1", "choice": button.id, "label": button.label}).encode(),
    ({"id": "m1", "text": "Привет"}, {"id": "m2", "choice": "a", "label": "А"}),
    web.TEXT_LIMIT,
    web.LABEL_LIMIT,
)

MESSENGERS = {"whatsapp": WHATSAPP, "telegram": TELEGRAM, "max": MAX, "web": WEB}

LONG = "Стрижка и укладка у Марии. Это второе предложение! " * 200
MESSY = "а\x00б\x1b[31mв\ud83dг\r\nд"


def choices(count, label="Суббота {n} ноября, 15:00", detail=""):
    return tuple(Choice(f"pick:take:{n}:7", label.format(n=n), detail) for n in range(1, count + 1))


REPLIES = {
    "plain": Reply("Готово."),
    "with a footer": Reply("Какую?", choices(3), footer="Политика: https://salon.example/privacy", language="en"),
    "one": Reply("Отменить?", choices(1, "Да")),
    "three": Reply("Отменить?", choices(3, "Да {n}")),
    "three long labels": Reply("Какую?", choices(3)),
    "three alike labels": Reply("Какую?", choices(3, "Стрижка")),
    "three labels alike at first": Reply("Какую?", choices(3, "Окрашивание волос в один тон и стрижка {n}")),
    "four": Reply("Какую?", choices(4)),
    "ten": Reply("Какую?", choices(10, detail="Мария, 60 минут, 2 500 ₽")),
    "ten huge": Reply(LONG, choices(10, "Очень " * 100 + "{n}", "длинно " * 100)),
    "long": Reply(LONG),
    "long with choices": Reply(LONG, choices(3, "Да {n}")),
    "one word": Reply("щ" * 10_000),
    "emoji": Reply("👩‍👩‍👧‍👦" * 2000, choices(2, "👍🏽" * 30 + "{n}")),
    "messy": Reply(MESSY, choices(2, MESSY + "{n}")),
    "contact": Reply("Поделитесь номером.", ask_contact=True),
    "contact and choices": Reply("Поделитесь номером.", choices(2, "Нет {n}"), ask_contact=True),
    "contact, long": Reply(LONG, choices(2, "Нет {n}"), ask_contact=True),
}
