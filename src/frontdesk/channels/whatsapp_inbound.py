"""What Meta's webhook carries, turned into the words channels share.

One call may hold several entries, each with several changes, each with several messages and statuses: all are read.
Every kind of message is either answered or ignored on purpose, and `Batch.ignored` says which and why. A person is
addressed by their number (`from`), which is also what one sends to; who hides the number behind a username by the
business-scoped id. A person who hides it later is a new chat that is asked for the number once: nothing that the
first chat was allowed to see follows to an id that has not proved the same number.
"""

from collections.abc import Callable, Iterator, Mapping

from frontdesk.booking.ids import Phone
from frontdesk.booking.phones import international_phone, typed_phone
from frontdesk.booking.times import Instant
from frontdesk.channels.messages import (
    Address,
    Attachment,
    Batch,
    Contact,
    Content,
    Delivery,
    Incoming,
    Rejected,
    Report,
    SendAction,
    Tap,
    Text,
)
from frontdesk.channels.reading import fields, identifier, items, load, moment, words
from frontdesk.channels.whatsapp_errors import rejection
from frontdesk.dialogue.talk import AttachmentKind

CHANNEL = "whatsapp"

_Fields = Mapping[str, object]

_SILENT: Mapping[str, str] = {
    "reaction": "a reaction is no answer: an emoji on a question is never a yes",
    "system": "a changed number or id: whoever writes from it is a chat of its own",
    "edit": "an edit: the words that were sent stand, so that an old yes can't be made a new one",
    "revoke": "a deleted message: what was asked in it stays asked",
    "request_welcome": "the chat was opened, nothing was said",
    "ephemeral": "a change of the chat's settings",
}
_SILENT_UNSUPPORTED = frozenset({"edit", "pin", "keep", "revoke"})

_DELIVERIES: Mapping[str, Delivery] = {
    "sent": Delivery.SENT,
    "delivered": Delivery.DELIVERED,
    "read": Delivery.READ,
    "played": Delivery.READ,
    "failed": Delivery.FAILED,
}


def parse(body: bytes) -> Batch:
    """All that one webhook call carries; `account` is Meta's `phone_number_id`. Never raises, whatever the bytes."""
    root = load(body)
    if root is None:
        return Batch(ignored=("not a JSON object",))
    if root.get("object") != "whatsapp_business_account":
        return Batch(ignored=("not a WhatsApp webhook",))
    return Batch.of(part for entry in items(root.get("entry")) for part in _entry(fields(entry)))


def _entry(entry: _Fields) -> Iterator[Incoming | Report | str]:
    for change in map(fields, items(entry.get("changes"))):
        field = words(change.get("field"), 64)
        if field == "messages":
            yield from _value(fields(change.get("value")))
        else:
            yield f"not a message: {field or 'a change without a field'}"


def _value(value: _Fields) -> Iterator[Incoming | Report | str]:
    metadata = fields(value.get("metadata"))
    account = identifier(metadata.get("phone_number_id"))
    own_number = identifier(metadata.get("display_phone_number"))
    people = [fields(person) for person in items(value.get("contacts"))]
    for message in map(fields, items(value.get("messages"))):
        yield _message(message, account, people, own_number)
    for status in map(fields, items(value.get("statuses"))):
        yield _status(status, account)
    yield from (f"an error of the account: {_code(error)}" for error in items(value.get("errors")))


def _message(message: _Fields, account: str, people: list[_Fields], own_number: str) -> Incoming | str:
    message_id, sent_at = identifier(message.get("id")), moment(message.get("timestamp"))
    wa_id, scoped_id, name = _sender(message, people)
    user = wa_id or scoped_id
    content = _content(message, international_phone(wa_id))
    if isinstance(content, str):
        return content
    if not (account and message_id and user and sent_at):
        return "a message without an account, an id, a sender or a time"
    if message.get("group_id"):
        return "a message in a group: appointments are nobody else's business"
    if international_phone(own_number) == wa_id:
        return "a message of our own"
    proved = content.phone if isinstance(content, Contact) and content.own else international_phone(wa_id)
    return Incoming(Address(CHANNEL, account, user), message_id, sent_at, content, name, proved)


