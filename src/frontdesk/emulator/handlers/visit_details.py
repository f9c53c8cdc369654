from frontdesk.emulator.access import check_right
from frontdesk.emulator.receipt import pdf
from frontdesk.emulator.refusal import found
from frontdesk.emulator.registry import Caller, emulates
from frontdesk.emulator.shapes.times import on_the_wall
from frontdesk.emulator.shapes.visit import NO_VISIT, payment, standing_visit, visit_item
from frontdesk.emulator.things import Json
from frontdesk.emulator.world import World
from frontdesk.yclients.endpoints.visits import GetReceipt, GetVisitDetails


@emulates(GetVisitDetails)
def get_visit_details(world: World, call: GetVisitDetails) -> Json:
    """Shows what a visit costs and what was paid."""
    visit, records = standing_visit(world, call.visit_id)
    by_id = {one.id: one for one in records if one.company_id == call.salon_id}
    found(by_id.get(call.record_id), NO_VISIT)
    return {
        "payment_transactions": [
            payment(world, by_id[one["record_id"]], one) for one in visit.transactions if one["record_id"] in by_id
        ],
        "loyalty_transactions": [],
        "kkm_transaction_details_container": {"last_operation_type": 0, "transactions": []},
        "items": [visit_item(one, line) for one in by_id.values() for line in one.services],
    }


@emulates(GetReceipt)
def get_receipt(world: World, call: GetReceipt, caller: Caller) -> bytes:
    """Prints a visit."""
    visit, records = standing_visit(world, call.visit_id)
    if caller.user:
        check_right(caller.user, visit.company_id, "")
    lines = [f"Visit {visit.id}"]
    for one in records:
        lines += [f"{on_the_wall(one.start)}  record {one.id}"]
        lines += [f"  service {line.id}  x{line.amount}  {line.cost:.2f}" for line in one.services]
    total = sum(line.cost * line.amount for one in records for line in one.services)
    return pdf([*lines, f"Total {total:.2f}", f"Paid {sum(one.paid for one in records):.2f}"])
