"""Each messenger from the client's side: what a message, a tap, a picture is on its wire, and how a reply is read."""

import json
from dataclasses import dataclass, field
from itertools import count
from typing import Any

import httpx2

from frontdesk.service.parts import Account

Json = dict[str, Any]
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
