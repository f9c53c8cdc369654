from frontdesk.emulator.refusal import found
from frontdesk.emulator.registry import emulates
from frontdesk.emulator.shapes.company import company_card
from frontdesk.emulator.things import Json
from frontdesk.emulator.world import World
from frontdesk.yclients.endpoints.companies import GetCompany


@emulates(GetCompany)
def get_company(world: World, call: GetCompany) -> Json:
    """Shows one branch."""
    return company_card(world, found(world.companies.get(call.id), "Филиал не найден."))
