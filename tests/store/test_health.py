"""Looking at a database says what would come of opening it, and changes nothing in it."""

from pathlib import Path

import pytest
from sqlalchemy import create_engine, inspect, text

from frontdesk.store.database import BadStore, checked, open_store
from frontdesk.store.health import Health, look


def test_a_database_goes_from_empty_to_ready_only_by_being_opened(address: str) -> None:
    assert look(address) == (Health.EMPTY, "")
    assert look(address) == (Health.EMPTY, "")
    open_store(address)._close()
    assert look(address) == (Health.READY, "")


@pytest.mark.parametrize(("revision", "health"), [("0001", Health.OLDER), ("9999", Health.NEWER)])
def test_the_version_of_the_tables_is_told(address: str, revision: str, health: Health) -> None:
    open_store(address)._close()
    engine = create_engine(checked(address))
    with engine.begin() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = :revision"), {"revision": revision})
    assert look(address) == (health, "")
    assert "alembic_version" in inspect(engine).get_table_names()
    engine.dispose()


def test_a_server_that_is_not_there_can_not_be_used(tmp_path: Path) -> None:
    health, said = look(f"postgresql://frontdesk@/frontdesk?host={tmp_path}")
    assert health is Health.UNUSABLE
    assert said


def test_a_folder_can_not_be_used_as_a_database(tmp_path: Path) -> None:
    assert look(f"sqlite:///{tmp_path}")[0] is Health.UNUSABLE


def test_a_file_in_the_place_of_the_folder_is_told(tmp_path: Path) -> None:
    (tmp_path / "notes").write_text("no folder", encoding="utf-8")
    health, said = look(f"sqlite:///{tmp_path}/notes/frontdesk.db")
    assert health is Health.UNUSABLE
    assert "notes is no folder" in said


def test_an_address_of_no_database_of_ours_is_refused() -> None:
    with pytest.raises(BadStore):
        look("mysql://root@localhost/frontdesk")
