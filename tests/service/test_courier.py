"""Commands on their way to the journal: one effect, true words, in the order they were given."""

import asyncio
from datetime import timedelta

from sqlalchemy import select

from frontdesk.booking.commands import Done, RefusalReason, Refused
from frontdesk.booking.times import Instant
from frontdesk.provider.answers import Found, NotFound, NotSent, ReplyLost, Unknown
from frontdesk.service.bells import Bells
from frontdesk.service.courier import Courier
from frontdesk.service.turn import Turns
from frontdesk.store import commands, tables
from frontdesk.store.commands import ClaimedCommand
from frontdesk.store.leases import take_over
from frontdesk.store.mirror_tables import mirror_hints
from service_facts import ANNA, BORIS, cancel
from service_kit import Service


async def states(service: Service) -> list[str]:
    statement = select(tables.commands.c.state).order_by(tables.commands.c.id)
    return await service.store.read(lambda connection: list(connection.execute(statement).scalars()))


async def hinted(service: Service) -> list[tuple[str, int]]:
    statement = select(mirror_hints.c.kind, mirror_hints.c.thing).order_by(mirror_hints.c.thing)
    return await service.store.read(lambda connection: [tuple(row) for row in connection.execute(statement)])


async def asks(service: Service, *appointments: int, user: str = ANNA) -> None:
    """Has the person ask for these cancellations, up to the point where the commands wait."""
    for appointment in appointments:
        await service.hears(f"отмени {appointment}", user=user)
        service.clock.advance(5)
        while await service.step(Turns):
            pass


async def claimed(service: Service) -> ClaimedCommand:
    command = await Courier(service.parts, Bells()).claim()
    assert isinstance(command, ClaimedCommand)
    return command


def test_a_refusal_is_told_and_final(service: Service) -> None:
    async def story() -> None:
        service.door.performs = [Refused(RefusalReason.TOO_LATE, "нельзя")]
        await service.hears("отмени 7")
        await service.answers()
        await service.runs(3600)
        assert service.messenger.texts == ["отказано 7"]
        assert await states(service) == ["refused"]

    asyncio.run(story())


def test_what_could_not_be_sent_is_told_once_and_tried_until_it_is_done(service: Service) -> None:
    async def story() -> None:
        service.door.performs = [NotSent("no connection")] * 5
        await service.hears("отмени 7")
        await service.answers()
        assert service.messenger.texts == ["позже 7"]
        await service.runs(0.5)
        assert service.door.performs == [NotSent("no connection")] * 4
        for wait in (1, 2, 4, 8, 16):
            await service.runs(wait)
        assert service.messenger.texts == ["позже 7", "отменено 7"]
        assert service.door.effects == 1

    asyncio.run(story())


def test_an_effect_whose_reply_was_lost_is_found_in_the_journal(service: Service) -> None:
    async def story() -> None:
        service.door.performs = [ReplyLost("timeout")]
        service.door.evidences = [Found()]
        await service.hears("отмени 7")
        await service.answers()
        assert service.messenger.texts == []
        await service.runs(1)
        assert service.messenger.texts == ["отменено 7"]
        assert service.door.effects == 0

    asyncio.run(story())


def test_what_was_done_is_read_once_more_where_the_copy_may_not_know_of_it(service: Service) -> None:
    async def story() -> None:
        service.door.performs = [Done(), ReplyLost("timeout")]
        service.door.evidences = [Found()]
        await service.hears("отмени 7")
        await service.answers()
        shared = [] if service.store.single_process else [("record", 7)]
        assert await hinted(service) == shared
        await service.hears("отмени 8")
        await service.answers()
        await service.runs(1)
        assert await hinted(service) == [*shared, ("record", 8)]

    asyncio.run(story())


def test_what_the_journal_does_not_show_is_done_again_only_after_the_settling_time(service: Service) -> None:
    async def story() -> None:
        service.door.performs = [ReplyLost("timeout")]
        await service.hears("отмени 7")
        await service.answers()
        await service.runs(1)
        assert service.messenger.texts == ["позже 7"]
        await service.runs(18)
        assert await states(service) == ["unsure"]
        await service.runs(1)
        assert service.messenger.texts == ["позже 7", "отменено 7"]
        assert service.door.effects == 1

    asyncio.run(story())


def test_while_the_journal_cannot_be_read_a_lost_reply_stays_open(service: Service) -> None:
    async def story() -> None:
        service.door.performs = [ReplyLost("timeout")]
        service.door.evidences = [Unknown("down")] * 3 + [Found()]
        await service.hears("отмени 7")
        await service.answers()
        for _ in range(4):
            assert await states(service) == ["unsure"]
            await service.runs(60)
        assert service.messenger.texts == ["позже 7", "отменено 7"]

    asyncio.run(story())


