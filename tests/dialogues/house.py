"""The real service between an emulated journal and a messenger, on one clock that moves only when told."""

import datetime as dt
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import replace
from functools import partial
from itertools import count
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import httpx2
import structlog
from structlog.testing import LogCapture

from dialogues.journal import Diary, hold
from dialogues.messengers import Client, Messenger
from dialogues.page_messengers import NextDoor
from fresh_store import fresh_store
from frontdesk.booking.times import Instant
from frontdesk.emulator.app import Emulator
from frontdesk.emulator.clock import Clock
from frontdesk.emulator.faults import Rule
from frontdesk.emulator.salons.building import build_world
from frontdesk.service.courier import Courier
from frontdesk.service.parts import Limits
from frontdesk.service.prober import Prober
from frontdesk.service.sender import Sender
from frontdesk.service.settings import Settings, read
from frontdesk.service.turn import Turns
from frontdesk.service.webhooks import Webhooks
from frontdesk.service.wiring import World, wire
from frontdesk.store import hints, replies
from frontdesk.store.hints import Hint
from frontdesk.store.leases import Due, take_over
from frontdesk.yclients.errors import ProviderError
from frontdesk.yclients.turnstile import Open

COMPANY = 962302
ZONE = ZoneInfo("Europe/Moscow")
SATURDAY_NOON = dt.datetime(2026, 11, 21, 12, tzinfo=ZONE)
VERA = Client("79001112244", "Вера")
"""The other client of the salon."""
BETWEEN_MESSAGES = dt.timedelta(seconds=7)
SOON = dt.timedelta(seconds=5)
"""What is due so soon is waited for, as a client does who looks at the screen."""
MOST_ROUNDS = 60
JOBS = (Prober, Turns, Courier, Sender)
Ears = dict[Any, Any]
"""Prepared ears, shared between conversations: one is only used where services and masters are the same."""
_UNITS = {"с": "seconds", "мин": "minutes", "ч": "hours", "д": "days"}
FAULTS: dict[str, list[dict[str, Any]]] = {
    "нет": [],
    "журнал молчит": [{"do": "refuse"}],
    "журнал лёг": [{"do": "status", "value": 503}],
    "ключ не подходит": [{"do": "status", "value": 401}],
    "прав не хватает": [{"do": "status", "value": 403}],
    "запись не отвечает": [
        {"do": "refuse", "method": "PUT"},
        {"do": "refuse", "method": "POST", "path": "/api/v1/records/*"},
        {"do": "refuse", "method": "POST", "path": "/api/v1/activity/*"},
    ],
    "ответ о месте потерялся": [{"do": "lose_reply", "method": "POST", "path": "/api/v1/activity/*", "times": 1}],
    "ответ потерялся, и журнал молчит": [
        {"do": "lose_reply", "method": "PUT", "times": 1},
        {"do": "lose_reply", "method": "POST", "path": "/api/v1/records/*", "times": 1},
        {"do": "refuse"},
    ],
    "ответ потерялся, потом журнал молчит": [
        {"do": "lose_reply", "method": "PUT", "times": 1},
        {"do": "lose_reply", "method": "POST", "path": "/api/v1/records/*", "times": 1},
        {"do": "refuse", "in_s": 7.5},
    ],
    "ответы обрываются": [{"do": "truncate"}],
    "писать не пускают": [
        {"do": "status", "value": 401, "method": "PUT"},
        {"do": "status", "value": 401, "method": "POST", "path": "/api/v1/records/*"},
    ],
    "берлин молчит": [{"do": "refuse", "path": "*/962303*"}],
    "слишком часто": [{"do": "status", "value": 429}],
    "ответ потерялся": [
        {"do": "lose_reply", "method": "PUT", "times": 1},
        {"do": "lose_reply", "method": "POST", "path": "/api/v1/records/*", "times": 1},
    ],
}
REFUSALS = {
    "номер не подходит": 431,
    "имя не подходит": 435,
    "никого свободного": 436,
    "пересечение": 437,
    "поле не заполнено": None,
}
FAULTS |= {
    name: [
        {
            "do": "status",
            "value": 422,
            "method": "POST",
            "path": "/api/v1/book_record/*",
            **({"code": code} if code else {}),
        }
    ]
    for name, code in REFUSALS.items()
}


