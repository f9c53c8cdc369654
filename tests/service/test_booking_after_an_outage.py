"""What was promised hours ago is booked by what the salon offers now, whatever the lists said then."""

from dataclasses import replace
from datetime import datetime
from pathlib import Path

import pytest

from frontdesk.booking.commands import Book, Done, Move, RefusalReason, Refused
from frontdesk.booking.ids import AppointmentId, MasterId, Phone, ServiceId
from frontdesk.booking.times import Local
from frontdesk.provider.answers import NotSent
from service_facts import NOON
from sync_kit import COMPANY, Salon

STYLING, MEN = ServiceId(5104), ServiceId(5102)
ANNA, DMITRY = MasterId(2401), MasterId(2403)
IRINA = Phone("79000000001")
WEDNESDAY = Local(datetime(2026, 11, 25, 12))  # noqa: DTZ001 - the salon's own clock
LISTS = 3
HOURS_S = 2 * 3600


def wish(service: ServiceId = STYLING, master: MasterId = ANNA) -> Book:
    return Book("centre", IRINA, "Ирина", True, (service,), master, WEDNESDAY, 3600, "k1", NOON)


@pytest.fixture
def salon(tmp_path: Path) -> Salon:
    return Salon(tmp_path)


async def tried(salon: Salon, command: Book | Move) -> tuple[object, int]:
    """What came of it, and how many calls it took."""
    before = salon.calls
    performed, _ = await salon.wired.parts.door.perform(command)
    return performed, salon.calls - before


def closes(salon: Salon) -> None:
    service = salon.world.services.get(COMPANY, STYLING)
    assert service is not None
    service.active = False


def dismisses(salon: Salon, master: MasterId) -> None:
    gone = salon.world.masters.get(COMPANY, master)
    assert gone is not None
    gone.deleted = gone.fired = True


def test_in_ordinary_times_a_booking_is_one_call(salon: Salon) -> None:
    async def story() -> None:
        await salon.step()
        assert await tried(salon, wish()) == (Done(), 1)

    salon.play(story)


def test_a_service_that_vanished_is_seen_in_lists_that_are_read_once_and_nothing_is_booked(salon: Salon) -> None:
    async def story() -> None:
        await salon.step()
        before = salon.journal()
        salon.clock.advance(HOURS_S)
        closes(salon)
        refused = Refused(RefusalReason.NOT_BOOKABLE)
        assert await tried(salon, wish()) == (refused, LISTS)
        assert await tried(salon, replace(wish(), key="k2")) == (refused, 0)
        assert salon.journal() == before

    salon.play(story)


def test_what_a_person_of_the_salon_wants_is_booked_all_the_same(salon: Salon) -> None:
    async def story() -> None:
        await salon.step()
        closes(salon)
        await salon.step(46)
        performed, _ = await tried(salon, replace(wish(), force=True))
        assert performed == Done()

    salon.play(story)


def test_a_master_who_left_takes_nobody_and_nothing_is_booked(salon: Salon) -> None:
    async def story() -> None:
        await salon.step()
        before = salon.journal()
        salon.clock.advance(HOURS_S)
        dismisses(salon, DMITRY)
        assert await tried(salon, wish(MEN, DMITRY)) == (Refused(RefusalReason.MASTER_LEFT), LISTS)
        assert salon.journal() == before

    salon.play(story)


def test_a_master_who_does_this_no_more_is_not_said_to_have_left(salon: Salon) -> None:
    async def story() -> None:
        await salon.step()
        salon.clock.advance(HOURS_S)
        men = salon.world.services.get(COMPANY, MEN)
        assert men is not None
        del men.masters[DMITRY]
        assert await tried(salon, wish(MEN, DMITRY)) == (Refused(RefusalReason.NOT_BOOKABLE), LISTS)

    salon.play(story)


@pytest.mark.parametrize("kind", ["booking", "move"])
def test_where_the_lists_do_not_show_it_yet_the_journal_itself_says_that_the_master_left(
    salon: Salon, kind: str
) -> None:
    async def story() -> None:
        await salon.step()
        dismisses(salon, DMITRY)
        line = next(one for one in salon.lines() if one.client_id and not one.deleted)
        card = salon.world.clients.get(COMPANY, line.client_id or 0)
        assert card is not None
        move = Move("centre", AppointmentId(line.id), Phone(card.phone), DMITRY, WEDNESDAY, 3600, NOON)
        performed, _ = await tried(salon, wish(MEN, DMITRY) if kind == "booking" else move)
        assert isinstance(performed, Refused)
        assert performed.reason is RefusalReason.MASTER_LEFT

    salon.play(story)


def test_lists_that_can_not_be_read_leave_the_wish_waiting(salon: Salon) -> None:
    async def story() -> None:
        await salon.step()
        salon.clock.advance(HOURS_S)
        salon.breaks(do="refuse")
        performed, _ = await tried(salon, wish())
        assert isinstance(performed, NotSent)

    salon.play(story)
