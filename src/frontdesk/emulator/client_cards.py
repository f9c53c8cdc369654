"""Writing clients' cards: the checks that one card and many at once have in common."""

from typing import Any, Final

from frontdesk.emulator.bookings import digits_of, is_phone
from frontdesk.emulator.changes import said
from frontdesk.emulator.things import Client, Json
from frontdesk.emulator.world import World

KNOWN_PHONE: Final = "Клиент с указанным телефоном уже существует в базе"
NO_NAME: Final = "Не указано имя клиента"
BAD_PHONE: Final = "Телефон должен содержать от 9 до 15 цифр"
NO_PHONE: Final = "Номер телефона клиента не может быть пустым"
OWN: Final = {
    "name": "name",
    "surname": "surname",
    "patronymic": "patronymic",
    "email": "email",
    "sex_id": "sex",
    "importance_id": "importance",
    "discount": "discount",
    "card": "card",
    "comment": "comment",
    "spent": "spent",
    "balance": "balance",
    "custom_fields": "custom_fields",
}


def fault_of(world: World, company_id: int, row: Any, *, own: Client | None = None) -> tuple[str, str] | None:  # noqa: ANN401 - a call or a row of one
    """Why a card cannot be written, as field and words; `own` is the card that is being changed."""
    if not (row.name or "").strip():
        return "name", NO_NAME
    if not row.phone:
        return "phone", NO_PHONE
    phone = digits_of(row.phone)
    if not is_phone(phone):
        return "phone", BAD_PHONE
    other = world.clients.with_phone(company_id, phone)
    return ("phone", KNOWN_PHONE) if other is not None and other is not own else None


def values_of(row: Any) -> Json:  # noqa: ANN401 - a call or a row of one
    """What was said of a client, by the card's own names."""
    labels = getattr(row, "labels", None) or getattr(row, "categories", None)
    changes = said(row, OWN) | {"phone": digits_of(row.phone)}
    for flag in ("sms_check", "sms_not"):
        if (value := getattr(row, flag)) is not None:
            changes[flag] = int(value)
    if row.birth_date is not None:
        changes["birth_date"] = row.birth_date.isoformat()
    if labels is not None:
        changes["labels"] = [
            int(one) for one in (labels.values() if isinstance(labels, dict) else labels) if str(one).isdecimal()
        ]
    return changes


def add_card(world: World, company_id: int, row: Any) -> Client:  # noqa: ANN401 - a call or a row of one
    """Writes a new card; `fault_of` has found nothing wrong with it."""
    client = world.clients.add(Client(world.ids.number("client"), company_id, "", ""))
    world.clients.change(client, changed=world.clock.now(), **values_of(row))
    world.tell(company_id, "client", client.id, "create")
    return client
