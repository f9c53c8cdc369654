from frontdesk.emulator.access import check_right
from frontdesk.emulator.changes import said, write
from frontdesk.emulator.refusal import found, not_found
from frontdesk.emulator.registry import Caller, Reply, emulates
from frontdesk.emulator.shapes.price_list import category_card, service_card
from frontdesk.emulator.things import Category, Json
from frontdesk.emulator.world import World
from frontdesk.yclients.endpoints.service_categories import (
    DeleteServiceCategory,
    GetChainServiceCategories,
    GetServiceCategories,
    GetServiceCategoriesPublic,
    GetServiceCategory,
    PostServiceCategory,
    PutServiceCategory,
)

NO_CATEGORY = "Категория услуг не найдена"
OWN = {"title": "title", "api_id": "api_id", "weight": "weight", "staff": "staff"}


@emulates(GetServiceCategories)
def get_service_categories(world: World, call: GetServiceCategories) -> Reply | Json:
    """Lists the headings of the price list, or shows one."""
    if call.id:
        return category_card(world, _category(world, call.company_id, call.id))
    cards = [category_card(world, one) for one in world.categories.of(call.company_id)]
    shown = [card for card in cards if call.staff_id is None or call.staff_id in card["staff"]]
    return Reply(shown, {"total_count": len(shown)})


@emulates(GetServiceCategoriesPublic)
def get_service_categories_public(world: World, call: GetServiceCategoriesPublic) -> list[Json] | Json:
    """The same without a user."""
    if call.id:
        return category_card(world, _category(world, call.company_id, call.id))
    return [category_card(world, one) for one in world.categories.of(call.company_id)]


@emulates(GetServiceCategory)
def get_service_category(world: World, call: GetServiceCategory) -> Json:
    """Shows one heading."""
    return category_card(world, _category(world, call.company_id, call.id))


@emulates(PostServiceCategory, right="settings_services_create_access")
def post_service_category(world: World, call: PostServiceCategory) -> Json:
    """Adds a heading."""
    category = Category(world.ids.number("category"), call.company_id, call.title)
    write(category, said(call, OWN))
    world.categories.add(category)
    world.tell(call.company_id, "service_category", category.id, "create")
    return category_card(world, category)


@emulates(PutServiceCategory, right="services_edit")
def put_service_category(world: World, call: PutServiceCategory) -> Json:
    """Changes a heading."""
    category = _category(world, call.company_id, call.id)
    write(category, said(call, OWN))
    world.tell(call.company_id, "service_category", category.id, "update")
    return category_card(world, category)


@emulates(DeleteServiceCategory, right="services_delete")
def delete_service_category(world: World, call: DeleteServiceCategory) -> None:
    """Takes a heading away, and the services under it."""
    category = _category(world, call.company_id, call.id)
    for service in world.services.of(call.company_id):
        if service.category_id == category.id:
            world.services.remove(service)
    world.categories.remove(category)
    world.tell(call.company_id, "service_category", category.id, "delete")


@emulates(GetChainServiceCategories)
def get_chain_service_categories(world: World, call: GetChainServiceCategories, caller: Caller) -> list[Json]:
    """Lists the headings of all branches of a chain."""
    branches = [company for company in world.companies.values() if company.chain_id == call.chain_id and company.active]
    if not branches or not call.chain_id:
        not_found("Сеть не найдена")
    if caller.user:
        check_right(caller.user, branches[0].id, "")
    categories = [one for company in branches for one in world.categories.of(company.id)]
    return [_with_services(world, one, wanted="services" in (call.include or ())) for one in categories]


def _category(world: World, company_id: int, category_id: int) -> Category:
    return found(world.categories.get(company_id, category_id), NO_CATEGORY)


def _with_services(world: World, category: Category, *, wanted: bool) -> Json:
    own = [one for one in world.services.of(category.company_id) if one.category_id == category.id] if wanted else []
    return {"id": category.id, "title": category.title, "services": [service_card(world, one) for one in own]}
