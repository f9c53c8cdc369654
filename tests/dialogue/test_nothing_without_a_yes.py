"""Whatever is said in whatever order: nothing is moved or cancelled but what was read back just before the yes."""

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from dialogue_kit import MANICURE, OLGA, Chat, appointment, at
from frontdesk.booking.commands import Cancel, Move

SAID = (
    "перенесите запись",
    "перенесите стрижку на понедельник в 12",
    "на час позже",
    "к Ольге",
    "в 18",
    "вечером",
    "вторую",
    "2",
    "отмените запись",
    "маникюр",
    "завтра",
    "да",
    "нет",
    "нет, лучше в 16",
    "ок",
    "приду",
    "а сколько стоит?",
    "когда свободно?",
    "запишите на маникюр завтра",
    "верните как было",
    "удалите мои данные",
    "мои записи",
    "стоп",
    "спасибо",
    "{name} <b>\u202e",
)
TAP = "tap"


@settings(deadline=None, max_examples=150)
@given(st.lists(st.one_of(st.sampled_from(SAID), st.tuples(st.just(TAP), st.integers(0, 9))), max_size=12))
def test_a_change_is_exactly_what_was_read_back(events: list[str | tuple[str, int]]) -> None:
    chat = Chat((appointment(101, at(22, 15)), appointment(102, at(24, 12), MANICURE, OLGA)))
    for event in events:
        question, before = chat.talk.question, len(chat.commands)
        _happens(chat, event)
        for command in chat.commands[before:]:
            if isinstance(command, Move | Cancel):
                assert question is not None
                assert question.commits == replace(command, asked_at=question.commits.asked_at)
                assert str(command.start.day if isinstance(command, Move) else "") in question.reply.text


def _happens(chat: Chat, event: str | tuple[str, int]) -> None:
    if isinstance(event, str):
        chat.says(event)
        return
    choices = chat.turn.replies[-1].choices if chat.turn.replies else ()
    if choices:
        chat.taps_id(choices[event[1] % len(choices)].id)


@settings(deadline=None, max_examples=150)
@given(st.lists(st.sampled_from(SAID), max_size=12))
def test_every_message_can_be_sent_on_every_messenger(said: list[str]) -> None:
    chat = Chat((appointment(101, at(22, 15)), appointment(102, at(24, 12), MANICURE, OLGA)))
    for text in said:
        chat.says(text)
        assert len(chat.turn.replies) <= 1
        for reply in chat.turn.replies:
            assert reply.text
            assert len(reply.choices) <= 10
            ids = [choice.id for choice in reply.choices]
            assert len(set(ids)) == len(ids)
            assert all(len(one.encode()) <= 64 and one.count(":") == 3 for one in ids)
