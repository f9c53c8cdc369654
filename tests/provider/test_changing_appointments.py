"""The door and the journal: an appointment moved, confirmed, brought back, and why it was cancelled."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import TypeVar
from zoneinfo import ZoneInfo

import httpx2
import pytest
import structlog

from frontdesk.booking.appointments import Appointment, Attendance
from frontdesk.booking.commands import Cancel, Confirm, Done, Explain, Move, RefusalReason, Refused, Restore
from frontdesk.booking.ids import ClientId, Phone, SalonId
from frontdesk.booking.salon import Salon
from frontdesk.booking.times import Instant, Local, instant
from frontdesk.dialogue.talk import Facts, Person, SlotsWanted, Wants, WorkingWanted
from frontdesk.emulator.app import Emulator
from frontdesk.emulator.clock import Clock
from frontdesk.emulator.salons.building import build_world
from frontdesk.provider.branch import Branch
from frontdesk.provider.door import Door
from frontdesk.yclients.client import Client
from frontdesk.yclients.turnstile import Open
from frontdesk.yclients.wire import Credentials

T = TypeVar("T")

NOON = instant(datetime(2026, 11, 21, 12, tzinfo=ZoneInfo("Europe/Moscow")))
COMPANY = 962302
IRINA, PAVEL = Phone("79000000001"), Phone("79000000002")
MARK = "Отменено клиентом через WhatsApp"


class NobodyKnown:
    """Every client is looked for anew."""

    async def known(self, salon: str, phone: Phone) -> tuple[ClientId, ...]:
        return ()

    async def remember(self, salon: str, phone: Phone, clients: Sequence[ClientId]) -> None:
        return None


class Journal:
    """The demo salon's journal behind the door, on a Saturday noon."""

    def __init__(self) -> None:
        clock = Clock()
        clock.set(NOON)
        self.world = build_world("demo", clock=clock)
        self.emulator = Emulator(self.world)
        self._once: list[Callable[[], object]] = []

    def once_written(self, act: Callable[[], object]) -> None:
        """Something happens in the journal right after the next change."""
        self._once.append(act)

    async def _handle(self, request: httpx2.Request) -> httpx2.Response:
        answer = await httpx2.ASGITransport(self.emulator).handle_async_request(request)
        if request.method == "PUT" and self._once:
            self._once.pop()()
        return answer

    def through(self, act: Callable[[Door], Awaitable[T]]) -> T:
        async def story() -> T:
            async with Client(
                Credentials("demo-partner", "demo-user"),
                base_url="http://emulator.invalid",
                transport=httpx2.MockTransport(self._handle),
                pace=Open(),
            ) as client:
                salon = Salon("demo", SalonId(COMPANY), "demo", ZoneInfo("Europe/Moscow"))
                door = Door({"demo": Branch(client, salon)}, NobodyKnown(), structlog.get_logger())
                return await act(door)

        return asyncio.run(story())

    def look_up(self, wants: Wants, phone: Phone = IRINA) -> Facts:
        person = Person("WhatsApp", "", phone)
        return self.through(lambda door: door.look_up(person, ["demo"], wants, NOON))

    def coming(self, phone: Phone = IRINA) -> Appointment:
        """The person's first appointment to come."""
        own = self.look_up(Wants(appointments=True), phone).appointments or ()
        return min((one for one in own if one.start > Local(NOON.replace(tzinfo=None))), key=lambda one: one.start)

    def perform(self, command: Cancel | Move | Confirm | Restore | Explain) -> object:
        return self.through(lambda door: door.perform(command))[0]

    def stands(self, appointment: Appointment) -> Appointment:
        own = self.look_up(Wants(appointments=True)).appointments or ()
        return next(one for one in own if one.id == appointment.id)


@pytest.fixture
def journal() -> Journal:
    return Journal()


def move(appointment: Appointment, start: Local, phone: Phone = IRINA) -> Move:
    return Move("demo", appointment.id, phone, appointment.master.id, start, appointment.length_s, NOON)


def cancel(appointment: Appointment) -> Cancel:
    return Cancel("demo", appointment.id, IRINA, MARK, NOON)


def restore(appointment: Appointment) -> Restore:
    return Restore("demo", appointment.id, IRINA, Instant(NOON + timedelta(minutes=5)), MARK)


def test_what_got_another_time_after_the_yes_is_left_as_it_is(journal: Journal) -> None:
    """The client agreed to that time; the salon has moved the appointment since."""
    mine = journal.coming()
    assert journal.perform(move(mine, later(mine.start, minutes=30))) == Done()
    moved, elsewhere = journal.stands(mine), later(mine.start, hours=2)
    for wish in (cancel(mine), move(mine, elsewhere), Confirm("demo", mine.id, IRINA, NOON)):
        assert journal.perform(replace(wish, stood_at=mine.start)) == Refused(RefusalReason.RESCHEDULED)
        assert journal.stands(mine) == moved
    assert journal.perform(replace(cancel(mine), stood_at=moved.start)) == Done()


def later(start: Local, **span: float) -> Local:
    return Local(start + timedelta(**span))