def test_a_fault_of_ours_during_the_attempt_counts_as_a_lost_reply(service: Service) -> None:
    async def story() -> None:
        service.door.performs = [RuntimeError("a fault")]
        service.door.evidences = [RuntimeError("another"), Found()]
        await service.hears("отмени 7")
        await service.answers()
        assert await states(service) == ["unsure"]
        await service.runs(1)
        await service.runs(2)
        assert service.messenger.texts == ["позже 7", "отменено 7"]

    asyncio.run(story())


def test_an_unread_message_holds_back_a_command_that_has_not_left(service: Service) -> None:
    async def story() -> None:
        await asks(service, 7)
        await service.hears("ой, подождите")
        assert not await service.step(Courier)
        await service.answers()
        assert service.door.cancelled == [7]
        assert service.messenger.texts == ["вы сказали: ой, подождите", "отменено 7"]

    asyncio.run(story())


def test_an_unread_message_does_not_stop_the_look_for_evidence(service: Service) -> None:
    async def story() -> None:
        service.door.performs = [ReplyLost("timeout")]
        service.door.evidences = [Found()]
        await asks(service, 7)
        await service.step(Courier)
        await service.hears("ну что там")
        service.clock.advance(1)
        await service.step(Courier)
        assert await states(service) == ["done"]

    asyncio.run(story())


def test_commands_of_one_person_leave_in_order(service: Service) -> None:
    async def story() -> None:
        await asks(service, 7, 8)
        first = await claimed(service)
        assert first.command == cancel(7)
        assert await Courier(service.parts, Bells()).claim() is None
        await Courier(service.parts, Bells()).handle(first)
        assert (await claimed(service)).command == cancel(8)

    asyncio.run(story())


def test_commands_of_different_people_go_side_by_side(service: Service) -> None:
    async def story() -> None:
        await asks(service, 7)
        await asks(service, 8, user=BORIS)
        assert {(await claimed(service)).command.phone for _ in range(2)} == {ANNA, BORIS}

    asyncio.run(story())


def test_a_repeat_joins_the_open_command_and_each_chat_is_told_once(service: Service) -> None:
    async def story() -> None:
        await asks(service, 7, 7)
        await asks(service, 7, user=BORIS)
        await service.runs()
        assert service.door.effects == 1
        told = sorted((where.user, reply.text) for where, reply, _ in service.messenger.sent)
        assert told == [(ANNA, "отменено 7"), (BORIS, "отменено 7")]

    asyncio.run(story())


def test_a_settled_command_can_be_asked_for_anew(service: Service) -> None:
    async def story() -> None:
        service.door.performs = [Refused(RefusalReason.OTHER)]
        for _ in range(2):
            await service.hears("отмени 7")
            await service.answers()
        assert await states(service) == ["refused", "done"]
        assert service.messenger.texts == ["отказано 7", "отменено 7"]

    asyncio.run(story())


def test_a_courier_that_lost_its_lease_writes_nothing_and_the_journal_decides(service: Service) -> None:
    async def story() -> None:
        await asks(service, 7)
        slow = await claimed(service)
        later = Instant(service.clock.now() + timedelta(hours=1))
        await service.store.write(lambda connection: take_over(connection, later, timedelta(0)))
        await Courier(service.parts, Bells()).handle(slow)
        assert await states(service) == ["unsure"]
        assert service.messenger.texts == []
        service.door.evidences = [Found()]
        await service.runs(3600)
        assert service.messenger.texts == ["отменено 7"]
        assert service.door.effects == 1

    asyncio.run(story())


def test_waits_between_tries_double_up_to_a_minute() -> None:
    waits = [commands.backoff(tries).total_seconds() for tries in (1, 2, 3, 6, 7, 8, 100_000)]
    assert waits == [1, 2, 4, 32, 60, 60, 60]


def test_evidence_that_the_command_never_arrived_sends_it_again(service: Service) -> None:
    async def story() -> None:
        await asks(service, 7)
        await claimed(service)
        service.clock.advance(3600)
        await service.store.write(lambda connection: take_over(connection, service.clock.now(), timedelta(0)))
        service.door.evidences = [NotFound()]
        service.door.performs = [Done()]
        await service.runs()
        assert service.messenger.texts == ["отменено 7"]
        assert service.door.effects == 1

    asyncio.run(story())
