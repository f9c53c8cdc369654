from frontdesk.emulator.shapes.numbers import plain
from frontdesk.emulator.slots import one_length
from frontdesk.emulator.things import Category, Json, Service
from frontdesk.emulator.world import World


def service_card(world: World, service: Service) -> Json:
    """A service as the salon's settings show it: ids are numbers here."""
    return {
        "id": service.id,
        "salon_service_id": service.id,
        "title": service.title,
        "booking_title": service.extra.get("booking_title", service.title),
        "category_id": service.category_id,
        "price_min": plain(service.price_min),
        "price_max": plain(service.price_max),
        "discount": plain(service.discount),
        "comment": service.comment,
        "weight": service.weight,
        "active": int(service.active),
        "sex": service.sex,
        "api_id": service.api_id,
        "duration": service.length_s,
        "seance_length": service.length_s,
        "technical_break_duration": service.extra.get("technical_break_duration", 0),
        "is_multi": service.is_multi,
        "capacity": service.capacity,
        "prepaid": "forbidden",
        "staff": _masters(world, service),
        "image_group": [],
        **service.extra,
    }


def service_in_old_list(world: World, service: Service) -> Json:
    """A service as the older list shows it: all its numbers are texts."""
    masters = [{"id": str(one["id"]), "seance_length": str(one["seance_length"])} for one in _masters(world, service)]
    return {
        "id": str(service.id),
        "title": service.title,
        "category_id": str(service.category_id),
        "price_min": f"{service.price_min:.2f}",
        "price_max": f"{service.price_max:.2f}",
        "discount": str(plain(service.discount)),
        "comment": service.comment,
        "weight": str(service.weight),
        "active": str(int(service.active)),
        "api_id": service.api_id,
        "duration": str(service.length_s),
        "staff": masters,
    }


def category_card(world: World, category: Category) -> Json:
    """A heading of the price list with the masters who work under it."""
    own = [service for service in world.services.of(category.company_id) if service.category_id == category.id]
    working = {master for service in own for master in service.masters} | set(category.staff)
    return {
        "id": category.id,
        "category_id": category.id,
        "salon_service_id": category.id,
        "title": category.title,
        "sex": category.sex,
        "weight": category.weight,
        "api_id": category.api_id,
        "staff": sorted(working),
    }


def service_link(service: Service, master_id: int) -> Json:
    """That a master gives a service, and how."""
    own = service.masters[master_id]
    return {
        "service_id": service.id,
        "master_id": master_id,
        "length": service.length_s if own.length_s is None else own.length_s,
        "technological_card_id": own.technological_card_id,
    }


def _masters(world: World, service: Service) -> list[Json]:
    masters = [master for number in service.masters if (master := world.masters.get(service.company_id, number))]
    return [
        {
            "id": master.id,
            "name": master.name,
            "seance_length": one_length(master, service),
            "technological_card_id": service.masters[master.id].technological_card_id,
        }
        for master in masters
    ]
