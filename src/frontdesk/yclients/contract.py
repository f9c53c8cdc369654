"""What an endpoint is: a frozen request that knows its address and the type of its answer.

An endpoint is declared once, as a class:

    class GetRecord(Endpoint[Record], http="GET /record/{company_id}/{record_id}", heading="Получить запись",
                    section="Записи", errors=(401, 403, 404)):
        company_id: int
        record_id: int

Everything else follows from it: how it is sent (`wire`), how its answer is read, what the emulator serves at that
address and what the reference pages say. A field named in the path goes there; the others go to the query of GET and
DELETE and to the body of POST, PUT and PATCH, unless `Annotated[..., Query]` or `WholeBody` says otherwise.
Only what was said is sent: an argument left out is absent from the request, an explicit None is sent as null.
"""

import datetime as dt
import enum
import functools
import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from importlib import import_module, resources
from pkgutil import iter_modules
from types import MappingProxyType
from typing import Any, ClassVar, Final, Generic, TypeVar

from pydantic import BaseModel, ConfigDict
from pydantic.fields import FieldInfo

R = TypeVar("R")

ENDPOINTS: Final = "frontdesk.yclients.endpoints"
_NAMED_IN_PATH: Final = re.compile(r"{(\w+)}")
_WITHOUT_VERSION: Final = ("/api/", "/marketplace")


class Auth(enum.Enum):
    """Which tokens a call carries in its Authorization header."""

    NONE = "none"
    PARTNER = "partner"
    USER = "user"
    """Partner and user token: `Bearer <partner>, User <user>`."""


class Place(enum.Enum):
    """Where a field of a call travels."""

    PATH = "path"
    QUERY = "query"
    BODY = "body"
    WHOLE_BODY = "whole_body"


Query: Final = Place.QUERY
WholeBody: Final = Place.WHOLE_BODY


@dataclass(frozen=True)
class Spec:
    """What is declared of an endpoint besides its fields."""

    name: str
    method: str
    path: str
    """Path template, `/api/v1` included, with `{field}` for what the call fills in."""
    heading: str
    """The official Russian title."""
    section: str
    auth: Auth
    success: int
    errors: tuple[int, ...]
    bare: bool
    """Documented to answer without the `{success, data, meta}` envelope."""
    deprecated: bool
    reads: bool
    """Changes nothing at the provider: may be sent again without harm."""
    summary: str
    result: Any
    module: str
    places: Mapping[str, Place]
    wire_names: Mapping[str, str]
    """Field name to the name on the wire, for the few that cannot be Python names."""

    @functools.cached_property
    def wire_places(self) -> Mapping[str, Place]:
        """Where each name on the wire travels."""
        return {self.wire_names[name]: place for name, place in self.places.items()}

    @property
    def example(self) -> Any:  # noqa: ANN401 - an example is whatever JSON the endpoint answers with
        """An example answer (the `data` of the envelope), of a made-up salon."""
        return _examples(self.module).get(self.name, {}).get("data")

    @property
    def example_meta(self) -> Any:  # noqa: ANN401 - `meta` is a list or an object
        """The `meta` that goes with the example answer."""
        return _examples(self.module).get(self.name, {}).get("meta", [])

    @property
    def example_call(self) -> Mapping[str, Any]:
        """Example arguments of the call, as JSON values by field name."""
        call: Mapping[str, Any] = _examples(self.module).get(self.name, {}).get("call", {})
        return call


