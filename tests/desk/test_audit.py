"""Who did what, as the desk keeps it."""

from typing import Any

from desk_kit import House
from sqlalchemy import Connection, select

from frontdesk.store.desk_tables import desk_actions
from frontdesk.store.users import Role

PEOPLE = "/desk/people"


def deeds(connection: Connection) -> list[tuple[Any, ...]]:
    noted = select(desk_actions.c.who, desk_actions.c.what, desk_actions.c.detail).order_by(desk_actions.c.id)
    return [tuple(row) for row in connection.execute(noted)]


def test_who_lets_whom_in_and_out_is_noted(house: House) -> None:
    owner = house.signed_in(Role.OWNER)
    owner.submit(PEOPLE, name="Вера", role="administrator")
    owner.submit(f"{PEOPLE}/invite", page=PEOPLE, name="вера")
    owner.submit(f"{PEOPLE}/remove", page=PEOPLE, name="вера")
    assert house.reads(deeds) == [
        ("anna", "Сотрудник добавлен", "вера"),
        ("anna", "Сотруднику выдана ссылка для входа", "вера"),
        ("anna", "Сотрудник убран", "вера"),
    ]


def test_what_was_refused_is_not_noted_as_done(house: House) -> None:
    house.signed_in(Role.OWNER).submit(PEOPLE, name="anna", role="owner")
    assert house.reads(deeds) == []
