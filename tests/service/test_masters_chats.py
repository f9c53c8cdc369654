"""A link with a code says in which chat a master is told, and what becomes of that chat."""

import asyncio
from datetime import timedelta

import pytest
from notices_kit import CANCELLED, OLGAS_CHAT, READY, cancels, events, registered, starts, told

from frontdesk.booking.appointments import Master
from frontdesk.booking.commands import Explain
from frontdesk.booking.ids import AppointmentId, MasterId
from frontdesk.channels.messages import Tap
from frontdesk.dialogue.notices import LEAVE
from frontdesk.provider.answers import NotSent
from frontdesk.service.bells import Bells
from frontdesk.service.courier import Courier
from frontdesk.service.masters_chat import LINK, invite, invite_masters
from frontdesk.service.turn import Turns
from frontdesk.store import commands, masters
from frontdesk.store.masters import CodeUsed
from service_facts import ANNA, NOON, OLGA
from service_kit import Service

ANOTHER_CHAT = "79160000051"


WRONG = "Эта ссылка для мастеров уже не действует. Попросите, пожалуйста, у администратора новую."


USED = "По этой ссылке уже зарегистрирован другой чат. Попросите, пожалуйста, у администратора новую."


@pytest.mark.parametrize("code", ["", "0", "x" * 58, "'; DROP TABLE masters; --", "%", "{code}", "\u202e"])
def test_a_wrong_code_is_refused_politely_and_the_chat_stays_a_clients(service: Service, code: str) -> None:
    async def story() -> None:
        await invite(service.parts, "centre", OLGA)
        await starts(service, code)
        assert service.messenger.texts == [WRONG]
        await service.hears("Привет", user=OLGAS_CHAT)
        await service.answers()
        assert service.messenger.texts[1:] == ["вы сказали: Привет"]

    asyncio.run(story())


def test_the_code_sent_as_a_text_registers_too(service: Service) -> None:
    async def story() -> None:
        code = await invite(service.parts, "centre", OLGA)
        await service.hears(f" {LINK}{code}\n", user=OLGAS_CHAT)
        await service.answers()
        assert service.messenger.texts == [READY]

    asyncio.run(story())


def test_a_code_used_in_another_chat_is_refused_and_the_first_stays(service: Service) -> None:
    async def story() -> None:
        code = await registered(service)
        await starts(service, code, ANOTHER_CHAT)
        assert told(service, ANOTHER_CHAT) == [USED]
        await cancels(service)
        assert told(service, OLGAS_CHAT) == [CANCELLED]
        assert told(service, ANOTHER_CHAT) == [USED]

    asyncio.run(story())


def test_opening_the_link_again_in_the_same_chat_is_answered_the_same(service: Service) -> None:
    async def story() -> None:
        code = await registered(service)
        await starts(service, code)
        assert service.messenger.texts == [READY]

    asyncio.run(story())


def test_a_code_is_good_for_a_week(service: Service) -> None:
    async def story() -> None:
        code = await invite(service.parts, "centre", OLGA)
        assert await invite(service.parts, "centre", OLGA) == code
        service.clock.advance(timedelta(days=7, seconds=1).total_seconds())
        await starts(service, code)
        assert service.messenger.texts == [WRONG]
        fresh = await invite(service.parts, "centre", OLGA)
        assert fresh != code
        await starts(service, fresh)
        assert service.messenger.texts[1:] == [READY]

    asyncio.run(story())


def test_a_new_code_moves_the_master_to_another_chat(service: Service) -> None:
    async def story() -> None:
        await registered(service)
        code = await invite(service.parts, "centre", OLGA)
        await cancels(service, 7)
        assert told(service, OLGAS_CHAT) == [CANCELLED]
        await starts(service, code, ANOTHER_CHAT)
        await cancels(service, 8)
        assert told(service, OLGAS_CHAT) == [CANCELLED]
        assert told(service, ANOTHER_CHAT) == [READY, CANCELLED]

    asyncio.run(story())


