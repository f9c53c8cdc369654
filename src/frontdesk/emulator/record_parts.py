"""The parts of an appointment that an administrator's call says.

Services at their prices, whom it is for, its labels.
"""

from frontdesk.emulator.bookings import digits_of, find_or_add_client, is_phone, line_of, the_services
from frontdesk.emulator.refusal import found, invalid
from frontdesk.emulator.things import Json, ServiceLine
from frontdesk.emulator.world import World
from frontdesk.yclients.models.record_forms import RecordClient, RecordService

SENT_ALONG = ("send_sms", "sms_remain_hours", "email_remain_hours", "custom_color", "custom_fields")


def service_lines(world: World, company_id: int, master_id: int, said: tuple[RecordService, ...]) -> list[ServiceLine]:
    """The services of an appointment at the prices that were said, or the price list's own."""
    services = the_services(world, company_id, [one.id for one in said])
    return [_priced(line_of(service, master_id), one) for service, one in zip(services, said, strict=True)]


def client_id_of(world: World, company_id: int, said: RecordClient) -> int:
    """The id of a client named by id or by phone; a phone nobody has makes a new card."""
    if said.id is not None:
        return found(world.clients.get(company_id, said.id), "Клиент не найден").id
    phone = digits_of(said.phone or "")
    if not is_phone(phone):
        invalid(errors={"client.phone": ["Телефон должен содержать от 9 до 15 цифр"]})
    names = ("name", "surname", "patronymic", "email")
    known = {name: value for name in names if (value := getattr(said, name)) is not None}
    return find_or_add_client(world, company_id, phone, known).id


def label_shape(number: str) -> Json:
    """A category of an appointment, as the journal shows it."""
    return {
        "id": number,
        "title": f"Категория {number}",
        "color": "#009800",
        "icon": "unlock",
        "font_color": "#ffffff",
    }


def _priced(line: ServiceLine, said: RecordService) -> ServiceLine:
    line.first_cost = line.first_cost if said.first_cost is None else said.first_cost
    line.discount = line.discount if said.discount is None else said.discount
    line.cost = round(line.first_cost * (100 - line.discount) / 100, 2) if said.cost is None else said.cost
    line.amount = 1 if said.amount is None else int(said.amount)
    return line
