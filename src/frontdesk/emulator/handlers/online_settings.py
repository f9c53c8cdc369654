from frontdesk.emulator.registry import emulates
from frontdesk.emulator.things import Company, Json
from frontdesk.emulator.world import World
from frontdesk.yclients.endpoints.online_settings import GetOnlineSettings, GetTimeslotSettings, PatchOnlineSettings

DAY_S = 24 * 60 * 60
MINUTE_S = 60


@emulates(GetOnlineSettings)
def get_online_settings(world: World, call: GetOnlineSettings) -> Json:
    """Shows the rules of online booking."""
    return _shown(world.companies[call.company_id])


@emulates(PatchOnlineSettings)
def patch_online_settings(world: World, call: PatchOnlineSettings) -> Json:
    """Changes the rules that were said."""
    company = world.companies[call.company_id]
    company.confirm_number = company.confirm_number if call.confirm_number is None else call.confirm_number
    company.any_master = company.any_master if call.any_master is None else call.any_master
    if call.seance_delay_step is not None:
        company.booking_delay_s = call.seance_delay_step * MINUTE_S
    if call.activity_online_record_clients_count_max is not None:
        company.activity_clients_max = call.activity_online_record_clients_count_max
    world.tell(company.id, "salon", company.id, "update")
    return _shown(company)


@emulates(GetTimeslotSettings)
def get_timeslot_settings(world: World, call: GetTimeslotSettings) -> Json:
    """Shows the grid of times that the salon offers: the same on each weekday."""
    company = world.companies[call.company_id]
    weekdays = [{"weekday": day, "timeslots": [], "setting": _grid(company)} for day in range(7)]
    return {"is_enabled": True, "weekdays_settings": weekdays, "dates_settings": []}


def _shown(company: Company) -> Json:
    return {
        "confirm_number": company.confirm_number,
        "any_master": company.any_master,
        "seance_delay_step": company.booking_delay_s // MINUTE_S,
        "activity_online_record_clients_count_max": company.activity_clients_max,
    }


def _grid(company: Company) -> Json:
    return {
        "grid_first_timeslot": 0,
        "grid_last_timeslot": DAY_S - company.slot_step_s,
        "grid_display_step": company.slot_step_s,
        "grid_nearest_timeslot_delay": company.booking_delay_s,
        "grid_base_type": "schedule",
        "is_grid_flexible": False,
    }
