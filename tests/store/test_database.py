"""The door to the database: whole transactions, one at a time on SQLite, with webhooks first."""

import asyncio
import importlib
import pkgutil
import re
import sqlite3
import subprocess
import sys
import threading
from contextlib import closing
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import Connection, create_engine, insert, select, text
from sqlalchemy.exc import DBAPIError

from frontdesk import store as rooms
from frontdesk.store import desk_tables
from frontdesk.store.database import BadStore, Store, open_store
from frontdesk.store.tables import clients
from frontdesk.store.threads import Priority, StoreBusy

ROW = {"salon": "centre", "phone": "79160000001", "client": 7}


def add(connection: Connection) -> None:
    connection.execute(insert(clients), ROW)


def add_and_fail(connection: Connection) -> None:
    add(connection)
    raise RuntimeError("halfway")


def rows(connection: Connection) -> int:
    return len(connection.execute(select(clients)).all())


def test_migrations_build_exactly_the_tables_that_the_code_names(store: Store) -> None:
    def work(connection: Connection) -> list[object]:
        return list(compare_metadata(MigrationContext.configure(connection), desk_tables.metadata))

    for module in pkgutil.iter_modules(rooms.__path__, f"{rooms.__name__}."):
        importlib.import_module(module.name)
    assert asyncio.run(store.write(work)) == []


def test_migrations_build_the_very_indexes_too(tmp_path: Path) -> None:
    """Alembic does not compare the conditions of partial indexes."""
    open_store(f"sqlite:///{tmp_path}/migrated.db")._close()
    drawn = create_engine(f"sqlite:///{tmp_path}/drawn.db")
    desk_tables.metadata.create_all(drawn)
    drawn.dispose()

    def indexes(name: str) -> dict[str, str]:
        with closing(sqlite3.connect(tmp_path / name)) as connection:
            found = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'index' AND sql IS NOT NULL")
            return {name: re.sub(r"(\w+\.)?(\w+)", r"\2", sql) for name, sql in found}

    assert indexes("migrated.db") == indexes("drawn.db")


def test_in_line_a_transaction_stands_whole_or_not_at_all_as_on_threads(address: str) -> None:
    async def story() -> None:
        store = open_store(address, in_line=True)
        with pytest.raises(RuntimeError, match="halfway"):
            await store.write(add_and_fail)
        assert await store.read(rows) == 0
        await store.write(add)
        assert await store.read(rows) == 1
        await store.close()

    asyncio.run(story())


def test_opening_again_finds_what_was_written(address: str) -> None:
    async def story() -> None:
        first = open_store(address)
        await first.write(add)
        await first.close()
        second = open_store(address)
        assert await second.read(rows) == 1
        await second.close()

    asyncio.run(story())


def test_several_processes_may_start_at_once_on_an_empty_database(address: str) -> None:
    faults: list[BaseException] = []

    def start() -> None:
        try:
            open_store(address)._close()
        except DBAPIError as fault:
            faults.append(fault)

    starts = [threading.Thread(target=start) for _ in range(4)]
    for one in starts:
        one.start()
    for one in starts:
        one.join()
    assert faults == []


def test_a_transaction_that_fails_leaves_nothing(store: Store) -> None:
    async def story() -> None:
        with pytest.raises(RuntimeError, match="halfway"):
            await store.write(add_and_fail)
        assert await store.read(rows) == 0

    asyncio.run(story())


def test_reading_can_not_write_by_mistake_on_sqlite(tmp_path: Path) -> None:
    async def story() -> None:
        store = open_store(f"sqlite:///{tmp_path}/frontdesk.db")
        with pytest.raises(DBAPIError, match="readonly"):
            await store.read(add)
        await store.close()

    asyncio.run(story())


def test_webhooks_go_before_work_and_work_before_pages(tmp_path: Path) -> None:
    async def story() -> None:
        store = open_store(f"sqlite:///{tmp_path}/frontdesk.db")
        gate, order = threading.Event(), []

        def note(name: str):
            return lambda _: order.append(name)

        first = asyncio.create_task(store.write(lambda _: gate.wait(10)))
        await asyncio.sleep(0.05)
        waiting = [
            asyncio.create_task(store.write(note("page"), Priority.PAGE)),
            asyncio.create_task(store.write(note("work"))),
            asyncio.create_task(store.write(note("webhook"), Priority.WEBHOOK)),
        ]
        await asyncio.sleep(0.05)
        gate.set()
        await asyncio.gather(first, *waiting)
        assert order == ["webhook", "work", "page"]
        await store.close()

    asyncio.run(story())


