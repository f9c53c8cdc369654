"""Webhooks in Meta's shape, signed as Meta signs them: over the bytes, everything outside ASCII escaped."""

import hashlib
import hmac
import json
from typing import Any

Json = dict[str, Any]
APP_SECRET = "app-secret-0123456789abcdef"
OWN_NUMBER = "74950000000"


def body(*values: Json) -> bytes:
    """One call of Meta's: an entry with a change for each value."""
    changes = [{"field": "messages", "value": value} for value in values]
    entry = {"id": "102290129340398", "changes": changes}
    return json.dumps({"object": "whatsapp_business_account", "entry": [entry]}).encode()


def signature(raw: bytes, secret: str = APP_SECRET) -> str:
    """The header `X-Hub-Signature-256`."""
    return "sha256=" + hmac.new(secret.encode(), raw, hashlib.sha256).hexdigest()


def value(account: str, *, people: list[Json] = [], **carried: list[Json]) -> Json:  # noqa: B006 - only read
    """What one change carries for one of our numbers: messages or statuses."""
    metadata = {"display_phone_number": OWN_NUMBER, "phone_number_id": account}
    contacts = {"contacts": people} if people else {}
    return {"messaging_product": "whatsapp", "metadata": metadata, **contacts, **carried}


def text(words: str) -> Json:
    return {"type": "text", "text": {"body": words}}


def button(choice: str, label: str) -> Json:
    """A tap on a reply button."""
    reply = {"type": "button_reply", "button_reply": {"id": choice, "title": label}}
    return {"type": "interactive", "interactive": reply}


def row(choice: str, label: str) -> Json:
    """A tap on a row of a list."""
    reply = {"type": "list_reply", "list_reply": {"id": choice, "title": label, "description": ""}}
    return {"type": "interactive", "interactive": reply}


def voice() -> Json:
    sound = {"mime_type": "audio/ogg; codecs=opus", "sha256": "m04p", "id": "1234567890987654321", "voice": True}
    return {"type": "audio", "audio": sound}


def contact(phone: str, *, asked: bool) -> Json:
    """A contact card; `asked` is the answer to `request_contact_info`, which is the sender's own number."""
    card = {"phones": [{"phone": phone}]}
    return {"type": "contacts", "contacts": [card]} | ({"origin": "contact_request"} if asked else {})


def status(message_id: str, state: str, at: int, user: str, key: str) -> Json:
    """A report of how far one of our messages got."""
    return {
        "id": message_id,
        "status": state,
        "timestamp": str(at),
        "recipient_id": user,
        "biz_opaque_callback_data": key,
    }
