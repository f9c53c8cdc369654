"""From method and path to an endpoint, without looking through all of them.

Routes lie in a table keyed on the method, the number of segments and the third segment (`/api/v1/record/...`:
record), which leaves a handful to compare. Where several fit, the one with more literal segments wins:
`/staff/positions` before `/staff/{staff_id}`. A slash at the end makes no difference, as with the provider.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Final
from urllib.parse import unquote

from frontdesk.yclients.contract import Endpoint, Place

THIRD: Final = 2


@dataclass(frozen=True, slots=True)
class Route:
    """One address of an endpoint: what must stand where, and which field each other segment fills."""

    endpoint: type[Endpoint[Any]]
    literals: tuple[tuple[int, str], ...]
    fields: tuple[tuple[int, str, bool], ...]
    """Position, field, whether it takes digits only."""

    def values(self, segments: list[str]) -> dict[str, str] | None:
        """What the path says, by field; None if the path is another one."""
        for at, literal in self.literals:
            if segments[at] != literal:
                return None
        values = {}
        for at, name, digits in self.fields:
            segment = segments[at]
            if digits and not (segment.isdigit() and segment.isascii()):
                return None
            values[name] = segment
        return values


@dataclass(frozen=True, slots=True)
class Match:
    """The endpoint of an address, and what the path said."""

    endpoint: type[Endpoint[Any]]
    values: dict[str, str]


class Routes:
    """The table of all routes."""

    def __init__(self, endpoints: Iterable[type[Endpoint[Any]]]) -> None:
        self._table: defaultdict[tuple[str, int, str], list[Route]] = defaultdict(list)
        for endpoint in endpoints:
            for segments in _addresses(endpoint):
                third = segments[THIRD] if len(segments) > THIRD else ""
                self._table[endpoint.spec.method, len(segments), _literal(third)].append(_route(endpoint, segments))
        for routes in self._table.values():
            routes.sort(key=lambda route: -len(route.literals))

    def find(self, method: str, path: str) -> Match | None:
        """The endpoint that answers at an address."""
        segments = _segments(path)
        third = segments[THIRD] if len(segments) > THIRD else ""
        for key in ((method, len(segments), third), (method, len(segments), "")):
            for route in self._table.get(key, ()):
                if (values := route.values(segments)) is not None:
                    return Match(route.endpoint, values)
        return None

    def methods(self, path: str) -> list[str]:
        """Which methods an address knows."""
        return [method for method in ("GET", "POST", "PUT", "PATCH", "DELETE") if self.find(method, path)]


def _segments(path: str) -> list[str]:
    parts = path.strip("/").split("/")
    return [unquote(part) for part in parts] if "%" in path else parts


def _addresses(endpoint: type[Endpoint[Any]]) -> Iterator[list[str]]:
    """The template, and without the segments at its end that may be left out."""
    segments = endpoint.spec.path.strip("/").split("/")
    yield segments
    while _literal(segments[-1]) == "" and not endpoint.model_fields[segments[-1][1:-1]].is_required():
        segments = segments[:-1]
        yield segments


def _route(endpoint: type[Endpoint[Any]], segments: list[str]) -> Route:
    literals = tuple((at, text) for at, text in enumerate(segments) if _literal(text))
    fields = tuple(
        (at, text[1:-1], _takes_digits(endpoint, text[1:-1])) for at, text in enumerate(segments) if not _literal(text)
    )
    return Route(endpoint, literals, fields)


def _literal(segment: str) -> str:
    return "" if segment.startswith("{") else segment


def _takes_digits(endpoint: type[Endpoint[Any]], name: str) -> bool:
    return endpoint.model_fields[name].annotation in (int, int | None) and endpoint.spec.places[name] is Place.PATH
