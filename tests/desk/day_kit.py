"""A day of the salon to look at: appointments, wishes and what was noted of them."""

import asyncio
from collections.abc import Iterable
from datetime import date, datetime, time

from desk_kit import NOW, House
from sqlalchemy import Connection, select

from frontdesk.booking.appointments import Appointment, Attendance, Client, Master, Service
from frontdesk.booking.changes import Change, ChangeKind
from frontdesk.booking.commands import Command
from frontdesk.booking.ids import AppointmentId, ClientId, MasterId, Phone, ServiceId, VisitId
from frontdesk.booking.schedules import WorkingDay
from frontdesk.booking.spans import Span
from frontdesk.booking.times import Local
from frontdesk.desk.parts import MasterCard
from frontdesk.store import asked, ledger
from frontdesk.store.codec import load_command
from frontdesk.store.mirror import Mirror
from frontdesk.store.tables import commands

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
