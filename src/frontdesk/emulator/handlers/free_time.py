from datetime import date, datetime, timedelta

from frontdesk.emulator.online import (
    bookable_masters,
    by_month,
    can_begin,
    chosen_masters,
    days_between,
    horizon,
    known_services,
    nearest_day,
    seances,
)
from frontdesk.emulator.refusal import found, not_found
from frontdesk.emulator.registry import emulates
from frontdesk.emulator.shapes.booking import service_in_booking, staff_in_booking
from frontdesk.emulator.slots import can_do, free_starts, has_free_start, is_free, length_of, one_length, working_spans
from frontdesk.emulator.things import Category, Company, Json, Master, Service
from frontdesk.emulator.world import World, local_of
from frontdesk.yclients.endpoints.booking import (
    GetBookDates,
    GetBookServices,
    GetBookStaff,
    GetBookStaffSeances,
    GetBookTimes,
)


@emulates(GetBookTimes)
def get_book_times(world: World, call: GetBookTimes) -> list[Json]:
    """Lists the free times of a day; where any master will do, each time once."""
    company = world.companies[call.company_id]
    services = known_services(world, company, call.service_ids)
    first, last = horizon(world, company)
    if not first <= call.date <= last:
        return []
    lengths: dict[datetime, int] = {}
    for master in chosen_masters(world, company, call.staff_id, services):
        length_s = length_of(master, services)
        for start in free_starts(world, master, call.date, length_s):
            lengths.setdefault(start, length_s)
    return [one for start in sorted(lengths) for one in seances(company, [start], lengths[start])]


@emulates(GetBookStaffSeances)
def get_book_staff_seances(world: World, call: GetBookStaffSeances) -> Json:
    """Shows a master's nearest day with free times."""
    company = world.companies[call.company_id]
    services = known_services(world, company, call.service_ids)
    nearest = None
    for master in chosen_masters(world, company, call.staff_id, services):
        found_day = nearest_day(world, company, master, length_of(master, services))
        if found_day and (nearest is None or found_day[0] < nearest[0]):
            nearest = (*found_day, length_of(master, services))
    if nearest is None:
        return {"seance_date": None, "seances": []}
    return {"seance_date": nearest[0].isoformat(), "seances": seances(company, nearest[1], nearest[2])}


@emulates(GetBookDates)
def get_book_dates(world: World, call: GetBookDates) -> Json:
    """Lists the days on which anybody asked for works, and those with free time."""
    company = world.companies[call.company_id]
    services = known_services(world, company, call.service_ids)
    masters = chosen_masters(world, company, call.staff_id, services)
    first, last = _asked_days(call, *horizon(world, company))
    working = [day for day in days_between(first, last) if any(working_spans(master, day) for master in masters)]
    free = [day for day in working if _has_free_time(world, masters, services, day)]
    return {
        "booking_days": by_month(free),
        "booking_dates": [day.isoformat() for day in free],
        "working_days": by_month(working),
        "working_dates": [day.isoformat() for day in working],
    }


@emulates(GetBookServices)
def get_book_services(world: World, call: GetBookServices) -> Json:
    """Lists what can be booked with the master, at the time, and beside the services that were said."""
    company = world.companies[call.company_id]
    beside = known_services(world, company, call.service_ids)
    masters = _asked_masters(world, company, call.staff_id)
    offered = [service for service in world.services.of(company.id) if service.active]
    if call.datetime is not None:
        start = local_of(call.datetime, company.zone)
        masters = [master for master in masters if is_free(world, master, start, company.slot_step_s)]
    shown = [one for one in offered if any(can_do(master, [*beside, one]) for master in masters)]
    named = masters[0] if call.staff_id else None
    categories = {service.category_id for service in shown}
    return {
        "events": [],
        "services": [service_in_booking(one, one_length(named, one) if named else None) for one in shown],
        "category": [_category(one) for one in world.categories.of(company.id) if one.id in categories],
    }


@emulates(GetBookStaff)
def get_book_staff(world: World, call: GetBookStaff) -> list[Json]:
    """Lists the masters, and of each whether what was asked for can be booked with them."""
    company = world.companies[call.company_id]
    services = known_services(world, company, call.service_ids)
    return [_staff(world, company, master, services, call) for master in bookable_masters(world, company, [])]


def _asked_days(call: GetBookDates, first: date, last: date) -> tuple[date, date]:
    """«date_from и date_to» go before `date`, which names a month; never outside what can be booked."""
    if call.date_from and call.date_to:
        return max(first, call.date_from), min(last, call.date_to)
    if call.date:
        month = call.date.replace(day=1)
        next_month = (month + timedelta(days=31)).replace(day=1)
        return max(first, month), min(last, next_month - timedelta(days=1))
    return first, last


def _has_free_time(world: World, masters: list[Master], services: list[Service], day: date) -> bool:
    return any(has_free_start(world, master, day, length_of(master, services)) for master in masters)


def _asked_masters(world: World, company: Company, staff_id: int | None) -> list[Master]:
    if not staff_id:
        return bookable_masters(world, company, [])
    master = found(world.masters.get(company.id, staff_id), f"Сотрудник с ID {staff_id} не найден")
    return [master] if can_do(master, []) else not_found(f"Сотрудник с ID {staff_id} не найден")


def _category(one: Category) -> Json:
    return {"id": one.id, "title": one.title, "sex": one.sex, "api_id": one.api_id or 0, "weight": one.weight}


def _staff(world: World, company: Company, master: Master, services: list[Service], call: GetBookStaff) -> Json:
    length_s = length_of(master, services)
    nearest = nearest_day(world, company, master, length_s) if can_do(master, services) else None
    bookable = nearest is not None
    if call.datetime is not None and bookable:
        start = local_of(call.datetime, company.zone)
        bookable = can_begin(world, company, start) and is_free(world, master, start, length_s)
    shown = {**staff_in_booking(world, master), "bookable": bookable}
    if not bookable or nearest is None:
        return {**shown, "seances": []}
    return {**shown, "seance_date": nearest[0].isoformat(), "seances": seances(company, nearest[1], length_s)}
