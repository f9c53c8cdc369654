"""Telegram Bot API: updates in, `sendMessage` out.

The bot's token stands in every address (`/bot<token>/sendMessage`), so it is kept out of the HTTP library's log lines
and no error quotes an address. Updates come once per `update_id`; a tap has no time of its own, so it gets that of
its arrival. Only private chats are read. A phone is proved only by the sender's own contact, which Telegram marks
with the sender's id.
"""

import logging
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import httpx2

from frontdesk.booking.phones import international_phone
from frontdesk.booking.times import Instant
from frontdesk.channels.limits import checked, clip_apart, in_full, numbered, share_number_label
from frontdesk.channels.messages import (
    START,
    Accepted,
    Address,
    Attachment,
    Batch,
    Contact,
    Content,
    CutOff,
    Incoming,
    Rejected,
    SendAction,
    Sent,
    Tap,
    Text,
)
from frontdesk.channels.posting import post
from frontdesk.channels.reading import fields, identifier, items, load, moment, words
from frontdesk.channels.trust import Forged, Genuine, check_token
from frontdesk.dialogue.talk import AttachmentKind, Choice, Reply

CHANNEL = "telegram"
SECRET_HEADER = "X-Telegram-Bot-Api-Secret-Token"  # noqa: S105 - a header's name
ALLOWED_UPDATES = ("message", "edited_message", "callback_query")
"""What the webhook is registered for, and what is polled."""

TEXT_LIMIT = 4096
BUTTON_LIMIT = 64

_Fields = Mapping[str, object]

_TAP = re.compile(r"tap:(?P<query>[^:]+):(?P<message>\d*)", re.ASCII)
_START = re.compile(r"/start(?:@\w+)?(?:\s+(?P<payload>[\w-]{1,58}))?\s*", re.ASCII)
_VOICE = ("voice", "audio", "video_note")
_MEDIA = ("photo", "video", "animation", "document", "sticker", "story", "paid_media")
_UNREADABLE = ("location", "venue", "poll", "dice", "game", "checklist")


def verify(secret_token: str | None, secret: str, account: str) -> Genuine | Forged:
    """Whether the header `X-Telegram-Bot-Api-Secret-Token` is the `secret_token` that the webhook was set with."""
    return check_token(secret_token, secret, account, SECRET_HEADER)


def parse(body: bytes, account: str, received_at: Instant) -> Batch:
    """The one update that a webhook call carries. Never raises, whatever the bytes."""
    update = load(body)
    return Batch(ignored=("not a JSON object",)) if update is None else read_update(update, account, received_at)


def read_update(update: _Fields, account: str, received_at: Instant) -> Batch:
    """One update, from a webhook or polled. Never raises, whatever it holds.

    Who edits a message says it anew, but at the time they first said it: so an old «да» never becomes a new one.
    """
    update_id = identifier(update.get("update_id"))
    if not update_id:
        return Batch(ignored=("not a Telegram update",))
    if "message" in update:
        return Batch.of([_message(fields(update["message"]), account, update_id)])
    if "edited_message" in update:
        edited = fields(update["edited_message"])
        return Batch.of([_message(edited, account, update_id) if "text" in edited else "an edit of what is no text"])
    if "callback_query" in update:
        return Batch.of([_tap(fields(update["callback_query"]), account, received_at)])
    kinds = [words(kind, 64) for kind in update if kind != "update_id"]
    return Batch(ignored=(f"not a message: {', '.join(kinds) or 'an empty update'}",))


def _message(message: _Fields, account: str, update_id: str) -> Incoming | str:
    sender, sent_at = fields(message.get("from")), moment(message.get("date"))
    if (refusal := _not_a_person(sender, fields(message.get("chat")))) is not None:
        return refusal
    content = _content(message, identifier(sender.get("id")))
    if content is None or sent_at is None:
        return "a service message: nobody said anything"
    proved = content.phone if isinstance(content, Contact) and content.own else None
    address = Address(CHANNEL, account, identifier(sender.get("id")))
    return Incoming(address, f"update:{update_id}", sent_at, content, _name(sender), proved)


