"""How the provider's answers are read: what is meant, not what is written.

The same field comes as 5 here and "5" there, a flag as true, 1 or "1", an empty object as `[]` (PHP cannot tell them
apart), a list as null, a missing number as "". Nearly half of the official examples break their own schema. So the
common cases are pydantic's own coercions, which run in native code, and what those cannot read goes to a fallback that
is only called when the first reading failed: an ordinary answer never meets a Python validator.

Fields keep their wire names, unknown fields are kept, and all but the identity of a thing may be absent.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from typing import Annotated, Any, Final, TypeVar

from pydantic import (
    BaseModel,
    ConfigDict,
    Field,
    GetCoreSchemaHandler,
    GetJsonSchemaHandler,
    NaiveDatetime,
    PlainSerializer,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema, core_schema

T = TypeVar("T")


class Shape(BaseModel):
    """A thing as the provider shows it: frozen, with every field it sent, known to us or not."""

    model_config = ConfigDict(extra="allow", frozen=True, serialize_by_alias=True, protected_namespaces=())

    def __repr_args__(self) -> list[tuple[str | None, Any]]:
        """Which thing it is, and no more: the rest is long, and phones and tokens are among it."""
        return [(name, value) for name in ("id", "title") if (value := getattr(self, name, None)) is not None]

    __str__ = BaseModel.__repr__


@dataclass(frozen=True, slots=True)
class Mended:
    """An annotation: where the plain reading fails, `mend` gets the raw value."""

    mend: Callable[[Any], Any]

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:  # noqa: ANN401
        fallback = core_schema.no_info_plain_validator_function(self.mend)
        return core_schema.union_schema([handler(source), fallback], mode="left_to_right")

    def __get_pydantic_json_schema__(self, core: CoreSchema, handler: GetJsonSchemaHandler) -> JsonSchemaValue:
        if core["type"] != "union":
            return handler(core)
        plain = core["choices"][0]
        return handler(plain[0] if isinstance(plain, tuple) else plain)


def _must_be(blank: bool) -> None:
    if not blank:
        raise ValueError("neither a value of the documented type nor an empty one")


@dataclass(frozen=True, slots=True)
class Unwrapped:
    """An annotation: where one thing is meant, a list that holds just it will do."""

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:  # noqa: ANN401
        plain = handler(source)
        taken_out = core_schema.no_info_before_validator_function(_only_one, plain)
        return core_schema.union_schema([plain, taken_out], mode="left_to_right")


@dataclass(frozen=True, slots=True)
class Wrapped:
    """An annotation: where a list is meant, a single object will do, and nothing for an empty one."""

    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:  # noqa: ANN401
        plain = handler(source)
        wrapped = core_schema.no_info_before_validator_function(_as_list, plain)
        return core_schema.union_schema([plain, wrapped], mode="left_to_right")


def _only_one(raw: object) -> object:
    _must_be(isinstance(raw, list) and len(raw) == 1)
    return raw[0] if isinstance(raw, list) else raw


def _as_list(raw: object) -> object:
    return [raw] if isinstance(raw, dict) and raw else _listed(raw)


def _blank(raw: object) -> None:
    _must_be(raw in ("", [], {}, False))  # and 0, which equals False


def _blank_or_whole(raw: object) -> int | None:
    if isinstance(raw, float):  # a price without its kopecks
        return round(raw)
    _blank(raw)
    return None


def _listed(raw: object) -> tuple[Any, ...]:
    _must_be(raw is None or raw in ("", {}, False))
    return ()


def _keyed(raw: object) -> dict[str, Any]:
    _must_be(raw is None or raw in ("", [], False))
    return {}


def _never(raw: object) -> None:
    _must_be((isinstance(raw, str) and raw.startswith("0000-00-00")) or raw in ("", [], {}, False))


def _zone_dropped(raw: object) -> datetime | None:
    if isinstance(raw, int | float) and raw:
        return datetime.fromtimestamp(raw, UTC)
    if _tells_a_time(raw):
        return datetime.fromisoformat(str(raw)).replace(tzinfo=None)
    _never(raw)
    return None


def _nearest_day(raw: object) -> date | None:
    """The day of a Unix time: that of the salon's midnight, and with the salon's zone unknown here, of the nearest."""
    if isinstance(raw, int) and raw:
        return (datetime.fromtimestamp(raw, UTC) + timedelta(hours=12)).date()
    if _tells_a_time(raw):
        return datetime.fromisoformat(str(raw)).date()
    _never(raw)
    return None


def _tells_a_time(raw: object) -> bool:
    return isinstance(raw, str) and len(raw) > len("2026-11-21") and not raw.startswith("0000-00-00")


def _written_local(moment: datetime | None) -> str | None:
    if moment is None:
        return None
    return moment.isoformat() if moment.tzinfo else moment.strftime("%Y-%m-%d %H:%M:%S")


# A Unix time of 0 means "never". The bound turns it over to the fallback without a Python validator.
_EPOCH: Final = datetime(1970, 1, 2, tzinfo=UTC)

Whole = Annotated[int | None, Mended(_blank_or_whole)]
"""A number, perhaps written as text; "" is none."""
Amount = Annotated[float | None, Mended(_blank)]
"""Money or another number with a fraction, in the salon's currency."""
Flag = Annotated[bool | None, Mended(_blank)]
"""True or false, perhaps written 0, 1, "0" or "1"."""
Text = Annotated[Annotated[str, Field(coerce_numbers_to_str=True)] | None, Mended(_blank)]
"""Text, perhaps written as a number."""
LocalTime = Annotated[
    NaiveDatetime | None,
    Mended(_zone_dropped),
    PlainSerializer(_written_local, when_used="json", return_type=str | None),
]
"""The salon's own time, without zone (`2026-11-21 15:00:00`): the form to trust.

A few answers give a Unix time instead. That one keeps its zone, UTC: the salon's own is not known here.
"""
Instant = Annotated[Annotated[datetime, Field(gt=_EPOCH)] | None, Mended(_never)]
"""A time with its offset. Altegio's offsets are known to be wrong in summer: prefer a `LocalTime` beside it."""
Day = Annotated[Annotated[date, Field(gt=_EPOCH.date())] | None, Mended(_nearest_day)]
"""A calendar day of the salon."""
Maybe = Annotated[T | None, Mended(_blank)]
"""An object; `[]`, "" and false stand for none."""
Many = Annotated[tuple[T, ...], Mended(_listed)]
"""A list; null, "" and `{}` stand for an empty one."""
Listing = Annotated[tuple[T, ...], Wrapped()]
"""The answer of a call that lists things or, asked for one of them, shows it alone."""
Single = Annotated[T, Unwrapped()]
"""The answer of a call that shows one thing, in some documents as a list of one."""
Keyed = Annotated[dict[str, T], Mended(_keyed)]
"""An object used as a table; `[]` and null stand for an empty one."""
Known = Annotated[T, Field(union_mode="left_to_right")]
"""`Known[SomeEnum | int]`: a member if it is one, else the raw value, so that a new one does not fail the answer."""
