from frontdesk.emulator.changes import said, write
from frontdesk.emulator.refusal import found, invalid
from frontdesk.emulator.registry import Reply, emulates
from frontdesk.emulator.shapes.price_list import service_card, service_in_old_list
from frontdesk.emulator.things import Json, Service, ServiceMaster
from frontdesk.emulator.world import World
from frontdesk.yclients.endpoints.services import (
    DeleteService,
    GetServices,
    GetServicesPublic,
    PatchService,
    PostService,
    PutService,
)

NO_SERVICE = "Услуга не найдена"
OWN = {
    "title": "title",
    "category_id": "category_id",
    "price_min": "price_min",
    "price_max": "price_max",
    "duration": "length_s",
    "discount": "discount",
    "comment": "comment",
    "weight": "weight",
    "active": "active",
    "api_id": "api_id",
    "api_service_id": "api_id",
    "is_multi": "is_multi",
}
SHOWN_AGAIN = (
    "booking_title",
    "tax_variant",
    "vat_id",
    "is_need_limit_date",
    "seance_search_start",
    "seance_search_finish",
    "step",
    "seance_search_step",
    "technical_break_duration",
    "service_type",
    "online_invoicing_status",
    "price_prepaid_percent",
    "price_prepaid_amount",
    "abonement_restriction_value",
    "is_abonement_autopayment_enabled",
    "autopayment_before_visit_time",
)
USUAL_LENGTH_S = 3600


@emulates(GetServices)
def get_services(world: World, call: GetServices) -> Reply | Json:
    """Lists the services, or shows one."""
    if call.service_id:
        return service_card(world, _service(world, call.company_id, call.service_id))
    services = _asked(world, call)
    return Reply([service_card(world, one) for one in services], {"total_count": len(services)})


@emulates(GetServicesPublic)
def get_services_public(world: World, call: GetServicesPublic) -> list[Json] | Json:
    """The older list, which writes numbers as texts."""
    if call.service_id:
        return service_in_old_list(world, _service(world, call.company_id, call.service_id))
    return [service_in_old_list(world, one) for one in _asked(world, call)]


@emulates(PostService, right="settings_services_create_access")
def post_service(world: World, call: PostService) -> Json:
    """Adds a service to the price list."""
    length_s = call.duration or USUAL_LENGTH_S
    service = Service(
        world.ids.number("service"), call.company_id, call.category_id, call.title, call.price_min or 0, 0, length_s
    )
    _change(world, service, call)
    world.services.add(service)
    world.tell(service.company_id, "service", service.id, "create")
    return service_card(world, service)


@emulates(PatchService, right="services_edit")
def patch_service(world: World, call: PatchService) -> Json:
    """Changes a service everywhere it is shown, but not in appointments already made."""
    return _changed(world, call)


@emulates(PutService, right="services_edit")
def put_service(world: World, call: PutService) -> Json:
    """The older form of the same."""
    return _changed(world, call)


@emulates(DeleteService, right="services_delete")
def delete_service(world: World, call: DeleteService) -> None:
    """Takes a service off the price list; appointments keep its name and price."""
    service = _service(world, call.company_id, call.service_id)
    world.services.remove(service)
    world.tell(service.company_id, "service", service.id, "delete")


def _service(world: World, company_id: int, service_id: int) -> Service:
    return found(world.services.get(company_id, service_id), NO_SERVICE)


def _asked(world: World, call: GetServices | GetServicesPublic) -> list[Service]:
    return [
        service
        for service in world.services.of(call.company_id)
        if call.category_id in (None, service.category_id)
        and (call.staff_id is None or call.staff_id in service.masters)
    ]


def _changed(world: World, call: PatchService | PutService) -> Json:
    service = _service(world, call.company_id, call.service_id)
    _change(world, service, call)
    world.tell(service.company_id, "service", service.id, "update")
    return service_card(world, service)


def _change(world: World, service: Service, call: PostService | PatchService | PutService) -> None:
    if call.category_id is not None and world.categories.get(service.company_id, call.category_id) is None:
        invalid(errors={"category_id": ["Категория не найдена"]})
    masters = (
        None
        if call.staff is None
        else {one.id: _master(one.seance_length, one.technological_card_id) for one in call.staff}
    )
    if unknown := [number for number in masters or () if world.masters.get(service.company_id, number) is None]:
        invalid(errors={"staff": [f"Сотрудник {number} не найден" for number in unknown]})
    write(service, said(call, OWN))
    service.price_max = max(service.price_min, service.price_max)
    service.extra |= said(call, dict(zip(SHOWN_AGAIN, SHOWN_AGAIN, strict=True)))
    if masters is not None:
        service.masters = masters


def _master(length_s: int, card_id: int | None) -> ServiceMaster:
    return ServiceMaster(length_s, technological_card_id=card_id or 0)
