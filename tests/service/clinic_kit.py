"""A set-up to be examined, fine unless a test spoils it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from email.utils import format_datetime
from pathlib import Path
from typing import Any

import httpx2

from frontdesk.emulator.app import Emulator, build
from frontdesk.service.doctor import Instruments, examine
from frontdesk.service.findings import Finding, State, is_broken
from frontdesk.yclients.turnstile import Open
from service_fakes import FakeClock

COMPANY = 962302


PHONE_NUMBER_ID = "106540352242922"


SETTINGS = """
[store]
url = "sqlite:///{folder}/frontdesk.db"

[salon.centre]
{salon}

[whatsapp.main]
salons = ["centre"]
phone_number_id = "106540352242922"
access_token = "EAAG-whatsapp-access-token"
app_secret = "app-secret"
verify_token = "verify-token"

[telegram.main]
salons = ["centre"]
token = "110201543:AAHdqTcvCH1vGWJxfSeofSAs0K5PALDsaw"
secret = "telegram-secret"
"""


SALON = {
    "company_id": COMPANY,
    "partner_token": '"demo-partner"',
    "user_token": '"demo-user"',
    "webhook_secret": '"provider-secret"',
}


HOOKS = {
    "urls": ["https://desk.example.com/webhooks/yclients/centre?secret=provider-secret"],
    "active": 1,
    **dict.fromkeys(("record", "client", "master", "service", "service_category", "salon"), 1),
}


Handler = Callable[[httpx2.Request], httpx2.Response]


class Provider(httpx2.AsyncBaseTransport):
    """The emulator, with a clock of its own in the Date header; or `instead`, which stands before it."""

    def __init__(self, emulator: Emulator, clock: FakeClock) -> None:
        self._inner = httpx2.ASGITransport(emulator)
        self.clock = clock
        self.ahead: timedelta | None = timedelta()
        self.instead: Handler | None = None
        self.methods: list[tuple[str, str]] = []

    async def handle_async_request(self, request: httpx2.Request) -> httpx2.Response:
        self.methods.append((request.method, request.url.path))
        if self.instead:
            return self.instead(request)
        answer = await self._inner.handle_async_request(request)
        if self.ahead is None:
            return answer
        answer.headers["date"] = format_datetime(self.clock.now() + self.ahead, usegmt=True)
        return answer


def meta_and_telegram(answers: Mapping[str, Any]) -> httpx2.MockTransport:
    """Both messengers: the answer to each question by the end of its path."""

    def answer(request: httpx2.Request) -> httpx2.Response:
        said = answers[request.url.path.rsplit("/", 1)[1]]
        if isinstance(said, Exception):
            raise said
        status, body = said
        return httpx2.Response(status, json=body)

    return httpx2.MockTransport(answer)


@dataclass
class Clinic:
    """A fine set-up, and what a test breaks in it."""

    folder: Path
    clock: FakeClock = field(default_factory=FakeClock)
    salon: dict[str, Any] = field(default_factory=lambda: dict(SALON))
    settings: str = SETTINGS
    more: str = ""

    def __post_init__(self) -> None:
        self.emulator = build("demo", pace=False)
        self.emulator.world.clock.set(self.clock.now())
        self.emulator.world.hooks[COMPANY] = dict(HOOKS)
        self.provider = Provider(self.emulator, self.clock)
        self.messengers: dict[str, Any] = {
            PHONE_NUMBER_ID: (200, {"id": PHONE_NUMBER_ID, "verified_name": "Ясный день", "quality_rating": "GREEN"}),
            "getMe": (200, {"ok": True, "result": {"id": 110201543, "username": "yasny_bot"}}),
            "getWebhookInfo": (
                200,
                {"ok": True, "result": {"url": "https://desk.example.com/webhooks/telegram/main"}},
            ),
        }

    @property
    def rights(self) -> dict[str, Any]:
        return next(iter(self.emulator.world.users.values())).rights[COMPANY]

    def examined(self) -> tuple[Finding, ...]:
        salon = "\n".join(f"{key} = {value}" for key, value in self.salon.items())
        path = self.folder / "frontdesk.toml"
        path.write_text(self.settings.format(folder=self.folder, salon=salon) + self.more, encoding="utf-8")
        instruments = Instruments(
            clock=self.clock,
            provider=self.provider,
            messengers=meta_and_telegram(self.messengers),
            gate=Open(),
            environment={},
        )
        return examine(path, instruments, lambda _: None)

    def faults(self) -> list[tuple[State, str, str]]:
        """What is not as it should be: how bad, what, and its words."""
        return [(one.state, one.check, one.seen) for one in self.examined() if one.state is not State.OK]

    def only_fault(self) -> Finding:
        """The one thing found wrong, which must say what to do."""
        found = self.examined()
        (fault,) = [one for one in found if one.state is not State.OK]
        assert fault.cure.endswith(".")
        assert is_broken(found) is (fault.state is State.BROKEN)
        return fault
