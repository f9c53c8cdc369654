"""The day's board: what stands there, what is on its way, and setting how an appointment stands."""

import asyncio
from collections.abc import Iterable
from datetime import date, datetime, time, timedelta

import pytest
from desk_kit import MOSCOW, NOW, Browser, House
from sqlalchemy import Connection, select, update

from frontdesk.booking.appointments import Appointment, Attendance, Client, Master, Service
from frontdesk.booking.changes import Change, ChangeKind
from frontdesk.booking.commands import Book, Cancel, Command, Move, SetAttendance
from frontdesk.booking.ids import AppointmentId, ClientId, MasterId, Phone, ServiceId, VisitId
from frontdesk.booking.schedules import WorkingDay
from frontdesk.booking.spans import Span
from frontdesk.booking.times import Instant, Local, instant
from frontdesk.desk.parts import MasterCard, SalonCard
from frontdesk.outage.command import CommandState
from frontdesk.outage.link import LinkEvent
from frontdesk.store import asked, chats, ledger, links, outbox
from frontdesk.store.codec import load_command
from frontdesk.store.desk_tables import desk_actions
from frontdesk.store.ledger import AskedBy
from frontdesk.store.mirror import Mirror
from frontdesk.store.tables import commands
from frontdesk.store.users import Role

TODAY = date(2026, 11, 21)
ANNA, DINA = Master(MasterId(7), "Анна"), Master(MasterId(8), "Дина")
IRINA, PHONE = "Ирина", Phone("79160000001")
HOSTILE = "<script>alert(1)</script><img src=x onerror=alert(2)>\"'{{ 7*7 }}"
CARD = "/desk/appointments/centre/5"


def at(hour: int, minute: int = 0, day: date = TODAY) -> Local:
    return Local(datetime.combine(day, time(hour, minute)))


def visit(number: int = 5, start: Local | None = None, **other: object) -> Appointment:
    fields: dict[str, object] = {
        "id": AppointmentId(number),
        "salon": "centre",
        "visit": VisitId(number + 100),
        "client": Client(ClientId(number), IRINA, PHONE),
        "master": ANNA,
        "services": (Service(ServiceId(1), "Стрижка"),),
        "start": start or at(15),
        "length_s": 3600,
        "attendance": Attendance.WAITING,
    }
    return Appointment(**(fields | other))  # type: ignore[arg-type]


def kept(house: House, *appointments: Appointment) -> None:
    """The copy holds these, and both masters work from ten to eight with a break."""
    house.masters = (MasterCard("centre", ANNA.id, ANNA.name), MasterCard("centre", DINA.id, DINA.name))
    days = [WorkingDay(one, TODAY, (Span(36000, 46800), Span(50400, 72000))) for one in (ANNA, DINA)]
    mirror = Mirror(house.store)
    asyncio.run(mirror.keep("centre", appointments, NOW))
    asyncio.run(mirror.keep_working("centre", TODAY, TODAY, days))


def wished(house: House, command: Command) -> int:
    house.said("Здравствуйте")
    return house.writes(asked.add, chat=1, command=command, now=NOW)


def noted(house: House, kind: ChangeKind, before: Appointment, command: int = 0, **change: object) -> None:
    def work(connection: Connection) -> None:
        made = Change(kind, "centre", NOW, before.id, before=before, **change)  # type: ignore[arg-type]
        ledger.note(connection, made, command, NOW)

    house.writes(work)


def open_commands(house: House) -> list[Command]:
    found = house.reads(lambda connection: connection.execute(select(commands.c.command).order_by(commands.c.id)).all())
    return [load_command(row.command) for row in found]


def block(page: str, key: str) -> str:
    assert f'<li id="{key}"' in page, f"no block {key}"
    return page.split(f'<li id="{key}"')[1].split("</li>", maxsplit=1)[0]


def in_order(page: str, words: Iterable[str]) -> bool:
    places = [page.index(one) for one in words]
    return places == sorted(places)


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


def test_setting_attendance_asks_the_journal_and_says_so_until_it_has_answered(house: House) -> None:
    kept(house, visit(5))
    browser = house.signed_in()
    answer = browser.submit(CARD, attendance="came", comment="  постоянная \n клиентка ")
    assert (answer.status_code, answer.headers["location"]) == (303, "/desk?salon=centre&day=2026-11-21#a5")
    wish = SetAttendance("centre", AppointmentId(5), PHONE, Attendance.CAME, "постоянная клиентка", NOW, "Anna")
    assert open_commands(house) == [wish]
    assert house.woken == [NOW]
    assert "Отправляю…: пришёл" in block(browser.get("/desk").text, "a5")
    assert "Отправляю…: пришёл" in browser.get(CARD).text


def test_what_the_salon_asked_for_stands_in_the_ledger_as_the_salons_and_tells_no_chat(house: House) -> None:
    kept(house, visit(5))
    house.signed_in().submit(CARD, attendance="no_show")
    noted(house, ChangeKind.NO_SHOW, visit(5), command=1)
    (event,) = house.reads(ledger.of_appointment, salon="centre", appointment=AppointmentId(5))
    assert (event.kind, event.asked_by, event.chat) == (ChangeKind.NO_SHOW, AskedBy.STAFF, None)