class VirtualClock:
    """Time passes when the conversation says so."""

    def __init__(self, start: dt.datetime) -> None:
        self._now = Instant(start.astimezone(dt.UTC))

    def now(self) -> Instant:
        return self._now

    async def sleep(self, seconds: float) -> None:
        self.advance(dt.timedelta(seconds=seconds))

    def advance(self, by: dt.timedelta) -> None:
        self._now = Instant(self._now + by)


class House:
    """One salon, one service, and those who write to it."""

    def __init__(self, emulator: Emulator, messenger: Messenger, clock: VirtualClock) -> None:
        self.emulator, self.messenger, self.clock = emulator, messenger, clock
        self.next_door = NextDoor(VERA, messenger.wire)
        self.diary = Diary(emulator.world, tuple(emulator.world.companies), messenger.title)

    async def begins(self, settings: Settings, world: World, ears: Ears | None) -> None:
        """Starts the service, which may find the journal silent."""
        self._starts_again = partial(self.begins, settings, world, ears)
        self.wired = wire(settings, world)
        if ears is not None:
            self.wired.parts.hear._kept = ears
        await self.wired.keeper.load()
        await self.wired.parts.door.open(self.clock.now())
        await self.wired.keeper.take_over()
        await self._copies()
        for messenger in (self.messenger, self.next_door):
            messenger.take_in = Webhooks(self.wired.parts, self.wired.bells).take_in
        self.web = httpx2.AsyncClient(
            transport=httpx2.ASGITransport(self.wired.app), base_url="http://frontdesk.invalid"
        )

    async def ends(self) -> None:
        """Stops it; what it has kept stays."""
        await self.web.aclose()
        await self.wired.parts.store.close()

    async def restarts(self) -> None:
        """Stops it and starts it anew on the same store."""
        await self.ends()
        await self._starts_again()
        await self.works()

    async def hears(self, updates: list[Any], messenger: Messenger | None = None) -> None:
        """Delivers what a client sent and lets the service do all it has to do."""
        self.clock.advance(BETWEEN_MESSAGES)
        await (messenger or self.messenger).deliver(updates, self.web)
        await self.works()

    async def works(self) -> None:
        """Does all the work there is, and what is due soon."""
        await self._copies()
        parts, until = self.wired.parts, self.clock.now() + SOON
        await parts.store.write(partial(take_over, now=self.clock.now(), silence=parts.limits.silence))
        await parts.store.write(partial(replies.end_silence, now=self.clock.now()))
        for _ in range(MOST_ROUNDS):
            done = [await self._step(job(parts, self.wired.bells)) for job in JOBS]
            due = min((one for one in done if isinstance(one, dt.datetime)), default=None)
            if True in done:
                continue
            if due is None or due > until:
                return
            self.clock.advance(max(due - self.clock.now(), dt.timedelta(0)))
        raise AssertionError("the service never comes to rest")

    async def _copies(self) -> None:
        """Keeps the local copy, as far as the journal lets it."""
        for salon in self.wired.keeper.salons:
            with suppress(ProviderError):
                await self.wired.keeper.step(salon)

    async def _step(self, job: Any) -> bool | dt.datetime:
        claimed = await job.claim()
        if claimed is None:
            return False
        if isinstance(claimed, Due):
            return claimed.at
        await job.handle(claimed)
        return True

    async def is_told_of_a_change(self) -> None:
        """The journal's webhook says that something has changed; it is read with the next work there is."""
        for salon in self.wired.keeper.salons:
            work = partial(hints.add, salon=salon, hints=[Hint("record", hints.EVERYTHING)], now=self.clock.now())
            await self.wired.parts.store.write(work)

    async def passes(self, how_long: str) -> None:
        """Lets time pass, doing what falls due on the way."""
        amount, unit = how_long.split()
        self.clock.advance(dt.timedelta(**{_UNITS[unit]: float(amount)}))
        await self.works()

    def breaks(self, what: str) -> None:
        """Breaks something between the service and the journal: at once, or so many seconds from now (`in_s`)."""
        self.emulator.faults.replace([self._rule(**rule) for rule in FAULTS[what]])

    def _rule(self, in_s: float = 0, **rule: Any) -> Rule:
        begins = {"from": self.clock.now() + dt.timedelta(seconds=in_s)} if in_s else {}
        return Rule.model_validate({**rule, **begins})

    def code(self) -> str:
        """The code of the SMS that was sent last."""
        return next((code.secret for code in reversed(self.emulator.world.codes.values())), "")


