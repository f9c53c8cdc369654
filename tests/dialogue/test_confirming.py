"""«Приду»: one coming appointment is confirmed on the word, several are asked about."""

from dataclasses import replace

import pytest

from dialogue_kit import MANICURE, OLGA, Chat, appointment, at
from frontdesk.booking.appointments import Attendance
from frontdesk.booking.commands import Confirm, Deferred, Done, RefusalReason, Refused
from frontdesk.dialogue.talk import Problem

HAIRCUT_TOMORROW = appointment(101, at(22, 15))
MANICURE_ON_TUESDAY = appointment(102, at(24, 12), MANICURE, OLGA)


@pytest.mark.parametrize("said", ["приду", "подтверждаю запись", "да, обязательно буду", "я приду"])
def test_the_word_itself_is_the_yes_where_one_appointment_is_coming(said: str) -> None:
    chat = Chat((HAIRCUT_TOMORROW,))
    assert chat.says(said) == ""
    assert isinstance(chat.commands[0], Confirm)
    assert chat.settles(Done()) == "Подтвердила: ждём вас завтра, в воскресенье 22 ноября, в 15:00 у Анны."


@pytest.mark.parametrize(("said", "number"), [("2", 102), ("завтра", 101), ("маникюр", 102)])
def test_of_several_it_asks_which(said: str, number: int) -> None:
    chat = Chat((HAIRCUT_TOMORROW, MANICURE_ON_TUESDAY))
    assert chat.says("подтверждаю запись").startswith("Какую запись подтверждаете?")
    assert chat.commands == []
    chat.says(said)
    assert [one.appointment for one in chat.commands] == [number]


def test_the_day_says_which_of_several() -> None:
    chat = Chat((HAIRCUT_TOMORROW, MANICURE_ON_TUESDAY))
    chat.says("завтра приду")
    assert [one.appointment for one in chat.commands] == [101]


def test_a_day_without_an_appointment_confirms_nothing() -> None:
    chat = Chat((HAIRCUT_TOMORROW,))
    assert chat.says("я приду в пятницу").startswith("Такой записи не нахожу.")
    assert chat.commands == []


@pytest.mark.parametrize("said", ["не приду", "если приду, напишу"])
def test_what_is_no_promise_confirms_nothing(said: str) -> None:
    chat = Chat((HAIRCUT_TOMORROW,))
    chat.says(said)
    assert not any(isinstance(one, Confirm) for one in chat.commands)


def test_what_is_confirmed_already_is_not_asked_of_the_journal() -> None:
    chat = Chat((replace(HAIRCUT_TOMORROW, attendance=Attendance.CONFIRMED),))
    assert "уже подтверждена" in chat.says("приду")
    assert chat.commands == []


def test_a_tap_on_the_list_confirms_the_appointment_it_names_and_no_other() -> None:
    chat = Chat((HAIRCUT_TOMORROW, MANICURE_ON_TUESDAY))
    chat.says("подтверждаю запись")
    chat.taps("вт 24 ноя, 12:00")
    assert [one.appointment for one in chat.commands] == [102]
    assert "уже нет" in chat.taps_id("confirm:pick:999:0")


@pytest.mark.parametrize(
    "choice", ["confirm:pick:102:0", "confirm:yes:102:0", "confirm:yes:102:7", "confirm:again:102:1"]
)
def test_a_tap_that_answers_no_question_is_read_back_and_needs_a_yes(choice: str) -> None:
    chat = Chat((HAIRCUT_TOMORROW, MANICURE_ON_TUESDAY))
    assert chat.taps_id(choice) == "Подтвердить маникюр с покрытием во вторник 24 ноября, в 12:00 у Ольги?"
    assert chat.commands == []
    chat.taps("Да, приду")
    assert [one.appointment for one in chat.commands] == [102]


@pytest.mark.parametrize("choice", ["confirm:yes:999:1", "confirm:pick:101:0", "confirm:begin::0"])
def test_a_number_shared_after_a_guessed_tap_confirms_nothing_unasked(choice: str) -> None:
    chat = Chat((HAIRCUT_TOMORROW,), proved=None)
    assert "номер телефона" in chat.taps_id(choice)
    assert chat.shares_contact().startswith("Подтвердить женскую стрижку завтра")
    assert chat.commands == []
    chat.says("приду")
    assert [one.appointment for one in chat.commands] == [101]


@pytest.mark.parametrize("said", ["нет", "👍", "спасибо", "а сколько стоит?"])
def test_what_is_no_yes_confirms_nothing(said: str) -> None:
    chat = Chat((HAIRCUT_TOMORROW,))
    chat.taps_id("confirm:yes:101:3")
    chat.says(said)
    assert chat.commands == []


def test_without_a_proved_phone_nothing_is_confirmed() -> None:
    chat = Chat((HAIRCUT_TOMORROW,), proved=None)
    assert "номер телефона" in chat.says("приду")
    assert chat.commands == []


def test_with_nothing_coming_there_is_nothing_to_confirm() -> None:
    assert "не нахожу" in Chat().says("приду")


def test_while_the_journal_is_away_nothing_is_claimed() -> None:
    assert "недоступен" in Chat(problem=Problem.AWAY).says("приду")
    chat = Chat((HAIRCUT_TOMORROW,))
    chat.says("приду")
    assert "Подтвердила" not in chat.settles(Deferred("away"))


def test_a_refusal_goes_to_a_person() -> None:
    chat = Chat((HAIRCUT_TOMORROW,))
    chat.says("приду")
    assert "администратору" in chat.settles(Refused(RefusalReason.OTHER))
    assert chat.talk.with_human_since is not None
