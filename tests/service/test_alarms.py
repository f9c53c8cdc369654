"""What keeps the service from work is told to its owner: once, saying what to do, and once when it is over."""

import asyncio
from collections.abc import Callable

import pytest
from sqlalchemy import Connection, update

from frontdesk.channels.messages import Accepted, Address, Rejected, SendAction
from frontdesk.outage.command import CommandState
from frontdesk.outage.link import LinkEvent
from frontdesk.provider.probing import Sight
from frontdesk.service.alarms import Alarms
from frontdesk.service.bells import Bells
from frontdesk.service.sender import Sender
from frontdesk.service.turn import Turns
from frontdesk.store import tables
from frontdesk.store.codec import load_reply
from service_facts import ANNA, address
from service_kit import Service

OWNER = address("79160000009")
MINUTE = 60.0


@pytest.fixture
def alarmed(service: Service) -> Service:
    """A service that has an owner."""
    service.owner = OWNER
    return service


async def looks(service: Service, times: int = 1) -> None:
    """So many looks, a minute apart, each of another process than the one before; then what is queued is sent."""
    for _ in range(times):
        service.clock.advance(MINUTE)
        await Alarms(service.parts, Bells()).look()
    while await service.step(Sender):
        pass


def told(service: Service) -> list[str]:
    return [reply.text for to, reply, _ in service.messenger.sent if to == OWNER]


async def changes(service: Service, work: Callable[[Connection], object]) -> None:
    await service.store.write(work)


async def command_is(service: Service, state: CommandState) -> None:
    await changes(service, lambda one: one.execute(update(tables.commands).values(state=state)))


async def waits_in_vain(service: Service) -> None:
    """A cancellation is given, and nobody carries it."""
    await service.hears("отмени 7")
    service.clock.advance(service.limits.quiet.total_seconds())
    await service.step(Turns)


def test_a_command_that_waits_behind_an_open_journal_is_told_once_and_once_when_it_is_through(alarmed: Service) -> None:
    async def story() -> None:
        await waits_in_vain(alarmed)
        await looks(alarmed, 14)
        assert told(alarmed) == []
        await looks(alarmed, 20)
        assert len(told(alarmed)) == 1
        assert "«Центр»: журнал отвечает, но заявки клиентов не проходят. Ждут дольше 15 мин: 1." in told(alarmed)[0]
        assert "на странице «Очередь»" in told(alarmed)[0]
        assert "/desk/outbox" in told(alarmed)[0]
        await command_is(alarmed, CommandState.DONE)
        await looks(alarmed, 3)
        assert told(alarmed)[1:] == ["«Центр»: заявки снова проходят, долго ждущих больше нет."]

    asyncio.run(story())


def test_what_waits_behind_a_closed_journal_is_no_alarm(alarmed: Service) -> None:
    async def story() -> None:
        await waits_in_vain(alarmed)
        for _ in range(3):
            await alarmed.links.saw("centre", Sight(LinkEvent.FAILED, "no answer"))
        assert alarmed.links.closed()
        await looks(alarmed, 30)
        assert told(alarmed) == []

    asyncio.run(story())


def test_an_alarm_is_not_over_because_the_journal_went_away(alarmed: Service) -> None:
    async def story() -> None:
        await waits_in_vain(alarmed)
        await looks(alarmed, 20)
        for _ in range(3):
            await alarmed.links.saw("centre", Sight(LinkEvent.FAILED, "no answer"))
        await looks(alarmed, 3)
        assert len(told(alarmed)) == 1

    asyncio.run(story())


def test_a_conflict_nobody_settles_for_an_hour_is_told(alarmed: Service) -> None:
    async def story() -> None:
        await waits_in_vain(alarmed)
        await command_is(alarmed, CommandState.CONFLICT)
        await looks(alarmed, 58)
        assert told(alarmed) == []
        await looks(alarmed, 10)
        (said,) = told(alarmed)
        assert said.startswith("«Центр»: журнал не принял заявки, и больше часа их никто не разобрал: 1.")
        await command_is(alarmed, CommandState.REFUSED)
        await looks(alarmed)
        assert told(alarmed)[1:] == ["«Центр»: заявок, которые журнал не принял и никто не разобрал, больше нет."]

    asyncio.run(story())


