from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from pydantic_core import from_json, to_json

from frontdesk.emulator.app import Emulator, create_app
from frontdesk.emulator.clock import Clock
from frontdesk.emulator.envelope import Answer
from frontdesk.emulator.reading import Sent
from frontdesk.emulator.salons.building import build_world

MOSCOW = ZoneInfo("Europe/Moscow")
SATURDAY_NOON = datetime(2026, 11, 21, 12, 0, tzinfo=MOSCOW)
TOKENS = "Bearer demo-partner, User demo-user"
V2 = "application/vnd.yclients.v2+json"


@dataclass
class Said:
    """An answer of the emulator, read."""

    status: int
    body: Any
    headers: dict[str, str]

    @classmethod
    def of(cls, answer: Answer) -> "Said":
        return cls(answer.status, from_json(answer.body) if answer.body else None, dict(answer.headers))

    @property
    def data(self) -> Any:
        return self.body["data"]

    @property
    def message(self) -> str:
        return self.body["meta"]["message"]


@dataclass
class Desk:
    """Speaks to an emulator in raw HTTP, as a program in another language would."""

    emulator: Emulator
    tokens: str = TOKENS
    accept: str = V2
    company: int = 962302
    headers: dict[str, str] = field(default_factory=dict)

    def say(self, method: str, path: str, body: Any = None, query: str = "", **headers: str) -> Said:
        return Said.of(self.raw(method, path if path.startswith("/") else f"/api/v1/{path}", body, query, **headers))

    def raw(self, method: str, path: str, body: Any = None, query: str = "", **headers: str) -> Answer:
        sent_headers = {"authorization": self.tokens, "accept": self.accept, **self.headers, **headers}
        content = body if isinstance(body, bytes) else b"" if body is None else to_json(body)
        return self.emulator.play(Sent(method, path, query, sent_headers, content)).answer

    def get(self, path: str, query: str = "", **headers: str) -> Said:
        return self.say("GET", path, query=query, **headers)

    def records_of(self, client_id: int, query: str = "") -> list[dict[str, Any]]:
        return self.get(f"records/{self.company}", f"client_id={client_id}&{query}").data


def desk_of(salon: str) -> Desk:
    clock = Clock()
    clock.set(SATURDAY_NOON)
    return Desk(create_app(build_world(salon, clock=clock)))
