from frontdesk.emulator.bookings import busy, find_or_add_client, line_of, the_master
from frontdesk.emulator.events import check_places, places_taken, the_event
from frontdesk.emulator.online import NO_NAME, NO_PHONE, check_form, check_person
from frontdesk.emulator.refusal import found, invalid
from frontdesk.emulator.registry import Caller, Reply, emulates
from frontdesk.emulator.shapes.numbers import plain
from frontdesk.emulator.shapes.people import master_card
from frontdesk.emulator.shapes.times import on_the_wall
from frontdesk.emulator.slots import is_free, length_of
from frontdesk.emulator.things import Activity, Appointment, Json, Service
from frontdesk.emulator.world import World, instant_of, local_of
from frontdesk.yclients.endpoints.activities import GetActivity, PostActivity, SearchActivities
from frontdesk.yclients.endpoints.booking import PostActivityBook

PAGE_SIZE = 25


@emulates(PostActivity, right="create_records_access")
def post_activity(world: World, call: PostActivity) -> Json:
    """Makes a group event; 409 where its master is busy, unless it is forced."""
    master = the_master(world, call.company_id, call.staff_id)
    service = found(world.services.get(call.company_id, call.service_id), "Услуга не найдена")
    start = local_of(call.date, world.companies[call.company_id].zone)
    pause_s = call.technical_break_duration or 0
    length_s = call.length or length_of(master, [service]) + pause_s
    if not call.force and not is_free(world, master, start, length_s):
        busy(world, start, 409)
    event = Activity(
        world.ids.number("activity"), call.company_id, service.id, master.id, start, length_s, call.capacity,
        call.comment or "", call.color or "", pause_s,
    )  # fmt: skip
    event.extra = {"instructions": call.instructions or "", "stream_link": call.stream_link or ""}
    world.activities.add(event)
    return _shown(world, event)


@emulates(GetActivity)
def get_activity(world: World, call: GetActivity) -> Json:
    """Shows a group event."""
    return _shown(world, the_event(world, call.company_id, call.activity_id))


@emulates(SearchActivities)
def search_activities(world: World, call: SearchActivities) -> Reply:
    """Lists the group events of some days."""
    if call.from_ > call.till:
        invalid(errors={"till": ["Дата окончания раньше даты начала"]})
    chosen = [one for one in world.activities.of(call.company_id) if _fits(one, call)]
    chosen.sort(key=lambda one: (one.start, one.id))
    page, count = call.page or 1, call.count or PAGE_SIZE
    shown = chosen[(page - 1) * count : page * count]
    return Reply([_shown(world, one) for one in shown], {"count": len(chosen)})


@emulates(PostActivityBook, codes={"phone": NO_PHONE, "fullname": NO_NAME})
def post_activity_book(world: World, call: PostActivityBook, caller: Caller) -> Json:
    """Takes places in a group event for a client."""
    company = world.companies[call.company_id]
    event = the_event(world, company.id, call.activity_id)
    check_form(company, call.email, call.comment)
    phone = check_person(world, company, call.phone, call.fullname, call.code)
    wanted = call.clients_count or 1
    if wanted > company.activity_clients_max or event.start <= world.now_local(company):
        invalid(errors={"clients_count": ["Недопустимое количество мест"]})
    check_places(world, event, wanted)
    world.codes.pop(phone, None)
    known = {"name": call.fullname, "surname": call.surname, "patronymic": call.patronymic, "email": call.email}
    client = find_or_add_client(world, company.id, phone, {name: said for name, said in known.items() if said})
    service, now = found(world.services.get(company.id, event.service_id), "Услуга не найдена"), world.clock.now()
    one = world.write_appointment(
        Appointment(
            world.ids.number("record"), company.id, event.master_id, client.id, [line_of(service, event.master_id)],
            event.start, event.length_s, world.visit_for(company, client, event.start), world.ids.secret("record"),
            now, now, comment=call.comment or "", created_user_id=caller.user_id, online=True,
            api_id=call.api_id or "", activity_id=event.id, clients_count=wanted,
            partner_id=caller.partner.id if caller.partner else 0,
        )
    )  # fmt: skip
    return {"id": one.id, "hash": one.hash}


def _fits(one: Activity, call: SearchActivities) -> bool:
    return (
        not one.deleted
        and call.from_ <= one.start.date() <= call.till
        and (not call.service_ids or one.service_id in call.service_ids)
        and (not call.staff_ids or one.master_id in call.staff_ids)
    )


def _shown(world: World, event: Activity) -> Json:
    master = world.masters.anywhere(event.master_id)
    service = world.services.get(event.company_id, event.service_id)
    return {
        "id": event.id,
        "company_id": event.company_id,
        "service_id": event.service_id,
        "staff_id": event.master_id,
        "date": on_the_wall(event.start),
        "timestamp": int(instant_of(event.start, world.companies[event.company_id].zone).timestamp()),
        "length": event.length_s,
        "capacity": event.capacity,
        "records_count": places_taken(world, event),
        "color": event.color,
        "instructions": "",
        "stream_link": "",
        "font_color": "",
        "comment": event.comment,
        "notified": False,
        "prepaid": "forbidden",
        "service": _service(world, service) if service else [],
        "staff": master_card(world, master) if master else [],
        "resource_instances": [],
        "labels": [],
        "duration_details": [_duration(event)],
        **event.extra,
    }


def _service(world: World, service: Service) -> Json:
    category = world.categories.get(service.company_id, service.category_id)
    return {
        "id": service.id,
        "title": service.title,
        "category_id": service.category_id,
        "price_min": plain(service.price_min),
        "price_max": plain(service.price_max),
        "comment": service.comment,
        "image_url": "",
        "salon_service_id": service.id,
        "prepaid": "forbidden",
        "category": {"id": category.id, "category_id": 1, "title": category.title} if category else [],
    }


def _duration(event: Activity) -> Json:
    pause_s = event.technical_break_s
    return {"id": event.id, "services_duration": event.length_s - pause_s, "technical_break_duration": pause_s}
