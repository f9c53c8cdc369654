"""WhatsApp Business Cloud API: who may call our webhook, how a reply looks within Meta's limits, and sending it."""

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass, field

import httpx2

from frontdesk.channels.limits import checked, choose_label, clip, clip_apart, in_full, length, numbered
from frontdesk.channels.messages import (
    Accepted,
    Address,
    CutOff,
    Rejected,
    SendAction,
    Sent,
)
from frontdesk.channels.posting import post
from frontdesk.channels.reading import fields, identifier, items, load
from frontdesk.channels.trust import Forged, Genuine, same_secret
from frontdesk.channels.whatsapp_errors import UNSURE, code_of, rejection
from frontdesk.channels.whatsapp_inbound import CHANNEL, parse
from frontdesk.dialogue.talk import Choice, Reply

__all__ = ["CHANNEL", "WhatsApp", "handshake", "parse", "render", "verify"]

TEXT_LIMIT = 4096
BODY_LIMIT = 1024
BUTTONS = 3
BUTTON_LIMIT = 20
ROW_LIMIT = 24
DESCRIPTION_LIMIT = 72
KEY_LIMIT = 512

_SIGNED_WITH = "sha256="


def handshake(query: Mapping[str, str], verify_tokens: Mapping[str, str]) -> str | Forged:
    """The challenge to give back as plain text when Meta checks the address, or the refusal.

    `verify_tokens` leads from an account's name to its token. Both the token and the mode must be right.
    """
    if query.get("hub.mode") != "subscribe":
        return Forged(403, "hub.mode is not subscribe")
    given = query.get("hub.verify_token", "")
    if not any(same_secret(given, token) for token in verify_tokens.values()):
        return Forged(403, "hub.verify_token is not the one in the settings")
    return query.get("hub.challenge", "")


def verify(body: bytes, signature: str | None, app_secrets: Mapping[str, str]) -> Genuine | Forged:
    """Whether the bytes, as received, were signed with an app secret, and of which accounts (by name).

    `signature` is the header `X-Hub-Signature-256`. Meta escapes what is not ASCII, so JSON that was read and written
    again is another text and its signature does not hold.
    """
    if not signature:
        return Forged(401, "no X-Hub-Signature-256: the webhook is not signed")
    matching = {
        name
        for name, secret in app_secrets.items()
        if secret and same_secret(signature, _SIGNED_WITH + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest())
    }
    if not matching:
        return Forged(403, "X-Hub-Signature-256 does not match: another app's secret, or the body was changed")
    return Genuine(frozenset(matching))


def render(reply: Reply, user: str, key: str) -> dict[str, object]:
    """The body of `POST /{phone_number_id}/messages`. Raises ValueError where no message could carry the reply.

    Up to three choices with short labels are buttons, up to ten a list. What is too long for either is a numbered
    text, since typed numbers are understood wherever a tap is. `key` comes back in the statuses.
    """
    fit = checked(reply)
    if not 0 < len(key) <= KEY_LIMIT:
        raise ValueError(f"the key of a message must have 1 to {KEY_LIMIT} characters")
    recipient = {"to": user} if user.isdigit() else {"recipient": user}
    return {
        "messaging_product": "whatsapp",
        "recipient_type": "individual",
        **recipient,
        **_message(fit),
        "biz_opaque_callback_data": key,
    }


def _message(reply: Reply) -> dict[str, object]:
    if reply.ask_contact:
        return _contact_request(reply)
    if not reply.choices or length(reply.text) > BODY_LIMIT:
        return _text(numbered(reply.text, reply.choices, TEXT_LIMIT))
    short = all(length(choice.label) <= BUTTON_LIMIT for choice in reply.choices)
    if len(reply.choices) <= BUTTONS and short:
        return _interactive("button", reply.text, {"buttons": _buttons(reply.choices)})
    sections = [{"rows": _rows(reply.choices)}]
    return _interactive("list", reply.text, {"button": choose_label(reply), "sections": sections})


def _contact_request(reply: Reply) -> dict[str, object]:
    """Meta's own «share your number» button; it takes no other choices, so these are numbered in its words."""
    words = numbered(reply.text, reply.choices, TEXT_LIMIT)
    if length(words) > BODY_LIMIT:
        return _text(words)
    return _interactive("request_contact_info", words, {"name": "request_contact_info"})


