from frontdesk.emulator.client_search import chosen, ordered, row
from frontdesk.emulator.registry import Reply, emulates
from frontdesk.emulator.world import World
from frontdesk.yclients.endpoints.clients import SearchClients

PAGE_SIZE = 25


@emulates(SearchClients, right="clients_access")
def search_clients(world: World, call: SearchClients) -> Reply:
    """Plays the search of the client book."""
    clients = ordered(world, chosen(world, call), call)
    page, size = call.page or 1, call.page_size or PAGE_SIZE
    shown = clients[(page - 1) * size : page * size]
    return Reply([row(world, client, call.fields or ("id",)) for client in shown], {"total_count": len(clients)})
