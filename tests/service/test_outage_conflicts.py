"""A time that somebody gave away while a wish waited: a conflict stands until it is settled."""

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest
from prometheus_client import CollectorRegistry
from sqlalchemy import update

from frontdesk.booking.commands import (
    Conflicted,
    Deferred,
    Done,
    RefusalReason,
    Refused,
)
from frontdesk.booking.times import Local
from frontdesk.store import commands, outbox, tables
from outage_kit import OLGA, THREE, House, book
from service_kit import Service


@pytest.mark.parametrize("reason", [RefusalReason.BUSY, RefusalReason.NO_MASTER, RefusalReason.NOT_BOOKABLE])
def test_a_time_that_the_receptionist_gave_away_is_a_conflict_that_stays_until_settled(
    house: House, reason: RefusalReason
) -> None:
    async def story() -> None:
        await house.goes_away()
        await house.asks(book())
        house.door.against = {book().subject: Refused(reason, "занято")}
        await house.comes_back()
        assert house.outcomes() == [Deferred, Conflicted]
        assert counted(house.service, "frontdesk_conflicts_total") == 1
        await house.service.runs(3600)
        assert await house.states() == ["conflict"]
        await house.asks(book("k2", hours=2))
        await house.service.runs(1)
        assert await house.states() == ["refused", "done"]
        assert house.outcomes() == [Deferred, Conflicted, Done]

    asyncio.run(story())


def counted(service: Service, name: str) -> float | None:
    registry = CollectorRegistry()
    service.metrics.register(registry)
    return registry.get_sample_value(name, {"salon": "centre"})


def test_a_time_taken_in_ordinary_times_is_a_refusal_at_once(house: House) -> None:
    async def story() -> None:
        house.door.against = {book().subject: Refused(RefusalReason.BUSY)}
        await house.asks(book())
        await house.service.runs(1)
        assert house.outcomes() == [Refused]

    asyncio.run(story())


def test_a_conflict_is_let_be_by_the_client(house: House) -> None:
    async def story() -> None:
        await house.goes_away()
        await house.asks(book())
        house.door.against = {book().subject: Refused(RefusalReason.BUSY)}
        await house.comes_back()
        chat, now = await house.meets(), house.service.clock.now()
        assert await house.service.store.write(lambda one: commands.withdraw(one, chat, book().subject, now))
        assert await house.states() == ["withdrawn"]

    asyncio.run(story())


def test_a_person_retries_forces_drops_a_conflict_or_gives_another_slot(house: House) -> None:
    async def conflict(key: str) -> int:
        await house.goes_away()
        number = await house.asks(book(key))
        house.door.against[book(key).subject] = Refused(RefusalReason.BUSY)
        await house.comes_back()
        return number

    async def story() -> None:
        write, now = house.service.store.write, house.service.clock.now()
        first = await conflict("k1")
        assert await write(lambda one: outbox.try_again(one, first, now))
        await house.service.runs(1)
        assert house.outcomes()[-2:] == [Conflicted, Conflicted]
        assert await write(lambda one: outbox.force(one, first, now))
        await house.service.runs(1)
        assert house.door.written[-1] == replace(book("k1"), force=True)
        second = await conflict("k2")
        house.door.against = {}
        later = Local(THREE + timedelta(hours=5))
        assert await write(lambda one: outbox.give_another_slot(one, second, later, OLGA, now))
        await house.service.runs(1)
        assert house.door.written[-1] == book("k2", hours=5)
        third = await conflict("k3")
        await write(lambda one: outbox.give_up(one, third, "dropped", now))
        await house.service.runs(1)
        assert await house.states() == ["done", "done", "refused"]
        assert house.outcomes()[-1] is Refused

    asyncio.run(story())


@pytest.mark.parametrize("unread", [0, 2])
def test_a_taken_time_on_a_second_try_is_first_looked_up_as_our_own_doing(house: House, unread: int) -> None:
    async def story() -> None:
        house.door.unread = unread
        await house.asks(book())
        house.door.written.append(book())
        house.door.against = {book().subject: Refused(RefusalReason.BUSY)}
        await house.service.store.write(lambda one: one.execute(update(tables.commands).values(tries=1)))
        for _ in range(1 + unread):
            await house.service.runs(60)
        assert [one for one in house.outcomes() if one is not Deferred] == [Done]

    asyncio.run(story())
