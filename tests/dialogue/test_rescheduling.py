"""Moving an appointment: the same one, at another time or with another master."""

from dataclasses import replace

import pytest

from dialogue_kit import ANNA, HOUR_S, MANICURE, OLGA, Chat, appointment, at, with_policy
from frontdesk.booking.commands import Deferred, Done, Move, RefusalReason, Refused
from frontdesk.booking.schedules import Busy
from frontdesk.dialogue.talk import Problem

HAIRCUT_TOMORROW = appointment(101, at(22, 15))
MANICURE_ON_TUESDAY = appointment(102, at(24, 12), MANICURE, OLGA)


def one(**known: object) -> Chat:
    return Chat((HAIRCUT_TOMORROW,), **known)


def two() -> Chat:
    return Chat((HAIRCUT_TOMORROW, MANICURE_ON_TUESDAY))


def test_a_move_is_read_back_and_asked_of_the_journal_only_after_a_yes() -> None:
    chat = one()
    asked = chat.says("перенесите стрижку на понедельник на 12")
    assert asked == (
        "Перенести женскую стрижку с завтра, 15:00, на послезавтра, понедельник 23 ноября, в 12:00 к Анне?"
    )
    assert chat.commands == []
    assert chat.says("да") == ""
    command = chat.commands[0]
    assert isinstance(command, Move)
    assert (command.appointment, command.start, command.master) == (101, at(23, 12), ANNA.id)
    assert command.length_s == HOUR_S


def test_it_is_told_as_done_only_after_the_journal_took_it() -> None:
    chat = one()
    chat.says("перенесите стрижку на понедельник на 12")
    chat.taps("Да, перенести")
    assert chat.settles(Done()).startswith("Перенесла женскую стрижку на послезавтра, понедельник 23 ноября, в 12:00")


def test_while_the_journal_is_away_nothing_is_claimed() -> None:
    chat = one()
    chat.says("перенесите стрижку на понедельник на 12")
    chat.says("да")
    told = chat.settles(Deferred("away"))
    assert "Перенесла" not in told
    assert "стоит на прежнем времени" in told


@pytest.mark.parametrize(
    ("said", "start"),
    [
        ("перенесите на полчаса позже", at(22, 15, 30)),
        ("перенесите запись на час раньше", at(22, 14)),
        ("перенесите в то же время в пятницу", at(27, 15)),
        ("перенесите с 15:00 на 17:00", at(22, 17)),
        ("перенесите с завтра на вторник на 11", at(24, 11)),
    ],
)
def test_a_wish_counts_from_the_appointment_and_its_own_time_is_free_for_it(said: str, start: object) -> None:
    chat = one()
    assert chat.says(said).startswith("Перенести женскую стрижку с завтра, 15:00")
    chat.says("да")
    assert chat.commands[0].start == start


def test_a_correction_counts_from_the_time_that_was_read_back() -> None:
    chat = one()
    chat.says("перенесите на полчаса позже")
    assert "в 16:30" in chat.says("ещё на час позже")
    assert "в 18:00" in chat.says("нет, лучше в 18")
    chat.says("да")
    assert chat.commands[0].start == at(22, 18)


def test_another_master_keeps_the_time_where_she_is_free() -> None:
    chat = one()
    assert chat.says("перенесите к Ольге").endswith("воскресенье 22 ноября, в 15:00 к Ольге?")
    chat.says("да")
    assert chat.commands[0].master == OLGA.id


def test_a_wish_for_another_master_without_a_name_is_asked_about() -> None:
    chat = one()
    assert chat.says("хочу поменять мастера") == "К кому вас перенести?"
    assert chat.labels == ["Ольга", "К любому мастеру"]
    assert "к Ольге" in chat.taps("Ольга")


def test_without_a_time_the_free_ones_are_offered_but_not_the_one_it_has() -> None:
    chat = one()
    text = chat.says("перенесите запись")
    assert text.startswith("Переносим женскую стрижку с завтра, 15:00, у Анны.")
    assert 1 < len(chat.reply.choices) <= 10
    assert "вс 22 ноя, 15:00" not in chat.labels
    assert chat.taps(chat.labels[-1]).startswith("Перенести")


def test_a_yes_to_a_list_of_times_is_asked_which() -> None:
    chat = one()
    offered = chat.says("перенесите запись")
    assert chat.says("да") in offered
    assert chat.commands == []