def test_its_own_time_is_free_for_its_own_move(journal: Journal) -> None:
    mine = journal.coming()
    services = tuple(service.id for service in mine.services)
    day = mine.start.date()
    wanted = SlotsWanted(services, "demo", mine.master.id, day, day)
    strangers = journal.look_up(Wants(slots=wanted)).slots or ()
    own = journal.look_up(Wants(slots=SlotsWanted(services, "demo", mine.master.id, day, day, moving=mine))).slots or ()
    half_an_hour_later = later(mine.start, minutes=30)
    assert half_an_hour_later not in {slot.start for slot in strangers}
    assert half_an_hour_later in {slot.start for slot in own}
    assert {slot.start for slot in strangers} <= {slot.start for slot in own}
    assert journal.perform(move(mine, half_an_hour_later)) == Done()
    assert journal.stands(mine).start == half_an_hour_later


def test_which_times_are_wanted_may_hang_on_the_appointments(journal: Journal) -> None:
    def of_the_first(facts: Facts) -> SlotsWanted | None:
        mine = min(facts.appointments or (), key=lambda one: one.start)
        return SlotsWanted(tuple(service.id for service in mine.services), "demo", mine.master.id)

    facts = journal.look_up(Wants(appointments=True, slots_for=of_the_first))
    assert facts.appointments
    assert facts.slots


def test_a_move_to_a_taken_time_is_refused_and_the_old_time_stays(journal: Journal) -> None:
    mine, his = journal.coming(), journal.coming(PAVEL)
    command = Move("demo", mine.id, IRINA, his.master.id, his.start, mine.length_s, NOON)
    answer = journal.perform(command)
    assert isinstance(answer, Refused)
    assert answer.reason is RefusalReason.BUSY
    assert journal.stands(mine).start == mine.start


def test_another_persons_appointment_is_not_moved(journal: Journal) -> None:
    his = journal.coming(PAVEL)
    assert journal.perform(move(his, later(his.start, hours=1))) == Refused(RefusalReason.NOT_YOURS)


def test_a_confirmation_stands_in_the_journal(journal: Journal) -> None:
    mine = journal.coming()
    command = Confirm("demo", mine.id, IRINA, NOON)
    assert journal.perform(command) == Done()
    assert journal.stands(mine).attendance is Attendance.CONFIRMED
    assert journal.perform(command) == Done(already=True)


def test_a_reason_is_a_line_under_the_mark_and_changes_nothing_else(journal: Journal) -> None:
    mine = journal.coming()
    journal.perform(cancel(mine))
    reason = Explain("demo", mine.id, IRINA, "Причина отмены: болезнь", NOON)
    assert journal.perform(reason) == Done()
    after = journal.stands(mine)
    assert after.comment.splitlines()[-2:] == [MARK, "Причина отмены: болезнь"]
    assert (after.attendance, after.start, after.master) == (Attendance.NO_SHOW, mine.start, mine.master)
    assert journal.perform(reason) == Done(already=True)


def test_what_is_brought_back_bears_no_mark_of_the_cancellation(journal: Journal) -> None:
    mine = journal.coming()
    journal.perform(cancel(mine))
    journal.perform(Explain("demo", mine.id, IRINA, "Причина отмены: болезнь", NOON))
    assert journal.perform(restore(mine)) == Done()
    after = journal.stands(mine)
    assert after.stands
    assert after.comment == mine.comment
    assert [service.id for service in after.services] == [service.id for service in mine.services]


def test_a_time_that_somebody_else_has_got_is_not_taken_back(journal: Journal) -> None:
    mine, his = journal.coming(), journal.coming(PAVEL)
    journal.perform(cancel(mine))
    taken = Move("demo", his.id, PAVEL, mine.master.id, later(mine.start, minutes=15), his.length_s, NOON)
    assert journal.perform(taken) == Done()
    assert journal.perform(restore(mine)) == Refused(RefusalReason.BUSY)
    assert not journal.stands(mine).stands


def test_who_books_while_it_is_being_brought_back_keeps_the_time(journal: Journal) -> None:
    mine, his = journal.coming(), journal.coming(PAVEL)
    journal.perform(cancel(mine))
    theirs = journal.world.appointments.anywhere(his.id)
    journal.once_written(lambda: journal.world.change_appointment(theirs, start=mine.start, master_id=mine.master.id))
    assert journal.perform(restore(mine)) == Refused(RefusalReason.BUSY)
    after = journal.stands(mine)
    assert not after.stands
    assert after.comment.endswith(MARK)


def test_what_was_deleted_is_not_brought_back(journal: Journal) -> None:
    mine = journal.coming()
    journal.world.change_appointment(journal.world.appointments.anywhere(mine.id), deleted=True)
    answer = journal.perform(restore(mine))
    assert isinstance(answer, Refused)
    assert answer.reason is RefusalReason.NOT_FOUND


def test_a_week_of_every_master_is_known_days_off_included(journal: Journal) -> None:
    working = journal.look_up(Wants(working=WorkingWanted())).working or ()
    days = {one.day for one in working}
    assert len(days) == 7
    assert min(days) == NOON.date()
    assert any(one.spans for one in working)
    assert any(not one.spans for one in working)
    assert all(span.begin_s < span.end_s for one in working for span in one.spans)


def test_a_day_in_the_past_is_not_looked_at(journal: Journal) -> None:
    working = journal.look_up(Wants(working=WorkingWanted(NOON.date() - timedelta(days=30)))).working or ()
    assert min(one.day for one in working) == NOON.date()
