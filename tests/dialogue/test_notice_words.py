"""What masters read: one line that says what happened, to whom, when, and what is free now."""

from dataclasses import replace
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from frontdesk.booking.appointments import Appointment, Attendance, Master, Service
from frontdesk.booking.changes import LATE, Change, ChangeKind
from frontdesk.booking.ids import AppointmentId, MasterId, ServiceId
from frontdesk.booking.schedules import BookingRules, WorkingDay, busy_with, calendar
from frontdesk.booking.spans import Span
from frontdesk.booking.times import Instant, Local
from frontdesk.dialogue.notices import Day, notice, stops

MOSCOW = ZoneInfo("Europe/Moscow")
ANNA, VERA = Master(MasterId(1), "Анна"), Master(MasterId(2), "Вера")
NOW = Local(datetime(2026, 11, 21, 12))  # noqa: DTZ001 - the salon's own clock
ASKED = Instant(datetime(2026, 11, 21, 9, tzinfo=UTC))
SUNDAY = date(2026, 11, 22)


def at(hour: int, minute: int = 0, day: int = 22) -> Local:
    return Local(datetime(2026, 11, day, hour, minute))  # noqa: DTZ001 - the salon's own clock


def appointment(start: Local, number: int = 7, master: Master = ANNA, length_s: int = 3600) -> Appointment:
    services = (Service(ServiceId(31), "Женская стрижка"),)
    return Appointment(
        AppointmentId(number), "centre", None, None, master, services, start, length_s, Attendance.WAITING
    )


CANCELLED = Change(ChangeKind.CANCELLED, "centre", ASKED, AppointmentId(7), before=appointment(at(15)), client="Ирина")
MOVED = replace(CANCELLED, kind=ChangeKind.MOVED, after=appointment(at(11, day=24)))


def said(change: Change, day: Day | None = None, *, names_master: bool = False) -> str:
    reply = notice(change, day or Day(NOW), names_master=names_master)
    assert reply is not None
    return reply.text


def day_with(*others: Appointment, works: Span = Span(10 * 3600, 20 * 3600)) -> Day:  # noqa: B008 - a constant
    busy = busy_with([appointment(at(15)), *others])
    return Day(NOW, calendar(MOSCOW, BookingRules(), [WorkingDay(ANNA, SUNDAY, (works,))], busy))


def test_a_cancellation_is_told_with_the_window_joined_with_what_is_free_beside_it() -> None:
    day = day_with(appointment(at(13, 30), 8), appointment(at(16), 9))
    assert said(CANCELLED, day) == (
        "Отмена: женская стрижка, завтра, в воскресенье 22 ноября, в 15:00, Ирина. Окно 14:30–16:00 свободно."
    )


def test_where_the_day_was_not_read_the_window_is_the_appointments_own() -> None:
    assert said(CANCELLED).endswith("Окно 15:00–16:00 свободно.")


def test_a_time_that_somebody_else_has_got_already_is_not_called_free() -> None:
    assert said(CANCELLED, day_with(appointment(at(15), 8))).endswith("Ирина.")


def test_of_a_visit_that_has_begun_only_what_is_left_is_free() -> None:
    begun = Day(at(15, 20))
    assert said(CANCELLED, begun).endswith("Окно 15:20–16:00 свободно.")
    assert said(CANCELLED, Day(at(16))).endswith("Ирина.")


def test_two_windows_are_told_in_one_sentence() -> None:
    day = day_with(appointment(at(15, 20), 8, length_s=1200))
    assert said(CANCELLED, day).endswith("Окна 10:00–15:20 и 15:40–20:00 свободны.")


def test_a_move_says_from_when_to_when() -> None:
    assert said(MOVED) == (
        "Перенос: женская стрижка, Ирина. Было завтра, в воскресенье 22 ноября, в 15:00, "
        "теперь во вторник 24 ноября, в 11:00. Окно 15:00–16:00 свободно."
    )


def test_a_move_to_another_master_names_both() -> None:
    change = replace(MOVED, after=appointment(at(11, day=24), master=VERA))
    assert change.masters == (ANNA, VERA)
    assert "в 15:00 у Анны, теперь во вторник 24 ноября, в 11:00 у Веры." in said(change)


def test_a_move_that_was_only_found_afterwards_says_where_it_stands_now() -> None:
    assert said(replace(MOVED, before=None)) == (
        "Перенос: женская стрижка, Ирина. Теперь во вторник 24 ноября, в 11:00."
    )


def test_a_booking_frees_nothing() -> None:
    booked = replace(CANCELLED, kind=ChangeKind.BOOKED, before=None, after=appointment(at(15)))
    assert said(booked) == "Новая запись: женская стрижка, завтра, в воскресенье 22 ноября, в 15:00, Ирина."


def test_a_cancellation_that_was_taken_back_says_so() -> None:
    restored = replace(CANCELLED, kind=ChangeKind.RESTORED, after=appointment(at(15)))
    assert said(restored).startswith("Запись снова в силе: женская стрижка, завтра")
    assert "свободно" not in said(restored)


def test_whoever_is_told_of_several_masters_reads_whose_it_is() -> None:
    assert "в 15:00, Ирина, мастер Анна." in said(CANCELLED, names_master=True)


def test_nothing_is_said_of_an_appointment_that_could_not_be_read() -> None:
    assert notice(replace(CANCELLED, before=None), Day(NOW), names_master=True) is None


@pytest.mark.parametrize("name", ["", "  ", "{what}", "{0}", "Ир\nина", "Я" * 5000, "<b>Ирина</b>"])
def test_a_clients_name_changes_nothing_but_itself(name: str) -> None:
    text = said(replace(CANCELLED, client=name))
    assert text.startswith("Отмена: женская стрижка, завтра")
    assert text.endswith("Окно 15:00–16:00 свободно.")
    assert "\n" not in text
    assert len(text) < 200


def test_late_is_less_than_a_day_ahead_and_only_where_a_time_is_given_up() -> None:
    on_time = replace(CANCELLED, starts_at=Instant(ASKED + LATE))
    late = replace(CANCELLED, starts_at=Instant(ASKED + LATE - (LATE / 24)))
    assert (on_time.is_late, late.is_late, replace(late, kind=ChangeKind.BOOKED).is_late) == (False, True, False)
    assert not CANCELLED.is_late
    assert CANCELLED.lead is None


@pytest.mark.parametrize(("text", "asks"), [("Стоп", True), (" stop! ", True), ("стоп-кран", False), ("", False)])
def test_a_master_stops_the_notices_with_the_word_alone(text: str, asks: bool) -> None:
    assert stops(text) is asks
