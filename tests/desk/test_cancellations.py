"""What did not take place and why, with the whole beside each part."""

import asyncio
import csv
import io
import json
import re
from dataclasses import replace
from datetime import date, datetime, timedelta
from decimal import Decimal
from html import unescape
from zoneinfo import ZoneInfo

import pytest
from desk_kit import MOSCOW, NOW, House
from sqlalchemy import insert

from frontdesk.booking.appointments import Appointment, Attendance, Client, Master, Service
from frontdesk.booking.copies import Freshness, SalonCopy
from frontdesk.booking.ids import AppointmentId, ClientId, MasterId, Phone, SalonId, ServiceId
from frontdesk.booking.menu import Listed, Menu, Staffer
from frontdesk.booking.offers import Offer, Price, Terms
from frontdesk.booking.salon import Salon
from frontdesk.booking.schedules import BookingRules
from frontdesk.booking.times import Instant, Local, to_instant
from frontdesk.desk.sheets import sheet
from frontdesk.store.fate import Fate, fate
from frontdesk.store.mirror import Mirror
from frontdesk.store.tables import ledger
from frontdesk.store.users import Role

PAGE = "/desk/cancellations"
ANNA, CUT = Master(MasterId(7), "Анна"), Service(ServiceId(31), "Стрижка")
YESTERDAY = date(2026, 11, 20)
COPY = SalonCopy(
    Salon("centre", SalonId(1), "Ясный день", ZoneInfo("Europe/Moscow")),
    Menu((Listed(Offer(CUT, {ANNA.id: Terms(3600, Price(Decimal(2000), Decimal(3000)))})),), (Staffer(ANNA),)),
    BookingRules(),
)
STANDS = Appointment(
    id=AppointmentId(1),
    salon="centre",
    visit=None,
    client=Client(ClientId(1), "Ирина", Phone("79160000001")),
    master=ANNA,
    services=(CUT,),
    start=Local(datetime(2026, 11, 20, 15)),  # noqa: DTZ001 - the salon's own clock
    length_s=3600,
    attendance=Attendance.CAME,
    created=Instant(NOW - timedelta(days=60)),
)
Tables = dict[str, list[list[str]]]


def visit(number: int, days_ago: int = 1, attendance: Attendance = Attendance.CAME, **more: object) -> Appointment:
    client = Client(ClientId(number), f"Клиент {number}", Phone(f"7916{number:07}"))
    start = Local(STANDS.start - timedelta(days=days_ago - 1))
    made = replace(STANDS, id=AppointmentId(number), client=client, start=start, attendance=attendance)
    return replace(made, **more)  # type: ignore[arg-type]


def keep(house: House, *visits: Appointment, at: Instant = NOW) -> None:
    async def kept() -> None:
        mirror = Mirror(house.store)
        await mirror.keep_salon("centre", COPY)
        await mirror.keep("centre", visits, at)
        await mirror.note_fresh("centre", Freshness(appointments=at))

    asyncio.run(kept())


def note(house: House, number: int, kind: str = "cancelled", **more: object) -> None:
    """An event of the ledger, as the courier leaves it; cancelled two days before the start where nothing else."""
    starts_at = to_instant(STANDS.start, MOSCOW)
    row = {"salon": "centre", "appointment": number, "master": 7, "kind": kind, "asked_by": "person", "late": False}
    times = {"starts_at": starts_at, "at": Instant(starts_at - timedelta(days=2)), "lead_s": 2 * 24 * 3600}
    row |= {**times, "asked_at": times["at"], "channel": "whatsapp", "value_cents": 500_000, **more}
    house.writes(lambda connection: connection.execute(insert(ledger), row))


def a_month(house: House, *more: Appointment) -> None:
    """Thirty days, one visit each, known here from the beginning."""
    keep(house, *(visit(1000 + ago, ago) for ago in range(1, 31)), *more)
    note(house, 9999, "booked", at=Instant(NOW - timedelta(days=40)))


def tables(house: House, query: str = "") -> Tables:
    """Every table of the page, read as its files."""
    browser = house.signed_in()
    keys = re.findall(r"table=(\w+)", browser.get(PAGE + query).text)
    mark = "&" if query else "?"
    files = {key: browser.get(f"{PAGE}/table.csv{query}{mark}table={key}").text for key in keys}
    return {key: list(csv.reader(io.StringIO(text.lstrip("\ufeff")), delimiter=";")) for key, text in files.items()}