def test_anyone_keeps_no_master_even_where_it_was_said_before_it_was_known_which() -> None:
    chat = two()
    chat.says("перенесите запись к любому мастеру на пятницу на 11")
    assert "на пятницу 27 ноября, в 11:00" in chat.says("стрижку")
    assert chat.talk.draft is not None
    assert chat.talk.draft.wish.master is None


def test_a_bare_time_answers_the_days_that_were_offered() -> None:
    chat = one(busy=(Busy(ANNA.id, at(24, 10), 10 * HOUR_S),))
    assert "На это время свободного нет" in chat.says("перенесите на вторник в 12")
    assert chat.labels[0].startswith("ср 25 ноя")
    assert "на среду 25 ноября, в 13:15" in chat.says("в 13:15")


def test_a_part_of_the_day_takes_the_place_of_a_time_outside_it() -> None:
    chat = one()
    chat.says("перенесите на понедельник в 12")
    chat.says("нет, лучше вечером")
    assert all(int(label[-5:-3]) >= 17 for label in chat.labels)


def test_where_nobody_else_does_it_the_times_of_the_same_master_are_offered() -> None:
    chat = Chat((MANICURE_ON_TUESDAY,))
    text = chat.says("перенесите маникюр к другому мастеру")
    assert text.startswith("Другого мастера на это у нас нет.")
    assert "к Ольге, свободно:" in text


def test_where_the_wish_is_taken_the_nearest_times_are_offered() -> None:
    chat = one(busy=(Busy(ANNA.id, at(23, 11), 2 * HOUR_S),))
    text = chat.says("перенесите на понедельник в 12")
    assert "На это время свободного нет" in text
    assert "пн 23 ноя, 13:00" in chat.labels
    assert "пн 23 ноя, 12:00" not in chat.labels


def test_of_several_appointments_it_asks_which_and_keeps_what_was_said_of_the_time() -> None:
    chat = two()
    assert chat.says("перенесите запись на пятницу в 12").startswith("Какую запись перенести?")
    assert chat.says("вторую").startswith("Перенести маникюр с покрытием со вторника 24 ноября, 12:00, на пятницу")
    chat.says("да")
    assert (chat.commands[0].appointment, chat.commands[0].start) == (102, at(27, 12))


def test_a_wish_counted_from_the_appointment_waits_until_it_is_known_which() -> None:
    chat = two()
    chat.says("перенесите на час позже")
    assert "на вторник 24 ноября, в 13:00" in chat.says("маникюр")


def test_the_service_says_which_of_several_is_meant() -> None:
    chat = two()
    assert chat.says("перенесите маникюр на среду в 13").startswith("Перенести маникюр")


def test_a_service_that_was_never_booked_is_asked_about() -> None:
    chat = one()
    assert chat.says("перенесите маникюр на завтра").startswith("Такой записи не нахожу.")
    assert chat.commands == []


@pytest.mark.parametrize("no", ["нет", "не надо", "нет, оставьте"])
def test_a_no_moves_nothing(no: str) -> None:
    chat = one()
    chat.says("перенесите на полчаса позже")
    assert chat.says(no) == "Хорошо, ничего не переношу. Ждём вас!"
    assert chat.commands == []


def test_a_late_yes_is_asked_for_once_more_about_the_same_time() -> None:
    chat = one()
    asked = chat.says("перенесите на полчаса позже")
    chat.waits(minutes=31)
    assert chat.says("да") == asked
    assert chat.commands == []
    chat.says("да")
    assert chat.commands[0].start == at(22, 15, 30)


def test_a_tap_on_an_old_yes_moves_nothing() -> None:
    chat = one()
    chat.says("перенесите на полчаса позже")
    old = chat.reply.choices[0].id
    chat.says("нет")
    chat.taps_id(old)
    assert chat.commands == []


@pytest.mark.parametrize("choice", ["move:slot:rubbish:1", "move:slot:20261199T9900-1:1", "move:pick:999:1", "move:::"])
def test_a_choice_that_was_never_offered_moves_nothing(choice: str) -> None:
    chat = one()
    assert chat.taps_id(choice)
    assert chat.commands == []


