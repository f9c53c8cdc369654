"""The search of the client book: filters as a small language of conditions, combined by `operation`.

«Недопустимое значение фильтра» (400) answers a type that does not exist and a state that its type does not take.
"""

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final

from frontdesk.emulator.refusal import Refusal
from frontdesk.emulator.shelves import is_whole_phone
from frontdesk.emulator.things import Appointment, Client
from frontdesk.emulator.world import World
from frontdesk.yclients.endpoints.clients import ClientFilter, SearchClients
from frontdesk.yclients.models.attendance import Attendance

STATUSES: Final = {1: Attendance.NO_SHOW, 2: Attendance.WAITING, 3: Attendance.CAME, 4: Attendance.CONFIRMED}
Test = Callable[[World, Client, Mapping[str, Any]], bool]


def chosen(world: World, call: SearchClients) -> list[Client]:
    """The clients of a branch that fit the filters of a search."""
    filters = call.filters or ()
    if not filters:
        return world.clients.of(call.company_id)
    every = all if call.operation != "OR" else any
    for one in filters:
        _check(one)
    return [client for client in _candidates(world, call) if every(_passes(world, client, one) for one in filters)]


def ordered(world: World, clients: list[Client], call: SearchClients) -> list[Client]:
    """Clients in the asked order; by id unless another field is named."""
    field = call.order_by or "id"
    falling = (call.order_by_direction or "ASC").upper() == "DESC"
    return sorted(clients, key=lambda client: (_sortable(column(world, client, field)), client.id), reverse=falling)


def row(world: World, client: Client, names: Iterable[str]) -> dict[str, Any]:
    """The asked fields of a client; the id always comes."""
    return {"id": client.id} | {name: column(world, client, name) for name in names if name in COLUMNS}


def column(world: World, client: Client, name: str) -> Any:  # noqa: ANN401 - numbers and texts
    """One field of a client as the search shows it."""
    return COLUMNS[name](world, client)


def _came(world: World, client: Client) -> list[Appointment]:
    journal = world.appointments.of_client(client.company_id, client.id)
    return sorted(
        (one for one in journal if one.attendance is Attendance.CAME and not one.deleted), key=lambda one: one.start
    )


def _sold(world: World, client: Client) -> float:
    return client.spent + sum(line.cost for one in _came(world, client) for line in one.services)


def _visited(world: World, client: Client, at: int) -> str:
    came = _came(world, client)
    return came[at].start.isoformat(" ", "seconds") if came else ""


COLUMNS: Final[Mapping[str, Callable[[World, Client], Any]]] = {
    "id": lambda _, client: client.id,
    "name": lambda _, client: client.name,
    "surname": lambda _, client: client.surname,
    "patronymic": lambda _, client: client.patronymic,
    "phone": lambda _, client: f"+{client.phone}",
    "email": lambda _, client: client.email,
    "discount": lambda _, client: client.discount,
    "first_visit_date": lambda world, client: _visited(world, client, 0),
    "last_visit_date": lambda world, client: _visited(world, client, -1),
    "sold_amount": _sold,
    "visits_count": lambda world, client: len(_came(world, client)),
    "sex_id": lambda _, client: client.sex,
    "birth_date": lambda _, client: client.birth_date,
    "importance_id": lambda _, client: client.importance,
    "card": lambda _, client: client.card,
    "comment": lambda _, client: client.comment,
    "spent": lambda _, client: client.spent,
    "balance": lambda _, client: client.balance,
    "sms_check": lambda _, client: client.sms_check,
    "sms_not": lambda _, client: client.sms_not,
    "categories": lambda _, client: [{"id": label, "title": f"Категория {label}"} for label in client.labels],
    "passteam_card_id": lambda _world, _client: "",
}


def _candidates(world: World, call: SearchClients) -> Iterable[Client]:
    """Those worth testing: under AND, a filter by ids or by a whole phone says who they are."""
    certain = [one for one in call.filters or () if not one.invert and call.operation != "OR"]
    for one in certain:
        if one.type == "id":
            ids = {int(number) for number in _values(one.state)}
            return [client for number in sorted(ids) if (client := world.clients.get(call.company_id, number))]
        if one.type == "quick_search" and is_whole_phone(digits := _digits_alone(one.state)):
            return world.clients.with_ending(call.company_id, digits)
    return world.clients.of(call.company_id)


def _passes(world: World, client: Client, one: ClientFilter) -> bool:
    return TESTS[one.type](world, client, one.state) is not bool(one.invert)


