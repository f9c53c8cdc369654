"""Replies on their way out: in order, within the pace, and never twice where it can be helped."""

import asyncio
from datetime import timedelta

import pytest
from sqlalchemy import select

from frontdesk.channels.messages import Accepted, Batch, CutOff, Delivery, Rejected, Report, SendAction
from frontdesk.dialogue.talk import Reply
from frontdesk.service.bells import Bells
from frontdesk.service.sender import Sender
from frontdesk.service.webhooks import store_batch
from frontdesk.store import replies, tables
from frontdesk.store.replies import Outgoing
from frontdesk.store.sending import Sending
from service_facts import ANNA, BORIS, NOON, address
from service_kit import Service


async def says(service: Service, *texts: str, user: str = ANNA, proactive: bool = False) -> None:
    """Queues outgoing messages; their keys are their texts."""
    if not await service.hears("Привет", user=user):
        raise AssertionError
    statement = select(tables.chats.c.id).where(tables.chats.c.user == user)

    def work(connection) -> None:
        chat = connection.execute(statement).scalar_one()
        for text in texts:
            outgoing = Outgoing(address(user), text, Reply(text), proactive=proactive)
            replies.add(connection, chat, outgoing, service.clock.now())

    await service.store.write(work)


async def sends(service: Service, seconds: float = 0) -> None:
    """Lets time pass and sends all that may go."""
    service.clock.advance(seconds)
    now = service.clock.now()
    await service.store.write(lambda connection: replies.end_silence(connection, now))
    while await service.step(Sender):
        pass


async def reports(service: Service, key: str, delivery: Delivery, message_id: str = "wamid-x") -> None:
    rejected = Rejected(SendAction.WINDOW_CLOSED, "131047") if delivery is Delivery.FAILED else None
    report = Report("whatsapp", "main", message_id, key, delivery, NOON, rejected)
    work = Batch(reports=(report,))
    await service.store.write(lambda connection: store_batch(connection, work, NOON, timedelta(0)))


async def states(service: Service) -> list[str]:
    statement = select(tables.replies.c.state).order_by(tables.replies.c.id)
    return await service.store.read(lambda connection: list(connection.execute(statement).scalars()))


def test_messages_of_a_chat_go_out_in_order(service: Service) -> None:
    async def story() -> None:
        await says(service, "раз", "два", "три")
        first = await Sender(service.parts, Bells()).claim()
        assert isinstance(first, Sending)
        assert await Sender(service.parts, Bells()).claim() is None
        await Sender(service.parts, Bells()).handle(first)
        await sends(service)
        assert service.messenger.texts == ["раз", "два", "три"]

    asyncio.run(story())


def test_answers_go_before_what_nobody_asked_for(service: Service) -> None:
    async def story() -> None:
        await says(service, "напоминание", proactive=True)
        await says(service, "ответ")
        await says(service, "ответ Борису", user=BORIS)
        await sends(service)
        assert service.messenger.texts == ["ответ", "ответ Борису", "напоминание"]

    asyncio.run(story())


def test_a_reply_cut_off_goes_once_more_after_two_minutes_and_no_oftener(service: Service) -> None:
    async def story() -> None:
        service.messenger.answers = [CutOff("reset"), CutOff("reset again")]
        await says(service, "ответ")
        await sends(service)
        await sends(service, 119)
        assert service.messenger.texts == ["ответ"]
        await sends(service, 1)
        assert service.messenger.texts == ["ответ", "ответ"]
        await sends(service, 3600)
        assert service.messenger.texts == ["ответ", "ответ"]
        assert await states(service) == ["refused"]

    asyncio.run(story())


def test_a_message_nobody_asked_for_is_never_sent_twice(service: Service) -> None:
    async def story() -> None:
        service.messenger.answers = [CutOff("reset")]
        await says(service, "напоминание", proactive=True)
        await sends(service)
        await sends(service, 3600)
        assert service.messenger.texts == ["напоминание"]
        assert await states(service) == ["refused"]

    asyncio.run(story())


def test_a_report_settles_a_reply_that_was_cut_off(service: Service) -> None:
    async def story() -> None:
        service.messenger.answers = [CutOff("reset")]
        await says(service, "ответ")
        await sends(service)
        await reports(service, "ответ", Delivery.DELIVERED)
        await sends(service, 3600)
        assert service.messenger.texts == ["ответ"]
        assert await states(service) == ["sent"]

    asyncio.run(story())