def _tap(query: _Fields, account: str, received_at: Instant) -> Incoming | str:
    sender, message = fields(query.get("from")), fields(query.get("message"))
    if (refusal := _not_a_person(sender, fields(message.get("chat")))) is not None:
        return refusal
    choice, query_id = identifier(query.get("data")), identifier(query.get("id"))
    if not choice or not query_id:
        return "a tap that says nothing"
    message_id = f"tap:{query_id}:{identifier(message.get('message_id'))}"
    address = Address(CHANNEL, account, identifier(sender.get("id")))
    return Incoming(address, message_id, received_at, Tap(choice, _label(message, choice)), _name(sender))


def _not_a_person(sender: _Fields, chat: _Fields) -> str | None:
    if chat.get("type") != "private":
        return "not a private chat: appointments are nobody else's business"
    if sender.get("is_bot") is True:
        return "a message of a bot"
    if not identifier(sender.get("id")).isdigit() or identifier(sender.get("id")) != identifier(chat.get("id")):
        return "a message without a sender"
    return None


def _content(message: _Fields, sender_id: str) -> Content | None:
    """What was said; None where the message is only Telegram's own notice (a pin, a timer)."""
    if "text" in message:
        return _text(words(message["text"]))
    if "contact" in message:
        return _contact(fields(message["contact"]), sender_id)
    caption = words(message.get("caption"))
    if any(kind in message for kind in _VOICE):
        return Attachment(AttachmentKind.VOICE, caption)
    if any(kind in message for kind in _MEDIA):
        return Attachment(AttachmentKind.MEDIA, caption)
    return Attachment(AttachmentKind.UNSUPPORTED) if any(kind in message for kind in _UNREADABLE) else None


def _text(text: str) -> Content:
    """`/start` is how Telegram passes on a tap on «Start», with the payload of the link that led here."""
    started = _START.fullmatch(text)
    if started is None:
        return Text(text)
    return Tap(f"{START}:{started['payload']}" if started["payload"] else START, "/start")


def _contact(card: _Fields, sender_id: str) -> Content:
    phone = international_phone(words(card.get("phone_number"), 64))
    if phone is None:
        return Attachment(AttachmentKind.UNSUPPORTED)
    return Contact(phone, own=identifier(card.get("user_id")) == sender_id)


def _label(message: _Fields, choice: str) -> str:
    """What the tapped button bore, where the message still shows it."""
    rows = items(fields(message.get("reply_markup")).get("inline_keyboard"))
    buttons = [fields(button) for row in rows for button in items(row)]
    return next((words(button.get("text"), 256) for button in buttons if button.get("callback_data") == choice), "")


def _name(sender: _Fields) -> str:
    return f"{words(sender.get('first_name'), 64)} {words(sender.get('last_name'), 64)}".strip()


def render(reply: Reply, user: str) -> dict[str, object]:
    """The body of `sendMessage`. Raises ValueError where no message could carry the reply.

    Choices are an inline keyboard, one a row. Telegram's «share my contact» button is a keyboard of another kind,
    beside which choices can't be shown: then they are numbered in the text.
    """
    fit = checked(reply)
    if not (user.isascii() and user.isdigit()):
        raise ValueError(f"a private chat on Telegram has a number, not {user!r}")
    message = {"chat_id": int(user), "link_preview_options": {"is_disabled": True}}
    if fit.ask_contact:
        return message | {"text": numbered(fit.text, fit.choices, TEXT_LIMIT), "reply_markup": _ask_contact(fit)}
    markup = {"inline_keyboard": _buttons(fit.choices)} if fit.choices else {"remove_keyboard": True}
    return message | {"text": numbered(fit.text, (), TEXT_LIMIT), "reply_markup": markup}


def _buttons(choices: tuple[Choice, ...]) -> list[list[dict[str, str]]]:
    labels = clip_apart((in_full(choice) for choice in choices), BUTTON_LIMIT)
    return [[{"text": label, "callback_data": choice.id}] for choice, label in zip(choices, labels, strict=True)]


def _ask_contact(reply: Reply) -> dict[str, object]:
    return {
        "keyboard": [[{"text": share_number_label(reply), "request_contact": True}]],
        "resize_keyboard": True,
        "one_time_keyboard": True,
    }


