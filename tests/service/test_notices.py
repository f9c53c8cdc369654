"""The salon's people are told what changed, once."""

import asyncio
from datetime import timedelta
from pathlib import Path

from notices_kit import CANCELLED, OLGAS_CHAT, cancels, done_and_untold, events, registered, told
from sqlalchemy import select

from frontdesk.booking.commands import RefusalReason, Refused
from frontdesk.channels.messages import CutOff
from frontdesk.provider.answers import NotSent
from frontdesk.service.bells import Bells
from frontdesk.service.notices import Notices
from frontdesk.service.turn import Turns
from frontdesk.store import tables
from service_facts import ANNA, address
from service_kit import Service, open_service


def test_the_master_is_told_of_a_cancellation_right_after_it_is_done(service: Service) -> None:
    async def story() -> None:
        await registered(service)
        await cancels(service)
        assert told(service, OLGAS_CHAT) == [CANCELLED]
        assert told(service, ANNA) == ["отменено 7"]

    asyncio.run(story())


def test_nobody_is_told_before_it_is_done_nor_of_a_refusal(service: Service) -> None:
    async def story() -> None:
        await registered(service)
        service.door.performs = [NotSent("no connection"), Refused(RefusalReason.TOO_LATE)]
        await cancels(service)
        assert told(service, OLGAS_CHAT) == []
        await service.runs(60)
        assert told(service, OLGAS_CHAT) == []
        assert await events(service) == ()

    asyncio.run(story())


def test_no_notice_bears_a_phone(service: Service) -> None:
    async def story() -> None:
        await registered(service)
        await cancels(service)
        assert ANNA not in "".join(told(service, OLGAS_CHAT))
        kept = await service.store.read(lambda one: one.execute(select(tables.ledger)).all())
        assert ANNA not in str(kept)
        assert "Анна" not in str(kept)

    asyncio.run(story())


def test_the_administrator_is_told_with_the_masters_name_before_ever_having_written(service: Service) -> None:
    async def story() -> None:
        service.administrator = address("79160000099")
        await cancels(service)
        assert told(service, "79160000099") == [CANCELLED.replace("Анна.", "Анна, мастер Ольга.")]

    asyncio.run(story())


def test_a_chat_that_is_the_masters_and_the_administrators_is_told_once(service: Service) -> None:
    async def story() -> None:
        await registered(service)
        service.administrator = address(OLGAS_CHAT)
        await cancels(service)
        assert len(told(service, OLGAS_CHAT)) == 1

    asyncio.run(story())


def test_a_notice_of_unknown_fate_is_never_sent_again(service: Service) -> None:
    async def story() -> None:
        await done_and_untold(service)
        assert await service.step(Turns)
        assert await service.step(Notices)
        service.messenger.answers = [CutOff("gone"), CutOff("gone"), CutOff("gone")]
        for _ in range(6):
            await service.runs(150)
        assert len(told(service, OLGAS_CHAT)) == 1
        assert len(told(service, ANNA)) == 2

    asyncio.run(story())


def test_where_both_wait_the_client_is_answered_first(service: Service) -> None:
    async def story() -> None:
        await done_and_untold(service)
        assert await service.step(Notices)
        assert await service.step(Turns)
        await service.runs(1)
        assert [where.user for where, _, _ in service.messenger.sent] == [ANNA, OLGAS_CHAT]

    asyncio.run(story())


def test_two_workers_that_tell_of_the_same_change_tell_it_once(service: Service) -> None:
    async def story() -> None:
        await done_and_untold(service)
        job = Notices(service.parts, Bells())
        first = await job.claim()
        service.clock.advance(60)
        second = await job.claim()
        await asyncio.gather(job.handle(first), job.handle(second), job.handle(second))  # type: ignore[arg-type]
        await service.runs(300)
        assert told(service, OLGAS_CHAT) == [CANCELLED]

    asyncio.run(story())


def test_dying_between_the_cancellation_and_the_notice_loses_nothing(service: Service, tmp_path: Path) -> None:
    async def story() -> None:
        await done_and_untold(service)
        claimed = await Notices(service.parts, Bells()).claim()
        assert claimed is not None
        await service.store.close()
        next_one = Service(open_service(tmp_path).store, service.clock, service.door, service.messenger)
        await next_one.runs(10)
        assert told(service, OLGAS_CHAT) == []
        await next_one.runs(60)
        await next_one.runs(600)
        assert told(service, OLGAS_CHAT) == [CANCELLED]
        await next_one.store.close()

    asyncio.run(story())


def test_what_could_not_be_told_for_hours_is_not_told_any_more(service: Service) -> None:
    async def story() -> None:
        await done_and_untold(service)
        await service.runs(timedelta(hours=7).total_seconds())
        assert told(service, OLGAS_CHAT) == []

    asyncio.run(story())


def test_a_line_this_version_can_not_read_keeps_nobody_waiting(service: Service) -> None:
    async def story() -> None:
        await done_and_untold(service)
        await service.store.write(lambda one: one.execute(tables.ledger.update().values(notice='{"kind": "new"}')))
        await cancels(service, 8)
        assert told(service, OLGAS_CHAT) == [CANCELLED]

    asyncio.run(story())
