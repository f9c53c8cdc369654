"""What waits for the journal, and conflicts that a person settles."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from desk_kit import NOW, Browser, House
from sqlalchemy import Connection, select, update
from starlette.applications import Starlette

from frontdesk.booking.appointments import Master
from frontdesk.booking.commands import Book, Cancel, Command, Conflicted, Move, RefusalReason, Refused
from frontdesk.booking.ids import AppointmentId, MasterId, Phone, ServiceId
from frontdesk.booking.slots import Slot
from frontdesk.booking.times import Local
from frontdesk.desk.app import desk_routes
from frontdesk.desk.parts import MasterCard
from frontdesk.dialogue.talk import Settled
from frontdesk.outage.command import CommandState
from frontdesk.outage.link import LinkEvent
from frontdesk.store import chats, commands, links
from frontdesk.store.chats import ClaimedChat
from frontdesk.store.codec import load_command
from frontdesk.store.desk_tables import desk_actions
from frontdesk.store.tables import commands as command_rows
from frontdesk.store.users import Role

OUTBOX = "/desk/outbox"
HOSTILE = "<script>alert(1)</script>"
PHONE = Phone("79160000001")
START = Local(datetime.fromisoformat("2026-11-22T15:00"))
NEXT = Local(datetime.fromisoformat("2026-11-22T16:00"))
BOOKING = Book("centre", PHONE, "Ирина", True, (ServiceId(1),), MasterId(7), START, 3600, "key", NOW)
CANCELLING = Cancel("centre", AppointmentId(5), PHONE, "", NOW)


def asked(house: House, command: Command = BOOKING, state: CommandState = CommandState.CONFLICT, why: str = "") -> None:
    """A client asked for it, and this is how it stands."""
    house.said("Запишите меня")
    number = house.writes(commands.add, chat=1, command=command, now=NOW)
    stands = update(command_rows).where(command_rows.c.id == number).values(state=state, detail=why)
    house.writes(lambda connection: connection.execute(stands))


def row(house: House) -> Any:
    return house.reads(lambda connection: connection.execute(select(command_rows)).one())


def deeds(house: House) -> list[tuple[str, int, int | None]]:
    def noted(connection: Connection) -> list[tuple[str, int, int | None]]:
        found = select(desk_actions.c.what, desk_actions.c.command, desk_actions.c.chat).order_by(desk_actions.c.id)
        return [tuple(one) for one in connection.execute(found)]

    return house.reads(noted)


def outcomes(house: House) -> list[object]:
    """What the client's chat is to be told, by the next turn."""
    claimed = house.writes(chats.claim, now=NOW, until=NOW + timedelta(minutes=1))
    assert isinstance(claimed, ClaimedChat)
    return [one.content.outcome for one in claimed.messages if isinstance(one.content, Settled)]


def administrator(house: House, slots: Sequence[Slot] | None = ()) -> Browser:
    """Signed in at a desk that knows the masters and these free times."""

    async def nearest(_wish: object) -> Sequence[Slot] | None:
        await asyncio.sleep(0)
        return slots

    desk = replace(house.desk(), masters=lambda: [MasterCard("centre", MasterId(7), "Анна")], nearest=nearest)
    browser = Browser(Starlette(routes=desk_routes(desk)))
    house.user()
    browser.sign_in()
    return browser


def test_a_conflict_stands_first_with_what_it_is_whose_and_why(house: House) -> None:
    asked(house, CANCELLING, CommandState.WAITING)
    asked(house, BOOKING, CommandState.CONFLICT, "Время занято")
    house.clock.forward(timedelta(minutes=12))
    page = administrator(house).get(OUTBOX).text
    shown = (
        "Нужно решение",
        "Новая запись, 22.11 15:00",
        "Время занято",
        "ждёт 12 мин",
        "Ждут журнала",
        "Отмена записи",
    )
    places = [page.index(words) for words in shown]
    assert places == sorted(places)
    assert "+7916•••0001" in page
    assert PHONE not in page
    assert "Ирина" in page


