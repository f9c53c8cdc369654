r"""MAX Bot API: updates in, `POST /messages` out.

Times are milliseconds. The token goes bare into `Authorization`, without «Bearer». A shared contact is the sender's
own where it carries their id and a `hash` that only MAX and we can make: HMAC-SHA256 of `vcf_info` under the bot's
token, in hexadecimal. The card is signed with real line ends; some clients pass them on escaped (`\r\n` in four
characters), so both are tried. An update does not say which bot it is for: each account has an address of its own.
"""

import hashlib
import hmac
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

import httpx2

from frontdesk.booking.ids import Phone
from frontdesk.booking.phones import international_phone
from frontdesk.channels.limits import checked, clip_apart, cut, in_full, share_number_label
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
from frontdesk.channels.trust import Forged, Genuine, check_token, same_secret
from frontdesk.dialogue.talk import AttachmentKind, Choice, Reply

CHANNEL = "max"
SECRET_HEADER = "X-Max-Bot-Api-Secret"  # noqa: S105 - a header's name
UPDATE_TYPES = ("message_created", "message_callback", "bot_started")
"""What the webhook is registered for."""

TEXT_LIMIT = 4000
BUTTON_LIMIT = 128
_MS = 1000
_VCARD_LIMIT = 8192

_Fields = Mapping[str, object]

_TAP = re.compile(r"tap:(?P<callback>.+)")
_START_PAYLOAD = re.compile(r"[\w.-]{1,58}", re.ASCII)
_PHONE_LINE = re.compile(r"^TEL[^:\r\n]*:(?:tel:)?([^\r\n]+)", re.MULTILINE | re.IGNORECASE)
_VOICE = frozenset({"audio"})
_MEDIA = frozenset({"image", "video", "file", "sticker"})
_ADDS_NOTHING = frozenset({"share", "inline_keyboard"})


def verify(secret_header: str | None, secret: str, account: str) -> Genuine | Forged:
    """Whether the header `X-Max-Bot-Api-Secret` is the `secret` that the subscription was made with."""
    return check_token(secret_header, secret, account, SECRET_HEADER)


def parse(body: bytes, account: str, token: str) -> Batch:
    """The one update that a webhook call carries; `token` checks shared contacts. Never raises, whatever the bytes."""
    update = load(body)
    if update is None:
        return Batch(ignored=("not a JSON object",))
    kind = words(update.get("update_type"), 64)
    reader = _READERS.get(kind)
    if reader is None:
        return Batch(ignored=(f"not a message: {kind or 'not a MAX update'}",))
    return Batch.of([reader(update, account, token)])


def _message(update: _Fields, account: str, token: str) -> Incoming | str:
    message = fields(update.get("message"))
    body, sender = fields(message.get("body")), fields(message.get("sender"))
    message_id, sent_at = identifier(body.get("mid")), moment(message.get("timestamp"), ticks_per_s=_MS)
    if (refusal := _not_a_person(sender, fields(message.get("recipient")))) is not None:
        return refusal
    if not message_id or sent_at is None:
        return "a message without an id or a time"
    user = identifier(sender.get("user_id"))
    content = _content(body, user, token)
    proved = content.phone if isinstance(content, Contact) and content.own else None
    return Incoming(Address(CHANNEL, account, user), message_id, sent_at, content, _name(sender), proved)


def _tap(update: _Fields, account: str, _: str) -> Incoming | str:
    callback, message = fields(update.get("callback")), fields(update.get("message"))
    sender = fields(callback.get("user"))
    if (refusal := _not_a_person(sender, fields(message.get("recipient")))) is not None:
        return refusal
    choice, callback_id = identifier(callback.get("payload")), identifier(callback.get("callback_id"))
    sent_at = moment(callback.get("timestamp"), ticks_per_s=_MS)
    if not choice or not callback_id or sent_at is None:
        return "a tap that says nothing"
    address = Address(CHANNEL, account, identifier(sender.get("user_id")))
    label = _label(fields(message.get("body")), choice)
    return Incoming(address, f"tap:{callback_id}", sent_at, Tap(choice, label), _name(sender))


def _started(update: _Fields, account: str, _: str) -> Incoming | str:
    sender, started_at = fields(update.get("user")), moment(update.get("timestamp"), ticks_per_s=_MS)
    user = identifier(sender.get("user_id"))
    if not user.isdigit() or started_at is None:
        return "a start without a sender or a time"
    payload = identifier(update.get("payload"))
    choice = f"{START}:{payload}" if _START_PAYLOAD.fullmatch(payload) else START
    message_id = f"started:{user}:{identifier(update.get('timestamp'))}"
    return Incoming(Address(CHANNEL, account, user), message_id, started_at, Tap(choice, "/start"), _name(sender))


_READERS: Mapping[str, Callable[[_Fields, str, str], Incoming | str]] = {
    "message_created": _message,
    "message_callback": _tap,
    "bot_started": _started,
}


def _not_a_person(sender: _Fields, recipient: _Fields) -> str | None:
    if recipient.get("chat_type") != "dialog":
        return "not a dialog: appointments are nobody else's business"
    if sender.get("is_bot") is True:
        return "a message of a bot"
    return None if identifier(sender.get("user_id")).isdigit() else "a message without a sender"


def _content(body: _Fields, sender_id: str, token: str) -> Content:
    text = words(body.get("text"))
    attached = [fields(item) for item in items(body.get("attachments"))]
    kinds = {words(item.get("type"), 64) for item in attached} - _ADDS_NOTHING
    card = next((fields(item.get("payload")) for item in attached if item.get("type") == "contact"), None)
    if card is not None:
        return _contact(card, sender_id, token)
    if kinds & _VOICE:
        return Attachment(AttachmentKind.VOICE, text)
    if kinds & _MEDIA:
        return Attachment(AttachmentKind.MEDIA, text)
    return Text(text) if text and not kinds else Attachment(AttachmentKind.UNSUPPORTED, text)


