"""What the salon wishes at the desk holds in the chats: its notice, its voice, its switches, its test mode."""

import asyncio
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import Connection, select
from test_sender import says, sends

from frontdesk.booking.commands import Book
from frontdesk.booking.ids import MasterId, ServiceId
from frontdesk.booking.salon import Privacy
from frontdesk.channels.messages import Batch, Delivery, Rejected, Report, SendAction
from frontdesk.dialogue.conversation import Dialogue
from frontdesk.dialogue.intents import every_intent
from frontdesk.dialogue.privacy import informed
from frontdesk.dialogue.talk import Draft, Facts, Person, Reply, Settled, Talk, Tapped, Turn
from frontdesk.dialogue.voice import BadText, Tone, Voice
from frontdesk.dialogue.words import Words
from frontdesk.service.webhooks import store_batch
from frontdesk.service.wishes import Spoken, Standing, phrasebook
from frontdesk.store import consents, masters, replies, tables, wish_tables
from frontdesk.store import salon_wishes as wishes
from frontdesk.store.forgetting import forget
from frontdesk.store.replies import Outgoing
from frontdesk.store.salon_wishes import PolicyWishes, Switches
from service_facts import ANNA, BORIS, NOON, OLGA, SALON, address, standing
from service_kit import Service

PRIVACY = Privacy("ООО «Центр»", "2026-11", "https://salon.example/privacy", "https://salon.example/terms")
TOLD = replace(SALON, privacy=PRIVACY)
UNTOLD = replace(SALON, key="other", privacy=Privacy("ИП Иванова", "1", "https://salon.example/ip"))
BOOK = phrasebook(("ru", "en"))
BOOKING = Book("centre", ANNA, "Анна", True, (ServiceId(1),), MasterId(2), standing(1).start, 3600, "", NOON)
HELLO = Turn(Talk(), (Reply("Здравствуйте!"),))


def told(turn: Turn, before: Talk | None = None, salons: tuple = (TOLD,)) -> Turn:
    return informed(before or Talk(), turn, salons, Words())


def test_the_first_answer_carries_the_notice_and_no_later_one_does() -> None:
    first = told(HELLO)
    assert first.replies[0].text == "Здравствуйте!"
    assert PRIVACY.legal_name in first.replies[0].footer
    assert f"Политика: {PRIVACY.privacy_url}\nУсловия: {PRIVACY.terms_url}" in first.replies[0].footer
    again = told(replace(HELLO, talk=first.talk), first.talk)
    assert again.replies == HELLO.replies


def test_another_version_is_told_again() -> None:
    first = told(HELLO)
    newer = replace(TOLD, privacy=replace(PRIVACY, version="2027-01"))
    assert told(replace(HELLO, talk=first.talk), first.talk, (newer,)).replies[0].footer


def test_the_notice_of_the_chosen_branch_is_told_once_it_is_chosen() -> None:
    first = told(HELLO, salons=(TOLD, UNTOLD))
    chosen = replace(HELLO, talk=replace(first.talk, draft=Draft(salon="other")))
    assert "ИП Иванова" in told(chosen, first.talk, (TOLD, UNTOLD)).replies[0].footer
    named = replace(HELLO, talk=replace(first.talk, salon="other"))
    assert "ИП Иванова" in told(named, first.talk, (TOLD, UNTOLD)).replies[0].footer


@pytest.mark.parametrize("turn", [Turn(Talk()), replace(HELLO, forget=True)], ids=["silence", "the last words"])
def test_neither_silence_nor_the_last_words_carry_a_notice(turn: Turn) -> None:
    assert told(turn) == turn


def test_nothing_is_said_where_no_notice_is_configured() -> None:
    assert told(HELLO, salons=(SALON,)) == HELLO


def test_a_booking_counts_as_informed_only_after_the_notice_was_told() -> None:
    wish = Turn(Talk(), (Reply("Приняла."),), (BOOKING,))
    assert [one.informed for one in told(wish).commands] == [False]
    knows = Talk(informed=(PRIVACY.id,))
    assert [one.informed for one in told(replace(wish, talk=knows), knows).commands] == [True]
    assert [one.informed for one in told(replace(wish, talk=knows), knows, (SALON,)).commands] == [False]


