"""After a cancellation: why, and the way back. Before it: a move instead."""

import pytest

from dialogue_kit import ANNA, HAIRCUT, HOUR_S, OLGA, Chat, appointment, at
from frontdesk.booking.commands import Deferred, Done, Explain, RefusalReason, Refused, Restore
from frontdesk.booking.schedules import Busy

HAIRCUT_TOMORROW = appointment(101, at(22, 15))


def cancelled() -> Chat:
    chat = Chat((HAIRCUT_TOMORROW,))
    chat.says("отмените запись")
    chat.taps("Да, отменить")
    chat.settles(Done())
    return chat


def test_a_move_is_offered_before_anything_is_cancelled() -> None:
    chat = Chat((HAIRCUT_TOMORROW,))
    chat.says("отмените запись")
    assert chat.taps("Перенести").startswith("Переносим женскую стрижку с завтра, 15:00, у Анны.")
    assert chat.commands == []


def test_the_cancellation_and_the_question_why_are_one_message() -> None:
    chat = cancelled()
    assert len(chat.turn.replies) == 1
    assert chat.reply.text.startswith("Отменила женскую стрижку")
    assert chat.labels == ["Не смогу", "Болезнь", "Нужно другое время", "Другое", "Вернуть запись"]


def test_a_tap_is_a_reason_for_the_salon_and_thanked_for() -> None:
    chat = cancelled()
    assert chat.taps("Болезнь") == "Спасибо, что сказали!"
    reason = chat.commands[-1]
    assert isinstance(reason, Explain)
    assert (reason.appointment, reason.comment) == (101, "Причина отмены: болезнь")
    assert chat.settles(Done()) == ""
    assert chat.settles(Refused(RefusalReason.NOT_FOUND)) == ""


@pytest.mark.parametrize(
    ("said", "noted"),
    [
        ("ребёнок в саду, карантин", "ребёнок в саду, карантин"),
        ("заболела", "болезнь"),
        ("1", "не может прийти"),
        ("я" * 5000, "я" * 200 + "…"),
        ("<b>{name}</b>", "<b>{name}</b>"),
    ],
)
def test_own_words_are_a_reason_too(said: str, noted: str) -> None:
    chat = cancelled()
    chat.says(said)
    assert chat.commands[-1].comment == f"Причина отмены: {noted}"


def test_another_reason_is_asked_for_in_words() -> None:
    chat = cancelled()
    assert "в двух словах" in chat.taps("Другое")
    chat.says("муж увозит на дачу")
    assert chat.commands[-1].comment == "Причина отмены: муж увозит на дачу"


@pytest.mark.parametrize("said", ["спасибо", "какие у вас услуги?", "запишите на маникюр", "мои записи"])
def test_what_is_another_wish_is_no_reason(said: str) -> None:
    chat = cancelled()
    assert chat.says(said)
    assert not any(isinstance(one, Explain) for one in chat.commands)


def test_who_needs_another_time_is_offered_one() -> None:
    chat = cancelled()
    chat.taps("Нужно другое время")
    assert "Женская стрижка, свободно:" in chat.taps("Подобрать время")


@pytest.mark.parametrize("said", ["верните запись", "ой, верните обратно"])
def test_within_ten_minutes_it_is_brought_back_on_a_word(said: str) -> None:
    chat = cancelled()
    chat.waits(minutes=9)
    assert chat.says(said) == ""
    command = chat.commands[-1]
    assert isinstance(command, Restore)
    assert (command.appointment, command.mark) == (101, "Отменено клиентом через WhatsApp")
    assert chat.settles(Done()).startswith("Вернула женскую стрижку завтра")


def test_a_tap_brings_it_back_even_after_the_reason() -> None:
    chat = cancelled()
    back = chat.reply.choices[-1].id
    chat.taps("Болезнь")
    chat.taps_id(back)
    assert isinstance(chat.commands[-1], Restore)


def test_after_ten_minutes_it_is_booked_anew_instead() -> None:
    chat = cancelled()
    chat.waits(minutes=11)
    assert "прошло больше десяти минут" in chat.says("верните запись")
    assert not any(isinstance(one, Restore) for one in chat.commands)
    chat.own = ()
    assert "Записать вас на женскую стрижку завтра" in chat.taps("Да, записать") or "имя" in chat.reply.text


def test_where_the_time_was_given_away_the_nearest_is_offered() -> None:
    chat = cancelled()
    chat.says("верните запись")
    chat.own, chat.busy = (), (Busy(ANNA.id, at(22, 15), HOUR_S),)
    told = chat.settles(Refused(RefusalReason.BUSY), HAIRCUT_TOMORROW)
    assert told.startswith("Вернуть не получилось: это время уже заняли. Ближайшее свободное:")
    assert "вс 22 ноя, 16:00" in chat.labels
    assert "вс 22 ноя, 15:00" not in chat.labels


def test_while_the_journal_is_away_nothing_is_brought_back_in_words() -> None:
    chat = cancelled()
    chat.says("верните запись")
    assert "Вернула" not in chat.settles(Deferred("away"))


def test_the_button_of_an_older_cancellation_brings_nothing_back() -> None:
    chat = cancelled()
    assert "не могу" in chat.taps_id("undo:begin:999:1")
    assert not any(isinstance(one, Restore) for one in chat.commands)


def test_a_change_of_mind_before_the_yes_leaves_everything() -> None:
    chat = Chat((HAIRCUT_TOMORROW,))
    chat.says("отмените запись")
    assert "оставляю" in chat.says("передумала отменять")
    assert chat.commands == []


def test_with_nothing_cancelled_there_is_nothing_to_bring_back() -> None:
    assert "ничего не отменяла" in Chat((HAIRCUT_TOMORROW,)).says("верните запись")


def test_a_reason_without_a_cancellation_is_only_thanked_for() -> None:
    chat = Chat((appointment(5, at(23, 12), HAIRCUT, OLGA),))
    assert chat.taps_id("reason:ill:5:1") == "Спасибо, что сказали!"
    assert chat.commands == []
