"""The demo's made-up past holds together: its journal, its ledger and its conversations tell one story."""

import asyncio
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, select

from frontdesk.booking.changes import ChangeKind
from frontdesk.demo import COMPANY, SALON
from frontdesk.demo_history import ledger, talks
from frontdesk.demo_history.journal import COMING_DAYS, PAST_DAYS, History, live_in
from frontdesk.demo_history.people import FIRST_CARD
from frontdesk.emulator.clock import Clock
from frontdesk.emulator.salons.building import build_world
from frontdesk.emulator.slots import free_starts, length_of, working_spans
from frontdesk.emulator.things import Appointment
from frontdesk.emulator.world import World
from frontdesk.store import conversations
from frontdesk.store.database import open_store
from frontdesk.store.tables import ledger as ledger_rows
from frontdesk.yclients.models.attendance import Attendance

MOMENTS = [
    datetime(2026, 11, 21, 14, 30, tzinfo=UTC),
    datetime(2026, 11, 23, 4, 0, tzinfo=UTC),
    datetime(2027, 1, 3, 22, 30, tzinfo=UTC),
    datetime(2028, 2, 29, 9, 0, tzinfo=UTC),
]


def plain(moment: datetime) -> World:
    clock = Clock()
    clock.set(moment)
    return build_world(clock=clock)


def stands(one: Appointment) -> bool:
    """The time of one that did not take place may have been given to somebody else."""
    return not one.deleted and one.attendance is not Attendance.NO_SHOW


@pytest.fixture(scope="module", params=MOMENTS, ids=[f"{one:%a %d %b %H-%M}" for one in MOMENTS])
def lived(request: pytest.FixtureRequest) -> tuple[World, History]:
    world = plain(request.param)
    return world, live_in(world, world.companies[COMPANY])


def told(world: World) -> list[tuple[Any, ...]]:
    found = world.appointments.of(COMPANY)
    return [(one.id, one.client_id, one.start, one.attendance, one.comment, one.created) for one in found]


def test_the_same_moment_always_has_the_same_past(lived: tuple[World, History]) -> None:
    world, _ = lived
    again = plain(world.clock.now())
    live_in(again, again.companies[COMPANY])
    assert told(world) == told(again)


def test_what_the_demo_clients_have_stays_as_it_was(lived: tuple[World, History]) -> None:
    world, _ = lived
    before = {one[0]: one for one in told(plain(world.clock.now()))}
    after = {one[0]: one for one in told(world) if one[1] < FIRST_CARD}
    assert before == after


def test_nobody_is_served_by_one_master_twice_at_once_or_out_of_hours(lived: tuple[World, History]) -> None:
    world, _ = lived
    today = world.now_local(world.companies[COMPANY]).date()
    for master in world.masters.of(COMPANY):
        for number in range(-PAST_DAYS, COMING_DAYS + 1):
            day = today + timedelta(days=number)
            found = world.appointments.of_master(master.id, day, day)
            on_day = sorted((one for one in found if stands(one)), key=lambda one: one.start)
            ends = [one.start + timedelta(seconds=one.length_s) for one in on_day]
            assert all(end <= after.start for end, after in zip(ends, on_day[1:], strict=False))
            assert not on_day or working_spans(master, day)


def test_every_master_still_has_something_to_offer_in_the_coming_week(lived: tuple[World, History]) -> None:
    world, _ = lived
    today = world.now_local(world.companies[COMPANY]).date()
    days = [today + timedelta(days=number) for number in range(1, COMING_DAYS + 1)]
    for master in world.masters.of(COMPANY):
        shortest = min(length_of(master, [one]) for one in world.services.of(COMPANY) if master.id in one.masters)
        worked = [day for day in days if working_spans(master, day)]
        assert sum(bool(free_starts(world, master, day, shortest)) for day in worked) >= len(worked) - 1


def test_what_is_past_has_ended_and_nobody_has_come_to_what_is_not(lived: tuple[World, History]) -> None:
    world, _ = lived
    now = world.now_local(world.companies[COMPANY])
    for one in world.appointments.of(COMPANY):
        assert one.created <= world.clock.now()
        if one.start + timedelta(seconds=one.length_s) <= now and not one.deleted:
            assert one.attendance in {Attendance.CAME, Attendance.NO_SHOW}
        if one.start > now:
            assert one.attendance is not Attendance.CAME


def test_the_journal_bears_the_mark_of_just_what_was_cancelled_in_a_chat(lived: tuple[World, History]) -> None:
    world, history = lived
    cancelled = {deed.appointment.id for deed in history.deeds if deed.kind is ChangeKind.CANCELLED}
    marked = {one.id for one in world.appointments.of(COMPANY) if one.comment.startswith("Отменено клиентом через ")}
    assert cancelled == marked
    assert history.rebooked <= cancelled
    assert all(
        deed.appointment.created < deed.at < world.clock.now()
        for deed in history.deeds
        if deed.kind is not ChangeKind.BOOKED
    )


def test_no_phone_is_anybodys(lived: tuple[World, History]) -> None:
    _, history = lived
    phones = [one.phone for one in history.people]
    assert len(set(phones)) == len(phones)
    assert all(phone.startswith("7900000") for phone in phones)


@pytest.fixture
def kept(lived: tuple[World, History], tmp_path: Path) -> tuple[History, Any]:
    world, history = lived

    def remember(connection: Connection) -> None:
        numbers = ledger.open_chats(connection, SALON, [one for one in history.people if one.channel])
        ledger.write(connection, SALON, history, numbers)
        talks.play(connection, SALON, history, world)

    def asked(work: Any) -> Any:
        async def both() -> Any:
            store = open_store(f"sqlite:///{tmp_path / 'demo.db'}")
            await store.write(remember)
            found = await store.read(work)
            await store.close()
            return found

        return asyncio.run(both())

    return history, asked


def test_the_ledger_holds_every_deed_and_the_list_every_conversation(kept: tuple[History, Any]) -> None:
    history, asked = kept

    def work(connection: Connection) -> tuple[Any, ...]:
        kinds = connection.execute(select(ledger_rows.c.kind)).scalars().all()
        talks_there = conversations.recent(connection)
        lines = [conversations.lines(connection, one.id) for one in talks_there]
        return sorted(kinds), conversations.waiting(connection), talks_there, lines

    kinds, waiting, recent, lines = asked(work)
    assert kinds == sorted(deed.kind for deed in history.deeds)
    assert [one.name for one in waiting] == ["Ростислав", "Инга"]
    assert len(recent) >= 7
    for said in lines:
        assert [line.at for line in said] == sorted(line.at for line in said)
        assert all("{" not in getattr(line.said, "text", "") for line in said)