def test_an_empty_outbox_says_that_nothing_waits(house: House) -> None:
    assert "Ничего не ждёт" in administrator(house).get(OUTBOX).text


def test_the_link_of_each_salon_says_since_when_it_is_down_and_why(house: House) -> None:
    browser = administrator(house)
    assert "Журнал отвечает" in browser.get(OUTBOX).text
    for event in (LinkEvent.FAILED, LinkEvent.PROBE_FAILED):
        house.writes(links.see, salon="centre", event=event, now=NOW, cause=f"502 {HOSTILE}")
    page = browser.get(OUTBOX).text
    for shown in ("Журнал недоступен с 12:00, принято заявок: 0", "502 &lt;script&gt;"):
        assert shown in page
    assert HOSTILE not in page


def test_the_nearest_free_times_are_offered_and_one_click_gives_it(house: House) -> None:
    asked(house)
    browser = administrator(house, [Slot(Master(MasterId(7), "Анна"), NEXT, 3600)])
    assert "22.11 16:00" in browser.get(f"{OUTBOX}/1/times").text
    assert (
        browser.submit(f"{OUTBOX}/1/slot", page=f"{OUTBOX}/1/times", start=NEXT.isoformat(), master="7").status_code
        == 303
    )
    command = load_command(row(house).command)
    assert isinstance(command, Book)
    assert (command.start, row(house).state) == (NEXT, CommandState.WAITING)
    assert deeds(house) == [("Конфликт решён: другое время", 1, 1)]


def test_a_free_time_with_another_master_says_with_whom(house: House) -> None:
    asked(house)
    page = administrator(house, [Slot(Master(MasterId(8), "Вера"), NEXT, 3600)]).get(f"{OUTBOX}/1/times").text
    assert "22.11 16:00, Вера" in page


@pytest.mark.parametrize(("slots", "words"), [((), "свободного времени нет"), (None, "сейчас не узнать")])
def test_no_free_time_and_not_knowing_any_are_told_apart(
    house: House, slots: tuple[Slot, ...] | None, words: str
) -> None:
    asked(house)
    assert words in administrator(house, slots).get(f"{OUTBOX}/1/times").text


def test_a_time_that_is_none_is_over_or_of_a_master_who_is_not_there_settles_nothing(house: House) -> None:
    asked(house)
    browser = administrator(house)
    wrong = (
        ("", "7"),
        ("soon", "7"),
        ("2026-11-21T11:59:00", "7"),
        ("2026-11-22T16:00:00+03:00", "7"),
        (NEXT.isoformat(), "8"),
        (NEXT.isoformat(), "x"),
    )
    for start, master in wrong:
        assert browser.submit(f"{OUTBOX}/1/slot", page=OUTBOX, start=start, master=master).status_code == 409
    assert row(house).state == CommandState.CONFLICT
    assert deeds(house) == []


def test_it_is_booked_although_taken_where_the_salon_wants_it(house: House) -> None:
    asked(house)
    assert administrator(house).submit(f"{OUTBOX}/1/force", page=OUTBOX).status_code == 303
    command = load_command(row(house).command)
    assert isinstance(command, Book)
    assert command.force
    assert deeds(house) == [("Конфликт решён: записать на занятое время", 1, 1)]


def test_what_is_dropped_is_refused_and_its_client_is_told(house: House) -> None:
    asked(house)
    assert administrator(house).submit(f"{OUTBOX}/1/drop", page=OUTBOX).status_code == 303
    assert row(house).state == CommandState.REFUSED
    assert [type(one) for one in outcomes(house)] == [Refused]
    assert deeds(house) == [("Команда журналу снята", 1, 1)]


