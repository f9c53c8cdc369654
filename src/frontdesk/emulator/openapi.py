"""The emulator's own OpenAPI document, made from the declarations it serves, so that it cannot say what is not played.

Besides the refusals that the provider documents of each call, it says those that the emulator's assumptions add: 400
for a body that is no JSON, 402 for a branch without a licence, 404 for an address that is none, 422 for a value that
does not fit, 429 for too many calls.
"""

import functools
from collections.abc import Iterator
from importlib.metadata import version
from typing import Any, Final

from pydantic.json_schema import models_json_schema

from frontdesk.emulator.reading import takes_several
from frontdesk.emulator.things import Json
from frontdesk.yclients.contract import Auth, Endpoint, Place, Spec, endpoints

REF: Final = "#/components/schemas/{model}"
MEANINGS: Final = {
    400: "Недопустимый формат запроса",
    401: "Необходима авторизация",
    402: "Необходимо продлить лицензию в филиале",
    403: "Доступ запрещен",
    404: "Не найдено",
    409: "Мастер занят или не работает",
    422: "Произошла ошибка",
    429: "Превышен лимит запросов",
}
OTHER_SUCCESS: Final = {"PostAuth": (200,)}
"""The first step of a sign-in with two factors."""
BUSY_TIME: Final = frozenset({"PutRecord", "PostRecord"})
"""These answer 409 or 422 for busy time, by a switch."""
JSON_TYPE: Final = "application/json"
PDF_TYPE: Final = "application/pdf"
NO_CONTENT: Final = 204


@functools.cache
def document() -> Json:
    """The whole document."""
    declared = endpoints().values()
    _, schemas = models_json_schema([(endpoint, "validation") for endpoint in declared], ref_template=REF)
    definitions: dict[str, Json] = schemas["$defs"]
    paths: dict[str, Json] = {}
    for endpoint in declared:
        for path in _addresses(endpoint):
            paths.setdefault(path, {})[endpoint.spec.method.lower()] = _operation(endpoint, path, definitions)
    kept = {name: schema for name, schema in definitions.items() if name not in endpoints()}
    return {
        "openapi": "3.1.0",
        "info": {"title": "Frontdesk's emulator of the YCLIENTS API", "version": version("frontdesk")},
        "paths": paths,
        "components": {
            "schemas": {**kept, "Refusal": _refusal_schema()},
            "securitySchemes": {"tokens": {"type": "apiKey", "in": "header", "name": "Authorization"}},
        },
    }


def statuses(spec: Spec) -> list[int]:
    """Every status with which a call may be answered."""
    refusals = {400, 404, 422, 429, *spec.errors}
    if spec.auth is not Auth.NONE:
        refusals |= {401, 402, 403}
    if spec.name in BUSY_TIME:
        refusals.add(409)
    return sorted({spec.success, *OTHER_SUCCESS.get(spec.name, ()), *refusals})


def _addresses(endpoint: type[Endpoint[Any]]) -> Iterator[str]:
    """The template, and without what may be left out at its end."""
    path = endpoint.spec.path
    yield path
    while path.endswith("}") and not endpoint.model_fields[path.rsplit("{", 1)[1][:-1]].is_required():
        path = path.rsplit("/", 1)[0]
        yield path


def _operation(endpoint: type[Endpoint[Any]], path: str, definitions: dict[str, Json]) -> Json:
    spec = endpoint.spec
    schema = definitions[spec.name]
    operation: Json = {
        "operationId": spec.name if path == spec.path else f"{spec.name}{path.count('{')}",
        "summary": spec.heading,
        "description": spec.summary,
        "tags": [spec.section],
        "deprecated": spec.deprecated,
        "parameters": list(_parameters(endpoint, path, schema)),
        "responses": {str(status): _response(spec, status) for status in statuses(spec)},
        "security": [] if spec.auth is Auth.NONE else [{"tokens": []}],
    }
    if body := _body(spec, schema):
        operation["requestBody"] = {"content": {JSON_TYPE: {"schema": body}}, "required": True}
    return operation


def _parameters(endpoint: type[Endpoint[Any]], path: str, schema: Json) -> Iterator[Json]:
    spec = endpoint.spec
    for name, place in spec.places.items():
        wire = spec.wire_names[name]
        shape = _not_null(schema["properties"][wire])
        if place is Place.PATH and f"{{{name}}}" in path:
            yield {"name": name, "in": "path", "required": True, "schema": _in_path(shape)}
        elif place is Place.QUERY:
            several = takes_several(endpoint.model_fields[name].annotation)
            required = wire in schema.get("required", ())
            yield {"name": f"{wire}[]" if several else wire, "in": "query", "required": required, "schema": shape}


def _body(spec: Spec, schema: Json) -> Json | None:
    whole = next((spec.wire_names[name] for name, place in spec.places.items() if place is Place.WHOLE_BODY), None)
    if whole is not None:
        found: Json = schema["properties"][whole]
        return found
    names = [spec.wire_names[name] for name, place in spec.places.items() if place is Place.BODY]
    if not names:
        return None
    required = [name for name in names if name in schema.get("required", ())]
    return {"type": "object", "properties": {name: schema["properties"][name] for name in names}, "required": required}


def _response(spec: Spec, status: int) -> Json:
    if status in MEANINGS:
        return {
            "description": MEANINGS[status],
            "content": {JSON_TYPE: {"schema": {"$ref": REF.format(model="Refusal")}}},
        }
    if status == NO_CONTENT:
        return {"description": "Сделано"}
    if spec.result is bytes:
        return {"description": "Файл", "content": {PDF_TYPE: {"schema": {"type": "string", "format": "binary"}}}}
    envelope: Json = {
        "type": "object",
        "required": ["success", "data", "meta"],
        "properties": {"success": {"const": True}},
    }
    shown = {"success": True, "data": spec.example, "meta": spec.example_meta}
    content = {"schema": {}, "example": spec.example} if spec.bare else {"schema": envelope, "example": shown}
    return {"description": "Сделано", "content": {JSON_TYPE: content}}


def _refusal_schema() -> Json:
    return {
        "type": "object",
        "required": ["success", "data", "meta"],
        "properties": {"success": {"const": False}, "data": {"type": "null"}, "meta": {"type": "object"}},
    }


def _in_path(shape: Json) -> Json:
    return {**shape, "minimum": 0} if shape.get("type") == "integer" else shape


def _not_null(shape: Json) -> Json:
    """A value of path or query is said or left out: null cannot be written there."""
    choices = [one for one in shape.get("anyOf", ()) if one.get("type") != "null"]
    if not choices:
        return {name: value for name, value in shape.items() if name != "default"}
    return choices[0] if len(choices) == 1 else {"anyOf": choices}
