"""Several answers leave as one message."""

from frontdesk.dialogue.talk import Choice, Reply
from frontdesk.service.thoughts import merged

YES = Choice("cancel:yes:7:1", "Да, отменить")
QUESTION = Reply("Отменить?", (YES,))


def test_answers_stand_below_each_other_and_the_last_one_says_what_can_be_chosen() -> None:
    assert merged((Reply("Стоит 2 000 ₽."), QUESTION)) == Reply("Стоит 2 000 ₽.\n\nОтменить?", (YES,))


def test_a_question_that_is_asked_again_below_an_answer_is_not_asked_above_it_too() -> None:
    below = Reply("Приняла.\n\nОтменить?", (YES,))
    assert merged((QUESTION, below)) == below


def test_nothing_said_is_no_message() -> None:
    assert merged(()) is None
    assert merged((Reply(""),)) is None