def spoken(standing_wishes: Standing) -> Spoken:
    return Spoken(Dialogue(every_intent(), {}), BOOK, standing_wishes, {"centre": PRIVACY})


def greeted(now: Standing, talk: Talk | None = None) -> Turn:
    facts = Facts(NOON, Person("Telegram"), (TOLD,))
    return spoken(now).advance(talk or Talk(), Tapped("start", NOON), facts)


def test_the_salon_speaks_in_its_own_voice() -> None:
    now = Standing(replace(wishes.Wishes(), voice=Voice(Tone.FRIENDLY, "Лия", "Ваш «Центр»")))
    reply = greeted(now).replies[0]
    assert reply.text == "Привет! Это Лия, «Центр». Чем помочь?"
    assert "Твои данные" in reply.footer
    assert reply.footer.endswith("Ваш «Центр»")


def test_a_reply_says_what_language_it_is_in() -> None:
    assert greeted(Standing()).replies[0].language == "ru"
    assert greeted(Standing(), Talk(language="en")).replies[0].language == "en"


def test_the_salons_policy_holds_over_the_settings() -> None:
    policy = PolicyWishes(may_cancel=False, cancel_notice_s=7200, confirm=False).over(SALON.policy)
    assert (policy.may_cancel, policy.cancel_notice_s, policy.cancel.confirm) == (False, 7200, False)
    assert policy.may_move == SALON.policy.may_move
    with pytest.raises(ValueError, match="less than nothing"):
        PolicyWishes(move_notice_s=-1)


def wishing(service: Service, *groups: Voice | PolicyWishes | Switches) -> Callable[[Connection], None]:
    def work(connection: Connection) -> None:
        for group in groups:
            wishes.save(connection, group)

    return work


def test_what_is_saved_is_read_and_one_group_does_not_touch_another(service: Service) -> None:
    async def story() -> None:
        await service.store.write(wishing(service, Voice(name="Лия"), Switches(silent=frozenset({"telegram:main"}))))
        await service.store.write(wishing(service, Voice(name="Ада")))
        found = await service.store.read(wishes.read)
        assert (found.voice.name, found.switches.silent) == ("Ада", {"telegram:main"})
        spoil = wish_tables.wishes.update().values(value="{")
        await service.store.write(lambda connection: connection.execute(spoil))
        assert await service.store.read(wishes.read) == wishes.Wishes()

    asyncio.run(story())


def test_the_salons_own_text_is_kept_until_it_is_reset_and_a_bad_one_changes_nothing(service: Service) -> None:
    def work(connection: Connection) -> None:
        assert wishes.save_text(connection, BOOK, "Ждём вас!", "ru", " До встречи! ", NOON) == "До встречи!"
        with pytest.raises(BadText):
            wishes.save_text(connection, BOOK, "Ждём вас!", "ru", "{kto}", NOON)
        assert wishes.own_texts(connection) == {"ru": {"Ждём вас!": "До встречи!"}}
        wishes.reset_text(connection, "Ждём вас!", "ru")
        assert wishes.own_texts(connection) == {}

    asyncio.run(service.store.write(work))


def test_the_process_follows_what_is_saved(service: Service) -> None:
    async def story() -> None:
        now = Standing()
        await service.store.write(wishing(service, Voice(name="Лия")))
        await now.read(service.store)
        assert now.wishes.voice.name == "Лия"

    asyncio.run(story())


def test_where_the_assistant_is_off_a_person_answers_and_only_outcomes_are_told(service: Service) -> None:
    async def story() -> None:
        await service.hears("отмени 7")
        await service.answers()
        service.wishes.wishes = replace(service.wishes.wishes, switches=Switches(silent=frozenset({"whatsapp:main"})))
        await service.hears("Вы тут?")
        await service.answers()
        assert service.messenger.texts == ["отменено 7"]
        assert not any(isinstance(one, Settled) for one in service.dialogue.events[2:])

    asyncio.run(story())


