"""Group events: places in them are appointments that name the event."""

from frontdesk.emulator.refusal import found, invalid
from frontdesk.emulator.things import Activity
from frontdesk.emulator.world import World

NO_EVENT = "Групповое событие не найдено"


def the_event(world: World, company_id: int, activity_id: int) -> Activity:
    """A company's group event, or 404."""
    event = found(world.activities.get(company_id, activity_id), NO_EVENT)
    return found(None if event.deleted else event, NO_EVENT)


def places_taken(world: World, event: Activity) -> int:
    """How many places of an event are taken."""
    return sum(one.clients_count for one in world.appointments.of_activity(event.id) if not one.deleted)


def check_places(world: World, event: Activity, wanted: int) -> None:
    """Refuses more places than an event has left."""
    if places_taken(world, event) + wanted > event.capacity:
        invalid("Нет свободных мест", {"activity_id": ["Нет свободных мест"]})
