from frontdesk.emulator.registry import Reply, emulates
from frontdesk.emulator.things import Json, Position
from frontdesk.emulator.world import World
from frontdesk.yclients.endpoints.positions import GetPositions, PostPositionQuick


@emulates(GetPositions, right="settings_positions_read")
def get_positions(world: World, call: GetPositions) -> Reply:
    """Lists the job titles of a branch."""
    shown = [_shown(one) for one in world.positions.of(call.company_id)]
    return Reply(shown, {"count": len(shown)})


@emulates(PostPositionQuick, right="settings_positions_create")
def post_position_quick(world: World, call: PostPositionQuick) -> Json:
    """Adds a job title."""
    position = world.positions.add(Position(world.ids.number("position"), call.company_id, call.title))
    chain_id = world.companies[call.company_id].chain_id
    return {**_shown(position), "chain_id": chain_id, "rules_required_fields": [], "only_chain_appointment": False}


def _shown(one: Position) -> Json:
    return {"id": one.id, "title": one.title, "description": "", "services_binding_type": 0}
