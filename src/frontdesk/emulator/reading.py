"""From what was sent to a typed call.

The provider is forgiving about the form of a value ("5" for 5, 1 for true, `service_ids` in three encodings) and so
is this: values are read leniently and unknown fields are left out, because programs that work with the real service
must work here. What the declaration requires is required.
"""

import functools
import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType
from typing import Any, Final, NamedTuple, get_args, get_origin
from urllib.parse import parse_qsl

from pydantic import ValidationError
from pydantic_core import ErrorDetails

from frontdesk.emulator.refusal import Refusal, invalid
from frontdesk.emulator.world import is_in_our_time
from frontdesk.yclients.contract import Endpoint, Place

MALFORMED: Final = "Недопустимый формат запроса"
ALIASES: Final = {
    "location_id": "company_id",
    "salon_id": "company_id",
    "team_member_id": "staff_id",
    "master_id": "staff_id",
    "appointment_id": "record_id",
    "session_length": "seance_length",
    "event_id": "activity_id",
}
"""Altegio: «V1 accepts aliases»; each only where the endpoint knows no field of that name."""
COMPLAINTS: Final = {
    "missing": "Обязательное поле не заполнено",
    "extra_forbidden": "Неизвестное поле",
    "int_parsing": "Значение должно быть числом",
    "int_type": "Значение должно быть числом",
    "float_parsing": "Значение должно быть числом",
    "float_type": "Значение должно быть числом",
    "string_type": "Значение должно быть строкой",
    "tuple_type": "Значение должно быть массивом",
    "model_type": "Значение должно быть объектом",
    "dict_type": "Значение должно быть объектом",
    "enum": "Недопустимое значение",
}


class Sent(NamedTuple):
    """A request as it came: `headers` by lower-case name."""

    method: str
    path: str
    query: str = ""
    headers: Mapping[str, str] = MappingProxyType({})
    body: bytes = b""
    peer: str = ""


def wants_envelope(sent: Sent) -> bool:
    """Whether the caller asked for the v2 form."""
    accept = sent.headers.get("accept", "")
    return "vnd.yclients.v2" in accept or "vnd.api.v2" in accept


@dataclass(frozen=True, slots=True)
class _Fields:
    """What an endpoint takes, by the name on the wire."""

    query: Mapping[str, bool]
    """Whether each takes several values."""
    body: frozenset[str]
    whole_body: str | None


def read_call(
    endpoint: type[Endpoint[Any]], in_path: dict[str, str], sent: Sent
) -> tuple[Endpoint[Any], tuple[str, ...]]:
    """The call, and the names of what was sent but means nothing.

    Refuses with 400 what is not JSON, with 422 what does not fit.
    """
    fields = _fields(endpoint)
    values: dict[str, Any] = dict(in_path)
    ignored: list[str] = []
    if sent.query:
        _take_query(fields, sent.query, values, ignored)
    if fields.whole_body is not None:
        values[fields.whole_body] = _json(sent.body)
    elif fields.body:
        _take_body(fields, sent.body, values, ignored)
    return _validated(endpoint, values), tuple(ignored)


def _take_query(fields: _Fields, query: str, values: dict[str, Any], ignored: list[str]) -> None:
    for raw_name, value in parse_qsl(query, keep_blank_values=True, errors="replace"):
        name = _known(raw_name.split("[", 1)[0], fields.query)
        if name not in fields.query:
            ignored.append(raw_name)
        elif fields.query[name]:
            values.setdefault(name, []).extend(part for part in value.split(",") if part)
        elif value:
            values[name] = value


def _take_body(fields: _Fields, body: bytes, values: dict[str, Any], ignored: list[str]) -> None:
    sent = _json(body) if body.strip() else {}
    if sent == []:  # PHP writes an empty object so
        sent = {}
    if not isinstance(sent, dict):
        raise Refusal(400, MALFORMED)
    for raw_name, value in sent.items():
        name = _known(raw_name, fields.body)
        if name in fields.body:
            values[name] = value
        else:
            ignored.append(raw_name)


def _known(name: str, names: Mapping[str, bool] | frozenset[str]) -> str:
    return name if name in names else ALIASES.get(name, name)


def _json(body: bytes) -> Any:  # noqa: ANN401 - any JSON
    try:
        return json.loads(body)
    except (ValueError, RecursionError) as error:
        raise Refusal(400, MALFORMED) from error


def _validated(endpoint: type[Endpoint[Any]], values: dict[str, Any]) -> Endpoint[Any]:
    try:
        call = endpoint.model_validate(values, strict=False, extra="ignore")
    except ValidationError as error:
        if not _numbers_written_out(values, error.errors()):
            invalid(errors=complaints(error.errors()))
        call = _validated_again(endpoint, values)
    for name in endpoint.model_fields:
        if isinstance(said := getattr(call, name), date) and not is_in_our_time(said):
            invalid(errors={name: ["Недопустимая дата"]})
    return call


def _validated_again(endpoint: type[Endpoint[Any]], values: dict[str, Any]) -> Endpoint[Any]:
    try:
        return endpoint.model_validate(values, strict=False, extra="ignore")
    except ValidationError as error:
        invalid(errors=complaints(error.errors()))


def complaints(errors: list[ErrorDetails]) -> dict[str, list[str]]:
    """What is wrong, by field."""
    said: dict[str, list[str]] = {}
    for one in errors:
        field = ".".join(str(part) for part in one["loc"]) or "body"
        said.setdefault(field, []).append(COMPLAINTS.get(one["type"], one["msg"].removeprefix("Value error, ")))
    return said


def _numbers_written_out(values: dict[str, Any], errors: list[ErrorDetails]) -> bool:
    """Turns numbers into text where text is wanted (a phone sent as a number); whether anything was turned."""
    wanted = [one for one in errors if one["type"] == "string_type" and type(one["input"]) in (int, float)]
    return sum(_written_out(values, one) for one in wanted) > 0


def _written_out(values: Any, error: ErrorDetails) -> bool:  # noqa: ANN401 - objects and lists, nested
    *way, last = error["loc"]
    try:
        for step in way:
            values = values[step]
        values[last] = str(error["input"])
    except (KeyError, IndexError, TypeError):  # the place of an error names a member of a union as well
        return False
    return True


@functools.cache
def _fields(endpoint: type[Endpoint[Any]]) -> _Fields:
    spec = endpoint.spec
    by_place = {place: [name for name, where in spec.places.items() if where is place] for place in Place}
    return _Fields(
        query={
            spec.wire_names[name]: takes_several(endpoint.model_fields[name].annotation)
            for name in by_place[Place.QUERY]
        },
        body=frozenset(spec.wire_names[name] for name in by_place[Place.BODY]),
        whole_body=next((spec.wire_names[name] for name in by_place[Place.WHOLE_BODY]), None),
    )


def takes_several(annotation: Any) -> bool:  # noqa: ANN401 - a type, as written
    """Whether a field of this type holds several values."""
    return get_origin(annotation) is tuple or any(takes_several(part) for part in get_args(annotation))
