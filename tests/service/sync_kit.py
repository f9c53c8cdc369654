"""The service beside an emulated journal whose webhooks reach it, with a copy that is kept step by step."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from pathlib import Path
from typing import Any, TypeVar

import httpx2
import structlog
from structlog.testing import LogCapture

from fresh_store import fresh_store
from frontdesk.booking.appointments import Appointment, Attendance
from frontdesk.booking.ids import AppointmentId
from frontdesk.emulator.app import Emulator
from frontdesk.emulator.clock import Clock
from frontdesk.emulator.faults import Rule
from frontdesk.emulator.salons.building import build_world
from frontdesk.emulator.things import Appointment as JournalLine
from frontdesk.provider.mirror import Freshness, SalonCopy
from frontdesk.provider.syncing import Syncing
from frontdesk.service.settings import read
from frontdesk.service.wiring import Wired, World, wire
from frontdesk.yclients.turnstile import Open
from service_fakes import FakeClock

T = TypeVar("T")

COMPANY = 962302
SECRET = "a-secret-of-the-salon"
TOLD = ("salon", "service_category", "service", "master", "client", "record")
STAFF = {"Authorization": "Bearer demo-partner, User demo-user", "Accept": "application/vnd.yclients.v2+json"}
STANDS = {-1: Attendance.NO_SHOW, 0: Attendance.WAITING, 1: Attendance.CAME, 2: Attendance.CONFIRMED}


class Salon:
    """The demo salon on a fake clock. What `lost` says of a webhook's body decides whether it arrives."""

    def __init__(self, folder: Path, *, secret: str | None = SECRET, company: int = COMPANY) -> None:
        self.clock, self.log = FakeClock(), LogCapture()
        self.world = build_world("demo", clock=Clock(self.clock.now))
        self.emulator = Emulator(self.world, post=self._deliver)
        self.provider, self.gate = httpx2.ASGITransport(self.emulator), Open()
        self.lost: Callable[[dict[str, Any]], bool] = lambda _: False
        self.held: list[dict[str, Any]] | None = None
        self.answered: list[int] = []
        self.settings = read(
            {
                "store": {"url": f"sqlite:///{folder}/frontdesk.db"},
                "salon": {
                    "centre": {
                        "base_url": "http://emulator.invalid",
                        "company_id": company,
                        "partner_token": "demo-partner",
                        "user_token": "demo-user",
                        **({"webhook_secret": secret} if secret else {}),
                    }
                },
            },
            {},
        )
        self.wired: Wired = self.another()
        self.journal_client = httpx2.AsyncClient(
            transport=httpx2.ASGITransport(self.emulator), base_url="http://emulator.invalid/api/v1", headers=STAFF
        )

    def another(self, transport: httpx2.AsyncBaseTransport | None = None) -> Wired:
        """A process of its own on the same database."""
        wrapper = structlog.make_filtering_bound_logger(logging.DEBUG)
        log = structlog.wrap_logger(None, processors=[self.log], wrapper_class=wrapper)
        world = World(
            clock=self.clock, log=log, provider=transport or self.provider, gate=self.gate, open_store=fresh_store
        )
        return wire(self.settings, world)

    def play(self, story: Callable[[], Awaitable[T]]) -> T:
        async def played() -> T:
            try:
                return await story()
            finally:
                await self.wired.parts.store.close()

        return asyncio.run(played())

    @property
    def syncing(self) -> Syncing:
        return self.wired.keeper.salons["centre"].keeping.syncing

    async def step(self, seconds: float = 0) -> int:
        """Lets time pass and keeps the copy once; how many calls that took."""
        self.clock.advance(seconds)
        before = self.calls
        await self.wired.keeper.step("centre")
        return self.calls - before

    @property
    def calls(self) -> int:
        """How many calls the provider has had, from whomever."""
        return len(self.emulator.journal.shown())

    async def hooked(self) -> None:
        """The salon's journal is told where to send what changes."""
        flags = dict.fromkeys(TOLD, 1)
        url = f"http://frontdesk.invalid/webhooks/yclients/centre?secret={SECRET}"
        await self.edits("POST", f"hooks_settings/{COMPANY}", {"urls": [url], "active": 1, **flags})

    async def edits(self, method: str, path: str, body: dict[str, Any] | None = None) -> Any:
        """Somebody of the salon changes something in the journal."""
        answer = await self.journal_client.request(method, path, json=body)
        answer.raise_for_status()
        await self.emulator.webhooks.finish()
        return answer.json()["data"] if answer.content else None

    async def _deliver(self, url: str, body: dict[str, Any]) -> None:
        if self.lost(body):
            return
        if self.held is not None:
            self.held.append(body)
            return
        self.answered.append((await self.posts(body, url)).status_code)

    async def posts(self, body: Any, url: str | None = None) -> httpx2.Response:
        """A webhook as the provider sends it."""
        where = url or f"http://frontdesk.invalid/webhooks/yclients/centre?secret={SECRET}"
        async with httpx2.AsyncClient(transport=httpx2.ASGITransport(self.wired.app)) as web:
            content = {"content": body} if isinstance(body, bytes) else {"json": body}
            return await web.post(where, **content)

    def lines(self) -> list[JournalLine]:
        """The journal's own appointments from today on, the earliest first."""
        today = self.world.now_local(self.world.companies[COMPANY]).date()
        coming = [one for one in self.world.appointments.of(COMPANY) if one.start.date() >= today]
        return sorted(coming, key=lambda one: (one.start, one.id))

    async def copied(self) -> list[tuple[Any, ...]]:
        """The copy of the days that are kept, as `shown` shows a line of the journal."""
        first, last = self.syncing.window()
        masters = [one.id for one in self.world.masters.of(COMPANY)]
        kept = await self.syncing.mirror.on_days("centre", masters, first, last)
        return sorted(self.copy(one) for one in kept if not one.deleted)

    def journal(self) -> list[tuple[Any, ...]]:
        """The same of the journal itself."""
        first, last = self.syncing.window()
        inside = (one for one in self.lines() if first <= one.start.date() <= last and not one.deleted)
        return sorted(self.shown(one) for one in inside)

    def shown(self, one: JournalLine) -> tuple[Any, ...]:
        return (one.id, one.start, one.length_s, one.master_id, STANDS[one.attendance].value, one.comment)

    def copy(self, one: Appointment) -> tuple[Any, ...]:
        return (one.id, one.start, one.length_s, one.master.id, one.attendance.value, one.comment)

    async def appointment(self, number: int) -> Appointment | None:
        return await self.syncing.mirror.appointment("centre", AppointmentId(number))

    async def freshness(self) -> Freshness:
        return await self.syncing.mirror.freshness("centre")

    async def kept_lists(self) -> SalonCopy | None:
        return await self.syncing.mirror.salon("centre")

    def breaks(self, **rule: Any) -> None:
        self.emulator.faults.replace([Rule.model_validate(rule)])

    def mends(self) -> None:
        self.emulator.faults.replace([])
