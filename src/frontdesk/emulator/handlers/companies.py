from zoneinfo import ZoneInfo

from frontdesk.emulator.changes import said, write
from frontdesk.emulator.online import next_free_time
from frontdesk.emulator.refusal import Refusal, found, not_found
from frontdesk.emulator.registry import Caller, Reply, emulates
from frontdesk.emulator.shapes.company import company_card, company_in_list
from frontdesk.emulator.shapes.times import with_colon
from frontdesk.emulator.things import Company, Json
from frontdesk.emulator.world import World
from frontdesk.yclients.endpoints.companies import DeleteCompany, GetCompanies, GetCompany, PostCompany, PutCompany

PAGE_SIZE = 100
LAST_COUNTRY = 300
OWN = {"title": "title", "address": "address", "site": "site", "short_descr": "short_description", "city": "city"}
SHOWN_AGAIN = ("country_id", "country", "city_id", "zip", "social", "coordinate_lat", "coordinate_lon", "description")


@emulates(GetCompanies)
def get_companies(world: World, call: GetCompanies, caller: Caller) -> Reply:
    """Lists the branches that fit; `my` those where the user works."""
    if call.my and caller.user is None:
        raise Refusal(401, "Необходима авторизация")
    chosen = [one for one in world.companies.values() if _fits(one, call, caller)]
    page, count = call.page or 1, call.count or PAGE_SIZE
    shown = chosen[(page - 1) * count : page * count]
    return Reply([_with_next(world, one, company_in_list(world, one), call.forBooking) for one in shown], {})


@emulates(GetCompany)
def get_company(world: World, call: GetCompany) -> Reply:
    """Shows one branch."""
    company = found(world.companies.get(call.id), "Филиал не найден.")
    return Reply(_with_next(world, company, company_card(world, company), call.forBooking), {})


@emulates(PostCompany)
def post_company(world: World, call: PostCompany, caller: Caller) -> Reply:
    """Opens a branch, in which the user may do everything."""
    if (call.country_id or 0) > LAST_COUNTRY:
        not_found("Страна не найдена")
    company = Company(world.ids.number("company"), call.title, ZoneInfo("Europe/Moscow"))
    _change(company, call)
    world.companies[company.id] = company
    if caller.user:
        caller.user.rights[company.id] = {}
        caller.user.roles[company.id] = "owner"
    world.tell(company.id, "salon", company.id, "create")
    return Reply(company_in_list(world, company), {})


@emulates(PutCompany, right="settings_information_access")
def put_company(world: World, call: PutCompany) -> Json:
    """Changes what is said of a branch."""
    company = world.companies[call.id]
    _change(company, call)
    if call.phones is not None:
        company.phone = call.phones[0] if call.phones else ""
        company.extra["phones"] = list(call.phones)
    world.tell(company.id, "salon", company.id, "update")
    return company_card(world, company)


@emulates(DeleteCompany, right="settings_information_access")
def delete_company(world: World, call: DeleteCompany) -> Reply:
    """Closes a branch: nothing in it is found any more."""
    world.companies[call.id].active = False
    world.tell(call.id, "salon", call.id, "delete")
    return Reply(None, {"message": "Accepted"})


def _fits(company: Company, call: GetCompanies, caller: Caller) -> bool:
    mine = caller.user is not None and company.id in caller.user.rights
    return (
        (company.active or bool(call.show_deleted))
        and call.id in (None, company.id)
        and call.group_id in (None, company.chain_id)
        and (not call.my or mine)
        and (call.min_id is None or company.id >= call.min_id)
        and (caller.partner is None or caller.partner.company_ids is None or company.id in caller.partner.company_ids)
    )


def _change(company: Company, call: PostCompany | PutCompany) -> None:
    write(company, said(call, OWN))
    company.extra |= said(call, dict(zip(SHOWN_AGAIN, SHOWN_AGAIN, strict=True)))


def _with_next(world: World, company: Company, card: Json, wanted: bool | None) -> Json:
    if not wanted:
        return card
    start = next_free_time(world, company)
    return {**card, "next_slot": with_colon(start, company.zone) if start else None}