def test_in_test_mode_everything_goes_to_one_chat_and_shows_whom_it_was_for(service: Service) -> None:
    async def story() -> None:
        await service.store.write(wishing(service, Switches(test_to=f"whatsapp:main:{BORIS}")))
        await says(service, "ответ")
        await says(service, "самому", user=BORIS)
        await sends(service)
        assert [where for where, _, _ in service.messenger.sent] == [address(BORIS)] * 2
        assert service.messenger.texts == ["[whatsapp:main …0001] ответ", "самому"]
        assert [one["event"] for one in service.log.entries if "test mode" in one["event"]]

    asyncio.run(story())


@pytest.mark.parametrize("chat", ["telegram", "telegram:main", "telegram::5", "::"])
def test_a_test_chat_that_is_none_is_refused(chat: str) -> None:
    with pytest.raises(ValueError, match="channel:account:user"):
        Switches(test_to=chat)


def test_where_nobody_is_to_be_written_to_first_clients_are_not_and_masters_are(service: Service) -> None:
    def register(connection: Connection) -> None:
        chat = connection.execute(select(tables.chats.c.id).where(tables.chats.c.user == BORIS)).scalar_one()
        masters.invite(connection, "centre", OLGA, "code", NOON)
        masters.register(connection, "code", chat, NOON)

    async def story() -> None:
        await service.store.write(wishing(service, Switches(proactive=False)))
        await says(service, "напоминание", proactive=True)
        await says(service, "ответ")
        await says(service, "изменение", user=BORIS, proactive=True)
        await service.store.write(register)
        await sends(service)
        assert service.messenger.texts == ["ответ", "изменение"]

    asyncio.run(story())


async def queues(service: Service, text: str) -> None:
    """Queues a message that nobody asked for."""

    def work(connection: Connection) -> None:
        chat = connection.execute(select(tables.chats.c.id)).scalar_one()
        replies.add(connection, chat, Outgoing(address(), text, Reply(text), proactive=True), service.clock.now())

    await service.store.write(work)


BLOCKED = Rejected(SendAction.UNREACHABLE, "403", blocked=True)


def test_who_has_blocked_us_is_not_written_to_first_until_they_write_again(service: Service) -> None:
    async def story() -> None:
        service.messenger.answers = [BLOCKED]
        await says(service, "ответ")
        await sends(service)
        await queues(service, "напоминание")
        await sends(service)
        assert service.messenger.texts == ["ответ"]
        await service.hears("Я вернулась")
        await queues(service, "ещё напоминание")
        await sends(service)
        assert service.messenger.texts == ["ответ", "ещё напоминание"]

    asyncio.run(story())


def test_a_report_of_a_blocked_person_counts_the_same(service: Service) -> None:
    async def story() -> None:
        await says(service, "ответ")
        await sends(service)
        report = Report("whatsapp", "main", "wamid-1", "ответ", Delivery.FAILED, NOON, BLOCKED)
        batch = Batch(reports=(report,))
        await service.store.write(lambda connection: store_batch(connection, batch, NOON, timedelta(0)))
        await queues(service, "напоминание")
        await sends(service)
        assert service.messenger.texts == ["ответ"]

    asyncio.run(story())


def test_the_notice_is_kept_with_its_version_words_and_moment_and_forgotten_with_the_person(service: Service) -> None:
    def work(connection: Connection) -> None:
        chat = connection.execute(select(tables.chats.c.id)).scalar_one()
        first = told(HELLO)
        for _ in range(2):
            consents.note(connection, chat, consents.news(Talk(), first.talk, first.replies[0], NOON))
        kept = connection.execute(select(wish_tables.consents)).one()
        assert (kept.version, kept.notice, kept.told_at) == ("2026-11", PRIVACY.id, NOON)
        assert PRIVACY.legal_name in kept.text
        forget(connection, chat, ANNA)
        assert connection.execute(select(wish_tables.consents)).all() == []

    async def story() -> None:
        await service.hears("Привет")
        await service.store.write(work)

    asyncio.run(story())
