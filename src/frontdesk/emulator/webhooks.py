"""What the provider tells about changes: each once, unsigned, without a second try.

Shape: `{company_id, resource, resource_id, status, data}`. The setting that speaks of a master is called `master`,
its events say `staff`. Source: the provider's support pages and captured webhooks.
"""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any, Final

import httpx2

from frontdesk.emulator.shapes.company import company_card
from frontdesk.emulator.shapes.people import client_card, master_card
from frontdesk.emulator.shapes.price_list import category_card, service_card
from frontdesk.emulator.shapes.record import record
from frontdesk.emulator.things import Json
from frontdesk.emulator.world import Happening, World

KINDS: Final = (
    "salon",
    "service_category",
    "service",
    "good",
    "master",
    "client",
    "record",
    "goods_operations_sale",
    "goods_operations_receipt",
    "goods_operations_consumable",
    "goods_operations_stolen",
    "goods_operations_move",
    "finances_operation",
)
SETTING_OF: Final = {"staff": "master"}
ANSWER_WITHIN_S: Final = 15
WAITING_AT_MOST: Final = 1000

Post = Callable[[str, Json], Awaitable[None]]


async def post_over_http(url: str, body: Json) -> None:
    """Sends one webhook; whether it arrived is nobody's concern, as with the provider."""
    async with httpx2.AsyncClient(timeout=ANSWER_WITHIN_S) as client:
        try:
            await client.post(url, json=body)
        except httpx2.HTTPError:
            return


class Webhooks:
    """Sends what happens in a world to the addresses that its branches have set."""

    def __init__(self, world: World, post: Post = post_over_http) -> None:
        self._world = world
        self._post = post
        self._under_way: set[asyncio.Task[None]] = set()

    def send(self) -> None:
        """Starts sending everything that has happened since the last time."""
        happened = list(self._world.happenings)
        self._world.happenings.clear()
        for url, body in (pair for one in happened for pair in _letters(self._world, one)):
            if len(self._under_way) < WAITING_AT_MOST:
                task = asyncio.ensure_future(self._post(url, body))
                self._under_way.add(task)
                task.add_done_callback(self._under_way.discard)

    async def finish(self) -> None:
        """Waits until everything that was started is sent or given up."""
        await asyncio.gather(*self._under_way)


def _letters(world: World, one: Happening) -> list[tuple[str, Json]]:
    settings = world.hooks.get(one.company_id, {"active": 0})
    wanted = settings["active"] and settings[SETTING_OF.get(one.resource, one.resource)]
    if not wanted or not (settings["self_sending"] or world.switches.own_changes_send_webhooks):
        return []
    body = {
        "company_id": one.company_id,
        "resource": one.resource,
        "resource_id": one.resource_id,
        "status": one.status,
        "data": _data(world, one),
    }
    return [(url, body) for url in settings["urls"] for _ in range(world.switches.repeated_webhooks)]


def _data(world: World, one: Happening) -> Json:
    """The thing as it is now; one that is gone is only its id."""
    shelves: dict[str, tuple[Any, Callable[[World, Any], Json]]] = {
        "record": (world.appointments, record),
        "client": (world.clients, client_card),
        "staff": (world.masters, master_card),
        "service": (world.services, service_card),
        "service_category": (world.categories, category_card),
    }
    if one.resource == "salon":
        return company_card(world, world.companies[one.resource_id])
    shelf, show = shelves[one.resource]
    thing = shelf.get(one.company_id, one.resource_id)
    return {"id": one.resource_id} if thing is None else show(world, thing)
