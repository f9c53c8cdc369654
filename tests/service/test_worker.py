"""The loop around the steps: it starts, is woken, polls, and stops without breaking work off."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
import structlog
from sqlalchemy import Connection
from structlog.testing import LogCapture

from frontdesk.service.bells import Bell, Bells
from frontdesk.service.clock import SystemClock
from frontdesk.service.parts import Limits
from frontdesk.service.worker import Worker
from frontdesk.store.database import Store
from service_facts import BORIS
from service_kit import Service, until

AT_THE_START = 7
"""Leases and silences that ended, and a look for each of the five kinds of work."""


@pytest.fixture
def living(service: Service) -> Service:
    """A service on the machine's own clock, with short waits."""
    service.clock = SystemClock()  # type: ignore[assignment]
    service.limits = replace(Limits(), quiet=timedelta(0), poll=timedelta(milliseconds=20))
    return service


class FlakyStore:
    """A database that fails a number of times."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.single_process = True
        self.fails = 0

    async def write(self, work: Callable[[Connection], object]) -> object:
        if self.fails:
            self.fails -= 1
            raise OSError("the disk is gone")
        return await self.store.write(work)

    async def read(self, work: Callable[[Connection], object], *_: object) -> object:
        return await self.store.read(work)


def test_work_is_found_without_a_bell(living: Service) -> None:
    async def story() -> None:
        worker = Worker(living.parts, Bells())
        await worker.start()
        assert worker.runs
        await living.hears("отмени 7")
        await until(lambda: living.messenger.texts == ["отменено 7"])
        await worker.stop()
        assert not worker.runs
        await living.store.close()

    asyncio.run(story())


def test_stopping_lets_a_turn_finish(living: Service) -> None:
    async def story() -> None:
        living.door.slow = asyncio.Event()
        worker = Worker(living.parts, Bells())
        await worker.start()
        await living.hears("Привет")
        await until(lambda: living.door.looked_up)
        stopping = asyncio.create_task(worker.stop())
        await asyncio.sleep(0)
        living.door.slow.set()
        await stopping
        assert len(living.dialogue.events) == 1
        await living.store.close()

    asyncio.run(story())


def test_what_does_not_finish_in_time_is_taken_over_at_the_next_start(living: Service) -> None:
    async def story() -> None:
        living.limits = replace(living.limits, stop=timedelta(milliseconds=10))
        living.door.slow = asyncio.Event()
        worker = Worker(living.parts, Bells())
        await worker.start()
        await living.hears("Привет")
        await until(lambda: living.door.looked_up)
        await worker.stop()
        assert living.dialogue.events == []
        living.door.slow = None
        again = Worker(living.parts, Bells())
        await again.start()
        await until(lambda: living.messenger.texts == ["вы сказали: Привет"])
        await again.stop()
        await living.store.close()

    asyncio.run(story())


def test_one_slow_chat_does_not_keep_others_waiting(living: Service) -> None:
    async def story() -> None:
        living.door.slow = asyncio.Event()
        worker = Worker(living.parts, Bells())
        await worker.start()
        await living.hears("Привет")
        await until(lambda: len(living.door.looked_up) == 1)
        await living.hears("Здравствуйте", user=BORIS)
        await until(lambda: len(living.door.looked_up) == 2)
        living.door.slow.set()
        await until(lambda: len(living.messenger.texts) == 2)
        await worker.stop()
        await living.store.close()

    asyncio.run(story())


def test_a_database_that_fails_for_a_while_stops_nothing(living: Service) -> None:
    async def story() -> None:
        flaky = FlakyStore(living.store)
        worker = Worker(replace(living.parts, store=flaky), Bells())  # type: ignore[arg-type]
        await worker.start()
        flaky.fails = 20
        await until(lambda: flaky.fails == 0)
        await living.hears("Привет")
        await until(lambda: living.messenger.texts == ["вы сказали: Привет"])
        assert worker.runs
        await worker.stop()
        await living.store.close()

    asyncio.run(story())


def test_a_ring_before_the_wait_counts() -> None:
    async def story() -> None:
        bell = Bell()
        bell.ring()
        async with asyncio.timeout(5):
            await bell.wait(3600, SystemClock())

    asyncio.run(story())


class CountingStore:
    """Counts the writing transactions."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self.single_process = True
        self.writes = 0

    async def write(self, work: Callable[[Connection], object], *_: object) -> object:
        self.writes += 1
        return await self.store.write(work)

    async def read(self, work: Callable[[Connection], object], *_: object) -> object:
        return await self.store.read(work)


def test_a_message_is_answered_in_four_transactions_turn_and_send_a_claim_and_a_commit_each(living: Service) -> None:
    async def story() -> None:
        living.limits = replace(living.limits, poll=timedelta(hours=1))
        counting, bells = CountingStore(living.store), Bells()
        worker = Worker(replace(living.parts, store=counting), bells)  # type: ignore[arg-type]
        await worker.start()
        await until(lambda: counting.writes >= AT_THE_START)
        await asyncio.sleep(0.05)
        assert counting.writes == AT_THE_START
        await living.hears("Привет")
        bells.turns.ring()
        await until(lambda: counting.writes >= AT_THE_START + 4)
        await asyncio.sleep(0.05)
        assert counting.writes == AT_THE_START + 4
        assert living.messenger.texts == ["вы сказали: Привет"]
        await worker.stop()
        await living.store.close()

    asyncio.run(story())


def test_what_arrives_during_its_chats_turn_is_taken_as_soon_as_the_turn_ends(living: Service) -> None:
    async def story() -> None:
        living.limits = replace(living.limits, poll=timedelta(hours=1))
        living.door.slow = asyncio.Event()
        counting, bells = CountingStore(living.store), Bells()
        worker = Worker(replace(living.parts, store=counting), bells)  # type: ignore[arg-type]
        await worker.start()
        await living.hears("Привет")
        bells.turns.ring()
        await until(lambda: living.door.looked_up)
        await living.hears("Сколько стоит стрижка?")
        before = counting.writes
        bells.turns.ring()
        await until(lambda: counting.writes > before)  # the ring is spent: the chat could not be claimed
        living.door.slow.set()
        await until(lambda: living.messenger.texts == ["вы сказали: Привет", "вы сказали: Сколько стоит стрижка?"])
        await worker.stop()
        await living.store.close()

    asyncio.run(story())


def test_a_turn_that_failed_is_taken_again_when_it_is_due_however_rarely_is_polled(living: Service) -> None:
    async def story() -> None:
        living.limits = replace(living.limits, poll=timedelta(hours=1))
        living.dialogue.faults.append(RuntimeError("out of order"))
        bells = Bells()
        worker = Worker(living.parts, bells)
        await worker.start()
        await living.hears("Привет")
        bells.turns.ring()
        await until(lambda: living.messenger.texts == ["вы сказали: Привет"])
        await worker.stop()
        await living.store.close()

    asyncio.run(story())


def test_a_database_that_is_away_fills_no_log(living: Service) -> None:
    async def story() -> None:
        flaky, log = FlakyStore(living.store), LogCapture()
        parts = replace(living.parts, store=flaky, log=structlog.wrap_logger(None, processors=[log]))  # type: ignore[arg-type]
        worker = Worker(parts, Bells())
        await worker.start()
        flaky.fails = 60
        await until(lambda: flaky.fails == 0)
        await until(lambda: "it goes again" in [entry["event"] for entry in log.entries])
        await worker.stop()
        failed = [entry["job"] for entry in log.entries if entry["event"] == "nothing could be claimed"]
        assert failed
        assert len(failed) == len(set(failed))
        await living.store.close()

    asyncio.run(story())
