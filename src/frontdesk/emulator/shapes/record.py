from frontdesk.emulator.shapes.numbers import plain
from frontdesk.emulator.shapes.people import client_brief, master_brief
from frontdesk.emulator.shapes.times import on_the_wall, with_colon, without_colon
from frontdesk.emulator.things import Appointment, Client, Json, ServiceLine
from frontdesk.emulator.world import World
from frontdesk.yclients.models.attendance import Attendance

VISIT_DOCUMENT = 7
CONFIRMED = frozenset({Attendance.CONFIRMED, Attendance.CAME})


def service_line(line: ServiceLine) -> Json:
    """A service inside an appointment."""
    return {
        "id": line.id,
        "title": line.title,
        "cost": plain(line.cost),
        "cost_to_pay": plain(line.cost * line.amount),
        "manual_cost": plain(line.cost),
        "cost_per_unit": plain(line.first_cost),
        "discount": plain(line.discount),
        "first_cost": plain(line.first_cost),
        "amount": line.amount,
    }


def visit_document(one: Appointment) -> Json:
    """The document of the visit that an appointment belongs to."""
    return {
        "id": one.visit_id + 500_000_000,
        "type_id": VISIT_DOCUMENT,
        "storage_id": 0,
        "user_id": one.created_user_id,
        "company_id": one.company_id,
        "number": one.visit_id % 10_000,
        "comment": "",
        "date_created": on_the_wall(one.start),
        "category_id": 0,
        "visit_id": one.visit_id,
        "record_id": one.id,
        "type_title": "Визит",
        "is_sale_bill_printed": False,
    }


def client_of(world: World, one: Appointment) -> Client | None:
    """The client an appointment is for."""
    return None if one.client_id is None else world.clients.get(one.company_id, one.client_id)


def record(world: World, one: Appointment) -> Json:
    """An appointment as `GET /record` shows it."""
    master = world.masters.anywhere(one.master_id)
    client = client_of(world, one)
    services = [service_line(line) for line in one.services]
    return {
        "id": one.id,
        "company_id": one.company_id,
        "staff_id": one.master_id,
        "services": services[::-1] if world.switches.unstable_order and world.ids.number("reading") % 2 else services,
        "goods_transactions": [],
        "staff": master_brief(world, master) if master else [],
        "client": client_brief(world, client) if client else None,
        "comer": None,
        "documents": [visit_document(one)],
        **_when(world, one),
        **_standing(world, one),
        **_sent_along(one),
    }


def _when(world: World, one: Appointment) -> Json:
    zone = world.companies[one.company_id].zone
    return {
        "date": on_the_wall(one.start),
        "datetime": with_colon(one.start, zone),
        "create_date": without_colon(one.created, zone),
        "last_change_date": without_colon(one.changed, zone),
        "seance_length": one.length_s,
        "length": one.length_s,
        "technical_break_duration": one.technical_break_s,
    }


def _standing(world: World, one: Appointment) -> Json:
    visit = world.visits.get(one.visit_id)
    return {
        "clients_count": one.clients_count,
        "comment": one.comment,
        "online": one.online,
        "visit_id": one.visit_id,
        "visit_attendance": visit.attendance if visit else one.attendance,
        "attendance": one.attendance,
        "confirmed": int(one.attendance in CONFIRMED),
        "created_user_id": one.created_user_id,
        "deleted": one.deleted,
        "api_id": one.api_id,
        "activity_id": one.activity_id,
        "master_request": int(one.master_requested),
        "paid_full": int(bool(one.services) and one.paid >= sum(line.cost for line in one.services)),
        "payment_status": int(one.paid > 0),
        "prepaid": False,
        "prepaid_confirmed": False,
        "is_update_blocked": False,
    }


def _sent_along(one: Appointment) -> Json:
    """What has no behaviour here: shown as it was sent, or as the provider shows it unsent."""
    extra = one.extra
    return {
        "sms_before": extra.get("sms_remain_hours", 0),
        "sms_now": int(bool(extra.get("send_sms", False))),
        "sms_now_text": "",
        "email_now": 0,
        "notified": 0,
        "from_url": "",
        "review_requested": 0,
        "custom_color": extra.get("custom_color", ""),
        "custom_font_color": "",
        "record_labels": extra.get("record_labels", []),
        "custom_fields": extra.get("custom_fields") or [],
        "sms_remain_hours": extra.get("sms_remain_hours", 0),
        "email_remain_hours": extra.get("email_remain_hours", 0),
        "bookform_id": extra.get("bookform_id", 0),
        "record_from": extra.get("record_from", ""),
        "is_mobile": 0,
        "is_sale_bill_printed": False,
        "resource_instance_ids": [],
        "short_link": "",
        "consumables": [],
        "finance_transactions": [],
    }
