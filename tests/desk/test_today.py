"""The day's board: what stands where, and what it says."""

from datetime import date, timedelta

import pytest
from day_kit import ANNA, CARD, DINA, HOSTILE, IRINA, PHONE, TODAY, at, block, in_order, kept, noted, visit, wished
from desk_kit import MOSCOW, NOW, House
from sqlalchemy import Connection, update

from frontdesk.booking.appointments import Attendance, Client, Service
from frontdesk.booking.changes import ChangeKind
from frontdesk.booking.commands import Book, Cancel, Move
from frontdesk.booking.ids import AppointmentId, ClientId, ServiceId
from frontdesk.booking.times import Instant, instant
from frontdesk.desk.parts import SalonCard
from frontdesk.outage.link import LinkEvent
from frontdesk.store import chats, links


def test_each_master_has_a_column_with_hours_and_the_appointments_in_order(house: House) -> None:
    kept(house, visit(6, at(16), master=DINA), visit(5), visit(7, at(10)))
    page = house.signed_in().get("/desk").text
    assert in_order(
        page, ('id="master-7"', "10:00–13:00, 14:00–20:00", 'id="a7"', 'id="a5"', 'id="master-8"', 'id="a6"')
    )
    shown = block(page, "a5")
    for words in ("15:00", "–16:00", IRINA, "Стрижка", "Ожидание", 'data-h="15" data-m="0" data-hs="1" data-ms="0"'):
        assert words in shown


@pytest.mark.parametrize(
    ("attendance", "sign", "words"),
    [
        (Attendance.WAITING, "○", "Ожидание"),
        (Attendance.CONFIRMED, "✓", "Подтвердил"),
        (Attendance.CAME, "●", "Пришёл"),
        (Attendance.NO_SHOW, "✕", "Не пришёл"),
    ],
)
def test_a_status_is_a_colour_a_sign_and_a_word(house: House, attendance: Attendance, sign: str, words: str) -> None:
    kept(house, visit(attendance=attendance))
    shown = block(house.signed_in().get("/desk").text, "a5")
    assert f'class="block {attendance.value}"' in shown
    assert sign in shown
    assert words in shown


def test_the_line_for_now_stands_by_the_salons_clock_and_only_today(house: House) -> None:
    kept(house, visit())
    browser = house.signed_in()
    assert 'class="now" aria-hidden="true" data-h="12" data-m="0"' in browser.get("/desk").text
    assert 'class="now"' not in browser.get("/desk?day=2026-11-22").text


def test_a_time_given_back_is_a_window_until_somebody_takes_it(house: House) -> None:
    gone = visit(attendance=Attendance.NO_SHOW)
    kept(house, gone)
    noted(house, ChangeKind.CANCELLED, gone)
    browser = house.signed_in()
    assert "block freed" in browser.get("/desk").text
    assert "отменил клиент: Ирина" in block(browser.get("/desk").text, "a5")
    kept(house, visit(6, at(15, 30)))
    page = browser.get("/desk").text
    assert 'id="a5"' not in page
    assert "<dt>Отменили клиенты</dt><dd>1</dd>" in page


def test_a_cancellation_is_never_shown_as_a_no_show_nor_a_no_show_as_a_cancellation(house: House) -> None:
    kept(house, visit(5, attendance=Attendance.NO_SHOW), visit(6, at(10), attendance=Attendance.NO_SHOW))
    noted(house, ChangeKind.CANCELLED, visit(5))
    page = house.signed_in().get("/desk").text
    assert "Не пришёл" not in block(page, "a5")
    assert "Не пришёл" in block(page, "a6")


def test_a_no_show_that_the_salon_noted_after_a_cancellation_was_undone_is_one(house: House) -> None:
    kept(house, visit(attendance=Attendance.NO_SHOW))
    for kind in (ChangeKind.CANCELLED, ChangeKind.RESTORED, ChangeKind.NO_SHOW):
        noted(house, kind, visit())
    assert "Не пришёл" in block(house.signed_in().get("/desk").text, "a5")


def test_what_was_moved_away_leaves_a_window_that_says_where_to(house: House) -> None:
    kept(house, visit(5, at(11, day=date(2026, 11, 25))))
    noted(house, ChangeKind.MOVED, visit(5, at(15)), starts_at=instant(at(15).replace(tzinfo=MOSCOW)))
    page = house.signed_in().get("/desk").text
    shown = block(page, "m1")
    assert "перенос на 25.11 11:00: Ирина" in shown
    assert "15:00" in shown


def test_what_the_assistant_did_is_marked_and_what_the_salon_did_is_not(house: House) -> None:
    kept(house, visit(5), visit(6, at(10)))
    by_client = wished(house, Book("centre", PHONE, IRINA, True, (ServiceId(1),), ANNA.id, at(15), 3600, "k", NOW))
    noted(house, ChangeKind.BOOKED, visit(5), by_client)
    noted(house, ChangeKind.BOOKED, visit(6))
    page = house.signed_in().get("/desk").text
    assert "Записал ассистент" in block(page, "a5")
    assert "Записал ассистент" not in block(page, "a6")


