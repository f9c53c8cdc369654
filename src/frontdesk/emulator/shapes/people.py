from frontdesk.emulator.shapes.times import without_colon
from frontdesk.emulator.things import Client, Json, Master
from frontdesk.emulator.world import World
from frontdesk.yclients.models.attendance import Attendance

IMPORTANCE = ("Без класса важности", "Бронза", "Серебро", "Золото")
SEX = ("Неизвестно", "Мужской", "Женский")
SMALL_PICTURE = "https://assets.example.invalid/no-master-sm.png"
PICTURE = "https://assets.example.invalid/no-master.png"


def position(world: World, master: Master) -> Json | list[Json]:
    """A master's job title; an empty list where there is none, as PHP writes an empty object."""
    held = world.positions.get(master.company_id, master.position_id)
    return {"id": held.id, "title": held.title, "services_binding_type": 0} if held else []


def master_brief(world: World, master: Master) -> Json:
    """A master inside an appointment."""
    return {
        "id": master.id,
        "api_id": None,
        "name": master.name,
        "specialization": master.specialization,
        "position": position(world, master),
        "avatar": SMALL_PICTURE,
        "avatar_big": PICTURE,
        "rating": master.rating,
        "votes_count": master.votes,
    }


def master_card(world: World, master: Master) -> Json:
    """A master as the salon's settings show them."""
    return {
        **master_brief(world, master),
        "api_id": master.api_id or None,
        "company_id": master.company_id,
        "comments_count": master.comments,
        "show_rating": 1,
        "weight": master.weight,
        "information": f"<span>{master.information}</span>",
        "fired": int(master.fired),
        "status": 0,
        "hidden": int(master.hidden),
        "user_id": master.user_id or 0,
        "prepaid": "forbidden",
        "services_links": [
            {"service_id": one.id, "master_id": master.id, "length": own.length_s or one.length_s}
            for one in world.services.of(master.company_id)
            if (own := one.masters.get(master.id))
        ],
    }


def display_name(client: Client) -> str:
    """The client's whole name as the journal shows it."""
    return " ".join(part for part in (client.name, client.patronymic, client.surname) if part)


def visits_that(world: World, client: Client, attendance: Attendance) -> int:
    """How many of a client's appointments ended so."""
    journal = world.appointments.of_client(client.company_id, client.id)
    return [one.attendance for one in journal if not one.deleted].count(attendance)


def client_brief(world: World, client: Client) -> Json:
    """A client inside an appointment."""
    journal = world.appointments.of_client(client.company_id, client.id)
    ended = [one.attendance for one in journal if not one.deleted]
    came = ended.count(Attendance.CAME)
    return {
        "id": client.id,
        "name": client.name,
        "surname": client.surname,
        "patronymic": client.patronymic,
        "display_name": display_name(client),
        "comment": client.comment,
        "phone": f"+{client.phone}" if client.phone else "",
        "card": client.card,
        "email": client.email,
        "success_visits_count": came,
        "fail_visits_count": ended.count(Attendance.NO_SHOW),
        "discount": client.discount,
        "is_new": not came,
        "custom_fields": client.custom_fields or [],
        "sex": client.sex,
        "birthday": client.birth_date,
        "client_tags": [],
    }


def client_card(world: World, client: Client) -> Json:
    """A client's card as `GET /client` shows it: the phone is a number here, and a missing birth date is 0."""
    zone = world.companies[client.company_id].zone
    return {
        "id": client.id,
        "name": client.name,
        "surname": client.surname,
        "patronymic": client.patronymic,
        "display_name": display_name(client),
        "phone": int(client.phone) if client.phone else 0,
        "email": client.email,
        "categories": [{"id": label, "title": f"Категория {label}"} for label in client.labels],
        "sex": SEX[client.sex],
        "sex_id": client.sex,
        "discount": client.discount,
        "importance": IMPORTANCE[client.importance],
        "importance_id": client.importance,
        "card": client.card,
        "birth_date": client.birth_date or 0,
        "comment": client.comment,
        "sms_check": client.sms_check,
        "sms_not": client.sms_not,
        "spent": client.spent,
        "balance": client.balance,
        "visits": visits_that(world, client, Attendance.CAME),
        "last_change_date": without_colon(client.changed or world.clock.now(), zone),
        "custom_fields": client.custom_fields or [],
    }