def test_messages_set_aside_unanswered_are_told_until_somebody_answers(alarmed: Service) -> None:
    async def story() -> None:
        alarmed.dialogue.faults = [ValueError("a fault of ours")] * alarmed.limits.turn_tries
        await alarmed.hears("Привет")
        for _ in range(alarmed.limits.turn_tries):
            await alarmed.runs(MINUTE * 2)
        await looks(alarmed, 4)
        (said,) = told(alarmed)
        assert said.startswith("Не смогла ответить клиентам, сообщений без ответа: 1.")
        assert "на странице «Диалоги»" in said
        await alarmed.hears("Ау?")
        await alarmed.answers()
        await looks(alarmed)
        assert told(alarmed)[1:] == ["Сообщений, на которые я не смогла ответить, больше нет."]

    asyncio.run(story())


REFUSED = Rejected(SendAction.PAUSE_ACCOUNT, "401: the access token +79160000001 is not valid", whole_account=True)


def test_a_messenger_that_refuses_the_account_is_told_elsewhere_and_once_more_when_it_accepts(alarmed: Service) -> None:
    async def story() -> None:
        elsewhere = Address("telegram", "main", "5550001")
        alarmed.owner = elsewhere
        alarmed.messenger.answers = [REFUSED, REFUSED]
        await alarmed.hears("Привет")
        await alarmed.answers()
        await looks(alarmed, 5)
        queued = await texts_to(alarmed, "telegram")
        (said,) = queued
        assert said.startswith("WhatsApp (main) не принимает мои сообщения.")
        assert "[whatsapp.main]" in said
        assert ANNA not in said
        alarmed.messenger.answers = [Accepted("wamid-1")]
        await alarmed.runs(MINUTE * 3)
        await looks(alarmed, 2)
        assert (await texts_to(alarmed, "telegram"))[1:] == [
            "WhatsApp (main) снова принимает мои сообщения. Отправляю то, что накопилось."
        ]

    asyncio.run(story())


def test_an_account_that_only_sends_too_fast_is_no_alarm(alarmed: Service) -> None:
    async def story() -> None:
        alarmed.messenger.answers = [Rejected(SendAction.RETRY, "130429", 600, whole_account=True)]
        await alarmed.hears("Привет")
        await alarmed.answers()
        await looks(alarmed, 5)
        assert told(alarmed) == []
        assert not [line for line in alarmed.log.entries if line["event"] == "the owner is told"]

    asyncio.run(story())


def test_what_is_gone_by_the_next_look_troubles_nobody(alarmed: Service) -> None:
    async def story() -> None:
        await waits_in_vain(alarmed)
        await looks(alarmed, 15)
        await command_is(alarmed, CommandState.DONE)
        await looks(alarmed, 5)
        assert told(alarmed) == []

    asyncio.run(story())


def test_of_several_processes_one_looks_each_minute(alarmed: Service) -> None:
    async def story() -> None:
        await waits_in_vain(alarmed)
        alarmed.clock.advance(MINUTE * 20)
        many = [Alarms(alarmed.parts, Bells()) for _ in range(3)]
        for one in many:
            await one.look()
        await looks(alarmed, 0)
        assert told(alarmed) == []  # seen once, however many asked
        alarmed.clock.advance(MINUTE)
        for one in many:
            await one.look()
        await looks(alarmed, 0)
        assert len(told(alarmed)) == 1

    asyncio.run(story())


def test_where_nobody_can_be_told_the_log_has_the_words(service: Service) -> None:
    async def story() -> None:
        await waits_in_vain(service)
        await looks(service, 20)
        (line,) = [one for one in service.log.entries if one["event"].startswith("nobody can be told")]
        assert "заявки клиентов не проходят" in line["said"]

    asyncio.run(story())


async def texts_to(service: Service, channel: str) -> list[str]:
    mine = tables.replies.select().where(tables.replies.c.channel == channel).order_by(tables.replies.c.id)
    rows = await service.store.read(lambda connection: connection.execute(mine).all())
    return [load_reply(row.content).text for row in rows]