@dataclass(frozen=True, slots=True)
class Telegram:
    """One bot. `api_url` is `https://api.telegram.org` or a local Bot API server."""

    client: httpx2.AsyncClient = field(repr=False)
    api_url: str
    token: str = field(repr=False)

    def __post_init__(self) -> None:
        logging.getLogger("httpx2").addFilter(hide_token)

    async def send(self, address: Address, reply: Reply, key: str) -> Sent:  # noqa: ARG002 - Telegram carries no key
        """Sends one message; every failure is an answer, nothing is raised."""
        try:
            payload = render(reply, address.user)
        except ValueError as refusal:
            return Rejected(SendAction.PARK, str(refusal))
        answer = await self._call("sendMessage", payload)
        return outcome(answer) if isinstance(answer, httpx2.Response) else answer

    async def show_typing(self, address: Address, message_id: str) -> None:  # noqa: ARG002 - the chat is enough
        """Shows «typing» until the answer, 5 seconds at most; failure is ignored."""
        await self._call("sendChatAction", {"chat_id": address.user, "action": "typing"})

    async def acknowledge(self, address: Address, message_id: str) -> None:
        """After a tap takes its keyboard away, so that it is not pressed twice; failure is ignored.

        «Telegram clients will display a progress bar until you call answerCallbackQuery.»
        """
        if (tap := _TAP.fullmatch(message_id)) is None:
            return
        await self._call("answerCallbackQuery", {"callback_query_id": tap["query"]})
        if tap["message"]:
            await self._call("editMessageReplyMarkup", {"chat_id": address.user, "message_id": int(tap["message"])})

    async def _call(self, method: str, payload: _Fields) -> httpx2.Response | Rejected | CutOff:
        return await post(self.client, f"{self.api_url.rstrip('/')}/bot{self.token}/{method}", payload, {})


def outcome(answer: httpx2.Response) -> Sent:
    """What Telegram's answer to `sendMessage` means."""
    body = load(answer.content) or {}
    if answer.is_server_error:
        return CutOff(f"HTTP {answer.status_code}: Telegram does not say whether the message went out")
    if body.get("ok") is True:
        message_id = identifier(fields(body.get("result")).get("message_id"))
        return Accepted(message_id) if message_id else CutOff("accepted without an id")
    if "error_code" not in body:
        detail = f"HTTP {answer.status_code} without Telegram's error: check api_url in the settings"
        return Rejected(SendAction.PAUSE_ACCOUNT, detail, whole_account=True)
    return _rejection(answer.status_code, body)


def _rejection(status: int, body: _Fields) -> Rejected:
    sentence = words(body.get("description"), 300)
    detail = f"{status}: {sentence}"
    rule = _RULES.get(status)
    if rule is not None:
        return rule(detail, body)
    gone = "chat not found" in sentence.lower()
    return Rejected(SendAction.UNREACHABLE if gone else SendAction.PARK, detail, blocked=gone)


def _token_is_wrong(detail: str, _: _Fields) -> Rejected:
    return Rejected(SendAction.PAUSE_ACCOUNT, f"{detail}: check the bot's token in the settings", whole_account=True)


def _blocked(detail: str, _: _Fields) -> Rejected:
    """«bot was blocked by the user», «user is deactivated», «bot can't initiate conversation with a user»."""
    return Rejected(SendAction.UNREACHABLE, detail, blocked=True)


def _too_many(detail: str, body: _Fields) -> Rejected:
    named = identifier(fields(body.get("parameters")).get("retry_after"))
    if named.isascii() and named.isdigit():
        return Rejected(SendAction.RETRY, detail, retry_after_s=float(int(named)))
    return Rejected(SendAction.RETRY, detail, retry_after_s=1, growth=2, longest_wait_s=60)


_RULES: Mapping[int, Callable[[str, _Fields], Rejected]] = {
    401: _token_is_wrong,
    403: _blocked,
    404: _token_is_wrong,
    429: _too_many,
}

_TOKEN_IN_ADDRESS = re.compile(r"/bot[^/\s\"]+")


def hide_token(record: logging.LogRecord) -> bool:
    """Takes the bot's token out of a log line; the HTTP library logs each request with its address."""
    record.msg, record.args = _TOKEN_IN_ADDRESS.sub("/bot•••", record.getMessage()), ()
    return True
