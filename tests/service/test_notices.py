"""The salon's people are told what changed, once; a link with a code says in which chat."""

import asyncio
from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from frontdesk.booking.appointments import Master
from frontdesk.booking.changes import ChangeKind
from frontdesk.booking.commands import Done, RefusalReason, Refused
from frontdesk.booking.ids import AppointmentId, MasterId
from frontdesk.booking.times import Instant
from frontdesk.channels.messages import CutOff, Tap
from frontdesk.dialogue.notices import LEAVE
from frontdesk.provider.answers import Found, NotSent, ReplyLost
from frontdesk.service.bells import Bells
from frontdesk.service.courier import Courier
from frontdesk.service.masters_chat import LINK, invite, invite_masters
from frontdesk.service.notices import Notices
from frontdesk.service.turn import Turns
from frontdesk.store import ledger, masters, tables
from frontdesk.store.ledger import AskedBy, Event
from frontdesk.store.masters import CodeUsed
from service_kit import ANNA, NOON, OLGA, Service, address, open_service

OLGAS_CHAT = "79160000050"
ANOTHER_CHAT = "79160000051"
READY = "Готово, Ольга: буду писать сюда об отменах и записях."
WRONG = "Эта ссылка для мастеров уже не действует. Попросите, пожалуйста, у администратора новую."
USED = "По этой ссылке уже зарегистрирован другой чат. Попросите, пожалуйста, у администратора новую."
CANCELLED = "Отмена: женская стрижка, завтра, в воскресенье 22 ноября, в 15:00, Анна. Окно 15:00–16:00 свободно."


async def starts(service: Service, code: str, user: str = OLGAS_CHAT) -> None:
    await service.hears(service.message(Tap(f"start:{LINK}{code}", "/start"), user))
    await service.answers()


async def registered(service: Service, user: str = OLGAS_CHAT) -> str:
    """Olga has opened her link; what was said to her so far is forgotten."""
    code = await invite(service.parts, "centre", OLGA)
    await starts(service, code, user)
    assert service.messenger.texts == [READY]
    service.messenger.sent.clear()
    return code


async def cancels(service: Service, appointment: int = 7) -> None:
    await service.hears(f"отмени {appointment}")
    await service.answers()


def told(service: Service, user: str) -> list[str]:
    return [reply.text for where, reply, _ in service.messenger.sent if where.user == user]


async def events(service: Service, appointment: int = 7) -> tuple[Event, ...]:
    return await service.store.read(lambda one: ledger.of_appointment(one, "centre", AppointmentId(appointment)))


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


def test_the_ledger_says_who_asked_where_how_far_ahead_and_what_it_was_worth(service: Service) -> None:
    async def story() -> None:
        await cancels(service)
        (event,) = await events(service)
        assert (event.kind, event.asked_by, event.channel) == (ChangeKind.CANCELLED, AskedBy.PERSON, "whatsapp")
        assert (event.appointment, event.master, event.reason, event.outcome) == (7, OLGA.id, None, None)
        assert event.lead_s == 24 * 3600
        assert not event.late
        assert str(event.value) == "2500.5"

    asyncio.run(story())


def test_a_reason_given_afterwards_stands_with_the_cancellation(service: Service) -> None:
    async def story() -> None:
        await cancels(service)
        number = AppointmentId(7)
        assert await service.store.write(lambda one: ledger.explain(one, "centre", number, "ill"))
        assert not await service.store.write(lambda one: ledger.explain(one, "centre", AppointmentId(8), "ill"))
        assert [event.reason for event in await events(service)] == ["ill"]

    asyncio.run(story())


def test_a_day_of_the_ledger_ends_where_the_next_begins(service: Service) -> None:
    async def story() -> None:
        await cancels(service)
        (event,) = await events(service)
        before, after = Instant(event.at - timedelta(hours=1)), Instant(event.at + timedelta(hours=1))
        read = service.store.read
        assert await read(lambda one: ledger.between(one, "centre", before, after)) == (event,)
        assert await read(lambda one: ledger.between(one, "centre", event.at, after)) == (event,)
        assert await read(lambda one: ledger.between(one, "centre", before, event.at)) == ()
        assert await read(lambda one: ledger.between(one, "elsewhere", before, after)) == ()

    asyncio.run(story())


def test_what_stood_there_already_is_no_event_of_ours(service: Service) -> None:
    async def story() -> None:
        await registered(service)
        service.door.performs = [Done(already=True)]
        await cancels(service)
        assert await events(service) == ()
        assert told(service, OLGAS_CHAT) == []

    asyncio.run(story())


def test_what_a_lost_reply_hid_is_written_down_once_it_is_found(service: Service) -> None:
    async def story() -> None:
        await registered(service)
        service.door.performs = [ReplyLost("cut off")]
        service.door.evidences = [Found()]
        await cancels(service)
        await service.runs(1)
        assert len(await events(service)) == 1
        assert told(service, OLGAS_CHAT) == [CANCELLED]

    asyncio.run(story())


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
        await registered(service)
        await service.hears("отмени 7")
        service.clock.advance(5)
        for step in (Turns, Courier, Turns, Notices):
            assert await service.step(step)
        service.messenger.answers = [CutOff("gone"), CutOff("gone"), CutOff("gone")]
        for _ in range(6):
            await service.runs(150)
        assert len(told(service, OLGAS_CHAT)) == 1
        assert len(told(service, ANNA)) == 2

    asyncio.run(story())


def test_where_both_wait_the_client_is_answered_first(service: Service) -> None:
    async def story() -> None:
        await registered(service)
        await service.hears("отмени 7")
        service.clock.advance(5)
        for step in (Turns, Courier, Notices, Turns):
            assert await service.step(step)
        await service.runs(1)
        assert [where.user for where, _, _ in service.messenger.sent] == [ANNA, OLGAS_CHAT]

    asyncio.run(story())


def test_two_workers_that_tell_of_the_same_change_tell_it_once(service: Service) -> None:
    async def story() -> None:
        await registered(service)
        await service.hears("отмени 7")
        service.clock.advance(5)
        assert await service.step(Turns)
        assert await service.step(Courier)
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
        await registered(service)
        await service.hears("отмени 7")
        service.clock.advance(5)
        assert await service.step(Turns)
        assert await service.step(Courier)
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
        await registered(service)
        await service.hears("отмени 7")
        service.clock.advance(5)
        assert await service.step(Turns)
        assert await service.step(Courier)
        await service.runs(timedelta(hours=7).total_seconds())
        assert told(service, OLGAS_CHAT) == []

    asyncio.run(story())


def test_a_line_this_version_can_not_read_keeps_nobody_waiting(service: Service) -> None:
    async def story() -> None:
        await registered(service)
        await service.hears("отмени 7")
        service.clock.advance(5)
        assert await service.step(Turns)
        assert await service.step(Courier)
        await service.store.write(lambda one: one.execute(tables.ledger.update().values(notice='{"kind": "new"}')))
        await cancels(service, 8)
        assert told(service, OLGAS_CHAT) == [CANCELLED]

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
