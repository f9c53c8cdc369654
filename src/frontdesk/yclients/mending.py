"""Reading an answer without the fields that make no sense.

One odd colour must not cost the salon its appointments: a field that no lenient reading understands is left out and
named. What is never left out is a row of a list, and nothing is made up for a field that a thing cannot be without.
"""

from typing import Any

from pydantic import TypeAdapter, ValidationError
from pydantic_core import ErrorDetails


def mended(adapter: TypeAdapter[Any], data: Any) -> tuple[Any, tuple[str, ...]]:  # noqa: ANN401 - any JSON
    """The data read, without the fields that cannot be; raises ValidationError if a needed one is among them."""
    unread: list[str] = []
    while True:
        try:
            return adapter.validate_python(data), tuple(unread)
        except ValidationError as fault:
            senseless_fields = _innermost({_way(data, error) for error in fault.errors(include_url=False)})
            if not senseless_fields:
                raise
            for way in senseless_fields:
                _leave_out(data, way)
                unread.append(".".join(map(str, way)))


def _way(data: Any, error: ErrorDetails) -> tuple[int | str, ...]:  # noqa: ANN401 - any JSON
    """The keys that lead to a field that makes no sense, if it can be left out.

    It cannot be if it is missing, or an item of a list. An error's location names types besides keys: these are passed
    over.
    """
    way: list[int | str] = []
    droppable = False
    for step in error["loc"]:
        if isinstance(data, dict) and step in data:
            droppable = True
        elif isinstance(data, list) and isinstance(step, int):
            droppable = False
        else:
            continue
        data = data[step]
        way.append(step)
    return tuple(way) if droppable and error["type"] != "missing" else ()


def _innermost(ways: set[tuple[int | str, ...]]) -> list[tuple[int | str, ...]]:
    """A list is blamed along with its item, and an object with its field: only the inner one is left out."""
    return sorted((way for way in ways if way and not any(_within(other, way) for other in ways)), key=str)


def _within(inner: tuple[int | str, ...], outer: tuple[int | str, ...]) -> bool:
    return len(inner) > len(outer) and inner[: len(outer)] == outer


def _leave_out(data: Any, way: tuple[int | str, ...]) -> None:  # noqa: ANN401 - any JSON
    for step in way[:-1]:
        data = data[step]
    del data[way[-1]]