@asynccontextmanager
async def opened(
    messenger: Messenger, folder: Path, header: dict[str, str], ears: Ears | None = None
) -> AsyncIterator[House]:
    """A house with a demo salon, changed as the header says."""
    start = dt.datetime.fromisoformat(header["сейчас"]).replace(tzinfo=ZONE) if "сейчас" in header else SATURDAY_NOON
    clock = VirtualClock(start)
    emulator = Emulator(build_world(header.get("журнал", "demo"), clock=Clock(clock.now)))
    for wish in filter(None, header.get("салон", "").split(", ")):
        name, _, value = wish.partition("=")
        setattr(emulator.world.companies[COMPANY], name, int(value) if value.isdecimal() else value)
    for number, event in enumerate(filter(None, header.get("группы", "").split(", ")), 1):
        hold(emulator.world, COMPANY, number, event)
    numbers, log = count(1), LogCapture()
    world = World(
        clock=clock,
        log=structlog.wrap_logger(None, processors=[log]),
        provider=httpx2.ASGITransport(emulator),
        messengers=httpx2.MockTransport(messenger.wire),
        gate=Open(),
        limits=Limits(quiet=dt.timedelta(0)),
        new_key=lambda: f"key-{next(numbers)}",
        open_store=partial(fresh_store, in_line=True),
    )
    house = House(emulator, messenger, clock)
    house.breaks(header.get("начало", "нет"))
    salons = tuple(_salons(emulator))
    there = {**messenger.accounts(), **house.next_door.accounts()}
    world = replace(world, extra_accounts={key: replace(one, salons=salons) for key, one in there.items()})
    kept = None if {"группы", "журнал"} & set(header) else ears
    await house.begins(read(_settings(folder, messenger, header, _salons(emulator)), {}), world, kept)
    try:
        yield house
    finally:
        await house.ends()
    faults = [entry for entry in log.entries if "exc_info" in entry]
    assert not faults, faults


def _salons(emulator: Emulator) -> dict[str, int]:
    """The branches by their names in the settings; the first is «demo»."""
    return {f"branch{n}" if n else "demo": number for n, number in enumerate(emulator.world.companies)}


def _settings(folder: Path, messenger: Messenger, header: dict[str, str], salons: dict[str, int]) -> dict[str, Any]:
    known = {"partner_token": "demo-partner", "user_token": "demo-user", "base_url": "http://emulator.invalid"}
    accounts = {
        channel: {name: {**account, "salons": list(salons)} for name, account in tables.items()}
        for channel, tables in messenger.settings().items()
    }
    wishes = dict(wish.split("=") for wish in header.get("отмена", "").split(", ") if wish)
    return {
        "store": {"url": f"sqlite:///{folder}/talk.db"},
        "salon": {key: {**known, "company_id": number} for key, number in salons.items()},
        "cancel": wishes,
        "outage": {"slots_max_age_minutes": int(header.get("копия не старше, мин", "120"))},
        **accounts,
    }
