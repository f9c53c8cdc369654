from frontdesk.emulator.shapes.company import company_in_booking
from frontdesk.emulator.shapes.numbers import plain
from frontdesk.emulator.shapes.people import PICTURE, position
from frontdesk.emulator.shapes.times import on_the_wall, with_colon, without_colon
from frontdesk.emulator.things import Appointment, Json, Master, Service, ServiceLine
from frontdesk.emulator.world import World


def booking(world: World, one: Appointment) -> Json:
    """An appointment as its client sees it."""
    company = world.companies[one.company_id]
    master = world.masters.anywhere(one.master_id)
    return {
        "id": one.id,
        "services": [_service(world, one, line) for line in one.services],
        "company": company_in_booking(world, company),
        "staff": staff_in_booking(world, master) if master else [],
        "clients_count": one.clients_count,
        "date": on_the_wall(one.start),
        "datetime": with_colon(one.start, company.zone),
        "create_date": without_colon(one.created, company.zone),
        "last_change_date": without_colon(one.changed, company.zone),
        "comment": one.comment,
        "deleted": one.deleted,
        "attendance": one.attendance,
        "length": one.length_s,
        "notify_by_sms": one.extra.get("sms_remain_hours", 0),
        "notify_by_email": one.extra.get("email_remain_hours", 0),
        "master_requested": one.master_requested,
        "online": one.online,
        "api_id": one.api_id,
        "prepaid": False,
        "prepaid_confirmed": False,
        "activity_id": one.activity_id,
    }


def staff_in_booking(world: World, master: Master) -> Json:
    """A master as clients see them."""
    return {
        "id": master.id,
        "name": master.name,
        "specialization": master.specialization,
        "position": position(world, master),
        "show_rating": 1,
        "rating": plain(master.rating),
        "votes_count": master.votes,
        "avatar": PICTURE,
        "comments_count": master.comments,
        "weight": master.weight,
        "information": f"<span>{master.information}</span>",
        "prepaid": "forbidden",
    }


def service_in_booking(service: Service, length_s: int | None) -> Json:
    """A service as clients see it; how long it takes is known only of a master."""
    return {
        "id": service.id,
        "title": service.title,
        "category_id": service.category_id,
        "price_min": plain(service.price_min),
        "price_max": plain(service.price_max),
        "discount": plain(service.discount),
        "comment": service.comment,
        "weight": service.weight,
        "active": int(service.active),
        "sex": service.sex,
        "image": "",
        "prepaid": "forbidden",
        "seance_length": length_s,
        "abonement_restriction": 0,
        "is_composite": False,
    }


def _service(world: World, one: Appointment, line: ServiceLine) -> Json:
    service = world.services.get(one.company_id, line.id)
    return {
        "id": line.id,
        "title": line.title,
        "cost": plain(line.cost),
        "price_min": plain(service.price_min if service else line.cost),
        "price_max": plain(service.price_max if service else line.cost),
        "discount": plain(line.discount),
        "amount": line.amount,
        "seance_length": service.length_s if service else one.length_s,
    }
