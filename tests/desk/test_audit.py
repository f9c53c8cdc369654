"""Who did what, as the desk keeps it and shows it."""

import re
from datetime import timedelta
from typing import Any

from desk_kit import House
from sqlalchemy import Connection, select, update

from frontdesk.booking.changes import Change, ChangeKind
from frontdesk.booking.commands import Cancel
from frontdesk.booking.ids import AppointmentId, Phone
from frontdesk.outage.command import CommandState
from frontdesk.store import audit, commands, ledger
from frontdesk.store.audit import About
from frontdesk.store.desk_tables import desk_actions
from frontdesk.store.forgetting import forget
from frontdesk.store.tables import commands as command_rows
from frontdesk.store.users import Role, User

PEOPLE, AUDIT = "/desk/people", "/desk/audit"
HOSTILE = "<script>alert(1)</script>"
ANNA = User(1, "anna", Role.ADMINISTRATOR)
DETAIL, EARLIER = re.compile(r"дело \d+\."), re.compile(r"before=(\d+)\">Показать")


def deeds(connection: Connection) -> list[tuple[Any, ...]]:
    noted = select(desk_actions.c.who, desk_actions.c.what, desk_actions.c.detail).order_by(desk_actions.c.id)
    return [tuple(row) for row in connection.execute(noted)]


def asked(house: House, appointment: int, user: str = "79160000001", name: str = "Ирина") -> None:
    """A client asks for a cancellation."""
    house.said("Отмените", user=user, name=name)
    chat = int(user[-1])
    wish = Cancel("centre", AppointmentId(appointment), Phone(user), "", house.clock.now())
    house.writes(commands.add, chat=chat, command=wish, now=house.clock.now())


def changed(house: House, appointment: int) -> None:
    """The first command was done."""
    change = Change(ChangeKind.CANCELLED, "centre", house.clock.now(), AppointmentId(appointment))
    house.writes(ledger.note, change=change, command=1, now=house.clock.now())


def noted(house: House, about: About, what: str) -> None:
    house.writes(audit.note, who=ANNA, what=what, about=about, at=house.clock.now())


def test_who_lets_whom_in_and_out_is_noted(house: House) -> None:
    owner = house.signed_in(Role.OWNER)
    owner.submit(PEOPLE, name="Вера", role="administrator")
    owner.submit(f"{PEOPLE}/invite", page=PEOPLE, name="вера")
    owner.submit(f"{PEOPLE}/remove", page=PEOPLE, name="вера")
    assert house.reads(deeds) == [
        ("Anna", "Сотрудник добавлен", "Вера"),
        ("Anna", "Сотруднику выдана ссылка для входа", "Вера"),
        ("Anna", "Сотрудник убран", "Вера"),
    ]


def test_what_was_refused_is_not_noted_as_done(house: House) -> None:
    house.signed_in(Role.OWNER).submit(PEOPLE, name="anna", role="owner")
    assert house.reads(deeds) == []


def test_the_story_of_an_appointment_is_what_was_asked_what_was_done_and_by_whom(house: House) -> None:
    asked(house, appointment=5)
    asked(house, appointment=6, user="79160000002")
    changed(house, appointment=5)
    house.clock.forward(timedelta(minutes=1))
    noted(house, About(command=1), "Команда журналу отправлена ещё раз")
    page = house.signed_in().get(f"{AUDIT}?appointment=5").text
    for shown in (
        "История записи №5",
        "Просит: Отмена записи",
        "Отменено в журнале",
        "ещё раз",
        "WhatsApp",
        "+7916•••0001",
    ):
        assert shown in page
    assert "+7916•••0002" not in page
    assert page.index("ещё раз") < page.index("Отменено в журнале")


def test_the_clients_last_four_digits_find_their_story_alone(house: House) -> None:
    asked(house, appointment=5)
    asked(house, appointment=6, user="79160000002")
    page = house.signed_in().get(f"{AUDIT}?digits=0002").text
    assert "№6" in page
    assert "№5" not in page


def test_a_day_is_the_salons_own(house: House) -> None:
    """21 November ends in Moscow three hours before it does in UTC."""
    house.clock.forward(timedelta(hours=11, minutes=59))
    noted(house, About(), "Сотрудник добавлен")
    house.clock.forward(timedelta(minutes=2))
    noted(house, About(), "Сотрудник убран")
    browser = house.signed_in()
    first, second = (browser.get(f"{AUDIT}?day=2026-11-{day}").text for day in (21, 22))
    assert ("Сотрудник добавлен" in first, "Сотрудник убран" in first) == (True, False)
    assert ("Сотрудник добавлен" in second, "Сотрудник убран" in second) == (False, True)


def test_the_audit_is_paged_and_nothing_is_lost_between_pages(house: House) -> None:
    for number in range(120):
        house.clock.forward(timedelta(seconds=number % 2))
        noted(house, About(detail=f"дело {number}."), "Сотрудник добавлен")
    browser, path, seen = house.signed_in(), AUDIT, []
    for _ in range(3):
        page = browser.get(path).text
        seen += DETAIL.findall(page)
        further = EARLIER.search(page)
        path = f"{AUDIT}?before={further[1] if further else 0}"
    assert not further
    assert sorted(seen) == sorted(f"дело {number}." for number in range(120))


def test_hostile_words_show_as_words(house: House) -> None:
    asked(house, appointment=5, name=HOSTILE)
    noted(house, About(chat=1, detail=HOSTILE), "Сотрудник добавлен")
    browser = house.signed_in()
    for path in (
        AUDIT,
        f"{AUDIT}?appointment=5",
        f"{AUDIT}?digits={HOSTILE}",
        f"{AUDIT}?day={HOSTILE}&before={HOSTILE}",
    ):
        page = browser.get(path).text
        assert HOSTILE not in page
        assert "&lt;script&gt;" in page


def test_what_cannot_be_looked_for_is_said(house: House) -> None:
    browser = house.signed_in()
    for query in ("appointment=abc", "digits=12", "digits=٣٣٣٣", "day=2026-02-30", "day=0001-01-01", "day=9999-12-31"):
        assert browser.get(f"{AUDIT}?{query}").status_code == 422
    for query in ("before=x", f"before={10**40}", "appointment=", f"before={2**52}"):
        assert browser.get(f"{AUDIT}?{query}").status_code == 200
    assert "Ничего не найдено" in browser.get(f"{AUDIT}?appointment=77").text


def test_a_master_and_a_stranger_do_not_see_it(house: House) -> None:
    assert house.signed_in(Role.MASTER).get(AUDIT).status_code == 403
    assert house.browser().get(AUDIT).headers["location"] == "/desk/sign-in"


def test_whoever_is_erased_is_erased_here_too(house: House) -> None:
    asked(house, appointment=5)
    changed(house, appointment=5)
    noted(house, About(chat=1, appointment=AppointmentId(5)), "Диалог взят на себя")
    house.writes(lambda connection: connection.execute(update(command_rows).values(state=CommandState.DONE)))
    house.writes(forget, chat=1, proved=Phone("79160000001"))
    page = house.signed_in().get(f"{AUDIT}?appointment=5").text
    assert "Диалог взят на себя" in page
    assert "Отменено в журнале" in page
    for gone in ("Ирина", "+7916", "Просит"):
        assert gone not in page