def test_a_full_queue_says_so_at_once(tmp_path: Path) -> None:
    async def story() -> None:
        store = open_store(f"sqlite:///{tmp_path}/frontdesk.db", waiting=2)
        gate = threading.Event()
        running = asyncio.create_task(store.write(lambda _: gate.wait(10)))
        await asyncio.sleep(0.05)
        waiting = [asyncio.create_task(store.write(rows)) for _ in range(2)]
        await asyncio.sleep(0)
        with pytest.raises(StoreBusy):
            await store.write(rows)
        gate.set()
        await asyncio.gather(running, *waiting)
        await store.close()

    asyncio.run(story())


def test_a_closed_database_takes_nothing_in(store: Store) -> None:
    async def story() -> None:
        await store.close()
        for door in (store.read, store.write):
            with pytest.raises(StoreBusy, match="closed"):
                await door(rows)

    asyncio.run(story())


def test_what_is_cancelled_before_its_turn_never_runs(tmp_path: Path) -> None:
    async def story() -> None:
        store = open_store(f"sqlite:///{tmp_path}/frontdesk.db")
        gate = threading.Event()
        running = asyncio.create_task(store.write(lambda _: gate.wait(10)))
        await asyncio.sleep(0.05)
        late = asyncio.create_task(store.write(add))
        await asyncio.sleep(0)
        late.cancel()
        await asyncio.sleep(0)
        gate.set()
        await running
        assert await store.write(rows) == 0
        await store.close()

    asyncio.run(story())


def test_two_that_lock_each_other_out_are_both_done_in_the_end(store: Store) -> None:
    """PostgreSQL undoes one of two transactions that wait for each other; it is done again by itself."""

    async def story() -> None:
        if store.single_process:
            pytest.skip("SQLite has one writer: nobody can wait for each other")
        await store.write(lambda connection: connection.execute(insert(clients), [ROW, ROW | {"client": 8}]))
        meet = threading.Barrier(2)

        def both(first: int, second: int):
            tries = iter(range(5))

            def work(connection: Connection) -> None:
                again = next(tries)
                for client in (first, second):
                    connection.execute(select(clients).where(clients.c.client == client).with_for_update()).all()
                    if client == first and not again:
                        meet.wait(10)

            return work

        await asyncio.gather(store.write(both(7, 8)), store.write(both(8, 7)))

    asyncio.run(story())


def test_what_was_committed_outlives_a_kill_of_the_process(tmp_path: Path) -> None:
    path = tmp_path / "frontdesk.db"
    program = f"""
import asyncio, os, signal
from frontdesk.store.database import open_store
from frontdesk.store.clients import ClientBook
async def main():
    book = ClientBook(open_store("sqlite:///{path}"))
    await book.remember("centre", "79160000001", [7, 8])
    os.kill(os.getpid(), signal.SIGKILL)
asyncio.run(main())
"""
    killed = subprocess.run([sys.executable, "-c", program], check=False, capture_output=True, timeout=60)
    assert killed.returncode == -9, killed.stderr.decode()
    with sqlite3.connect(path) as connection:
        assert connection.execute("SELECT client FROM clients ORDER BY 1").fetchall() == [(7,), (8,)]


@pytest.mark.parametrize("address", ["mysql://host/db", "nonsense", "", "sqlite://", "sqlite:///:memory:", "redis://"])
def test_a_database_that_can_not_be_used_is_named_with_what_to_write_instead(address: str) -> None:
    with pytest.raises(BadStore, match=r"sqlite:///frontdesk.db"):
        open_store(address)


@pytest.mark.parametrize("address", ["postgresql://u:hunter2@127.0.0.1:1/db", "sqlite:////proc/no/such/place.db"])
def test_a_database_with_no_way_in_is_named_with_the_cause(address: str) -> None:
    with pytest.raises(BadStore, match="can't be opened") as error:
        open_store(address)
    assert "hunter2" not in str(error.value)


def test_a_database_of_a_newer_version_is_left_alone(tmp_path: Path) -> None:
    address = f"sqlite:///{tmp_path}/frontdesk.db"
    open_store(address)._close()
    with closing(sqlite3.connect(tmp_path / "frontdesk.db")) as connection:
        connection.execute("UPDATE alembic_version SET version_num = '9999'")
        connection.commit()
    with pytest.raises(BadStore, match="newer"):
        open_store(address)


def test_an_address_with_a_password_is_not_shown_in_the_error() -> None:
    with pytest.raises(BadStore) as error:
        open_store("mysql://root:hunter2@host/db")
    assert "hunter2" not in str(error.value)


def test_a_fault_of_the_database_names_no_values(store: Store) -> None:
    """Values are people's phones and words, and faults are written to the log."""

    def work(connection: Connection) -> None:
        connection.execute(text("INSERT INTO clients VALUES (:salon, :phone, :client, :more)"), ROW | {"more": 1})

    with pytest.raises(DBAPIError) as fault:
        asyncio.run(store.write(work))
    assert ROW["phone"] not in str(fault.value)
