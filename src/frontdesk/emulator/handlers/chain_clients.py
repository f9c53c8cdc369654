from frontdesk.emulator.access import check_right
from frontdesk.emulator.bookings import digits_of
from frontdesk.emulator.refusal import not_found
from frontdesk.emulator.registry import Caller, emulates
from frontdesk.emulator.things import Json
from frontdesk.emulator.world import World
from frontdesk.yclients.endpoints.chain_clients import GetChainClient


@emulates(GetChainClient)
def get_chain_client(world: World, call: GetChainClient, caller: Caller) -> Json:
    """Shows under which cards a phone is known in the branches of a chain."""
    branches = [one for one in world.companies.values() if one.chain_id == call.group_id and one.active]
    if not branches or not call.group_id:
        not_found("Сеть не найдена")
    if caller.user:
        check_right(caller.user, branches[0].id, "clients_access")
    phone = digits_of(call.phone)
    cards = [card for one in branches if (card := world.clients.with_phone(one.id, phone))]
    if not cards:
        not_found("Клиент не найден")
    clients = [{"id": one.id, "company_id": one.company_id, "name": one.name, "email": one.email} for one in cards]
    return {"salon_group_id": call.group_id, "phone": phone, "clients": clients}