class Endpoint(BaseModel, Generic[R]):
    """A typed call of the provider's API; `R` is what its answer holds."""

    model_config = ConfigDict(
        frozen=True,
        extra="forbid",
        strict=True,
        validate_by_name=True,
        validate_by_alias=True,
        serialize_by_alias=True,
        hide_input_in_errors=True,
    )
    spec: ClassVar[Spec]

    def __repr_args__(self) -> list[tuple[str | None, Any]]:
        """What was said and can be no phone and no secret: numbers and times."""
        said = [(name, getattr(self, name)) for name in type(self).model_fields if name in self.model_fields_set]
        return [(name, value) for name, value in said if isinstance(value, int | dt.date | enum.Enum)]

    __str__ = BaseModel.__repr__

    def __init_subclass__(  # noqa: PLR0913 - the keywords of a declaration, so that a type checker knows them
        cls,
        *,
        http: str = "",
        heading: str = "",
        section: str = "",
        auth: Auth = Auth.USER,
        success: int = 200,
        errors: tuple[int, ...] = (),
        bare: bool = False,
        deprecated: bool = False,
        reads: bool | None = None,
        **config: Any,  # noqa: ANN401 - pydantic's own
    ) -> None:
        super().__init_subclass__(**config)

    @classmethod
    def __pydantic_init_subclass__(cls, *, http: str = "", **declared: Any) -> None:  # noqa: ANN401 - see above
        if http:
            cls.spec = _spec(cls, http, **declared)


def _spec(cls: type[Endpoint[Any]], http: str, **declared: Any) -> Spec:  # noqa: ANN401 - keywords checked at the class
    method, path = http.split(" ")
    if not path.startswith(_WITHOUT_VERSION):
        path = "/api/v1" + path
    in_path = frozenset(_NAMED_IN_PATH.findall(path))
    if unknown := in_path - cls.model_fields.keys():
        raise TypeError(f"{cls.__name__}: the path names {sorted(unknown)}, but there is no such field")
    reads = declared.pop("reads", None)
    unsaid: dict[str, Any] = {
        "auth": Auth.USER,
        "success": 200,
        "errors": (),
        "bare": False,
        "deprecated": False,
    }
    return Spec(
        name=cls.__name__,
        method=method,
        path=path,
        reads=method == "GET" if reads is None else reads,
        summary=(cls.__doc__ or "").strip(),
        result=_result(cls),
        module=cls.__module__.rsplit(".", 1)[-1],
        places=MappingProxyType(
            {name: _place(name, field, method, in_path) for name, field in cls.model_fields.items()}
        ),
        wire_names=MappingProxyType({name: field.alias or name for name, field in cls.model_fields.items()}),
        **(unsaid | declared),
    )


def _place(name: str, field: FieldInfo, method: str, in_path: frozenset[str]) -> Place:
    if name in in_path:
        return Place.PATH
    said = [mark for mark in field.metadata if isinstance(mark, Place)]
    if said:
        return said[0]
    return Place.QUERY if method in {"GET", "DELETE"} else Place.BODY


def _result(cls: type[Endpoint[Any]]) -> Any:  # noqa: ANN401 - a type, a union or an annotated form
    for base in cls.__mro__:
        generic = getattr(base, "__pydantic_generic_metadata__", None)
        if generic and generic["origin"] is Endpoint:
            return generic["args"][0]
    raise TypeError(f"{cls.__name__}: say what the answer holds, Endpoint[...]")


@functools.cache
def _examples(module: str) -> Mapping[str, Any]:
    file = resources.files(ENDPOINTS) / "examples" / f"{module}.json"
    if not file.is_file():
        return {}
    examples: Mapping[str, Any] = json.loads(file.read_text(encoding="utf-8"))
    return examples


@functools.cache
def endpoints() -> Mapping[str, type[Endpoint[Any]]]:
    """Every declared endpoint by its name, found by walking the files of `yclients/endpoints`."""
    found: dict[str, type[Endpoint[Any]]] = {}
    for module in iter_modules(import_module(ENDPOINTS).__path__):
        found |= _declared_in(f"{ENDPOINTS}.{module.name}")
    return MappingProxyType(dict(sorted(found.items())))


def _declared_in(module_name: str) -> dict[str, type[Endpoint[Any]]]:
    declared = vars(import_module(module_name)).values()
    return {
        thing.__name__: thing
        for thing in declared
        if isinstance(thing, type)
        and issubclass(thing, Endpoint)
        and "spec" in vars(thing)
        and thing.__module__ == module_name
    }