def test_a_report_may_be_faster_than_the_answer_to_the_send(service: Service) -> None:
    async def story() -> None:
        await says(service, "ответ")
        going = await Sender(service.parts, Bells()).claim()
        assert isinstance(going, Sending)
        await reports(service, "ответ", Delivery.SENT)
        service.messenger.answers = [CutOff("reset")]
        await Sender(service.parts, Bells()).handle(going)
        assert await states(service) == ["sent"]

    asyncio.run(story())


def test_a_report_without_our_key_finds_the_message_by_the_messengers_id(service: Service) -> None:
    async def story() -> None:
        service.messenger.answers = [Accepted("wamid-7")]
        await says(service, "ответ")
        await sends(service)
        await reports(service, "", Delivery.FAILED, "wamid-7")
        assert await states(service) == ["refused"]

    asyncio.run(story())


def test_what_was_delivered_did_not_fail(service: Service) -> None:
    async def story() -> None:
        await says(service, "ответ")
        await sends(service)
        for delivery in (Delivery.READ, Delivery.DELIVERED, Delivery.FAILED):
            await reports(service, "ответ", delivery)
        assert await states(service) == ["sent"]

    asyncio.run(story())


def test_a_report_about_a_strangers_message_is_left_aside(service: Service) -> None:
    async def story() -> None:
        await says(service, "ответ")
        await reports(service, "чужое", Delivery.FAILED)
        assert await states(service) == ["waiting"]

    asyncio.run(story())


def test_what_was_provably_not_sent_goes_again_after_a_growing_wait(service: Service) -> None:
    async def story() -> None:
        service.messenger.answers = [Rejected(SendAction.RETRY, "130429", 2, growth=4)] * 2
        await says(service, "ответ")
        await sends(service)
        await sends(service, 1.9)
        assert len(service.messenger.sent) == 1
        await sends(service, 0.1)
        assert len(service.messenger.sent) == 2
        await sends(service, 7.9)
        assert len(service.messenger.sent) == 2
        await sends(service, 0.1)
        assert await states(service) == ["sent"]

    asyncio.run(story())


def test_an_account_at_fault_is_paused_as_a_whole(service: Service) -> None:
    async def story() -> None:
        service.messenger.answers = [Rejected(SendAction.PAUSE_ACCOUNT, "190 token expired", whole_account=True)]
        await says(service, "Анне")
        await says(service, "Борису", user=BORIS)
        await sends(service)
        assert len(service.messenger.sent) == 1
        await sends(service, 59)
        assert len(service.messenger.sent) == 1
        await sends(service, 1)
        assert sorted(service.messenger.texts[1:]) == ["Анне", "Борису"]

    asyncio.run(story())


@pytest.mark.parametrize("action", [SendAction.UNREACHABLE, SendAction.WINDOW_CLOSED, SendAction.PARK])
def test_what_can_not_be_delivered_is_kept_and_does_not_stop_the_next(service: Service, action: SendAction) -> None:
    async def story() -> None:
        service.messenger.answers = [Rejected(action, "131026")]
        await says(service, "раз", "два")
        await sends(service, 3600)
        assert service.messenger.texts == ["раз", "два"]
        assert await states(service) == ["refused", "sent"]

    asyncio.run(story())


def test_a_fault_of_ours_during_the_send_counts_as_cut_off(service: Service) -> None:
    async def story() -> None:
        service.messenger.answers = [RuntimeError("a fault")]
        await says(service, "ответ")
        await sends(service)
        assert await states(service) == ["unknown"]

    asyncio.run(story())


def test_one_chat_gets_ten_messages_at_once_then_one_in_six_seconds(service: Service) -> None:
    async def story() -> None:
        await says(service, *(f"{number}" for number in range(13)))
        await says(service, "Борису", user=BORIS)
        await sends(service)
        assert len(service.messenger.sent) == 11
        for _ in range(3):
            sent = len(service.messenger.sent)
            await sends(service, 5.9)
            assert len(service.messenger.sent) == sent
            await sends(service, 0.1)
            assert len(service.messenger.sent) == sent + 1

    asyncio.run(story())