def _text(body: str) -> dict[str, object]:
    return {"type": "text", "text": {"preview_url": False, "body": body}}


def _interactive(kind: str, body: str, action: dict[str, object]) -> dict[str, object]:
    return {"type": "interactive", "interactive": {"type": kind, "body": {"text": body}, "action": action}}


def _buttons(choices: tuple[Choice, ...]) -> list[dict[str, object]]:
    titles = clip_apart((choice.label for choice in choices), BUTTON_LIMIT)
    return [
        {"type": "reply", "reply": {"id": choice.id, "title": title}}
        for choice, title in zip(choices, titles, strict=True)
    ]


def _rows(choices: tuple[Choice, ...]) -> list[dict[str, object]]:
    titles = clip_apart((choice.label for choice in choices), ROW_LIMIT)
    return [_row(choice, title) for choice, title in zip(choices, titles, strict=True)]


def _row(choice: Choice, title: str) -> dict[str, object]:
    """A label that had to be clipped stands whole in the description."""
    description = choice.detail if title == choice.label else in_full(choice)
    row: dict[str, object] = {"id": choice.id, "title": title}
    return row | {"description": clip(description, DESCRIPTION_LIMIT)} if description else row


@dataclass(frozen=True, slots=True)
class WhatsApp:
    """One number of the salon. `graph_url` has the API's version in it: `https://graph.facebook.com/v26.0`."""

    client: httpx2.AsyncClient = field(repr=False)
    graph_url: str
    phone_number_id: str
    access_token: str = field(repr=False)

    async def send(self, address: Address, reply: Reply, key: str) -> Sent:
        """Sends one message; every failure is an answer, nothing is raised."""
        try:
            payload = render(reply, address.user, key)
        except ValueError as refusal:
            return Rejected(SendAction.PARK, str(refusal))
        answer = await self._post(payload)
        return outcome(answer, address.user) if isinstance(answer, httpx2.Response) else answer

    async def show_typing(self, address: Address, message_id: str) -> None:  # noqa: ARG002 - Meta finds the chat itself
        """Marks the message as read and shows «typing» until the answer, 25 seconds at most; failure is ignored."""
        typing = {"status": "read", "message_id": message_id, "typing_indicator": {"type": "text"}}
        await self._post({"messaging_product": "whatsapp", **typing})

    async def acknowledge(self, address: Address, message_id: str) -> None:
        """A WhatsApp button waits for nothing, and a message that was sent can't be changed."""

    async def _post(self, payload: Mapping[str, object]) -> httpx2.Response | Rejected | CutOff:
        url = f"{self.graph_url.rstrip('/')}/{self.phone_number_id}/messages"
        return await post(self.client, url, payload, {"Authorization": f"Bearer {self.access_token}"})


def outcome(answer: httpx2.Response, user: str) -> Sent:
    """What Meta's answer to a send means. An error that does not say whether the message went out is a cut-off."""
    body = load(answer.content) or {}
    error = fields(body.get("error"))
    if answer.is_success and not error:
        return _accepted(body)
    if code_of(error) in UNSURE or answer.is_server_error:
        return CutOff(f"HTTP {answer.status_code}, {rejection(error, user).detail}")
    return rejection(error, user) if error else _by_status(answer.status_code)


def _accepted(body: Mapping[str, object]) -> Sent:
    first = next((fields(message) for message in items(body.get("messages"))), {})
    message_id = identifier(first.get("id"))
    return Accepted(message_id) if message_id else CutOff("accepted without an id: a status report will tell")


def _by_status(status: int) -> Sent:
    """An answer without Meta's error object, so most likely not Meta's own."""
    detail = f"HTTP {status} without Meta's error: check graph_url in the settings"
    if status == httpx2.codes.TOO_MANY_REQUESTS:
        return Rejected(SendAction.RETRY, detail, 1, whole_account=True, growth=2, longest_wait_s=60)
    if status == httpx2.codes.REQUEST_TIMEOUT:
        return CutOff(detail)
    return Rejected(SendAction.PAUSE_ACCOUNT, detail, whole_account=True)