def test_of_two_chats_that_use_a_code_at_once_one_is_registered_and_the_other_refused(service: Service) -> None:
    async def story() -> None:
        code = await invite(service.parts, "centre", OLGA)
        for user in (OLGAS_CHAT, ANOTHER_CHAT):
            await service.hears(service.message(Tap(f"start:{LINK}{code}", "/start"), user))
        turns = [Turns(service.parts, Bells()) for _ in range(2)]
        chats = [await one.claim() for one in turns]
        await asyncio.gather(*(one.handle(chat) for one, chat in zip(turns, chats, strict=True)))
        await service.runs(10)
        assert sorted(service.messenger.texts) == sorted([READY, USED])

    asyncio.run(story())


def test_a_code_can_not_be_used_twice_whatever_was_read_before(service: Service) -> None:
    async def story() -> None:
        code = await registered(service)
        with pytest.raises(CodeUsed):
            await service.store.write(lambda one: masters.register(one, code, 1, NOON))

    asyncio.run(story())


def test_a_masters_chat_is_no_clients_chat(service: Service) -> None:
    async def story() -> None:
        await registered(service)
        await service.hears("отмени 7", user=OLGAS_CHAT)
        await service.answers()
        (text,) = service.messenger.texts
        assert text == "Ольга, сюда я пишу об отменах и записях, записать отсюда не могу."
        assert service.dialogue.events == []
        assert service.door.effects == 0

    asyncio.run(story())


@pytest.mark.parametrize("wish", [LEAVE, "Стоп", "stop!"])
def test_a_master_who_wants_no_notices_gets_none_and_is_a_client_again(service: Service, wish: str) -> None:
    async def story() -> None:
        await registered(service)
        await service.hears(service.message(Tap(wish, wish), OLGAS_CHAT) if wish == LEAVE else wish, user=OLGAS_CHAT)
        await service.answers()
        assert service.messenger.texts[0].startswith("Хорошо, больше не пишу")
        await cancels(service)
        await service.hears("Привет", user=OLGAS_CHAT)
        await service.answers()
        assert told(service, OLGAS_CHAT)[1:] == ["вы сказали: Привет"]

    asyncio.run(story())


def test_a_client_who_becomes_a_master_still_learns_what_came_of_their_cancellation(service: Service) -> None:
    async def story() -> None:
        service.door.performs = [NotSent("no connection")]
        await service.hears("отмени 7", user=OLGAS_CHAT)
        await service.answers()
        code = await invite(service.parts, "centre", OLGA)
        await starts(service, code)
        await service.runs(60)
        assert "отменено 7" in told(service, OLGAS_CHAT)

    asyncio.run(story())


def test_a_master_who_left_is_told_nothing_and_forgotten(service: Service) -> None:
    async def story() -> None:
        await registered(service)
        service.door.left = {OLGA.id}
        await cancels(service)
        assert told(service, OLGAS_CHAT) == []
        service.door.left = set()
        await cancels(service, 8)
        assert told(service, OLGAS_CHAT) == []

    asyncio.run(story())


def test_the_code_of_a_master_who_left_is_good_for_nothing(service: Service) -> None:
    async def story() -> None:
        code = await invite(service.parts, "centre", OLGA)
        service.door.left = {OLGA.id}
        await starts(service, code)
        assert service.messenger.texts == [WRONG]

    asyncio.run(story())


def test_masters_who_are_not_told_yet_are_invited_and_the_log_names_the_link(service: Service) -> None:
    async def story() -> None:
        await registered(service)
        vera = Master(MasterId(502), "Вера")
        await invite_masters(service.parts, "centre", [OLGA, vera])
        named = [entry for entry in service.log.entries if entry["event"] == "a master may register"]
        assert [entry["master"] for entry in named] == ["Вера"]
        await starts(service, named[0]["start"].removeprefix(LINK), ANOTHER_CHAT)
        assert told(service, ANOTHER_CHAT) == ["Готово, Вера: буду писать сюда об отменах и записях."]

    asyncio.run(story())


@pytest.mark.parametrize(("line", "code"), [("Причина отмены: болезнь", "ill"), ("Причина отмены: уехала", "other")])
def test_the_reason_that_was_noted_in_the_journal_stands_by_its_code(service: Service, line: str, code: str) -> None:
    async def story() -> None:
        await cancels(service)
        reason = Explain("centre", AppointmentId(7), ANNA, line, NOON)
        await service.store.write(lambda one: commands.add(one, 1, reason, NOON))
        service.door.describe = lambda *_: None  # type: ignore[method-assign]
        assert await service.step(Courier)
        (event,) = await events(service)
        assert event.reason == code

    asyncio.run(story())
