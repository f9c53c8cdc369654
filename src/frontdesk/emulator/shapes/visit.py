from frontdesk.emulator.refusal import found, not_found
from frontdesk.emulator.shapes.numbers import plain
from frontdesk.emulator.shapes.record import client_of
from frontdesk.emulator.shapes.times import on_the_wall
from frontdesk.emulator.things import Appointment, Json, ServiceLine, Visit
from frontdesk.emulator.world import World

NO_VISIT = "Визит не найден"
SERVICE = 1
SERVICES_RENDERED = 5
MAIN_ACCOUNT = {"id": 0, "title": "Основная касса"}


def standing_visit(world: World, visit_id: int) -> tuple[Visit, list[Appointment]]:
    """A visit and its appointments that are not deleted, or 404."""
    visit = found(world.visits.get(visit_id), NO_VISIT)
    records = [one for one in world.appointments.of_visit(visit_id) if not one.deleted]
    return (visit, records) if records else not_found(NO_VISIT)


def visit_item(one: Appointment, line: ServiceLine) -> Json:
    """A service of a visit, on its bill."""
    return {
        "id": 0,
        "item_id": line.id,
        "item_type_id": SERVICE,
        "record_id": one.id,
        "item_title": line.title,
        "amount": line.amount,
        "first_cost": plain(line.first_cost),
        "manual_cost": plain(line.cost),
        "discount": plain(line.discount),
        "cost": plain(line.cost),
        "master_id": one.master_id,
        "good_id": 0,
        "service_id": line.id,
        "event_id": 0,
        "is_service": True,
        "is_event": False,
        "is_good": False,
    }


def payment(world: World, one: Appointment, transaction: Json) -> Json:
    """Money that was taken for an appointment."""
    client = client_of(world, one)
    account = {**MAIN_ACCOUNT, "id": transaction["account_id"]}
    return {
        "id": transaction["id"],
        "document_id": one.visit_id,
        "date": on_the_wall(one.start),
        "type_id": SERVICES_RENDERED,
        "expense_id": SERVICES_RENDERED,
        "account_id": transaction["account_id"],
        "amount": plain(transaction["amount"]),
        "client_id": one.client_id or 0,
        "master_id": 0,
        "supplier_id": 0,
        "comment": "",
        "item_id": one.services[0].id if one.services else 0,
        "target_type_id": SERVICE,
        "record_id": one.id,
        "goods_transaction_id": 0,
        "expense": {"id": SERVICES_RENDERED, "title": "Оказание услуг"},
        "account": account,
        "client": {"id": str(client.id), "name": client.name, "phone": client.phone} if client else [],
        "master": [],
        "supplier": [],
    }
