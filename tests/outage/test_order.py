"""What becomes of a wish beside those that wait: nothing is lost, and what never left is not carried there and back."""

from datetime import UTC, datetime, timedelta

from frontdesk.booking.commands import Book, Cancel, Command, Confirm, Move
from frontdesk.booking.ids import AppointmentId, MasterId, Phone, ServiceId
from frontdesk.booking.times import Instant, Local
from frontdesk.outage.command import CommandState
from frontdesk.outage.order import Annihilate, Join, Queue, Replace, Standing, decide

NOON = Instant(datetime(2026, 11, 21, 12, tzinfo=UTC))
THREE = Local(datetime(2026, 11, 22, 15))  # noqa: DTZ001 - the salon's own clock
ANNA, BORIS = Phone("79160000001"), Phone("79160000002")
OLGA = MasterId(501)
IN_HAND = (CommandState.WAITING, CommandState.CONFLICT)
AWAY = (CommandState.SENT, CommandState.UNSURE)


def cancel(appointment: int = 7, phone: Phone = ANNA) -> Cancel:
    return Cancel("centre", AppointmentId(appointment), phone, "Отменено клиентом", NOON)


def move(hours: int = 0, appointment: int = 7, phone: Phone = ANNA) -> Move:
    start = Local(THREE + timedelta(hours=hours))
    return Move("centre", AppointmentId(appointment), phone, OLGA, start, 3600, NOON)


def confirm(appointment: int = 7, phone: Phone = ANNA) -> Confirm:
    return Confirm("centre", AppointmentId(appointment), phone, NOON)


def book(key: str = "k1", phone: Phone = ANNA, hours: int = 0) -> Book:
    start = Local(THREE + timedelta(hours=hours))
    return Book("centre", phone, "Анна", True, (ServiceId(31),), OLGA, start, 3600, key, NOON)


def waiting(command: Command, number: int = 5, state: CommandState = CommandState.WAITING) -> Standing:
    return Standing(number, command, state)


def test_the_last_move_wins() -> None:
    assert decide(move(2), [waiting(move(1))]) == Replace(5, move(2))


def test_a_cancellation_takes_the_place_of_a_move_that_waits() -> None:
    assert decide(cancel(), [waiting(move(1))]) == Replace(5, cancel())


def test_whoever_wants_another_time_after_all_does_not_want_it_cancelled() -> None:
    assert decide(move(1), [waiting(cancel())]) == Replace(5, move(1))
    assert decide(confirm(), [waiting(cancel())]) == Replace(5, confirm())


def test_the_same_wish_again_joins_the_first() -> None:
    for state in (*AWAY, CommandState.WAITING):
        assert decide(move(1), [waiting(move(1), state=state)]) == Join(5)
        assert decide(cancel(), [waiting(cancel(), state=state)]) == Join(5)


def test_what_has_left_is_not_touched_and_the_next_wish_waits_behind_it() -> None:
    for state in AWAY:
        assert decide(cancel(), [waiting(move(1), state=state)]) == Queue(behind=5)
        assert decide(move(2), [waiting(move(1), state=state)]) == Queue(behind=5)


def test_a_confirmation_does_not_undo_a_move() -> None:
    assert decide(confirm(), [waiting(move(1))]) == Queue(behind=5)


def test_a_booking_that_never_left_and_its_cancellation_annihilate_each_other() -> None:
    for state in IN_HAND:
        assert decide(cancel(-5), [waiting(book(), state=state)]) == Annihilate(5)


def test_moving_a_booking_that_never_left_changes_the_booking() -> None:
    for state in IN_HAND:
        moved = decide(move(3, -5), [waiting(book(), state=state)])
        assert moved == Replace(5, book(hours=3))


def test_a_booking_that_has_left_is_cancelled_after_it() -> None:
    for state in AWAY:
        assert decide(cancel(-5), [waiting(book(), state=state)]) == Queue()


def test_a_move_that_the_journal_stood_against_is_settled_by_the_next_wish_about_it() -> None:
    stood = waiting(move(1), state=CommandState.CONFLICT)
    for wish in (move(1), move(2), cancel(), confirm()):
        assert decide(wish, [stood]) == Replace(5, wish)


def test_booking_the_same_anew_settles_the_conflict() -> None:
    stood = waiting(book("old"), state=CommandState.CONFLICT)
    assert decide(book("new", hours=1), [stood]) == Queue(settles=5)
    assert decide(book("new", BORIS, hours=1), [stood]) == Queue()


def test_nobody_touches_what_somebody_else_has_asked_for() -> None:
    assert decide(move(2, phone=BORIS), [waiting(move(1))]) == Queue(behind=5)
    assert decide(cancel(-5, BORIS), [waiting(book())]) == Queue()


def test_what_a_new_wish_undoes_does_not_leave_for_its_own_sake_whatever_waits_in_between() -> None:
    chain = [waiting(move(1), 4), waiting(confirm(), 5)]
    assert decide(move(2), chain) == Replace(5, move(2), drops=(4,))
    assert decide(cancel(), chain) == Replace(5, cancel(), drops=(4,))
    left = [waiting(move(1), 4, CommandState.SENT), waiting(confirm(), 5)]
    assert decide(cancel(), left) == Replace(5, cancel())