def row(found: Tables, key: str, name: str) -> list[str]:
    return next(line[1:] for line in found[key] if line[0] == name)


def test_early_late_no_show_and_the_salon_are_kept_apart(house: House) -> None:
    a_month(
        house,
        visit(1, attendance=Attendance.NO_SHOW),
        visit(2, attendance=Attendance.NO_SHOW),
        visit(3, attendance=Attendance.NO_SHOW, comment="не пришёл, не предупредил"),
        visit(4, attendance=Attendance.NO_SHOW, comment="Отменено по телефону"),
        visit(5, deleted=True),
        visit(6, attendance=Attendance.NO_SHOW),
    )
    note(house, 1)
    note(house, 2, late=True, lead_s=1800)
    note(house, 6, asked_by="staff")
    found = tables(house)
    assert row(found, "outcomes", "Отменили заранее") == ["1", "2,8 %", "36"]
    assert row(found, "outcomes", "Отменили поздно") == ["1", "2,8 %", "36"]
    assert row(found, "outcomes", "Не пришли") == ["1", "2,8 %", "36"]
    assert row(found, "outcomes", "Отменили через салон") == ["3", "8,3 %", "36"]
    assert row(found, "masters", "Анна") == ["1", "1", "1", "3", "6", "16,7 %", "36"]
    assert row(found, "services", "Стрижка")[-1] == "36"


def test_a_cancellation_taken_back_explains_nothing(house: House) -> None:
    a_month(house, visit(1, attendance=Attendance.NO_SHOW), visit(2))
    for number in (1, 2):
        note(house, number)
        note(house, number, "restored")
    found = tables(house)
    assert row(found, "outcomes", "Не пришли")[0] == "1"
    assert row(found, "outcomes", "Отменили заранее")[0] == "0"


def test_reasons_lead_and_messenger_are_shares_of_the_clients_own_cancellations(house: House) -> None:
    a_month(house, *(visit(number, attendance=Attendance.NO_SHOW) for number in (1, 2, 3, 4)))
    note(house, 1, reason="ill")
    note(house, 2, reason="ill", late=True, lead_s=3600)
    note(house, 3, channel="telegram")
    found = tables(house)
    assert row(found, "reasons", "Болезнь") == ["1", "1", "2", "66,7 %", "3"]
    assert row(found, "reasons", "Причина не названа") == ["1", "0", "1", "33,3 %", "3"]
    assert row(found, "leads", "Меньше 2 часов")[2] == "1"
    assert row(found, "leads", "От 1 до 3 дней")[2] == "2"
    assert row(found, "channels", "Telegram") == ["1", "0", "1", "33,3 %", "3"]


def test_what_was_moved_is_no_loss(house: House) -> None:
    first = visit(1, days_ago=3)
    keep(house, first, visit(2, days_ago=3), at=Instant(NOW - timedelta(days=9)))
    a_month(house, replace(first, start=STANDS.start), visit(2))
    note(house, 2, "moved", outcome="moved")
    found = tables(house)
    assert row(found, "outcomes", "Перенёс салон")[0] == "1"
    assert row(found, "outcomes", "Перенесли через переписку")[0] == "1"
    assert row(found, "value", "Всего")[0] == "0"


def test_money_says_what_came_back_and_what_still_may(house: House) -> None:
    again = visit(11, days_ago=-5, client=visit(1).client, created=Instant(NOW - timedelta(days=1)))
    too_late = visit(12, days_ago=-5, client=visit(3).client, created=Instant(NOW - timedelta(hours=1)))
    a_month(
        house,
        visit(1, attendance=Attendance.NO_SHOW),
        visit(2, attendance=Attendance.NO_SHOW),
        visit(3, days_ago=20, attendance=Attendance.NO_SHOW),
        visit(4, attendance=Attendance.NO_SHOW),
        again,
        too_late,
    )
    note(house, 1)
    note(house, 2, outcome="rebooked")
    found = tables(house)
    nbsp = "\N{NO-BREAK SPACE}"
    assert row(found, "value", "Отменили заранее") == ["2", "2", f"10{nbsp}000 ₽", "2", f"10{nbsp}000 ₽", "0"]
    assert row(found, "value", "Не пришли") == ["2", "2", f"4{nbsp}000 ₽", "0", "0 ₽", "1"]


