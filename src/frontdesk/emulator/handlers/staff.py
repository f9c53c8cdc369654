from frontdesk.emulator.changes import said, write
from frontdesk.emulator.refusal import found, invalid
from frontdesk.emulator.registry import Reply, emulates
from frontdesk.emulator.shapes.people import master_card
from frontdesk.emulator.things import Json, Master
from frontdesk.emulator.world import World
from frontdesk.yclients.endpoints.staff import (
    DeleteStaff,
    GetStaff,
    GetStaffPublic,
    PostStaff,
    PostStaffQuick,
    PutStaff,
)

OWN = {
    "name": "name",
    "specialization": "specialization",
    "weight": "weight",
    "information": "information",
    "hidden": "hidden",
    "fired": "fired",
    "user_id": "user_id",
    "api_id": "api_id",
}


@emulates(GetStaff)
def get_staff(world: World, call: GetStaff) -> Reply | Json:
    """Lists the masters, dismissed ones too, or shows one."""
    if call.staff_id:
        return master_card(world, _master(world, call.company_id, call.staff_id))
    shown = _listed(world, call.company_id)
    return Reply(shown, {"total_count": len(shown)})


@emulates(GetStaffPublic)
def get_staff_public(world: World, call: GetStaffPublic) -> list[Json] | Json:
    """The same without a user."""
    if call.staff_id:
        return master_card(world, _master(world, call.company_id, call.staff_id))
    return _listed(world, call.company_id)


@emulates(PostStaffQuick, right="master_create")
def post_staff_quick(world: World, call: PostStaffQuick) -> Json:
    """Adds a master, who works on no day yet."""
    position_id = call.position_id or 0
    if position_id and world.positions.get(call.company_id, position_id) is None:
        invalid(errors={"position_id": ["Должность не найдена"]})
    master = Master(
        world.ids.number("master"), call.company_id, call.name, call.specialization, position_id=position_id
    )
    return _added(world, master)


@emulates(PostStaff, right="master_create")
def post_staff(world: World, call: PostStaff) -> Json:
    """The older form of the same."""
    master = Master(world.ids.number("master"), call.company_id, call.name)
    write(master, said(call, OWN))
    return _added(world, master)


@emulates(PutStaff, right="master_edit")
def put_staff(world: World, call: PutStaff) -> Json:
    """Changes what is said of a master."""
    master = _master(world, call.company_id, call.staff_id)
    write(master, said(call, OWN))
    world.tell(call.company_id, "staff", master.id, "update")
    return master_card(world, master)


@emulates(DeleteStaff, right="master_delete")
def delete_staff(world: World, call: DeleteStaff) -> None:
    """Takes a master out of the salon; appointments keep the name."""
    master = _master(world, call.company_id, call.staff_id)
    master.deleted = master.fired = True
    world.tell(call.company_id, "staff", master.id, "delete")


def _master(world: World, company_id: int, staff_id: int) -> Master:
    said_of_it = f"Сотрудник с ID {staff_id} не найден в филиале {company_id}"
    master = found(world.masters.get(company_id, staff_id), said_of_it)
    return found(None if master.deleted else master, said_of_it)


def _listed(world: World, company_id: int) -> list[Json]:
    return [master_card(world, master) for master in world.masters.of(company_id) if not master.deleted]


def _added(world: World, master: Master) -> Json:
    world.masters.add(master)
    world.tell(master.company_id, "staff", master.id, "create")
    return master_card(world, master)
