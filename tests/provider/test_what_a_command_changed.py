"""What a command that is done has changed, worked out from what was read and from the price list."""

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from zoneinfo import ZoneInfo

from frontdesk.booking.appointments import Appointment, Attendance, Client, Master, Service
from frontdesk.booking.changes import ChangeKind
from frontdesk.booking.commands import Book, Cancel, Confirm, Explain, Move, Restore
from frontdesk.booking.ids import AppointmentId, ClientId, MasterId, Phone, SalonId, ServiceId
from frontdesk.booking.menu import Listed, Menu, Staffer
from frontdesk.booking.offers import Offer, Price, Terms
from frontdesk.booking.salon import Salon
from frontdesk.booking.times import Instant, Local
from frontdesk.provider.branch import Branch
from frontdesk.provider.changes import described

NOW = Instant(datetime(2026, 11, 21, 9, tzinfo=UTC))
IRINA = Phone("79000000001")
ANNA, VERA = Master(MasterId(1), "Анна"), Master(MasterId(2), "Вера")
CUT = Service(ServiceId(31), "Стрижка")
STARTS, LATER = Local(datetime(2026, 11, 22, 15)), Local(datetime(2026, 11, 24, 11))  # noqa: DTZ001 - the salon's clock
ABOUT = Appointment(
    AppointmentId(7),
    "centre",
    None,
    Client(ClientId(1), "Ирина", IRINA),
    ANNA,
    (CUT,),
    STARTS,
    3600,
    Attendance.WAITING,
    comment="без фена",
    api_id="key",
)
BOOK = Book("centre", IRINA, "Ирина", True, (CUT.id,), ANNA.id, STARTS, 3600, "key", NOW)
MOVE = Move("centre", ABOUT.id, IRINA, VERA.id, LATER, 3600, NOW)


async def nobody_is_asked(_call: object) -> object:
    raise AssertionError("nothing is read for this")


def branch() -> Branch:
    offer = Offer(CUT, {ANNA.id: Terms(3600, Price(Decimal(2500), Decimal(3000)))})
    menu = Menu((Listed(offer),), (Staffer(ANNA), Staffer(VERA)))
    salon = Salon("centre", SalonId(962302), "Центр", ZoneInfo("Europe/Moscow"))
    return Branch(nobody_is_asked, salon, menu=menu)  # type: ignore[arg-type]


def test_a_cancellation_gives_its_time_up_and_keeps_the_clients_name_alone() -> None:
    change = described(branch(), Cancel("centre", ABOUT.id, IRINA, "", NOW), ABOUT)
    assert change is not None
    assert (change.kind, change.appointment, change.after) == (ChangeKind.CANCELLED, 7, None)
    assert change.before == replace(ABOUT, client=None, comment="", api_id="")
    assert (change.client, change.price) == ("Ирина", Decimal(2500))
    assert change.starts_at == datetime(2026, 11, 22, 12, tzinfo=UTC)
    assert IRINA not in repr(change)


def test_a_cancellation_of_what_is_gone_from_the_journal_is_known_by_its_number() -> None:
    change = described(branch(), Cancel("centre", ABOUT.id, IRINA, "", NOW), None)
    assert change is not None
    assert (change.appointment, change.before, change.lead, change.price) == (7, None, None, None)


def test_a_booking_is_told_as_it_was_asked_for_until_it_is_read() -> None:
    asked = described(branch(), BOOK, None)
    assert asked is not None
    assert asked.after is not None
    assert (asked.appointment, asked.after.master, asked.after.services, asked.after.start) == (
        None,
        ANNA,
        (CUT,),
        STARTS,
    )
    read = described(branch(), BOOK, ABOUT)
    assert read is not None
    assert read.appointment == 7


def test_a_move_knows_both_times_and_both_masters() -> None:
    change = described(branch(), MOVE, ABOUT)
    assert change is not None
    assert change.before is not None
    assert change.after is not None
    assert (change.before.start, change.after.start, change.masters) == (STARTS, LATER, (ANNA, VERA))


def test_a_move_read_only_afterwards_does_not_pretend_to_know_where_it_was() -> None:
    change = described(branch(), MOVE, replace(ABOUT, master=VERA, start=LATER))
    assert change is not None
    assert (change.before, change.masters) == (None, (VERA,))


def test_a_service_without_a_price_makes_the_whole_worth_unknown() -> None:
    change = described(branch(), BOOK, replace(ABOUT, services=(CUT, Service(ServiceId(99), "Новая"))))
    assert change is not None
    assert change.price is None


def test_confirming_and_bringing_back_are_changes_and_a_reason_is_none() -> None:
    kinds = [described(branch(), kind("centre", ABOUT.id, IRINA, NOW), ABOUT) for kind in (Confirm, Restore)]
    assert [change.kind for change in kinds if change] == [ChangeKind.CONFIRMED, ChangeKind.RESTORED]
    assert described(branch(), Explain("centre", ABOUT.id, IRINA, "Причина отмены: болезнь", NOW), ABOUT) is None
