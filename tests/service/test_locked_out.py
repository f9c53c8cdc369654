"""The journal lets nobody in: the owner is told exactly why and what to do, once, and once when it is over."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select

from frontdesk.booking.commands import Cancel
from frontdesk.booking.ids import AppointmentId, Phone
from frontdesk.outage.link import LinkState
from frontdesk.service.courier import Courier
from frontdesk.service.prober import Prober
from frontdesk.store import commands, masters, tables
from frontdesk.store.leases import Due
from frontdesk.yclients.errors import ProviderError
from service_facts import address
from sync_kit import COMPANY, Salon

IN_VAIN = 20
"""Looks at the journal before it lets us in again."""


def forgets_the_partner(salon: Salon) -> None:
    del salon.world.partners["demo-partner"]


def forgets_the_user(salon: Salon) -> None:
    salon.world.users.clear()


def disconnects(salon: Salon) -> None:
    salon.world.partners["demo-partner"].company_ids = frozenset()


def ends_the_licence(salon: Salon) -> None:
    salon.world.companies[COMPANY].licence_until = date(2026, 11, 1)


def takes_the_right_away(salon: Salon) -> None:
    next(iter(salon.world.users.values())).rights[COMPANY]["timetable_access"] = False
    salon.breaks(do="status", value=403, path=f"/api/v1/records/{COMPANY}")


@dataclass(frozen=True)
class Lock:
    """A way to be locked out: the provider's status, and what the owner must read."""

    status: int
    turns: Callable[[Salon], None]
    cause: str
    cure: str


LOCKS = [
    Lock(401, forgets_the_partner, "не принят ключ партнёра (partner_token)", "ключ активирован"),
    Lock(401, forgets_the_user, "не принят ключ пользователя (user_token)", "впишите новый ключ в настройки"),
    Lock(403, disconnects, "филиал не подключён к приложению", "подключите приложение в кабинете салона"),
    Lock(402, ends_the_licence, "закончилась лицензия филиала", "продлите лицензию"),
    Lock(403, takes_the_right_away, "не хватает прав", "timetable_access"),
]


@pytest.fixture
def salon(tmp_path: Path) -> Salon:
    return Salon(tmp_path)


async def works(salon: Salon) -> None:
    """Commands and looks, as long as there are any."""
    parts, bells = replace(salon.wired.parts, owner=address("79160000009")), salon.wired.bells
    for job in (Courier(parts, bells), Prober(parts, bells)) * 3:
        claimed = await job.claim()
        if claimed is not None and not isinstance(claimed, Due):
            await job.handle(claimed)  # type: ignore[arg-type]  # each job claims its own


async def asks(salon: Salon) -> None:
    """A client wishes something."""
    line = next(one for one in salon.lines() if one.client_id and not one.deleted)
    card = salon.world.clients.get(COMPANY, line.client_id or 0)
    assert card is not None
    wish = Cancel("centre", AppointmentId(line.id), Phone(card.phone), "Отменено клиентом", salon.clock.now())
    write, now = salon.wired.parts.store.write, salon.clock.now()
    chat = (await write(lambda one: masters.listener_at(one, address()))).chat
    await write(lambda one: commands.add(one, chat, wish, now))


async def told(salon: Salon) -> list[str]:
    """What waits to be sent to the owner."""
    rows = await salon.wired.parts.store.read(
        lambda one: one.execute(select(tables.replies.c.content).order_by(tables.replies.c.id)).scalars().all()
    )
    return list(rows)


@pytest.mark.parametrize("lock", LOCKS, ids=lambda lock: lock.turns.__name__)
def test_the_owner_is_told_the_exact_cause_and_cure_once_and_once_when_it_is_over(salon: Salon, lock: Lock) -> None:
    async def story() -> None:
        await salon.step()
        before, snapshot = salon.journal(), salon.world.snapshot()
        lock.turns(salon)
        with suppress(ProviderError):
            await salon.step(61)
        salon.clock.advance(2)
        await works(salon)
        await asks(salon)
        assert salon.wired.parts.links.state("centre") is LinkState.LOCKED_OUT
        assert lock.status in {one["status"] for one in salon.emulator.journal.shown()}
        (alert,) = await told(salon)
        assert lock.cause in alert
        assert lock.cure in alert
        assert "demo-user" not in alert
        for _ in range(IN_VAIN):
            salon.clock.advance(31)
            await works(salon)
        assert (len(await told(salon)), salon.journal()) == (1, before)
        salon.world.restore(snapshot)
        salon.mends()
        salon.clock.advance(31)
        await works(salon)
        assert "снова пускает" in (await told(salon))[1]
        assert salon.journal() != before

    salon.play(story)
