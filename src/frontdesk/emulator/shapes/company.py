from frontdesk.emulator.shapes.times import offset_hours
from frontdesk.emulator.things import Company, Json
from frontdesk.emulator.world import World

LOGO = "https://assets.example.invalid/salon.png"


def active_masters(world: World, company: Company) -> int:
    """How many masters take clients in a branch."""
    return sum(not master.fired and not master.hidden for master in world.masters.of(company.id))


def company_card(world: World, company: Company) -> Json:
    """A branch as `GET /company` shows it: ids are numbers here."""
    return {
        "id": company.id,
        "title": company.title,
        "public_title": company.title,
        "short_descr": company.short_description,
        "logo": LOGO,
        "active": 1,
        "country_id": 1,
        "country": "Россия",
        "city_id": 1,
        "city": company.city,
        "timezone": offset_hours(world.clock.now(), company.zone),
        "timezone_name": company.zone.key,
        "address": company.address,
        "zip": 0,
        "coordinate_lat": 55.735662,
        "coordinate_lon": 37.678218,
        "phone": company.phone,
        "phones": [company.phone] if company.phone else [],
        "phone_confirmation": company.confirm_number,
        "active_staff_count": active_masters(world, company),
        "site": company.site,
        "currency_short_title": company.currency,
        "business_type_id": 1,
        "description": company.short_description,
        "social": {"vk": "", "instagram": "", "telegram": "", "whatsapp": "", "viber": "", "facebook": ""},
        "group_priority": 900,
        "push_notification_phone_confirm": 0,
        **_chain(company),
        "bookforms": [],
        "online_sales_form_url": "",
        "access": [],
        "booking_comment_required": company.comment_required,
        "booking_email_required": company.email_required,
        **_rules(company),
        **company.extra,
    }


def company_in_list(world: World, company: Company) -> Json:
    """A branch as `GET /companies` shows it: id, flag and coordinates are texts here."""
    card = company_card(world, company)
    as_text = {name: str(card[name]) for name in ("id", "active", "coordinate_lat", "coordinate_lon")}
    return {**card, **as_text, "schedule": "", "app_ios": "", "app_android": "", "group_priority": 900}


def company_in_booking(world: World, company: Company) -> Json:
    """A branch inside a client's own booking, with what the client may do to it."""
    card = company_card(world, company)
    shown = (
        "id",
        "title",
        "country_id",
        "country",
        "city_id",
        "city",
        "phone",
        "phones",
        "timezone",
        "address",
        "site",
    )
    return {
        **{name: card[name] for name in (*shown, "coordinate_lat", "coordinate_lon", "currency_short_title")},
        **_rules(company),
    }


def _chain(company: Company) -> Json:
    """The chain a branch belongs to; one that belongs to none shows empty lists for objects."""
    if not company.chain_id:
        return {"main_group_id": 0, "main_group": [], "groups": []}
    chain = {"id": company.chain_id, "title": f"Сеть {company.chain_id}"}
    return {"main_group_id": company.chain_id, "main_group": chain, "groups": {str(company.chain_id): chain}}


def _rules(company: Company) -> Json:
    return {
        "allow_delete_record": company.allow_delete_record,
        "allow_change_record": company.allow_change_record,
        "allow_delete_record_delay_step": company.delete_delay_s,
        "allow_change_record_delay_step": company.change_delay_s,
    }
