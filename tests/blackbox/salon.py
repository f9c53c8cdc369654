"""A salon full of made-up clients, so that each test has one of its own and nothing need be reset.

The services under test live by the real clock, so the salon lies where it is morning now: no midnight comes in between.
"""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count
from pathlib import Path
from typing import Any

MORNING = 9
MAIN, FORBIDDING, STRICT = 962302, 962303, 962304
SALON_PHONE = "+7 900 000-09-99"
HAIRCUT, MANICURE, MASSAGE = 5101, 5107, 5112
ANNA, MARIA, OLGA = 2401, 2402, 2405
PRICES = ((HAIRCUT, "Женская стрижка", 60), (MANICURE, "Маникюр", 90), (MASSAGE, "Массаж спины", 60))
MASTERS = ((ANNA, "Анна Соколова"), (MARIA, "Мария Лебедева"), (OLGA, "Ольга Зимина"))
EVERY_DAY = dict.fromkeys(("mon", "tue", "wed", "thu", "fri", "sat", "sun"), "00:00-24:00")

Visit = Mapping[str, Any]
TOMORROW_AT_THREE: Visit = {"master": ANNA, "services": [HAIRCUT], "day": 1, "time": "15:00:00"}
KINDS: Mapping[str, tuple[Visit, ...]] = {
    "one": (TOMORROW_AT_THREE,),
    "several": (
        {"master": ANNA, "services": [HAIRCUT], "day": 2, "time": "11:00:00", "booked": 6},
        {"master": OLGA, "services": [MASSAGE], "day": 3, "time": "18:30:00", "booked": 4},
        {"master": MARIA, "services": [MANICURE], "day": 5, "time": "15:00:00", "booked": 1},
    ),
    "shared": (
        {"master": ANNA, "services": [HAIRCUT], "day": 3, "time": "12:00:00", "visit": "both"},
        {"master": MARIA, "services": [MANICURE], "day": 3, "time": "13:00:00", "visit": "both"},
    ),
    "past": ({"master": ANNA, "services": [HAIRCUT], "day": 0, "time": "00:00:00"},),
    "drilled": (TOMORROW_AT_THREE,),
    "paired": (
        {"master": ANNA, "services": [HAIRCUT], "day": 2, "time": "12:00:00"},
        {"master": OLGA, "services": [MASSAGE], "day": 3, "time": "18:30:00"},
    ),
    "noted": ({**TOMORROW_AT_THREE, "comment": "Аллергия на лак"},),
}
HOW_MANY: Mapping[str, int] = {
    "one": 90,
    "several": 20,
    "shared": 8,
    "past": 2,
    "noted": 2,
    "drilled": 400,
    "paired": 140,
}


@dataclass(frozen=True)
class Client:
    """A client of the salon, by the phone the salon knows."""

    id: int
    phone: str
    kind: str


class Crowd:
    """All the clients of a salon's file; `take` gives one that no test has had."""

    def __init__(self, many: Mapping[str, int] = HOW_MANY, first: int = 1, company: int = MAIN) -> None:
        numbers = count(first)
        self.clients = [
            Client(company * 10_000 + number, f"7900{company % 1000:03}{number:04}", kind)
            for kind, wanted in many.items()
            for number in (next(numbers) for _ in range(wanted))
        ]
        self._left: dict[str, Iterator[Client]] = {
            kind: iter([one for one in self.clients if one.kind == kind]) for kind in many
        }

    def take(self, kind: str = "one") -> Client:
        """A client of this kind."""
        return next(self._left[kind])


def write(path: Path, *branches: tuple[int, Crowd, Mapping[str, Any]]) -> Path:
    """Writes the salon's file: branches with their clients and what is special about each."""
    lines = ['[[partners]]\ntoken = "demo-partner"', _table("users", _user())]
    for company, crowd, special in branches:
        named = {"id": company, "title": f"Салон «Ясный день {company}»", "phone": SALON_PHONE, "address": "Аллея, 7"}
        named["time_zone"] = where_it_is_morning(datetime.now(UTC))
        lines.append(_table("companies", named | special))
        lines += _price_list(company)
        for client in crowd.clients:
            person = {"id": client.id, "name": "Ирина", "phone": client.phone}
            lines.append(_table("companies.clients", person))
            lines += [_table("companies.appointments", _visit(client, one)) for one in KINDS[client.kind]]
    path.write_text("\n\n".join(lines) + "\n", encoding="utf-8")
    return path


def where_it_is_morning(now: datetime) -> str:
    """A time zone; the sign in such a name is turned round: `Etc/GMT-3` is three hours ahead of Greenwich."""
    west = (now.hour - MORNING + 12) % 24 - 12
    return f"Etc/GMT{west:+d}"


def _price_list(company: int) -> Iterator[str]:
    shift = (company - MAIN) * 10
    for number, name in MASTERS:
        yield _table("companies.masters", {"id": number + shift, "name": name, "position": "Мастер", "week": EVERY_DAY})
    for (number, title, minutes), (master, _) in zip(PRICES, MASTERS, strict=True):
        line = {"id": number + shift, "category": "Услуги", "title": title, "price": 2000, "minutes": minutes}
        yield _table("companies.services", line | {"masters": [master + shift]})


def _visit(client: Client, visit: Visit) -> Mapping[str, Any]:
    shift = (client.id // 10_000 - MAIN) * 10
    shared = {"visit": f"{client.id}"} if "visit" in visit else {}
    moved = {"master": visit["master"] + shift, "services": [one + shift for one in visit["services"]]}
    return {**visit, **moved, "client": client.id, **shared}


def _user() -> Mapping[str, Any]:
    return {"name": "Администратор", "login": "a@example.com", "password": "demo-password", "token": "demo-user"}


def _table(name: str, fields: Mapping[str, Any]) -> str:
    return "\n".join((f"[[{name}]]", *(f"{key} = {_toml(key, value)}" for key, value in fields.items())))


def _toml(key: str, value: Any) -> str:
    if key == "time":
        return str(value)
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{name} = {_toml(name, part)}" for name, part in value.items()) + " }"
    return json.dumps(value, ensure_ascii=False)
