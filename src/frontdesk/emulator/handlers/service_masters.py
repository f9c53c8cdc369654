from frontdesk.emulator.bookings import the_master
from frontdesk.emulator.refusal import found, invalid
from frontdesk.emulator.registry import emulates
from frontdesk.emulator.shapes.price_list import service_link
from frontdesk.emulator.things import Json, Service, ServiceMaster
from frontdesk.emulator.world import World
from frontdesk.yclients.endpoints.services import (
    DeleteServiceStaff,
    PostServiceLinks,
    PostServiceStaff,
    PutServiceStaff,
)
from frontdesk.yclients.models.service_forms import MasterSettings

HOUR_S, MINUTE_S = 3600, 60
RIGHT = "edit_master_service_and_duration"


@emulates(PostServiceStaff, right=RIGHT)
def post_service_staff(world: World, call: PostServiceStaff) -> Json:
    """Says that a master gives a service."""
    service = _service(world, call.company_id, call.service_id)
    master = the_master(world, call.company_id, call.master_id)
    service.masters[master.id] = ServiceMaster(
        call.seance_length, technological_card_id=call.technological_card_id or 0
    )
    return _told(world, service, master.id)


@emulates(PutServiceStaff, right=RIGHT)
def put_service_staff(world: World, call: PutServiceStaff) -> Json:
    """Changes how a master gives a service."""
    service = _service(world, call.company_id, call.service_id)
    own = _link(service, call.master_id)
    own.length_s, own.technological_card_id = call.seance_length, call.technological_card_id or 0
    return _told(world, service, call.master_id)


@emulates(DeleteServiceStaff, right=RIGHT)
def delete_service_staff(world: World, call: DeleteServiceStaff) -> None:
    """Says that a master no longer gives a service."""
    service = _service(world, call.company_id, call.service_id)
    _link(service, call.master_id)
    del service.masters[call.master_id]
    world.tell(service.company_id, "service", service.id, "update")


@emulates(PostServiceLinks, right=RIGHT)
def post_service_links(world: World, call: PostServiceLinks) -> Json:
    """Sets all masters of a service at once, and its names in other languages."""
    service = _service(world, call.company_id, call.service_id)
    masters = {the_master(world, call.company_id, one.master_id).id: _settings(one) for one in call.master_settings}
    if any(one.length_s == 0 for one in masters.values()):
        invalid(errors={"master_settings": ["Длительность должна быть больше нуля"]})
    service.masters = masters
    service.extra["translations"] = [one.model_dump() for one in call.translations]
    world.tell(service.company_id, "service", service.id, "update")
    return {"service_id": service.id, "masters": [service_link(service, number) for number in service.masters]}


def _service(world: World, company_id: int, service_id: int) -> Service:
    return found(world.services.get(company_id, service_id), "Услуга не найдена")


def _link(service: Service, master_id: int) -> ServiceMaster:
    return found(service.masters.get(master_id), "Сотрудник не оказывает эту услугу")


def _settings(one: MasterSettings) -> ServiceMaster:
    price = one.price.min if one.price else None
    length_s = int(one.hours) * HOUR_S + int(one.minutes) * MINUTE_S
    return ServiceMaster(length_s, price, int(one.technological_card_id or 0))


def _told(world: World, service: Service, master_id: int) -> Json:
    world.tell(service.company_id, "service", service.id, "update")
    return service_link(service, master_id)