def test_less_than_seven_days_give_no_figure(house: House) -> None:
    keep(house, *(visit(ago, ago, Attendance.NO_SHOW) for ago in range(1, 7)))
    shown = house.signed_in().get(PAGE).text
    assert "Данных пока мало" in shown
    assert "data-chart" not in shown
    keep(house, visit(7, 7))
    browser = house.browser()
    browser.sign_in()
    assert "data-chart" in browser.get(PAGE).text


def test_where_nothing_was_lost_no_empty_chart_is_drawn(house: House) -> None:
    a_month(house)
    page = house.signed_in().get(PAGE).text
    charts = [json.loads(unescape(one)) for one in re.findall(r'data-chart="([^"]*)"', page)]
    assert [chart["kind"] for chart in charts] == ["heat"]


def test_the_clients_own_tables_wait_for_seven_days_of_the_assistant(house: House) -> None:
    keep(house, *(visit(ago, ago) for ago in range(1, 31)))
    note(house, 1, "booked", at=Instant(NOW - timedelta(days=3)))
    found = tables(house)
    assert "outcomes" in found
    assert "reasons" not in found


@pytest.mark.parametrize(
    "query",
    ["?from=2026-11-20&to=2026-11-01", "?from=2020-01-01&to=2026-11-20", "?from=2026-11-01&to=2026-11-21", "?from=x"],
)
def test_dates_in_disorder_too_old_or_not_over_are_refused_with_advice(house: House, query: str) -> None:
    a_month(house)
    answer = house.signed_in().get(PAGE + query)
    assert answer.status_code == 422
    assert 'role="alert"' in answer.text


def test_own_dates_count_those_days_alone(house: House) -> None:
    a_month(house)
    found = tables(house, "?from=2026-11-10&to=2026-11-19")
    assert row(found, "outcomes", "Не пришли") == ["0", "0,0 %", "10"]


def test_hostile_names_are_text_on_the_page_in_the_chart_and_in_the_file(house: House) -> None:
    evil = Master(MasterId(8), "=HYPERLINK(\"https://x.example\")<script>alert('1')</script>")
    a_month(house, visit(1, master=evil, attendance=Attendance.NO_SHOW))
    browser = house.signed_in()
    page = browser.get(PAGE).text
    assert "<script>alert" not in page
    charts = [json.loads(unescape(one)) for one in re.findall(r'data-chart="([^"]*)"', page)]
    assert any(evil.name in chart.get("labels", ()) for chart in charts)
    file = browser.get(f"{PAGE}/table.csv?table=masters")
    assert file.content.startswith(b"\xef\xbb\xbf")
    assert "'=HYPERLINK" in file.text


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", " ="])
def test_no_cell_of_a_file_is_a_formula(start: str) -> None:
    cells = next(
        csv.reader(io.StringIO(sheet([[f"{start}1+1", "7"]], ";").decode("utf-8-sig"), newline=""), delimiter=";")
    )
    assert cells == [f"'{start}1+1", "7"]


def test_a_table_or_a_salon_that_is_none_is_not_found(house: House) -> None:
    browser = house.signed_in()
    assert browser.get(f"{PAGE}/table.csv?table=nothing").status_code == 404
    assert browser.get(f"{PAGE}?salon=elsewhere").status_code == 404


def test_a_master_does_not_see_the_salons_figures(house: House) -> None:
    assert house.signed_in(Role.MASTER).get(PAGE).status_code == 403


@pytest.mark.parametrize(
    ("comment", "became"),
    [
        ("Отменено клиентом через WhatsApp", Fate.CANCELLED),
        ("клиент отменил", Fate.CANCELLED),
        ("cancelled by phone", Fate.CANCELLED),
        ("не отменил и не пришёл", Fate.NO_SHOW),
        ("без отмены", Fate.NO_SHOW),
        ("Клиент не пришел, не предупредил", Fate.NO_SHOW),
        ("", Fate.NO_SHOW),
    ],
)
def test_a_comment_tells_a_cancellation_from_a_no_show(comment: str, became: Fate) -> None:
    assert fate(visit(1, attendance=Attendance.NO_SHOW, comment=comment)) is became
