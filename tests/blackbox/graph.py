"""A recorder in the place of Meta's Graph API.

It keeps every request and checks it as Meta does: the token, the address, the limits of each kind of message. What
breaks them is answered with Meta's error 100 and kept in `complaints`. A test can tell it to refuse, to hold its
answer back, or to cut the connection instead of answering.
"""

import json
import threading
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Json = dict[str, Any]

TOKEN = "graph-token-0123456789abcdef"
VERSION = "v26.0"
LOOPBACK = "127.0.0.1"
FRAME = {"messaging_product", "recipient_type", "to", "recipient", "type", "biz_opaque_callback_data"}


@dataclass(frozen=True)
class Refusal:
    """What the next send is answered with instead of an id."""

    code: int
    status: int = 400

    def body(self) -> Json:
        return {"error": {"message": f"(#{self.code}) refused by the test", "code": self.code, "fbtrace_id": "A"}}


@dataclass(frozen=True)
class Cut:
    """The connection is closed in the place of an answer."""


@dataclass
class Held:
    """A send whose answer is kept back: `arrived` once the message is here, answered after `release`."""

    arrived: threading.Event = field(default_factory=threading.Event)
    _released: threading.Event = field(default_factory=threading.Event)

    def release(self) -> None:
        self._released.set()

    def wait(self) -> None:
        self.arrived.set()
        self._released.wait(timeout=60)


@dataclass(frozen=True)
class Post:
    """One request as it came."""

    account: str
    body: Json
    refused: bool = False

    @property
    def user(self) -> str:
        return self.body.get("to") or self.body.get("recipient") or ""

    @property
    def is_message(self) -> bool:
        return "status" not in self.body

    @property
    def text(self) -> str:
        shown = self.body.get("interactive", self.body)
        return shown.get("body", shown.get("text", {})).get("text", shown.get("text", {}).get("body", ""))

    @property
    def choices(self) -> dict[str, str]:
        """What can be tapped, label to id."""
        action = self.body.get("interactive", {}).get("action", {})
        rows = [row for section in action.get("sections", []) for row in section["rows"]]
        buttons = [button["reply"] for button in action.get("buttons", [])]
        return {one["title"]: one["id"] for one in (*buttons, *rows)}

    @property
    def key(self) -> str:
        return self.body["biz_opaque_callback_data"]


class Graph:
    """The recorder, listening on a free port of this machine."""

    def __init__(self) -> None:
        self.posts: list[Post] = []
        self.complaints: list[str] = []
        self._next: deque[Refusal | Cut | Held] = deque()
        self._lock = threading.Lock()
        self._server = ThreadingHTTPServer((LOOPBACK, 0), self._handler())
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()
        self.url = f"http://{LOOPBACK}:{self._server.server_port}/{VERSION}"

    def close(self) -> None:
        self._server.shutdown()
        self._server.server_close()

    def messages(self, user: str) -> list[Post]:
        """The messages to this person, in order of arrival."""
        with self._lock:
            return [post for post in self.posts if post.is_message and post.user == user]

    def then(self, *answers: Refusal | Cut | Held) -> None:
        """How the next messages are answered, one each; those after them are accepted."""
        with self._lock:
            self._next.extend(answers)

    @contextmanager
    def holding(self) -> Iterator[Held]:
        """Holds back the answer to the next message."""
        held = Held()
        self.then(held)
        try:
            yield held
        finally:
            held.release()

    def take(self, post: Post, complaint: str) -> Callable[[], Json | Refusal | None]:
        """Records a request; the answer is worked out after, as it may be held back."""
        with self._lock:
            answer = self._next.popleft() if post.is_message and self._next else None
            self.posts.append(replace(post, refused=isinstance(answer, Refusal)))
            number = len(self.posts)
            if complaint:
                self.complaints.append(complaint)
        return lambda: self._answer(post, number, Refusal(100) if complaint else answer)

    def _answer(self, post: Post, number: int, answer: Refusal | Cut | Held | None) -> Json | Refusal | None:
        match answer:
            case Refusal():
                return answer
            case Cut():
                return None
            case Held():
                answer.wait()
        contact = {"input": post.user, "wa_id": post.user}
        message = {"id": f"wamid.OUT{number}"}
        return {"messaging_product": "whatsapp", "contacts": [contact], "messages": [message]}

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        graph = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            disable_nagle_algorithm = True

            def do_POST(self) -> None:
                raw = self.rfile.read(int(self.headers.get("content-length", 0)))
                _, version, account, method = self.path.split("/")
                body = json.loads(raw)
                wrong = self.headers["authorization"] != f"Bearer {TOKEN}" or (version, method) != (VERSION, "messages")
                answer = graph.take(Post(account, body), "wrong address or token" if wrong else complaint(body))()
                if answer is None:
                    self.close_connection = True
                    return
                status, said = (answer.status, answer.body()) if isinstance(answer, Refusal) else (200, answer)
                self._say(status, json.dumps(said).encode())

            def _say(self, status: int, said: bytes) -> None:
                head = f"HTTP/1.1 {status} .\r\ncontent-type: application/json\r\ncontent-length: {len(said)}\r\n\r\n"
                try:
                    self.wfile.write(head.encode() + said)
                except OSError:
                    self.close_connection = True  # whoever asked was killed meanwhile

            def log_message(self, *_: object) -> None:
                """Nothing is printed."""

        return Handler