def _check(one: ClientFilter) -> None:
    if one.type not in TESTS:
        _bad("Недопустимый тип фильтра")
    wanted = (
        RANGES
        if one.type in {"birthday", "sold_amount"}
        else NESTED
        if one.type in {"record", "sale", "client"}
        else {"value"}
    )
    if not one.state or not one.state.keys() <= wanted:
        _bad("Недопустимое значение состояния фильтра")
    if one.type == "id" and not all(str(number).isdecimal() for number in _values(one.state)):
        _bad("Недопустимое значение состояния фильтра")


def _bad(why: str) -> None:
    raise Refusal(400, "Недопустимое значение фильтра", errors={"filters": [why]})


def _values(state: Mapping[str, Any]) -> list[Any]:
    value = state.get("value")
    return value if isinstance(value, list) else [value]


def _within(value: Any, state: Mapping[str, Any]) -> bool:  # noqa: ANN401 - numbers or texts of one kind
    low, high = state.get("from"), state.get("to")
    try:
        return (low is None or value >= type(value)(low)) and (high is None or value <= type(value)(high))
    except (TypeError, ValueError):
        _bad("Недопустимое значение состояния фильтра")
        return False


def _quick(_: World, client: Client, state: Mapping[str, Any]) -> bool:
    """A part of the name, phone or e-mail. A phone is compared by its digits, a whole one by its end."""
    if digits := _digits_alone(state):
        return client.phone.endswith(digits) if is_whole_phone(digits) else digits in client.phone
    said = str(state.get("value") or "").strip().casefold()
    texts = (f"{client.name} {client.surname}", f"{client.surname} {client.name}", client.email)
    return any(said in text.casefold() for text in texts)


def _digits_alone(state: Mapping[str, Any]) -> str:
    """The digits of a value that holds nothing but a phone or a part of one; empty for other text."""
    said = str(state.get("value") or "")
    digits = "".join(sign for sign in said if sign.isdecimal())
    return "" if any(sign.isalpha() or sign == "@" for sign in said) else digits


def _sortable(value: Any) -> tuple[bool, Any]:  # noqa: ANN401 - numbers and texts
    """Texts without regard to case, the missing ones first."""
    return (value not in ("", None), value.casefold() if isinstance(value, str) else value or 0)


def _has_record(world: World, client: Client, state: Mapping[str, Any]) -> bool:
    """A client with appointments like these: how many is `records_count`, at least one if unsaid."""
    journal = world.appointments.of_client(client.company_id, client.id)
    fitting = [one for one in journal if not one.deleted and _record_fits(world, one, state)]
    sold = sum(line.cost for one in fitting for line in one.services)
    return _within(len(fitting), state.get("records_count") or {"from": 1}) and _within(
        sold, state.get("sold_amount") or {}
    )


def _record_fits(world: World, one: Appointment, state: Mapping[str, Any]) -> bool:
    conditions = {
        "staff": [one.master_id],
        "service": [line.id for line in one.services],
        "service_category": [
            service.category_id for line in one.services if (service := world.services.get(one.company_id, line.id))
        ],
    }
    for name, has in conditions.items():
        if name in state and not set(has) & set(_values(state[name])):
            return False
    if "status" in state and one.attendance not in {STATUSES.get(number) for number in _values(state["status"])}:
        return False
    return _within(one.created.date().isoformat(), state.get("created") or {})


def _nested_client(world: World, client: Client, state: Mapping[str, Any]) -> bool:
    return all(TESTS[name](world, client, inner) for name, inner in state.items() if name in TESTS)


def _born(_: World, client: Client, state: Mapping[str, Any]) -> bool:
    return bool(client.birth_date) and _within(client.birth_date, state)


RANGES: Final = {"from", "to"}
NESTED: Final = {
    "staff", "service", "service_category", "status", "created", "records_count", "sold_amount", "type",
    "abonement_balance", "id", "birthday", "gender", "importance", "category", "has_mobile_app", "quick_search",
}  # fmt: skip
TESTS: Final[Mapping[str, Test]] = {
    "id": lambda _, client, state: client.id in {int(number) for number in _values(state)},
    "quick_search": _quick,
    "birthday": _born,
    "gender": lambda _, client, state: client.sex in _values(state),
    "importance": lambda _, client, state: client.importance in _values(state),
    "category": lambda _, client, state: bool(set(client.labels) & set(_values(state))),
    "has_passteam_card": lambda _world, _client, state: state.get("value") is False,
    "passteam_card_ids": lambda _world, _client, _state: False,
    "has_mobile_app": lambda _world, _client, state: state.get("value") is False,
    "sms_notification": lambda _, client, state: (not client.sms_not) is bool(state.get("value")),
    "sold_amount": lambda world, client, state: _within(_sold(world, client), state),
    "record": _has_record,
    "sale": lambda _world, _client, _state: False,
    "client": _nested_client,
}
