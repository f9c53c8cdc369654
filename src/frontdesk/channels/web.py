"""The web chat: messages as JSON, until the page asks for them in the store.

The page posts `{"id": "...", "text": "..."}` or `{"id": "...", "choice": "...", "label": "..."}`, where the id is its
own and makes a repeat harmless; it asks for what is newer than the last number it has seen. The service owns the
routes and knows who is speaking: the user comes from its session, never from the JSON.
"""

import asyncio
from dataclasses import dataclass, field

from frontdesk.booking.ids import Phone
from frontdesk.booking.times import Instant
from frontdesk.channels.limits import checked, clip, clip_apart, cut
from frontdesk.channels.messages import Accepted, Address, Batch, Incoming, Rejected, SendAction, Sent, Tap, Text
from frontdesk.channels.reading import identifier, load, words
from frontdesk.dialogue.talk import Reply

CHANNEL = "web"
TEXT_LIMIT = 4096
LABEL_LIMIT = 128
DETAIL_LIMIT = 256


def parse(body: bytes, address: Address, received_at: Instant, proved: Phone | None = None) -> Batch:
    """The one message that the page posted; `proved` is the number of the client whom the demo lets speak."""
    message = load(body)
    if message is None:
        return Batch(ignored=("not a JSON object",))
    message_id = identifier(message.get("id"))
    if not message_id:
        return Batch(ignored=("a message without an id",))
    choice = identifier(message.get("choice"))
    content = Tap(choice, words(message.get("label"), 256)) if choice else Text(words(message.get("text")))
    return Batch((Incoming(address, message_id, received_at, content, proved=proved),))


def render(reply: Reply) -> dict[str, object]:
    """The reply as the page reads it. Raises ValueError where no messenger could carry it."""
    fit = checked(reply)
    labels = clip_apart((choice.label for choice in fit.choices), LABEL_LIMIT)
    choices = [
        {"id": choice.id, "label": label, "detail": clip(choice.detail, DETAIL_LIMIT)}
        for choice, label in zip(fit.choices, labels, strict=True)
    ]
    return {"text": cut(fit.text, TEXT_LIMIT), "choices": choices, "ask_contact": fit.ask_contact}


MARK = "web:"
"""What the ids of messages begin with that went to a page."""


@dataclass(frozen=True, slots=True)
class WebDoor:
    """A salon's web chat: the page reads the messages where they are stored; this only wakes it.

    Nothing leaves the host. A page that is served by another process is not woken and looks by itself.
    """

    _waiting: dict[str, set[asyncio.Event]] = field(default_factory=dict, repr=False)

    async def send(self, address: Address, reply: Reply, key: str) -> Sent:
        """Accepts what any page can show, and wakes the person's pages."""
        try:
            render(reply)
        except ValueError as refusal:
            return Rejected(SendAction.PARK, str(refusal))
        for waiting in self._waiting.get(address.user, ()):
            waiting.set()
        return Accepted(f"{MARK}{key}")

    async def show_typing(self, address: Address, message_id: str) -> None:
        """The page shows it by itself while it waits for an answer."""

    async def acknowledge(self, address: Address, message_id: str) -> None:
        """The page takes its buttons away by itself."""

    async def wait(self, user: str, seconds: float) -> bool:
        """Returns as soon as something is sent to this person, False where so much time passed before."""
        woken = asyncio.Event()
        self._waiting.setdefault(user, set()).add(woken)
        try:
            async with asyncio.timeout(seconds):
                return await woken.wait()
        except TimeoutError:
            return False
        finally:
            self._waiting[user].discard(woken)
            if not self._waiting[user]:
                del self._waiting[user]
