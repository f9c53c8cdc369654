"""From a salon's file to a world of today."""

import datetime as dt
from itertools import count
from pathlib import Path
from typing import Final

from frontdesk.emulator.bookings import line_of
from frontdesk.emulator.clock import Clock
from frontdesk.emulator.ids import Ids
from frontdesk.emulator.salons.file import (
    WEEKDAYS,
    AppointmentRow,
    BadSalonFileError,
    CompanyRow,
    SalonFile,
    UserRow,
    read_salon,
    spans_of,
    zone_of,
)
from frontdesk.emulator.slots import length_of, working_spans
from frontdesk.emulator.things import (
    Appointment,
    Category,
    Client,
    Company,
    Master,
    Partner,
    Position,
    Service,
    ServiceMaster,
    User,
)
from frontdesk.emulator.world import World, instant_of
from frontdesk.yclients.models.attendance import Attendance

READY: Final = Path(__file__).parent
A_WEEK_AND_A_DAY: Final = 8
ADMINISTRATOR: Final = 1


def find_salon(name: str) -> Path:
    """The file of a ready salon by its name, or the path itself."""
    ready = READY / f"{name}.toml"
    return ready if ready.is_file() else Path(name)


def build_world(salon: str = "demo", *, clock: Clock | None = None) -> World:
    """A world with a ready salon, or with the one in a file. Raises BadSalonFileError."""
    path = find_salon(salon)
    if not path.is_file():
        ready = ", ".join(sorted(one.stem for one in READY.glob("*.toml")))
        raise BadSalonFileError(f"no salon «{salon}»: name a ready one ({ready}) or a TOML file")
    world = World(clock=clock or Clock(), ids=Ids())
    fill(world, read_salon(path))
    return world


def fill(world: World, salon: SalonFile) -> None:
    """Puts everything from a file into a world."""
    for number, partner in enumerate(salon.partners, 1):
        companies = None if partner.companies is None else frozenset(partner.companies)
        world.partners[partner.token] = Partner(number, partner.token, company_ids=companies)
    for row in salon.companies:
        _add_company(world, row)
    for number, user in enumerate(salon.users, ADMINISTRATOR):
        _add_user(world, number, user)
    world.happenings.clear()


def _add_company(world: World, row: CompanyRow) -> None:
    company = Company(
        row.id, row.title, zone_of(row), row.city, row.address, row.phone, row.site, row.about, row.chain,
        slot_step_s=row.slot_step_minutes * 60,
        confirm_number=row.confirm_number,
        allow_delete_record=row.allow_delete_record,
        allow_change_record=row.allow_change_record,
        delete_delay_s=row.delete_delay_minutes * 60,
        change_delay_s=row.change_delay_minutes * 60,
    )  # fmt: skip
    world.companies[row.id] = company
    _add_masters(world, row)
    _add_services(world, row)
    for client in row.clients:
        world.clients.add(Client(company_id=row.id, changed=world.clock.now(), **client.model_dump()))
    visits: dict[str, int] = {}
    for one in row.appointments:
        _add_appointment(world, company, one, visits)


def _add_masters(world: World, row: CompanyRow) -> None:
    positions: dict[str, int] = {}
    for weight, one in zip(count(len(row.masters), -1), row.masters, strict=False):
        if one.position not in positions:
            positions[one.position] = world.ids.number("position")
            world.positions.add(Position(positions[one.position], row.id, one.position))
        week = {WEEKDAYS.index(day): spans_of(hours) for day, hours in one.week.items()}
        world.masters.add(
            Master(
                one.id, row.id, one.name, one.specialization, positions[one.position], one.about, one.rating, one.votes,
                weight=weight, week=week,
            )
        )  # fmt: skip


def _add_services(world: World, row: CompanyRow) -> None:
    categories: dict[str, int] = {}
    for weight, one in zip(count(len(row.services), -1), row.services, strict=False):
        if one.category not in categories:
            categories[one.category] = world.ids.number("category")
            world.categories.add(Category(categories[one.category], row.id, one.category, weight=weight))
        own = {master: one.own.get(master, {}) for master in one.masters}
        masters = {
            master: ServiceMaster(int(said["minutes"]) * 60 if "minutes" in said else None, said.get("price"))
            for master, said in own.items()
        }
        world.services.add(
            Service(
                one.id, row.id, categories[one.category], one.title, one.price, one.price_max or one.price,
                one.minutes * 60, comment=one.comment, weight=weight, masters=masters,
            )
        )  # fmt: skip


def _add_appointment(world: World, company: Company, row: AppointmentRow, visits: dict[str, int]) -> None:
    master = world.masters.get(company.id, row.master)
    services = [service for number in row.services if (service := world.services.get(company.id, number))]
    if master is None:
        return
    start = dt.datetime.combine(_day(world, company, master, row.day), row.time)
    now = world.clock.now()
    made = min(now, instant_of(start, company.zone)) - dt.timedelta(days=row.booked)
    visit = visits[row.visit] if row.visit in visits else world.ids.number("visit")
    if row.visit:
        visits[row.visit] = visit
    number = world.ids.number("record")
    world.write_appointment(
        Appointment(
            number, company.id, master.id, row.client, [line_of(service, master.id) for service in services], start,
            row.minutes * 60 if row.minutes else length_of(master, services), visit, world.ids.secret("record"), made,
            made, attendance=_attendance(row, past=start < world.now_local(company)), comment=row.comment,
            created_user_id=0 if row.online else ADMINISTRATOR, online=row.online,
        )
    )  # fmt: skip


def _attendance(row: AppointmentRow, *, past: bool) -> Attendance:
    if row.attendance is not None:
        return Attendance(row.attendance)
    return Attendance.CAME if past else Attendance.WAITING


def _day(world: World, company: Company, master: Master, said: int | dt.date) -> dt.date:
    if not isinstance(said, int):
        return said
    day = world.now_local(company).date() + dt.timedelta(days=said)
    step = dt.timedelta(days=-1 if said < 0 else 1)
    for _ in range(A_WEEK_AND_A_DAY):
        if working_spans(master, day):
            return day
        day += step
    return day


def _add_user(world: World, number: int, row: UserRow) -> None:
    rights = {company: dict.fromkeys(row.denied, False) for company in world.companies}
    world.users[number] = User(
        number, row.name, row.login, row.password, row.token, row.phone, two_factor=row.two_factor, rights=rights
    )
