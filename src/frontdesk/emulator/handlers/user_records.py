from frontdesk.emulator.online import may_change
from frontdesk.emulator.ownership import all_of_client, the_clients_own
from frontdesk.emulator.refusal import Refusal, not_found
from frontdesk.emulator.registry import Caller, emulates
from frontdesk.emulator.shapes.booking import booking
from frontdesk.emulator.things import Json
from frontdesk.emulator.world import World
from frontdesk.yclients.endpoints.user_records import DeleteUserRecord, GetUserRecords


@emulates(GetUserRecords)
def get_user_records(world: World, call: GetUserRecords, caller: Caller) -> list[Json] | Json:
    """Shows the signed-in client their appointments, or one to who knows its hash."""
    if call.record_id is None:
        return [booking(world, one) for one in all_of_client(world, caller)]
    return booking(world, the_clients_own(world, call.record_id, call.record_hash, caller))


@emulates(DeleteUserRecord)
def delete_user_record(world: World, call: DeleteUserRecord, caller: Caller) -> None:
    """Cancels a client's own appointment, if the salon lets its clients do so and so late."""
    if call.record_hash is None and caller.user is None and caller.sent_user_token:
        # integrators saw this answer to a deletion with a wrong user token
        raise Refusal(400, "Недопустимый формат запроса")
    one = the_clients_own(world, call.record_id, call.record_hash, caller)
    if one.deleted:
        not_found("Запись не найдена")
    company = world.companies[one.company_id]
    may_change(world, company, one, allowed=company.allow_delete_record, delay_s=company.delete_delay_s)
    world.change_appointment(one, deleted=True)