def test_what_waits_is_tried_at_once(house: House) -> None:
    asked(house, CANCELLING, CommandState.WAITING)
    house.clock.forward(timedelta(minutes=1))
    assert administrator(house).submit(f"{OUTBOX}/1/retry", page=OUTBOX).status_code == 303
    assert row(house).next_try_at == house.clock.now()


def test_what_may_stand_in_the_journal_already_is_never_dropped(house: House) -> None:
    asked(house, CANCELLING, CommandState.UNSURE)
    browser = administrator(house)
    assert "/drop" not in browser.get(OUTBOX).text
    assert browser.submit(f"{OUTBOX}/1/drop", page=OUTBOX).status_code == 409
    assert row(house).state == CommandState.UNSURE
    assert deeds(house) == []


def test_what_two_people_settle_at_once_is_settled_once(house: House) -> None:
    asked(house)
    browser = administrator(house)
    token = browser.form_token(OUTBOX)
    answers = [browser.post(f"{OUTBOX}/1/drop", {"form_token": token}) for _ in range(2)]
    assert [one.status_code for one in answers] == [303, 409]
    assert len(deeds(house)) == 1
    assert "заявка уже решена" in answers[1].text


def test_a_move_can_be_given_another_time_and_a_cancellation_cannot(house: House) -> None:
    asked(house, Move("centre", AppointmentId(5), PHONE, MasterId(7), START, 3600, NOW))
    asked(house, Cancel("centre", AppointmentId(6), PHONE, "", NOW))
    browser = administrator(house)
    assert browser.get(f"{OUTBOX}/1/times").status_code == 200
    assert browser.get(f"{OUTBOX}/2/times").status_code == 404
    assert browser.submit(f"{OUTBOX}/2/force", page=OUTBOX).status_code == 409


def test_hostile_words_show_as_words(house: House) -> None:
    asked(house, replace(BOOKING, name=HOSTILE), why=HOSTILE)
    browser = administrator(house)
    for path in (OUTBOX, f"{OUTBOX}/rows", f"{OUTBOX}/1/times"):
        assert HOSTILE not in browser.get(path).text
    assert "&lt;script&gt;" in browser.get(OUTBOX).text


def test_a_forged_form_and_a_master_settle_nothing(house: House) -> None:
    asked(house)
    forger, master = administrator(house), house.browser()
    house.user("master", Role.MASTER)
    master.sign_in("master")
    assert master.get(OUTBOX).status_code == 403
    for path in ("slot", "force", "retry", "drop"):
        assert forger.post(f"{OUTBOX}/1/{path}", {"form_token": "0" * 64}).status_code == 403
        assert master.post(f"{OUTBOX}/1/{path}").status_code == 403
    assert row(house).state == CommandState.CONFLICT


def test_a_command_that_is_not_there_is_answered_with_a_page(house: House) -> None:
    asked(house)
    browser = administrator(house)
    assert browser.get(f"{OUTBOX}/{10**30}/times").status_code == 404
    assert browser.submit(f"{OUTBOX}/999/drop", page=OUTBOX).status_code == 409


def test_one_that_this_version_cannot_read_can_still_be_dropped(house: House) -> None:
    asked(house, CANCELLING, CommandState.WAITING)
    house.writes(lambda connection: connection.execute(update(command_rows).values(command="{}")))
    browser = administrator(house)
    assert "не прочитать" in browser.get(OUTBOX).text
    assert browser.submit(f"{OUTBOX}/1/drop", page=OUTBOX).status_code == 303
    assert Conflicted(RefusalReason.BUSY) not in outcomes(house)


def test_a_fault_that_is_known_is_told_in_the_pages_own_language(house: House) -> None:
    asked(house, state=CommandState.WAITING, why="no answer from the provider: ConnectTimeout")
    browser = administrator(house)
    assert "журнал не ответил: ConnectTimeout" in browser.get(OUTBOX).text
    assert "no answer from the provider: ConnectTimeout" in browser.get(OUTBOX, accept_language="en").text
