import datetime as dt

from frontdesk.emulator.bookings import digits_of
from frontdesk.emulator.refusal import found, invalid
from frontdesk.emulator.registry import Reply, emulates
from frontdesk.emulator.shapes.numbers import plain
from frontdesk.emulator.shapes.people import master_brief
from frontdesk.emulator.shapes.times import on_the_wall
from frontdesk.emulator.things import Appointment, Client, Json
from frontdesk.emulator.world import World
from frontdesk.yclients.endpoints.clients import SearchClientVisits

PAGE_SIZE = 25
FIRST_DAY, LAST_DAY = dt.date(1, 1, 1), dt.date(9999, 12, 31)


@emulates(SearchClientVisits, right="clients_access")
def search_client_visits(world: World, call: SearchClientVisits) -> Reply:
    """Shows a client's past, newest first, 25 at a time and the rest of the last day."""
    client = _client(world, call)
    journal = world.appointments.of_client(call.company_id, client.id)
    past = sorted((one for one in journal if _fits(one, call)), key=lambda one: (one.start, one.id), reverse=True)
    page = _page(past)
    rest = past[len(page) :]
    until = rest[0].start.date().isoformat() if rest else None
    since = call.from_.isoformat() if call.from_ else None
    cursor = {
        "previous": None,
        "current": {"from": since, "to": call.to.isoformat() if call.to else None},
        "next": {"from": since, "to": until} if rest else None,
    }
    records = [_record(world, one) for one in page]
    return Reply({"goods_transactions": [], "records": records}, {"dateCursor": cursor})


def _client(world: World, call: SearchClientVisits) -> Client:
    if call.client_id is not None:
        return found(world.clients.get(call.company_id, call.client_id), "Клиент не найден")
    if not call.client_phone:
        invalid(errors={"client_id": ["Укажите клиента или телефон"]})
    return found(world.clients.with_phone(call.company_id, digits_of(call.client_phone)), "Клиент не найден")


def _fits(one: Appointment, call: SearchClientVisits) -> bool:
    return (
        not one.deleted
        and (call.from_ or FIRST_DAY) <= one.start.date() <= (call.to or LAST_DAY)
        and call.attendance in (None, one.attendance)
        and (not call.payment_statuses or _payment(one.paid, _cost(one)) in call.payment_statuses)
    )


def _page(past: list[Appointment]) -> list[Appointment]:
    """«25 элементов (или более, если дата последней записи совпадает с датой следующей записи)»."""
    size = min(PAGE_SIZE, len(past))
    while 0 < size < len(past) and past[size].start.date() == past[size - 1].start.date():
        size += 1
    return past[:size]


def _cost(one: Appointment) -> float:
    return sum(line.cost for line in one.services)


def _payment(paid: float, cost: float) -> str:
    if paid > cost:
        return "paid_over"
    if paid and paid < cost:
        return "paid_not_full"
    return "paid_full" if paid else "not_paid"


def _record(world: World, one: Appointment) -> Json:
    company, master = world.companies[one.company_id], world.masters.anywhere(one.master_id)
    share = one.paid / len(one.services) if one.services else 0
    return {
        "id": one.id,
        "comment": one.comment,
        "date": on_the_wall(one.start),
        "visit_id": one.visit_id,
        "attendance": one.attendance,
        "services": [
            {
                "id": line.id,
                "title": line.title,
                "first_cost": plain(line.first_cost),
                "discount_percent": plain(line.discount),
                "cost_to_pay": plain(line.cost),
                "paid_sum": plain(min(share, line.cost)),
                "payment_status": _payment(one.paid, _cost(one)),
                "consumables": [],
            }
            for line in one.services
        ],
        "staff": master_brief(world, master) if master else [],
        "company": {"id": company.id, "title": company.title},
        "tips": {"has_tips": False, "sum": None},
    }