def _sender(message: _Fields, people: list[_Fields]) -> tuple[str, str, str]:
    """The sender's number, business-scoped id and name; each may be empty."""
    number, scoped_id = identifier(message.get("from")), identifier(message.get("from_user_id"))
    for person in people:
        wa_id, user_id = identifier(person.get("wa_id")), identifier(person.get("user_id"))
        if (number and wa_id == number) or (scoped_id and user_id == scoped_id):
            return number or wa_id, scoped_id or user_id, words(fields(person.get("profile")).get("name"), 128)
    return number, scoped_id, ""


def _content(message: _Fields, sender: Phone | None) -> Content | str:
    """What was said, or the reason why it is ignored on purpose. A kind that Meta adds later is answered too."""
    kind = words(message.get("type"), 64)
    part = fields(message.get(kind))
    if kind == "contacts":
        return _card(message, sender)
    if kind in _SILENT:
        return f"{kind}: {_SILENT[kind]}"
    return _READERS.get(kind, _unsupported)(part)


def _text(part: _Fields) -> Content:
    return Text(words(part.get("body")))


def _template_button(part: _Fields) -> Content:
    return _tap(part.get("payload"), part.get("text"))


def _voice(_: _Fields) -> Content:
    return Attachment(AttachmentKind.VOICE)


def _media(part: _Fields) -> Content:
    return Attachment(AttachmentKind.MEDIA, words(part.get("caption")))


def _unsupported(part: _Fields) -> Content | str:
    """What Meta can't pass on; an edit or a pin says nothing new and needs no answer."""
    what = words(part.get("type"), 64)
    return f"unsupported: {what}" if what in _SILENT_UNSUPPORTED else Attachment(AttachmentKind.UNSUPPORTED)


def _interactive(part: _Fields) -> Content:
    reply = fields(part.get(words(part.get("type"), 64)))
    return _tap(reply.get("id"), reply.get("title"))


def _tap(choice: object, label: object) -> Content:
    """A tap, or words where the button carried no id; a form's answer (`nfm_reply`) has neither and can't be read."""
    known, shown = identifier(choice), words(label, 256)
    if known:
        return Tap(known, shown)
    return Text(shown) if shown else Attachment(AttachmentKind.UNSUPPORTED)


_READERS: Mapping[str, Callable[[_Fields], Content | str]] = {
    "text": _text,
    "interactive": _interactive,
    "button": _template_button,
    "audio": _voice,
    "image": _media,
    "video": _media,
    "document": _media,
    "sticker": _media,
}


def _card(message: _Fields, sender: Phone | None) -> Content:
    """A contact card. It is the sender's own if they answered our request for it, or if the number is the sender's.

    In such an answer Meta writes the number in full; a card from an address book has it as its owner typed it.
    """
    asked_for = message.get("origin") == "contact_request"
    phone = next(_phones(message, international_phone if asked_for else typed_phone), None)
    if phone is None:
        return Attachment(AttachmentKind.UNSUPPORTED)
    return Contact(phone, own=asked_for or phone == sender)


def _phones(message: _Fields, read: Callable[[str], Phone | None]) -> Iterator[Phone]:
    for card in items(message.get("contacts")):
        for entry in map(fields, items(fields(card).get("phones"))):
            phone = international_phone(identifier(entry.get("wa_id"))) or read(words(entry.get("phone"), 64))
            if phone:
                yield phone


def _status(status: _Fields, account: str) -> Report | str:
    delivery = _DELIVERIES.get(words(status.get("status"), 64))
    message_id, at = identifier(status.get("id")), moment(status.get("timestamp"))
    if delivery is None or not message_id or at is None or not account:
        return f"a status that settles nothing: {words(status.get('status'), 64)}"
    key = words(status.get("biz_opaque_callback_data"), 512)
    rejected = _rejected(status, at) if delivery is Delivery.FAILED else None
    return Report(CHANNEL, account, message_id, key, delivery, at, rejected)


def _rejected(status: _Fields, at: Instant) -> Rejected:
    errors = items(status.get("errors"))
    if not errors:
        return Rejected(SendAction.PARK, f"failed at {at:%H:%M:%S} UTC without a reason")
    return rejection(fields(errors[0]), words(status.get("recipient_id"), 64))


def _code(error: object) -> str:
    return identifier(fields(error).get("code")) or "without a code"
