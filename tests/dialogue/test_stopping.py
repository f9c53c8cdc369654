"""«Нет, стойте», after the yes: in time it is taken back, too late it is said so, and never is anything promised."""

from dataclasses import replace

import pytest

from dialogue_kit import MANICURE, OLGA, Chat, appointment, at
from frontdesk.booking.commands import Book, Cancel, Confirm, Deferred, Done, Move

HAIRCUT_TOMORROW = appointment(101, at(22, 15))
MANICURE_ON_TUESDAY = appointment(102, at(24, 12), MANICURE, OLGA)


def given(*said: str, own: tuple = (HAIRCUT_TOMORROW,), left: bool = False) -> Chat:
    """A chat whose yes has become a command that is under way; `left` where it is in the journal's hands."""
    chat = Chat(own)
    for text in said:
        chat.says(text)
    (command,) = chat.commands
    chat.open_subjects = frozenset({command.subject})
    chat.held = frozenset() if left else chat.open_subjects
    return chat


WISHES = {
    "cancel": (("отмените запись", "да"), Cancel),
    "move": (("перенесите запись на понедельник в 12", "да"), Move),
    "book": (("запишите на стрижку в понедельник в 12", "да"), Book),
    "confirm": (("приду",), Confirm),
}


@pytest.mark.parametrize("wish", sorted(WISHES))
@pytest.mark.parametrize("said", ["нет, стойте, не надо", "стой", "нет", "ой, не надо"])
def test_what_has_not_left_is_taken_back(wish: str, said: str) -> None:
    words, kind = WISHES[wish]
    chat = given(*words)
    assert isinstance(chat.commands[0], kind)
    assert chat.says(said).startswith("Остановила")
    assert chat.turn.withdrawn == (chat.commands[0].subject,)
    assert chat.turn.commands == ()
    assert chat.talk.given is None


@pytest.mark.parametrize("wish", sorted(WISHES))
def test_what_has_left_is_not_said_to_be_stopped(wish: str) -> None:
    chat = given(*WISHES[wish][0], left=True)
    assert "в журнал. Напишу, что вышло" in chat.says("нет, стойте, не надо")
    assert chat.turn.withdrawn == ()


def test_what_came_of_it_is_told_with_the_way_back() -> None:
    chat = given(*WISHES["cancel"][0], left=True)
    chat.says("нет, стойте")
    chat.open_subjects = frozenset()
    assert chat.settles(Done()).startswith("Отменила женскую стрижку")
    assert "Вернуть запись" in chat.labels
    assert chat.talk.given is None


def test_another_time_takes_the_booking_back_and_reads_the_new_one_back() -> None:
    chat = given(*WISHES["book"][0])
    first = chat.commands[0]
    assert "в 16:00" in chat.says("нет, лучше в 16")
    assert chat.turn.withdrawn == (first.subject,)
    assert "понедельник 23 ноября" in chat.reply.text
    chat.open_subjects = chat.held = frozenset()
    chat.says("да")
    assert [one.start.hour for one in chat.commands] == [12, 16]


def test_another_time_takes_the_move_back_too() -> None:
    chat = given(*WISHES["move"][0])
    assert "в 16:00" in chat.says("лучше в 16")
    assert chat.turn.withdrawn == (chat.commands[0].subject,)


def test_another_time_that_comes_too_late_books_nothing_twice() -> None:
    chat = given(*WISHES["book"][0], left=True)
    assert "Запись уже ушла в журнал" in chat.says("лучше в 16")
    assert chat.turn.withdrawn == ()
    assert len(chat.commands) == 1


def test_a_booking_is_also_taken_back_by_the_word_cancel() -> None:
    chat = given(*WISHES["book"][0])
    assert chat.says("отмените").startswith("Остановила: не записываю")


def test_a_tap_on_no_after_the_yes_takes_back_too_and_promises_nothing_when_late() -> None:
    chat = given("отмените запись", "да")
    assert chat.taps_id("cancel:no:101:1").startswith("Остановила")
    late = given("отмените запись", "да", left=True)
    assert "уже ушла" in late.taps_id("cancel:no:101:1")


def test_a_promise_that_waits_for_the_journal_can_still_be_taken_back() -> None:
    chat = given("отмените запись", "да")
    chat.settles(Deferred("away"))
    assert chat.says("нет, не надо").startswith("Остановила")


def test_a_no_to_a_newer_question_is_an_answer_to_that_question() -> None:
    chat = given("отмените стрижку", "да", own=(HAIRCUT_TOMORROW, MANICURE_ON_TUESDAY))
    chat.says("перенесите маникюр на среду в 12")
    assert chat.says("нет") == "Хорошо, ничего не переношу. Ждём вас!"
    assert chat.turn.withdrawn == ()


def test_a_no_after_all_is_done_stops_nothing() -> None:
    chat = given("приду")
    chat.open_subjects = chat.held = frozenset()
    chat.settles(Done(), replace(HAIRCUT_TOMORROW))
    assert "Остановила" not in chat.says("нет")
