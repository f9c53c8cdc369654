"""What becomes of a wish beside those that wait: nothing is lost, and what never left is not carried there and back."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from frontdesk.booking.commands import Book, Cancel, Command, Confirm, Move, Restore
from frontdesk.booking.ids import AppointmentId, MasterId, Phone, ServiceId
from frontdesk.booking.times import Instant, Local
from frontdesk.outage.command import COMMAND, CommandEvent, CommandState
from frontdesk.outage.order import Annihilate, Join, Queue, Replace, Standing, decide, touches

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


wishes = st.one_of(
    st.builds(cancel, st.sampled_from([7, 8]), st.sampled_from([ANNA, BORIS])),
    st.builds(move, st.integers(0, 3), st.sampled_from([7, 8]), st.sampled_from([ANNA, BORIS])),
    st.builds(confirm, st.sampled_from([7, 8]), st.sampled_from([ANNA, BORIS])),
    st.builds(lambda appointment: Restore("centre", AppointmentId(appointment), ANNA, NOON), st.sampled_from([7, 8])),
)
steps = st.lists(st.tuples(wishes, st.sampled_from(["waits", "leaves", "comes back", "clashes"])), max_size=12)


class Queueing:
    """The commands of one salon, kept by the decisions alone."""

    def __init__(self) -> None:
        self.commands: list[Standing] = []

    def asks(self, wish: Command) -> Standing | None:
        """The command that carries the wish now; None where it annihilated one."""
        near = [one for one in self.commands if one.state.is_open and touches(wish, one)]
        match decide(wish, near):
            case Join(number):
                return self.of(number)
            case Replace(number, becomes):
                state = COMMAND.after(self.of(number).state, CommandEvent.REPLACED)
                self.put(Standing(number, becomes, state))
                return self.of(number)
            case Annihilate(number):
                state = COMMAND.after(self.of(number).state, CommandEvent.ANNIHILATED)
                self.put(Standing(number, self.of(number).command, state))
                return None
            case Queue():
                self.commands.append(Standing(len(self.commands) + 1, wish, CommandState.WAITING))
                return self.commands[-1]

    def of(self, number: int) -> Standing:
        return next(one for one in self.commands if one.id == number)

    def put(self, standing: Standing) -> None:
        self.commands = [standing if one.id == standing.id else one for one in self.commands]

    def happens(self, what: str) -> None:
        events = {
            "leaves": (CommandState.WAITING, CommandEvent.CLAIMED),
            "comes back": (CommandState.SENT, CommandEvent.NOT_SENT),
            "clashes": (CommandState.SENT, CommandEvent.CONFLICTED),
        }
        state, event = events.get(what, (None, None))
        first = next((one for one in self.commands if one.state is state), None)
        if first is not None and event is not None:
            self.put(Standing(first.id, first.command, COMMAND.after(first.state, event)))


@given(steps)
def test_every_wish_is_carried_by_some_command_and_always_by_one_of_its_own_person(story) -> None:
    queue = Queueing()
    for wish, what in story:
        before = {one.id: one for one in queue.commands}
        carrier = queue.asks(wish)
        assert carrier is not None
        joined = carrier.id in before and before[carrier.id].command == carrier.command
        assert joined or carrier.command == wish
        changed = [one for one in queue.commands if one.id in before and before[one.id] != one]
        assert all(before[one.id].state in IN_HAND for one in changed)
        assert all(before[one.id].command.phone == wish.phone for one in changed)
        queue.happens(what)


@given(st.lists(wishes, max_size=12))
def test_while_nothing_leaves_one_change_of_each_appointment_waits_for_each_person(asked) -> None:
    queue = Queueing()
    for wish in asked:
        queue.asks(wish)
    changes = [(one.command.subject, one.command.phone) for one in queue.commands if isinstance(one.command, Move)]
    cancels = [(one.command.subject, one.command.phone) for one in queue.commands if isinstance(one.command, Cancel)]
    alternating = len(set(changes)) < len(changes) or len(set(cancels)) < len(cancels)
    several = {one.phone for one in asked} == {ANNA, BORIS} or any(isinstance(one, Confirm | Restore) for one in asked)
    assert several or not alternating
