from frontdesk.emulator.client_cards import add_card, fault_of, values_of
from frontdesk.emulator.client_search import chosen, column, ordered, row
from frontdesk.emulator.refusal import found, invalid
from frontdesk.emulator.registry import Reply, emulates
from frontdesk.emulator.shapes.people import client_card
from frontdesk.emulator.things import Client, Json
from frontdesk.emulator.world import World
from frontdesk.yclients.endpoints.clients import (
    DeleteClient,
    GetClient,
    GetClients,
    PostClient,
    PostClientsBulk,
    PutClient,
    SearchClients,
)

PAGE_SIZE = 25
OLD_PAGE_SIZE = 20
NO_CLIENT = "Клиент не найден"


@emulates(SearchClients, right="clients_access")
def search_clients(world: World, call: SearchClients) -> Reply:
    """Searches the client book."""
    clients = ordered(world, chosen(world, call), call)
    page, size = call.page or 1, call.page_size or PAGE_SIZE
    shown = clients[(page - 1) * size : page * size]
    return Reply([row(world, client, call.fields or ("id",)) for client in shown], {"total_count": len(clients)})


@emulates(GetClients, right="clients_access")
def get_clients(world: World, call: GetClients) -> Reply:
    """The older list of clients, some twenty at a time."""
    clients = [one for one in world.clients.of(call.company_id) if _fits(world, one, call)]
    page, size = call.page or 1, min(call.count or OLD_PAGE_SIZE, 200)
    shown = clients[(page - 1) * size : page * size]
    return Reply([client_card(world, one) for one in shown], {"page": page, "total_count": len(clients)})


@emulates(PostClient, right="clients_access")
def post_client(world: World, call: PostClient) -> Json:
    """Adds a client to the book."""
    if fault := fault_of(world, call.company_id, call):
        invalid(fault[1], {fault[0]: [fault[1]]})
    return client_card(world, add_card(world, call.company_id, call))


@emulates(PostClientsBulk, right="clients_access")
def post_clients_bulk(world: World, call: PostClientsBulk) -> Json:
    """Adds many clients; those that cannot be come back with the reason."""
    created, errors = [], []
    for one in call.clients:
        if fault := fault_of(world, call.company_id, one):
            shown = {"phone": one.phone, "name": one.name, "error": fault[1]}
            errors.append({name: value for name, value in shown.items() if value is not None})
        else:
            created.append(client_card(world, add_card(world, call.company_id, one)))
    return {"created": created, "errors": errors}


@emulates(GetClient, right="clients_access")
def get_client(world: World, call: GetClient) -> Json:
    """Shows a client's card."""
    return client_card(world, found(world.clients.get(call.company_id, call.id), NO_CLIENT))


@emulates(PutClient, right="clients_access")
def put_client(world: World, call: PutClient) -> Json:
    """Changes a client's card."""
    client = found(world.clients.get(call.company_id, call.id), NO_CLIENT)
    if fault := fault_of(world, call.company_id, call, own=client):
        invalid(fault[1], {fault[0]: [fault[1]]})
    world.clients.change(client, changed=world.clock.now(), **values_of(call))
    world.tell(call.company_id, "client", client.id, "update")
    return client_card(world, client)


@emulates(DeleteClient, right="clients_delete_access")
def delete_client(world: World, call: DeleteClient) -> None:
    """Takes a client out of the book; their appointments stay, without a client."""
    client = found(world.clients.get(call.company_id, call.id), NO_CLIENT)
    world.clients.remove(client)
    world.tell(call.company_id, "client", client.id, "delete")


def _fits(world: World, one: Client, call: GetClients) -> bool:
    ids = call.id if isinstance(call.id, tuple) else () if call.id is None else (call.id,)
    digits = "".join(sign for sign in call.phone or "" if sign.isdecimal())
    paid = column(world, one, "sold_amount")
    return (
        (call.fullname is None or call.fullname.casefold() in f"{one.name} {one.surname}".casefold())
        and digits in one.phone
        and (call.email is None or call.email.casefold() in one.email.casefold())
        and (not ids or one.id in ids)
        and (call.paid_min is None or paid >= call.paid_min)
        and (call.paid_max is None or paid <= call.paid_max)
    )
