"""What a copy that was just compared with the journal saves in calls, and where it is not believed."""

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import Any

from test_away_from_the_journal import IRINA, NOON, PAVEL, STYLING, House

from frontdesk.booking.ids import ClientId, Phone
from frontdesk.booking.outstanding import OpenCommands
from frontdesk.booking.spans import Span
from frontdesk.dialogue.talk import Facts, Person, SlotsWanted, Wants, WorkingWanted

LIST, HOURS = Wants(appointments=True), Wants(working=WorkingWanted())
FREE = Wants(slots=SlotsWanted((STYLING,)))


class Seen:
    """Clients that were looked up once."""

    def __init__(self) -> None:
        self.clients: dict[Phone, tuple[ClientId, ...]] = {}

    async def known(self, _salon: str, phone: Phone) -> tuple[ClientId, ...]:
        return self.clients.get(phone, ())

    async def remember(self, _salon: str, phone: Phone, clients: Sequence[ClientId]) -> None:
        self.clients[phone] = tuple(clients)


class Counted:
    """A house whose calls to the journal are noted by name."""

    def __init__(self) -> None:
        self.house = House()
        self.calls: list[str] = []
        self.door = replace(self.house.door, clients=Seen())

    async def opens(self) -> "Counted":
        await self.house.opens()
        api = self.house.branch.api

        async def noted(call: Any) -> Any:
            self.calls.append(type(call).__name__)
            return await api(call)

        self.house.branch.api = noted
        return self

    async def asks(self, wants: Wants, phone: Phone = IRINA) -> Facts:
        self.calls.clear()
        return await self.door.look_up(Person("WhatsApp", proved=phone), ["demo"], wants, NOON)


def test_whoever_was_looked_up_once_is_read_from_the_copy() -> None:
    async def story() -> None:
        salon = await Counted().opens()
        first = await salon.asks(LIST)
        assert salon.calls == ["SearchClients", "GetRecords"]
        assert (await salon.asks(LIST)).appointments == first.appointments
        assert salon.calls == []

    asyncio.run(story())


def test_nobody_is_told_that_there_is_nothing_before_the_journal_was_asked() -> None:
    async def story() -> None:
        salon = await Counted().opens()
        await salon.asks(LIST, PAVEL)
        salon.house.copy.kept.clear()
        assert (await salon.asks(LIST, PAVEL)).appointments
        assert salon.calls == ["GetRecords"]

    asyncio.run(story())


def test_hours_come_from_the_copy_and_from_an_older_one_they_do_not() -> None:
    async def story() -> None:
        salon = await Counted().opens()
        assert (await salon.asks(HOURS)).working
        assert salon.calls == []
        for changed in ({"appointments": NOON - timedelta(seconds=61)}, {"hinted": True}):
            fresh = salon.house.copy.fresh
            salon.house.copy.fresh = replace(fresh, **changed)
            await salon.asks(HOURS)
            assert salon.calls == ["GetStaffSchedule"]
            salon.house.copy.fresh = fresh

    asyncio.run(story())


def test_one_call_names_the_free_times_of_three_days_where_the_copy_agrees() -> None:
    async def story() -> None:
        salon = await Counted().opens()
        asked_all = (await salon.asks(replace(FREE, slots=SlotsWanted((STYLING,), anew=True)))).slots
        salon.house.branch.times.clear()
        assert (await salon.asks(FREE)).slots == asked_all
        assert salon.calls == ["GetBookTimes"]

    asyncio.run(story())


def test_free_times_named_before_another_process_changed_the_journal_are_asked_for_again() -> None:
    async def story() -> None:
        salon = await Counted().opens()
        person, calls = Person("WhatsApp", proved=IRINA), salon.calls
        for change, asked in ((0, ["GetBookTimes"]), (0, []), (7, ["GetBookTimes"]), (7, [])):
            calls.clear()
            await salon.door.look_up(person, ["demo"], FREE, NOON, OpenCommands(changes=change))
            assert calls == asked

    asyncio.run(story())


def test_a_copy_that_names_other_times_is_not_believed() -> None:
    async def story() -> None:
        salon = await Counted().opens()
        told = (await salon.asks(FREE)).slots
        salon.house.branch.times.clear()
        copy, today = salon.house.copy, NOON.date()
        till_two = (Span(10 * 3600, 14 * 3600),)
        copy.days = tuple(replace(one, spans=till_two) if one.day == today else one for one in copy.days)
        assert (await salon.asks(FREE)).slots == told
        assert "GetBookDates" in salon.calls

    asyncio.run(story())
