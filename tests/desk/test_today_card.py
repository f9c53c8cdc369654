"""The card of an appointment: setting its attendance, and what a master may see and set."""

from day_kit import CARD, DINA, PHONE, at, block, kept, noted, open_commands, visit, wished
from desk_kit import MOSCOW, NOW, Browser, House
from sqlalchemy import Connection, select, update

from frontdesk.booking.appointments import Attendance, Client
from frontdesk.booking.changes import ChangeKind
from frontdesk.booking.commands import Book, Move, SetAttendance
from frontdesk.booking.ids import AppointmentId, ClientId, ServiceId
from frontdesk.desk.parts import SalonCard
from frontdesk.outage.command import CommandState
from frontdesk.store import ledger, outbox
from frontdesk.store.desk_tables import desk_actions
from frontdesk.store.ledger import AskedBy
from frontdesk.store.tables import commands
from frontdesk.store.users import Role


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
