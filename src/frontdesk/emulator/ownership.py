"""Whose an appointment is, among those who book online.

Theirs who know its hash, and the client's own who has signed in.
"""

import hmac

from frontdesk.emulator.refusal import Refusal, found
from frontdesk.emulator.registry import Caller
from frontdesk.emulator.things import Appointment
from frontdesk.emulator.world import World

NO_RECORD = "Запись не найдена"


def of_client(world: World, one: Appointment, caller: Caller) -> bool:
    """Whether the signed-in user is the client of an appointment: they have the same phone."""
    client = None if one.client_id is None else world.clients.get(one.company_id, one.client_id)
    return bool(caller.user and client and caller.user.phone and caller.user.phone == client.phone)


def the_clients_own(world: World, record_id: int, record_hash: str | None, caller: Caller) -> Appointment:
    """An appointment named by its hash or by its signed-in client.

    Refuses a wrong hash with 404, another's with 403.
    """
    one = found(world.appointments.anywhere(record_id), NO_RECORD)
    if record_hash is not None:
        return found(one if hmac.compare_digest(record_hash.encode(), one.hash.encode()) else None, NO_RECORD)
    if caller.user is None:
        raise Refusal(401, "Необходима авторизация")
    if not of_client(world, one, caller):
        raise Refusal(403, f"Вы не можете управлять записью с id {one.id}")
    return one


def all_of_client(world: World, caller: Caller) -> list[Appointment]:
    """Every appointment of the signed-in client, in every branch, by time."""
    if caller.user is None:
        raise Refusal(401, "Необходима авторизация")
    cards = [world.clients.with_phone(company, caller.user.phone) for company in world.companies]
    own = [one for card in cards if card for one in world.appointments.of_client(card.company_id, card.id)]
    return sorted(own, key=lambda one: (one.start, one.id))
