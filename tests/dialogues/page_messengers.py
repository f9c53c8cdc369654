"""The web chat and the terminal: no webhook stands before them."""

import json
import re
from dataclasses import dataclass, field

import httpx2

from dialogues.messengers import SOMEBODY, Client, Json, Messenger, Seen, Wire
from frontdesk.booking.ids import Phone
from frontdesk.booking.times import Instant
from frontdesk.channels import web
from frontdesk.channels.console import Console
from frontdesk.channels.messages import Accepted, Address, Attachment, Batch, Contact, Content, Incoming, Sent, Text
from frontdesk.dialogue.talk import AttachmentKind, Reply
from frontdesk.service.parts import Account


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