def test_what_waits_in_the_outbox_is_drawn_at_the_time_it_asks_for(house: House) -> None:
    kept(house, visit(5))
    wished(house, Book("centre", PHONE, "Вера", True, (ServiceId(1),), DINA.id, at(17), 1800, "k", NOW))
    wished(house, Move("centre", AppointmentId(5), PHONE, DINA.id, at(18, 30), 3600, NOW))
    page = house.signed_in().get("/desk").text
    booking, moving = block(page, "c1"), block(page, "c2")
    assert "block pending" in page
    assert "Вера" in booking
    assert "Новая запись" in booking
    assert 'data-h="18" data-m="30"' in moving
    assert "Отправляю…: перенос на 21.11 18:30" in block(page, "a5")
    assert "<dt>Ждут журнала</dt><dd>2</dd>" in page


def test_while_the_journal_is_away_what_was_asked_for_says_that_it_waits(house: House) -> None:
    kept(house, visit(5))
    wished(house, Cancel("centre", AppointmentId(5), PHONE, "", NOW))

    def fail(connection: Connection) -> None:
        for event in (LinkEvent.FAILED, LinkEvent.PROBE_FAILED):
            links.see(connection, "centre", event, NOW, "connection refused")

    house.writes(fail)
    page = house.signed_in().get("/desk").text
    assert "Журнал недоступен с 12:00, принято заявок: 1" in page
    assert "Ждёт журнала: отмена" in block(page, "a5")


def test_a_salon_that_is_locked_out_is_told_why(house: House) -> None:
    kept(house, visit(5))
    house.writes(links.see, salon="centre", event=LinkEvent.REFUSED_ENTRY, now=NOW, cause="неверный токен <b>")
    assert "Доступ закрыт с 12:00: неверный токен &lt;b&gt;" in house.signed_in().get("/desk").text


def test_branches_can_be_chosen_and_keep_apart(house: House) -> None:
    kept(house, visit(5))
    house.salons = (*house.salons, SalonCard("north", "Север", MOSCOW))
    browser = house.signed_in()
    assert '<option value="north">Север</option>' in browser.get("/desk").text
    assert 'id="a5"' not in browser.get("/desk?salon=north").text


def test_the_list_says_the_same_as_the_board(house: House) -> None:
    kept(house, visit(5), visit(6, at(10), master=DINA, attendance=Attendance.CONFIRMED))
    page = house.signed_in().get("/desk?view=list").text
    assert '<th scope="row">10:00–11:00</th>' in page
    assert in_order(page, ('id="a6"', "Дина", "Подтвердил", 'id="a5"', "Анна", "Ожидание"))


def test_appointments_that_overlap_stand_side_by_side(house: House) -> None:
    kept(house, visit(5, at(10)), visit(6, at(10, 30)), visit(7, at(12)))
    page = house.signed_in().get("/desk").text
    assert 'data-lane="0" data-lanes="2"' in block(page, "a5")
    assert 'data-lane="1" data-lanes="2"' in block(page, "a6")
    assert 'data-lane="0" data-lanes="1"' in block(page, "a7")


def test_what_runs_past_midnight_is_cut_where_the_day_ends(house: House) -> None:
    kept(house, visit(5, at(23, 30)), visit(6, at(23, 30, day=TODAY - timedelta(days=1))))
    page = house.signed_in().get("/desk").text
    assert 'data-h="23" data-m="30" data-hs="0" data-ms="30"' in block(page, "a5")
    assert 'data-h="0" data-m="0" data-hs="0" data-ms="30"' in block(page, "a6")


def test_people_who_wait_for_a_person_are_counted(house: House) -> None:
    kept(house, visit(5))
    house.said("Позовите человека")

    def wait(connection: Connection) -> None:
        connection.execute(update(chats.chats).values(human_since=Instant(NOW)))

    house.writes(wait)
    page = house.signed_in().get("/desk").text
    assert '<dt>Ждут человека</dt><dd><a href="/desk/conversations">1</a></dd>' in page


def test_hostile_words_show_as_words_wherever_a_client_can_write_them(house: House) -> None:
    hostile = Client(ClientId(1), HOSTILE, PHONE)
    kept(house, visit(5, client=hostile, comment=HOSTILE, services=(Service(ServiceId(1), HOSTILE),)))
    wished(house, Book("centre", PHONE, HOSTILE, True, (ServiceId(1),), DINA.id, at(17), 1800, "k", NOW))
    browser = house.signed_in()
    for path in ("/desk", "/desk/board", "/desk?view=list", CARD):
        page = browser.get(path).text
        assert "<script>alert" not in page
        assert "<img" not in page
        assert "{{ 7*7 }}" in page


def test_bad_addresses_are_answered_with_a_page(house: House) -> None:
    kept(house, visit(5))
    browser = house.signed_in()
    for path in ("/desk?salon=nowhere", "/desk/appointments/centre/999", f"/desk/appointments/centre/{10**30}"):
        assert browser.get(path).status_code == 404
    for query in ("day=x", "day=2026-13-45", "day=9999-12-31", "day=0001-01-01", "view=%00", "day=٣"):
        assert "Сегодня, сб 21 ноября" in browser.get(f"/desk?{query}").text


def test_a_day_without_anything_says_so(house: House) -> None:
    assert "В этот день никто не работает" in house.signed_in().get("/desk").text


def test_the_board_stands_in_the_salons_english_too(house: House) -> None:
    kept(house, visit(5))
    page = house.signed_in().get("/desk", accept_language="en").text
    for words in ("Today, Sat 21 November", "Expected", "The journal answers"):
        assert words in page
