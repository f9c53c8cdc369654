"""A desk in process: a store of its own, a clock that stands still, and browsers that remember their cookies."""

import asyncio
import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import count
from typing import Any, TypeVar, cast
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

import httpx2
from starlette.applications import Starlette
from structlog.testing import CapturingLogger
from structlog.typing import FilteringBoundLogger

from frontdesk.booking.ids import MasterId, Phone
from frontdesk.booking.times import Instant
from frontdesk.channels.messages import Address, Content, Incoming, Text
from frontdesk.desk.app import desk_routes
from frontdesk.desk.parts import AccountCard, Desk, MasterCard, SalonCard
from frontdesk.desk.passwords import Passwords
from frontdesk.dialogue.talk import Reply
from frontdesk.store import chats, replies, users
from frontdesk.store.database import Store
from frontdesk.store.replies import Outgoing
from frontdesk.store.users import Role, User

T = TypeVar("T")

NOW = Instant(datetime(2026, 11, 21, 9, 0, tzinfo=UTC))
MOSCOW = ZoneInfo("Europe/Moscow")
PASSWORD = "a long enough password"
HASHED = asyncio.run(Passwords().hashed(PASSWORD))
FORM_TOKEN = re.compile(r'name="form_token" value="([0-9a-f]{64})"')


@dataclass
class StillClock:
    """Time passes when a test says so."""

    time: Instant = NOW

    def now(self) -> Instant:
        return self.time

    async def sleep(self, seconds: float) -> None:
        self.forward(timedelta(seconds=seconds))
        await asyncio.sleep(0)

    def forward(self, by: timedelta) -> None:
        self.time = Instant(self.time + by)


@dataclass
class Browser:
    """Somebody's browser at the desk's address."""

    app: Starlette
    agent: str = "Firefox"
    address: str = "192.0.2.1"
    base: str = "https://desk.example"
    cookies: dict[str, str] = field(default_factory=dict)

    def get(self, path: str, **headers: str) -> httpx2.Response:
        return self._ask("GET", path, headers=headers)

    def post(self, path: str, form: dict[str, str] | None = None, **headers: str) -> httpx2.Response:
        return self._ask("POST", path, content=urlencode(form or {}), headers=headers)

    def submit(self, path: str, page: str | None = None, **fields: str) -> httpx2.Response:
        """Fills in the form that the page holds, as a person does."""
        return self.post(path, {"form_token": self.form_token(page or path), **fields})

    def form_token(self, page: str) -> str:
        found = FORM_TOKEN.search(self.get(page).text)
        assert found, f"no form on {page}"
        return found[1]

    def sign_in(self, name: str = "anna", password: str = PASSWORD) -> httpx2.Response:
        return self.submit("/desk/sign-in", name=name, password=password)

    def _ask(self, method: str, path: str, **more: Any) -> httpx2.Response:
        return asyncio.run(self._send(method, path, **more))

    async def _send(self, method: str, path: str, *, headers: dict[str, str], content: str = "") -> httpx2.Response:
        transport = httpx2.ASGITransport(self.app, client=(self.address, 1), raise_app_exceptions=False)
        sent = {"user-agent": self.agent} | {name.replace("_", "-"): value for name, value in headers.items()}
        if self.cookies:
            sent["cookie"] = "; ".join(f"{name}={value}" for name, value in self.cookies.items())
        async with httpx2.AsyncClient(transport=transport, base_url=self.base) as client:
            answer = await client.request(method, path, headers=sent, content=content)
        for line in answer.headers.get_list("set-cookie"):
            name, _, value = line.partition(";")[0].partition("=")
            self.cookies[name] = value.strip('"')
        return answer


@dataclass
class House:
    """The desk and what stands behind it."""

    store: Store
    clock: StillClock = field(default_factory=StillClock)
    public_url: str = "https://desk.example"
    opens_as: str = ""
    masters: tuple[MasterCard, ...] = ()
    salons: tuple[SalonCard, ...] = (SalonCard("centre", "Ясный день", MOSCOW),)
    woken: list[Instant] = field(default_factory=list)
    _tokens: Any = field(default_factory=lambda: count(1))
    _messages: Any = field(default_factory=lambda: count(1))

    def desk(self) -> Desk:
        return Desk(
            store=self.store,
            clock=self.clock,
            log=cast("FilteringBoundLogger", CapturingLogger()),
            salons=lambda: self.salons,
            accounts={
                ("whatsapp", "main"): AccountCard("WhatsApp", ("centre",)),
                ("telegram", "main"): AccountCard("Telegram", ("centre",)),
            },
            random_token=lambda: f"token-{next(self._tokens)}",
            public_url=self.public_url,
            opens_as=self.opens_as,
            masters=lambda: self.masters,
            wake=lambda: self.woken.append(self.clock.now()),
        )

    def browser(self, **how: str) -> Browser:
        return Browser(Starlette(routes=desk_routes(self.desk())), **how)

    def writes(self, work: Callable[..., T], **values: Any) -> T:
        return asyncio.run(self.store.write(partial(work, **values)))

    def reads(self, work: Callable[..., T], **values: Any) -> T:
        return asyncio.run(self.store.read(partial(work, **values)))

    def user(self, name: str = "anna", role: Role = Role.ADMINISTRATOR, *, has_password: bool = True) -> User:
        of = ("centre", MasterId(7)) if role is Role.MASTER else None
        added = self.writes(users.add, name=name, role=role, now=self.clock.now(), of=of)
        if has_password:
            self.writes(users.set_password, user=added.id, hashed=HASHED)
        return added

    def signed_in(self, role: Role = Role.ADMINISTRATOR) -> Browser:
        browser = self.browser()
        self.user(role=role)
        assert browser.sign_in().headers["location"] == "/desk"
        return browser

    def said(self, words: str | Content, *, user: str = "79160000001", name: str = "Ирина") -> None:
        """A client writes."""
        address, number = Address("whatsapp", "main", user), f"m{next(self._messages)}"
        content = Text(words) if isinstance(words, str) else words
        incoming = Incoming(address, number, self.clock.now(), content, name, Phone(user))
        self.writes(chats.receive, incoming=incoming, now=self.clock.now(), quiet=timedelta(0))

    def answered(self, words: str, *, chat: int = 1, user: str = "79160000001") -> None:
        """The salon answers."""
        outgoing = Outgoing(Address("whatsapp", "main", user), f"k{next(self._messages)}", Reply(words))
        self.writes(replies.add, chat=chat, outgoing=outgoing, now=self.clock.now())