def complaint(body: Json) -> str:
    """What Meta would refuse about a request, empty where it would not."""
    if "status" in body:
        typing = {"messaging_product", "status", "message_id", "typing_indicator"}
        return "" if set(body) == typing and body["status"] == "read" else "not a read receipt with typing"
    kind = body.get("type", "")
    if body.get("messaging_product") != "whatsapp" or body.get("recipient_type") != "individual":
        return "messaging_product or recipient_type"
    if set(body) - FRAME != {kind} or ("to" in body) == ("recipient" in body):
        return f"fields {sorted(body)}"
    if not 0 < len(body["biz_opaque_callback_data"]) <= 512:
        return "biz_opaque_callback_data: 1 to 512 characters"
    return _text(body["text"]) if kind == "text" else _interactive(body.get("interactive", {}))


def _text(part: Json) -> str:
    return "" if set(part) == {"preview_url", "body"} and 0 < units(part["body"]) <= 4096 else "text.body: 1 to 4096"


def _interactive(part: Json) -> str:
    if set(part) != {"type", "body", "action"} or not 0 < units(part["body"]["text"]) <= 1024:
        return "interactive.body: 1 to 1024"
    match part["type"]:
        case "button":
            return _buttons(part["action"]["buttons"])
        case "list":
            return _list(part["action"])
        case "request_contact_info":
            return "" if part["action"] == {"name": "request_contact_info"} else "request_contact_info"
    return f"interactive.type {part['type']}"


def _buttons(buttons: list[Json]) -> str:
    replies = [button["reply"] for button in buttons if button["type"] == "reply"]
    titles = {reply["title"] for reply in replies}
    fits = all(0 < units(one["title"]) <= 20 and 0 < len(one["id"]) <= 256 for one in replies)
    return "" if 1 <= len(replies) == len(buttons) == len(titles) <= 3 and fits else "buttons: 1 to 3, title 20, id 256"


def _list(action: Json) -> str:
    rows = [row for section in action["sections"] for row in section["rows"]]
    fits = all(
        0 < units(row["title"]) <= 24 and units(row.get("description", "")) <= 72 and 0 < len(row["id"]) <= 200
        for row in rows
    )
    apart = len({row["id"] for row in rows}) == len(rows)
    return "" if 1 <= len(rows) <= 10 and fits and apart and 0 < units(action["button"]) <= 20 else "list: 1 to 10 rows"


def units(text: str) -> int:
    """How long Meta counts a text, in UTF-16 units."""
    return len(text.encode("utf-16-le")) // 2
