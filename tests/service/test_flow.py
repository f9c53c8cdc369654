"""A message on its way through: from the webhook to the answer, and to the journal where something was asked of it."""

import asyncio
from datetime import timedelta

import pytest

from frontdesk.booking.ids import Phone
from frontdesk.booking.times import Instant
from frontdesk.channels.messages import Attachment, Contact, CutOff, Incoming, Rejected, SendAction, Tap, Text
from frontdesk.dialogue.talk import AttachmentKind, ContactShared, Said
from frontdesk.provider.answers import NotSent, ReplyLost
from frontdesk.service.bells import Bells
from frontdesk.service.turn import Turns
from frontdesk.store import inbox, tables
from service_facts import ANNA, NOON, address
from service_kit import Service, claimed_chat, rows_of, until


def test_a_message_is_answered_once_the_thought_is_complete(service: Service) -> None:
    async def story() -> None:
        await service.hears("Привет")
        await service.runs()
        assert service.messenger.texts == []
        await service.answers()
        assert service.messenger.texts == ["вы сказали: Привет"]

    asyncio.run(story())


def test_a_thought_in_pieces_is_heard_as_one(service: Service) -> None:
    async def story() -> None:
        await service.hears("Привет")
        await service.runs(1)
        await service.hears("хочу отменить")
        await service.runs(1)
        assert service.messenger.texts == []
        await service.runs(1)
        assert service.messenger.texts == ["вы сказали: Привет\nхочу отменить"]

    asyncio.run(story())


def test_whoever_never_stops_typing_is_answered_after_five_windows(service: Service) -> None:
    async def story() -> None:
        for second in range(7):
            await service.hears(f"{second}")
            await service.runs(1)
        assert service.messenger.texts == ["вы сказали: 0\n1\n2\n3\n4\n5"]

    asyncio.run(story())


def test_a_tap_does_not_wait(service: Service) -> None:
    async def story() -> None:
        await service.hears(service.tap("cancel:yes"))
        await service.runs()
        assert service.messenger.texts == ["вы выбрали: cancel:yes"]

    asyncio.run(story())


def test_a_tap_is_acknowledged_once_its_turn_stands(service: Service) -> None:
    async def story() -> None:
        service.dialogue.faults = [RuntimeError("a fault")]
        tap = service.message(Tap("cancel:yes", "Да"), message_id="tap-1")
        await service.hears(tap, service.message(Text("да")))
        await service.runs()
        assert service.messenger.acknowledged == []
        await service.runs(1)
        assert service.messenger.acknowledged == ["tap-1"]

    asyncio.run(story())


def test_a_command_is_carried_out_and_its_outcome_is_told(service: Service) -> None:
    async def story() -> None:
        await service.hears("отмени 7")
        await service.answers()
        assert service.door.cancelled == [7]
        assert service.messenger.texts == ["отменено 7"]

    asyncio.run(story())


def test_the_same_message_again_is_one_turn(service: Service) -> None:
    async def story() -> None:
        message = service.message(Text("Привет"))
        assert await service.hears(message, message) == 1
        await service.answers()
        assert await service.hears(message) == 0
        await service.answers()
        assert len(service.messenger.texts) == 1

    asyncio.run(story())


def test_a_batch_of_four_gets_one_outgoing_message(service: Service) -> None:
    async def story() -> None:
        voice = service.message(Attachment(AttachmentKind.VOICE))
        await service.hears(service.message(Text("раз")), voice, service.tap("да"), service.message(Text("два")))
        await service.answers()
        assert service.messenger.texts == [
            "вы сказали: раз\n\nне разобрать: voice\n\nвы выбрали: да\n\nвы сказали: два"
        ]

    asyncio.run(story())


def test_messages_are_taken_by_the_messengers_time_then_by_arrival(service: Service) -> None:
    async def story() -> None:
        early = Instant(NOON - timedelta(seconds=5))
        await service.hears(service.message(Text("второе")), service.message(Text("третье")))
        await service.hears(service.message(Text("первое"), sent_at=early))
        await service.answers()
        assert service.messenger.texts == ["вы сказали: первое\nвторое\nтретье"]

    asyncio.run(story())


def test_a_thought_is_as_old_as_its_first_words(service: Service) -> None:
    async def story() -> None:
        yesterday = Instant(NOON - timedelta(hours=13))
        await service.hears(service.message(Text("да"), sent_at=yesterday), service.message(Text("ау")))
        await service.answers()
        (event,) = service.dialogue.events
        assert isinstance(event, Said)
        assert event.sent_at == yesterday

    asyncio.run(story())