def _contact(card: _Fields, sender_id: str, token: str) -> Content:
    written = card.get("vcf_info")
    vcard = written if isinstance(written, str) and len(written) <= _VCARD_LIMIT else ""
    unescaped = vcard.replace(r"\r\n", "\r\n")
    phone = _phone(unescaped)
    if phone is None:
        return Attachment(AttachmentKind.UNSUPPORTED)
    signed = any(_is_signed(words(card.get("hash"), 128), candidate, token) for candidate in (vcard, unescaped))
    of_sender = identifier(fields(card.get("max_info")).get("user_id")) == sender_id
    return Contact(phone, own=signed and of_sender)


def _phone(vcard: str) -> Phone | None:
    line = _PHONE_LINE.search(vcard)
    return international_phone(line[1].strip()) if line else None


def _is_signed(given: str, vcard: str, token: str) -> bool:
    return same_secret(
        given.lower(), hmac.new(token.encode(), vcard.encode(errors="replace"), hashlib.sha256).hexdigest()
    )


def _label(body: _Fields, choice: str) -> str:
    """What the tapped button bore, where the message still shows it."""
    keyboards = [fields(fields(item).get("payload")) for item in items(body.get("attachments"))]
    rows = [items(row) for keyboard in keyboards for row in items(keyboard.get("buttons"))]
    buttons = [fields(button) for row in rows for button in row]
    return next((words(button.get("text"), 256) for button in buttons if button.get("payload") == choice), "")


def _name(sender: _Fields) -> str:
    return words(sender.get("name"), 128) or words(sender.get("first_name"), 128)


def render(reply: Reply) -> dict[str, object]:
    """The body of `POST /messages`. Raises ValueError where no message could carry the reply.

    Choices are one a row; «share my contact» is one more row of the same keyboard.
    """
    fit = checked(reply)
    rows = _buttons(fit.choices)
    if fit.ask_contact:
        rows.append([{"type": "request_contact", "text": share_number_label(fit)}])
    keyboard = [{"type": "inline_keyboard", "payload": {"buttons": rows}}] if rows else []
    return {"text": cut(fit.text, TEXT_LIMIT), "attachments": keyboard, "notify": True}


def _buttons(choices: tuple[Choice, ...]) -> list[list[dict[str, str]]]:
    labels = clip_apart((in_full(choice) for choice in choices), BUTTON_LIMIT)
    return [
        [{"type": "callback", "text": label, "payload": choice.id}]
        for choice, label in zip(choices, labels, strict=True)
    ]


@dataclass(frozen=True, slots=True)
class Max:
    """One bot. `api_url` is `https://platform-api2.max.ru`; the client must trust the root that signs it."""

    client: httpx2.AsyncClient = field(repr=False)
    api_url: str
    token: str = field(repr=False)

    async def send(self, address: Address, reply: Reply, key: str) -> Sent:  # noqa: ARG002 - MAX carries no key
        """Sends one message; every failure is an answer, nothing is raised."""
        try:
            payload = render(reply)
        except ValueError as refusal:
            return Rejected(SendAction.PARK, str(refusal))
        answer = await self._post("messages", {"user_id": address.user}, payload)
        return outcome(answer) if isinstance(answer, httpx2.Response) else answer

    async def show_typing(self, address: Address, message_id: str) -> None:
        """MAX shows it for a chat's id, which a person's address does not hold."""

    async def acknowledge(self, address: Address, message_id: str) -> None:  # noqa: ARG002 - MAX finds the chat by the tap
        """After a tap takes the keyboard away, so that it is not pressed twice; failure is ignored."""
        if tap := _TAP.fullmatch(message_id):
            await self._post("answers", {"callback_id": tap["callback"]}, {"message": {"attachments": []}})

    async def _post(self, path: str, query: Mapping[str, str], payload: _Fields) -> httpx2.Response | Rejected | CutOff:
        url = f"{self.api_url.rstrip('/')}/{path}?{httpx2.QueryParams(query)}"
        return await post(self.client, url, payload, {"Authorization": self.token})


def outcome(answer: httpx2.Response) -> Sent:
    """What MAX's answer to `POST /messages` means."""
    body = load(answer.content) or {}
    if answer.is_server_error:
        return CutOff(f"HTTP {answer.status_code}: MAX does not say whether the message went out")
    if answer.is_success:
        message_id = identifier(fields(fields(body.get("message")).get("body")).get("mid"))
        return Accepted(message_id) if message_id else CutOff("accepted without an id")
    code = words(body.get("code"), 64)
    if not code and answer.status_code != httpx2.codes.TOO_MANY_REQUESTS:
        detail = f"HTTP {answer.status_code} without MAX's error: check api_url in the settings"
        return Rejected(SendAction.PAUSE_ACCOUNT, detail, whole_account=True)
    return _rejection(answer.status_code, f"{answer.status_code} {code}: {words(body.get('message'), 300)}")


def _rejection(status: int, detail: str) -> Rejected:
    if status == httpx2.codes.TOO_MANY_REQUESTS:
        return Rejected(SendAction.RETRY, detail, retry_after_s=1, whole_account=True, growth=2, longest_wait_s=60)
    if status == httpx2.codes.UNAUTHORIZED:
        said = f"{detail}: check the bot's token in the settings"
        return Rejected(SendAction.PAUSE_ACCOUNT, said, whole_account=True)
    gone = status in {httpx2.codes.FORBIDDEN, httpx2.codes.NOT_FOUND}
    return Rejected(SendAction.UNREACHABLE if gone else SendAction.PARK, detail, blocked=gone)