def test_where_the_time_was_taken_meanwhile_the_old_one_stays_and_others_are_offered() -> None:
    chat = one()
    chat.says("перенесите на понедельник в 12")
    chat.says("да")
    chat.busy = (Busy(ANNA.id, at(23, 12), HOUR_S),)
    told = chat.settles(Refused(RefusalReason.BUSY))
    assert told.startswith("Это время уже заняли, ваша запись стоит на прежнем. Ближайшее свободное:")
    assert "пн 23 ноя, 13:00" in chat.labels
    assert chat.taps("пн 23 ноя, 13:00").startswith("Перенести женскую стрижку")


@pytest.mark.parametrize(
    ("policy", "why"),
    [({"may_move": False}, "не разрешает"), ({"move_notice_s": 48 * HOUR_S}, "До визита меньше 2 суток")],
)
def test_what_the_salon_forbids_is_refused_with_its_phone(policy: dict[str, object], why: str) -> None:
    chat = one(salon=with_policy(**policy))
    text = chat.says("перенесите запись на понедельник в 12")
    assert why in text
    assert "+7 900 000-09-99" in text


def test_a_place_in_a_group_event_is_not_moved_in_the_chat() -> None:
    chat = Chat((replace(HAIRCUT_TOMORROW, activity=7),))
    assert "не получится" in chat.says("перенесите запись на понедельник в 12")


def test_without_a_proved_phone_nothing_is_said_of_any_appointment() -> None:
    chat = one(proved=None)
    assert "мне нужен ваш номер телефона" in chat.says("перенесите запись на понедельник")
    assert chat.reply.ask_contact


def test_with_nothing_coming_there_is_nothing_to_move() -> None:
    assert "переносить нечего" in Chat().says("перенесите запись")


def test_while_the_journal_cannot_be_read_nothing_is_guessed() -> None:
    assert "недоступен" in one(problem=Problem.AWAY).says("перенесите запись")


def test_an_appointment_whose_move_still_waits_can_be_moved_once_more() -> None:
    chat = one(open_subjects=frozenset({"appointment 101"}))
    assert "послезавтра, понедельник 23 ноября, в 12:00" in chat.says("перенесите запись на понедельник в 12")
    chat.says("да")
    assert len(chat.commands) == 1


def test_a_new_booking_does_not_go_on_with_the_move() -> None:
    chat = one()
    chat.says("перенесите запись")
    chat.taps_id("book:service:3:0")
    assert chat.talk.draft is not None
    assert chat.talk.draft.moving is None


def test_a_move_is_taken_back_on_a_word_within_ten_minutes() -> None:
    chat = one()
    chat.says("перенесите на понедельник в 12")
    chat.says("да")
    chat.settles(Done(), HAIRCUT_TOMORROW)
    assert chat.says("верните как было") == ""
    back = chat.commands[-1]
    assert isinstance(back, Move)
    assert (back.appointment, back.start, back.master) == (101, at(22, 15), ANNA.id)


def test_later_a_move_is_not_taken_back_on_a_word() -> None:
    chat = one()
    chat.says("перенесите на понедельник в 12")
    chat.says("да")
    chat.settles(Done(), HAIRCUT_TOMORROW)
    chat.waits(minutes=11)
    assert chat.says("верните как было")
    assert len(chat.commands) == 1


def test_times_near_the_one_that_was_taken_are_offered_though_a_newer_wish_has_begun() -> None:
    chat = one()
    chat.says("перенесите на понедельник в 12")
    chat.says("да")
    chat.says("и запишите ещё на маникюр во вторник в 16")
    chat.commands = chat.commands[:1]
    chat.busy = (Busy(ANNA.id, at(23, 12), HOUR_S),)
    told = chat.settles(Refused(RefusalReason.BUSY), HAIRCUT_TOMORROW)
    assert told.startswith("Это время уже заняли, ваша запись стоит на прежнем. Ближайшее свободное:")
    assert chat.taps("пн 23 ноя, 13:00").startswith("Перенести женскую стрижку")


def test_the_time_it_has_already_is_told_as_that_and_others_are_offered() -> None:
    chat = one()
    told = chat.says("перенесите на завтра на 15")
    assert told.startswith("Запись и так стоит завтра, в воскресенье 22 ноября, в 15:00 у Анны.")
    assert chat.says("тогда в 16").startswith("Перенести женскую стрижку с завтра, 15:00,")


def test_a_cancellation_said_instead_is_heard() -> None:
    chat = one()
    chat.says("перенесите запись")
    assert chat.says("нет, лучше отмените").startswith("Отменить женскую стрижку")
