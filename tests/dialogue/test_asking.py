"""Questions about the salon: answered from what is known, and the open question stays open."""

from dataclasses import replace
from datetime import date

import pytest

from dialogue_kit import ANNA, SALON, Chat, appointment, at
from frontdesk.booking.commands import Book, Move
from frontdesk.dialogue.talk import Problem

HAIRCUT_TOMORROW = appointment(101, at(22, 15))


@pytest.mark.parametrize(
    ("said", "answer"),
    [
        ("сколько стоит женская стрижка?", "Женская стрижка: 2\u202f000\u00a0₽."),
        ("сколько стоит маникюр", "Маникюр с покрытием: от 1\u202f800 ₽."),
        ("можно оплатить картой?", "Об оплате и скидках лучше меня расскажет администратор."),
        ("кто у вас работает?", "• Ольга, мастер маникюра"),
        ("кто делает маникюр?", "• Ольга, мастер маникюра"),
        ("кто работает завтра?", "Завтра, в воскресенье 22 ноября, принимают:"),
        ("делаете маникюр?", "Да, делаем:"),
        ("какие у вас услуги?", "• Женская стрижка: 2\u202f000"),
        ("до скольки вы работаете?", "Мастера принимают: пн–вс с 10:00 до 20:00. Сегодня до 20:00."),
        ("вы работаете завтра?", "Завтра, в воскресенье 22 ноября, мастера принимают с 10:00 до 20:00."),
        ("где вы находитесь?", "Наш адрес: Берёзовая аллея, д. 7, телефон +7 900 000-09-99."),
    ],
)
def test_a_question_is_answered_from_what_is_known(said: str, answer: str) -> None:
    assert answer in Chat().says(said)


def test_who_does_it_are_only_those_who_do() -> None:
    assert ANNA.name not in Chat().says("кто делает маникюр?")


def test_without_a_service_all_prices_are_listed() -> None:
    text = Chat().says("сколько стоит?")
    assert "Женская стрижка" in text
    assert "Маникюр с покрытием" in text


def test_the_price_asked_while_moving_is_of_the_appointment_that_moves() -> None:
    chat = Chat((HAIRCUT_TOMORROW,))
    asked = chat.says("перенесите запись на понедельник в 12")
    assert chat.says("а сколько стоит?") == f"Женская стрижка: 2\u202f000\u00a0₽.\n\n{asked}"


@pytest.mark.parametrize("said", ["а где вы находитесь?", "до скольки вы работаете?", "какие у вас мастера?"])
def test_a_digression_is_answered_and_the_question_asked_again_in_the_same_message(said: str) -> None:
    chat = Chat((HAIRCUT_TOMORROW,))
    asked = chat.says("отмените запись")
    labels = chat.labels
    told = chat.says(said)
    assert told != asked
    assert told.endswith(asked)
    assert chat.labels == labels
    chat.says("да")
    assert [one.appointment for one in chat.commands] == [101]


def test_a_digression_about_another_service_does_not_change_what_is_moved() -> None:
    chat = Chat((HAIRCUT_TOMORROW,))
    chat.says("перенесите запись на понедельник в 12")
    assert chat.says("а сколько стоит маникюр?").startswith("Маникюр с покрытием: от")
    chat.says("да")
    assert isinstance(chat.commands[0], Move)
    assert chat.commands[0].appointment == 101


def test_a_question_of_long_ago_is_not_asked_again() -> None:
    chat = Chat((HAIRCUT_TOMORROW,))
    chat.says("отмените запись")
    chat.waits(days=1)
    assert "Отменить" not in chat.says("где вы находитесь?")


def test_a_question_and_a_wish_in_one_message_are_answered_in_one() -> None:
    told = Chat().says("сколько стоит стрижка? запишите на завтра")
    assert told.startswith("Женская стрижка: 2\u202f000")
    assert "свободно:" in told


def test_the_salons_own_words_about_its_hours_go_first() -> None:
    salon = replace(SALON, schedule="ежедневно с 9 до 21, без выходных")
    assert Chat(salon=salon).says("до скольки вы работаете?") == "Мы работаем: ежедневно с 9 до 21, без выходных."


def test_a_day_off_is_said_to_be_one() -> None:
    chat = Chat(days_off=(date(2026, 11, 22),))
    assert "мастера не принимают" in chat.says("вы работаете завтра?")
    assert "вс выходной" in chat.says("какой у вас график?")
    assert "никто из мастеров" in chat.says("кто работает завтра?")


def test_what_is_not_known_is_not_made_up() -> None:
    assert "Позвоните" in Chat(problem=Problem.AWAY).says("до скольки вы работаете?")
    assert "уточнить у администратора" in Chat(salon=replace(SALON, address="")).says("где вы находитесь?")


def test_what_is_free_is_shown_and_a_tap_goes_on_to_a_booking() -> None:
    chat = Chat()
    assert "свободно:" in chat.says("что есть свободного завтра на стрижку?")
    assert chat.commands == []
    assert chat.taps(chat.labels[0]).startswith("Записать вас на женскую стрижку завтра")


def test_a_time_that_was_asked_about_is_named_free_and_books_nothing() -> None:
    chat = Chat()
    assert chat.says("есть окошко завтра в 15 на стрижку?").startswith("Да, это время свободно:")
    assert chat.labels == ["вс 22 ноя, 15:00"]
    assert chat.commands == []


def test_for_which_service_time_is_wanted_has_to_be_known() -> None:
    chat = Chat()
    assert chat.says("когда Анна свободна?") == "Посмотрю. На какую услугу?"
    assert chat.labels == ["Женская стрижка"]
    assert "к Анне, свободно:" in chat.taps("Женская стрижка")


@pytest.mark.parametrize("choice", ["free:begin::0", "price:::0", "hours:x:y:0", "staff:begin::0", "services:begin::0"])
def test_a_tap_from_a_menu_is_a_question_too(choice: str) -> None:
    assert Chat().taps_id(choice)


def test_a_question_in_between_that_cannot_be_answered_leaves_the_open_one_open() -> None:
    chat = Chat()
    chat.says("запишите на маникюр на завтра в 12")
    asked = chat.talk.question
    chat.problem = Problem.AWAY
    told = chat.says("а как вы работаете?")
    assert told.startswith("График работы сейчас посмотреть не могу. Позвоните, пожалуйста, в салон: +7 900 000-09-99.")
    assert asked is not None
    assert told.endswith(asked.reply.text)
    chat.problem = None
    chat.says("да")
    assert [type(one) for one in chat.commands] == [Book]
