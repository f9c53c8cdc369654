"""A client with a phone in hand: writes to the salon's WhatsApp, reads what comes, taps."""

import time
from dataclasses import dataclass, field
from itertools import count
from typing import Any

import httpx2

from blackbox import webhooks
from blackbox.desk import Desk, number
from blackbox.graph import Graph, Post
from blackbox.waiting import until

Json = dict[str, Any]
_NUMBERS = count(1)


@dataclass
class Person:
    """Whoever writes. Without a phone they are known by Meta's scoped id alone."""

    desk: Desk
    graph: Graph
    phone: str = ""
    salon: str = "centre"
    scoped_id: str = ""
    _read: int = 0
    _said: list[bytes] = field(default_factory=list)

    @property
    def user(self) -> str:
        """How we address them."""
        return self.phone or self.scoped_id

    def says(self, words: str) -> None:
        self.sends(webhooks.text(words))

    def taps(self, label: str) -> None:
        """Taps a button or a row of the last message that was read."""
        last = self.messages[self._read - 1]
        choice = last.choices[label]
        is_row = last.body["interactive"]["type"] == "list"
        self.sends((webhooks.row if is_row else webhooks.button)(choice, label))

    def sends(self, *parts: Json) -> None:
        """Sends messages in one webhook, which must be taken."""
        assert self.posts(self.raw(*parts)).status_code == httpx2.codes.OK

    def posts(self, raw: bytes) -> httpx2.Response:
        """Meta delivers this; it is kept, to be delivered again."""
        self._said.append(raw)
        return self.desk.post(raw)

    def again(self) -> None:
        """Meta delivers the last webhook once more."""
        assert self.desk.post(self._said[-1]).status_code == httpx2.codes.OK

    def raw(self, *parts: Json, at: float | None = None) -> bytes:
        """The webhook that carries these messages, sent now or at an instant."""
        return webhooks.body(self.value(*parts, at=at))

    def value(self, *parts: Json, at: float | None = None) -> Json:
        numbered = [self._message(part, at) for part in parts]
        person: Json = {"profile": {"name": "Ирина"}}
        person |= {"wa_id": self.phone} if self.phone else {}
        person |= {"user_id": self.scoped_id} if self.scoped_id else {}
        return webhooks.value(number(self.salon), people=[person], messages=numbered)

    def _message(self, part: Json, at: float | None) -> Json:
        sender = {"from": self.phone} if self.phone else {}
        scoped = {"from_user_id": self.scoped_id} if self.scoped_id else {}
        stamp = {"id": f"wamid.IN{next(_NUMBERS)}", "timestamp": str(int(at or time.time()))}
        return sender | scoped | stamp | part

    @property
    def messages(self) -> list[Post]:
        """All that the salon wrote to them."""
        return self.graph.messages(self.user)

    @property
    def texts(self) -> list[str]:
        return [post.text for post in self.messages]

    def reads(self) -> Post:
        """The next message, waited for."""
        return self.reads_many(1)[0]

    def reads_many(self, wanted: int) -> list[Post]:
        until(lambda: len(self.messages) >= self._read + wanted, f"message {self._read + wanted} to this person")
        self._read += wanted
        return self.messages[self._read - wanted : self._read]

    def asks(self, words: str) -> Post:
        """Says this and reads the answer."""
        self.says(words)
        return self.reads()

    def heard_everything(self) -> bool:
        """Whether nothing of theirs is unanswered or under way any more."""
        database = self.desk.database
        unread = "unread" in database.states("inbox", self.user)
        sending = {"waiting", "sending"} & set(database.states("replies", self.user))
        moving = {"waiting", "sent", "unsure"} & set(database.states("commands", self.user))
        leased = any(row["lease_until"] for row in database.rows("chats", self.user))
        return not (unread or sending or moving or leased)

    def waits_for_silence(self) -> None:
        """Returns when the service has nothing left to do for them."""
        until(self.heard_everything, "the end of all work for this person")
