from frontdesk.emulator.access import check_right
from frontdesk.emulator.refusal import found
from frontdesk.emulator.registry import Caller, emulates
from frontdesk.emulator.shapes.record import record
from frontdesk.emulator.shapes.times import with_colon
from frontdesk.emulator.shapes.visit import NO_VISIT, standing_visit
from frontdesk.emulator.things import Appointment, Json, ServiceLine, Visit
from frontdesk.emulator.world import World
from frontdesk.yclients.endpoints.visits import GetVisit, PutVisit, VisitService


@emulates(GetVisit)
def get_visit(world: World, call: GetVisit, caller: Caller) -> Json:
    """Shows a visit with its appointments that are not deleted."""
    visit, records = _visit(world, call.visit_id, caller, "")
    zone = world.companies[visit.company_id].zone
    return {
        "attendance": visit.attendance,
        "datetime": with_colon(min(one.start for one in records), zone),
        "comment": visit.comment,
        "records": [record(world, one) for one in records],
    }


@emulates(PutVisit)
def put_visit(world: World, call: PutVisit, caller: Caller) -> Json:
    """Sets where an appointment of a visit stands, and takes payments."""
    visit, records = _visit(world, call.visit_id, caller, "edit_records_attendance_access")
    named = found(next((one for one in records if one.id == call.record_id), None), NO_VISIT)
    touched = [named] if world.switches.visit_put_touches_only_named else records
    for one in touched:
        world.change_appointment(one, attendance=call.attendance, comment=call.comment)
    visit.attendance, visit.comment = call.attendance, call.comment
    if call.services is not None:
        world.change_appointment(named, services=_services(named, call.services))
    _pay(world, visit, named, call)
    zone = world.companies[visit.company_id].zone
    return {
        "attendance": named.attendance,
        "datetime": with_colon(named.start, zone),
        "comment": named.comment,
        "records": [record(world, one) for one in records],
    }


def _visit(world: World, visit_id: int, caller: Caller, right: str) -> tuple[Visit, list[Appointment]]:
    visit, records = standing_visit(world, visit_id)
    if caller.user is not None:
        check_right(caller.user, visit.company_id, right)
    return visit, records


def _services(named: Appointment, said: tuple[VisitService, ...]) -> list[ServiceLine]:
    before = {line.id: line for line in named.services}
    return [_line(before.get(one.id), one) for one in said if one.record_id in (None, named.id)]


def _line(before: ServiceLine | None, said: VisitService) -> ServiceLine:
    """A service with what was said of it over what stood there; what neither says is 0."""
    old = before or ServiceLine(said.id, said.title or "", 0, 0, 0)
    return ServiceLine(
        id=said.id,
        title=old.title if said.title is None else said.title,
        first_cost=old.first_cost if said.first_cost is None else said.first_cost,
        discount=old.discount if said.discount is None else said.discount,
        cost=old.cost if said.cost is None else said.cost,
        amount=old.amount if said.amount is None else int(said.amount),
    )


def _pay(world: World, visit: Visit, named: Appointment, call: PutVisit) -> None:
    gone = set(call.deleted_transaction_ids or ())
    visit.transactions = [one for one in visit.transactions if one["id"] not in gone]
    payments = [(one.amount, one.account_id) for one in call.new_transactions or ()]
    if call.fast_payment is not None:
        payments.append((sum(line.cost for line in named.services), 0))
    for amount, account_id in payments:
        number = world.ids.number("transaction")
        visit.transactions.append({"id": number, "amount": amount, "account_id": account_id, "record_id": named.id})
    paid = sum(one["amount"] for one in visit.transactions if one["record_id"] == named.id)
    world.appointments.change(named, paid=paid)
