"""What a person may say about themselves: do not write first, show what you know, forget me."""

import pytest

from dialogue_kit import Chat, appointment, at
from frontdesk.dialogue.talk import Problem

HAIRCUT_TOMORROW = appointment(101, at(22, 15))


def test_stop_and_start_are_remembered() -> None:
    chat = Chat()
    chat.says("стоп")
    assert chat.talk.silenced
    assert "снова буду" in chat.says("старт")
    assert not chat.talk.silenced


def test_who_never_said_stop_is_asked_what_they_would_like() -> None:
    assert "Чем помочь?" in Chat().says("старт")


def test_silence_outlives_everything_else_that_is_said() -> None:
    chat = Chat((HAIRCUT_TOMORROW,))
    chat.taps_id("stop:begin::0")
    chat.says("отмените запись")
    chat.says("да")
    chat.settles()
    assert chat.talk.silenced


def test_all_that_is_known_is_told() -> None:
    text = Chat((HAIRCUT_TOMORROW,)).says("какие данные вы обо мне храните?")
    assert "• имя: Ирина" in text
    assert "• телефон: +79000000001, подтверждён" in text
    assert "• запись: Женская стрижка: завтра, в воскресенье 22 ноября, в 15:00, у Анны" in text


def test_without_a_proved_phone_no_appointment_is_told() -> None:
    text = Chat((HAIRCUT_TOMORROW,), proved=None).says("какие данные вы обо мне храните?")
    assert "стрижка" not in text
    assert "без подтверждённого номера" in text


def test_while_the_journal_is_away_the_rest_is_told() -> None:
    text = Chat(problem=Problem.AWAY).says("какие данные вы обо мне храните?")
    assert "• имя: Ирина" in text
    assert "журнал салона сейчас не отвечает" in text


def test_forgetting_is_read_back_and_needs_a_yes() -> None:
    chat = Chat()
    assert "Стереть" in chat.says("удалите мои данные")
    assert not chat.turn.forget
    assert "стёрла" in chat.says("да")
    assert chat.turn.forget


@pytest.mark.parametrize("said", ["нет", "а что именно?", "спасибо"])
def test_anything_but_a_yes_forgets_nothing(said: str) -> None:
    chat = Chat()
    chat.says("удалите мои данные")
    chat.says(said)
    assert not chat.turn.forget


def test_a_tap_on_an_old_yes_forgets_nothing() -> None:
    chat = Chat()
    chat.says("удалите мои данные")
    old = chat.reply.choices[0].id
    chat.says("нет")
    chat.taps_id(old)
    assert not chat.turn.forget


def test_what_is_under_way_is_waited_for_first() -> None:
    chat = Chat(open_subjects=frozenset({"appointment 101"}))
    assert "ещё в пути" in chat.says("удалите мои данные")


def test_of_the_forgotten_only_the_wish_for_silence_stays_and_no_old_button_fits_again() -> None:
    chat = Chat((HAIRCUT_TOMORROW,))
    chat.says("стоп")
    chat.says("отмените запись")
    old = chat.reply.choices[0].id
    chat.says("удалите мои данные")
    chat.taps("Да, стереть")
    assert chat.talk.silenced
    assert (chat.talk.question, chat.talk.draft, chat.talk.cancelled) == (None, None, None)
    chat.says("отмените запись")
    chat.taps_id(old)
    assert chat.commands == []