def test_a_text_without_end_is_heard_by_its_beginning(service: Service) -> None:
    async def story() -> None:
        await service.hears("а" * 100_000)
        await service.answers()
        (event,) = service.dialogue.events
        assert isinstance(event, Said)
        assert event.heard.text == "а" * 4096

    asyncio.run(story())


def test_words_under_a_picture_are_heard(service: Service) -> None:
    async def story() -> None:
        await service.hears(service.message(Attachment(AttachmentKind.MEDIA, "хочу так")))
        await service.answers()
        assert service.messenger.texts == ["вы сказали: хочу так"]

    asyncio.run(story())


def test_an_empty_text_is_met_with_silence(service: Service) -> None:
    async def story() -> None:
        await service.hears("")
        await service.answers()
        assert service.messenger.texts == []
        assert await rows_of(service, tables.inbox, state="unread") == 0

    asyncio.run(story())


def test_more_messages_than_one_turn_takes_wait_for_the_next(service: Service) -> None:
    async def story() -> None:
        many = inbox.TAKEN_AT_ONCE + 3
        await service.hears(*(f"{number}" for number in range(many)))
        await service.answers()
        heard = [event.heard.text.split("\n") for event in service.dialogue.events if isinstance(event, Said)]
        assert [len(lines) for lines in heard] == [inbox.TAKEN_AT_ONCE, 3]

    asyncio.run(story())


@pytest.mark.parametrize("own", [True, False])
def test_only_an_own_contact_proves_a_phone_and_another_is_not_even_claimed(service: Service, own: bool) -> None:
    async def story() -> None:
        shared = Incoming(address("nobody"), "m1", service.clock.now(), Contact(Phone("79165550000"), own))
        await service.hears(shared)
        await service.runs()
        assert service.dialogue.events == [ContactShared(Phone("79165550000"), own, NOON)]
        again = Incoming(address("nobody"), "m2", service.clock.now(), Text("отмени 1"))
        await service.hears(again)
        await service.answers()
        person = service.door.looked_up[-2]
        assert (person.proved, person.claimed) == (("79165550000", None) if own else (None, None))

    asyncio.run(story())


def test_a_long_look_up_shows_that_an_answer_is_on_its_way(service: Service) -> None:
    async def story() -> None:
        service.door.slow = asyncio.Event()
        await service.hears(service.message(Text("отмени 7"), message_id="wamid-1"))
        service.clock.advance(5)
        turn = asyncio.create_task(Turns(service.parts, Bells()).handle(await claimed_chat(service)))
        await until(lambda: service.door.looked_up)
        for _ in range(5):
            await asyncio.sleep(0)
            service.clock.advance(0.2)
        await asyncio.sleep(0)
        service.door.slow.set()
        await turn
        assert service.messenger.typing == ["wamid-1"]

    asyncio.run(story())


def test_a_quick_look_up_shows_nothing(service: Service) -> None:
    async def story() -> None:
        await service.hears("отмени 7")
        await service.answers()
        assert service.messenger.typing == []

    asyncio.run(story())


def test_facts_name_the_appointments_with_an_open_command(service: Service) -> None:
    async def story() -> None:
        service.clock.advance(1)
        await service.hears(service.message(Text("отмени 7")), service.tap("что там"))
        await service.answers()
        assert service.dialogue.busy[:2] == [frozenset(), frozenset({"appointment 7"})]

    asyncio.run(story())


def test_a_chat_of_an_account_that_is_gone_waits_without_harm(service: Service) -> None:
    async def story() -> None:
        stranger = Incoming(address(ANNA, "gone"), "m1", service.clock.now(), Tap("да", "да"))
        await service.hears(stranger)
        await service.hears("Привет")
        await service.answers()
        assert service.messenger.texts == ["вы сказали: Привет"]

    asyncio.run(story())


def test_no_phone_and_no_word_of_a_client_reaches_the_log(service: Service) -> None:
    async def story() -> None:
        service.dialogue.faults = [RuntimeError("a fault")]
        service.door.performs = [NotSent("no connection"), ReplyLost("timeout"), RuntimeError("a fault")]
        service.messenger.answers = [
            CutOff("reset"),
            Rejected(SendAction.PAUSE_ACCOUNT, "190"),
            RuntimeError("a fault"),
        ]
        await service.hears("отмени 7")
        for _ in range(5):
            await service.runs(60)
        assert len(service.log.entries) >= 5
        written = str(service.log.entries)
        assert ANNA not in written
        assert "отмени" not in written

    asyncio.run(story())