def test_the_same_mark_twice_is_one_wish_and_another_takes_its_place(house: House) -> None:
    kept(house, visit(5))
    browser = house.signed_in()
    for attendance in ("came", "came", "no_show"):
        browser.submit(CARD, attendance=attendance)
    assert [one.attendance for one in open_commands(house) if isinstance(one, SetAttendance)] == [Attendance.NO_SHOW]


def test_a_mark_of_the_salon_never_takes_the_place_of_what_the_client_asked_for(house: House) -> None:
    kept(house, visit(5))
    moving = wished(house, Move("centre", AppointmentId(5), PHONE, DINA.id, at(18), 3600, NOW))

    def conflict(connection: Connection) -> None:
        connection.execute(update(commands).where(commands.c.id == moving).values(state=CommandState.CONFLICT))

    house.writes(conflict)
    browser = house.signed_in()
    browser.submit(CARD, attendance="confirmed")
    assert [type(one) for one in open_commands(house)] == [Move, SetAttendance]
    assert "block conflict" in browser.get("/desk").text


def test_who_set_it_is_written_down(house: House) -> None:
    kept(house, visit(5))
    house.signed_in().submit(CARD, attendance="no_show")
    row = house.reads(lambda connection: connection.execute(select(desk_actions)).one())
    assert (row.who, row.what, row.appointment, row.salon, row.detail) == (
        "Anna",
        "Отметка о визите",
        5,
        "centre",
        "no_show",
    )


def test_a_refusal_shows_the_journals_own_words_until_something_else_is_asked(house: House) -> None:
    kept(house, visit(5))
    browser = house.signed_in()
    browser.submit(CARD, attendance="no_show")
    house.writes(outbox.give_up, number=1, why="Визит закрыт <i>", now=NOW)
    for path in ("/desk", CARD, "/desk?view=list"):
        assert "Журнал отказал: Визит закрыт &lt;i&gt;" in browser.get(path).text
    browser.submit(CARD, attendance="came")
    assert "Журнал отказал" not in browser.get("/desk").text


def test_what_is_deleted_in_the_journal_is_not_offered_to_be_marked(house: House) -> None:
    kept(house, visit(5, deleted=True))
    browser = house.signed_in()
    assert 'id="a5"' not in browser.get("/desk").text
    assert "отметить её нельзя" in browser.get(CARD).text


def test_a_bad_mark_is_answered_with_what_to_do_and_asks_for_nothing(house: House) -> None:
    kept(house, visit(5))
    browser = house.signed_in()
    for fields, words in (
        ({"attendance": "eaten"}, "Выберите, что отметить."),
        ({}, "Выберите, что отметить."),
        ({"attendance": "came", "comment": "я" * 501}, "длиннее 500 знаков"),
    ):
        answer = browser.submit(CARD, **fields)
        assert answer.status_code == 422
        assert words in answer.text
    assert open_commands(house) == []


def test_a_mark_without_a_form_of_ours_is_refused(house: House) -> None:
    kept(house, visit(5))
    assert house.signed_in().post(CARD, {"attendance": "came"}).status_code == 403
    assert open_commands(house) == []


def test_a_live_page_gets_the_day_of_the_appointment_back(house: House) -> None:
    kept(house, visit(5))
    browser = house.signed_in()
    form = {"form_token": browser.form_token(CARD), "attendance": "came"}
    answer = browser.post(CARD, form, hx_request="true")
    assert answer.status_code == 200
    assert "<html" not in answer.text
    assert "Отправляю…: пришёл" in block(answer.text, "a5")


def master_of(house: House) -> Browser:
    return house.signed_in(Role.MASTER)


def test_a_master_sees_only_their_own_column(house: House) -> None:
    other = visit(6, at(10), master=DINA, client=Client(ClientId(9), "Чужая", PHONE))
    kept(house, visit(5), other)
    wished(house, Book("centre", PHONE, "Тайна", True, (ServiceId(1),), DINA.id, at(17), 1800, "k", NOW))
    browser = master_of(house)
    for path in ("/desk", "/desk/board", "/desk?view=list"):
        page = browser.get(path).text
        assert 'id="a5"' in page
        for hidden in ("Чужая", "Дина", "Тайна", "Ждут человека", "Ждут журнала</dt>"):
            assert hidden not in page
        assert "<dt>Записей</dt><dd>1</dd>" in page


def test_a_master_sets_attendance_only_in_their_own_column(house: House) -> None:
    kept(house, visit(5), visit(6, at(10), master=DINA))
    browser = master_of(house)
    assert browser.get("/desk/appointments/centre/6").status_code == 404
    form = {"form_token": browser.form_token(CARD), "attendance": "came"}
    assert browser.post("/desk/appointments/centre/6", form).status_code == 404
    assert open_commands(house) == []
    assert browser.post(CARD, form).status_code == 303
    assert len(open_commands(house)) == 1


def test_a_master_sees_no_phone_and_no_other_branch(house: House) -> None:
    kept(house, visit(5))
    house.salons = (*house.salons, SalonCard("north", "Север", MOSCOW))
    browser = master_of(house)
    assert "79160000001" not in browser.get(CARD).text
    assert browser.get("/desk?salon=north").status_code == 404
    assert browser.get("/desk/appointments/north/5").status_code == 404


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
