"""What becomes of a new wish beside those that wait already: the order of things while nothing can leave.

Several wishes about one appointment are carried in the order in which they were said, and none is lost. But what has
surely not changed the journal need not go there only to be undone: the last move wins, a cancellation takes the place
of a move that waits, and a booking that never left and its cancellation annihilate each other. A wish that is said
again joins the first. A person's wishes only ever touch their own.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from frontdesk.booking.commands import (
    Book,
    Cancel,
    Command,
    Confirm,
    Move,
    OfAppointment,
    Restore,
    SetAttendance,
    waiting_appointment,
)
from frontdesk.outage.command import CommandState


@dataclass(frozen=True, slots=True)
class Standing:
    """A command that is there already."""

    id: int
    command: Command
    state: CommandState


@dataclass(frozen=True, slots=True)
class Join:
    """It is the same wish: whoever said it is told what comes of that one."""

    id: int


@dataclass(frozen=True, slots=True)
class Replace:
    """The command of this number becomes this wish, in its place; `drops` are before it, and it undoes them too."""

    id: int
    wish: Command
    drops: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Annihilate:
    """Neither leaves: the journal is as if neither had been wished."""

    id: int


@dataclass(frozen=True, slots=True)
class Queue:
    """It waits in its own right. `behind` is the open one of the same appointment; `settles` a conflict it ends."""

    behind: int | None = None
    settles: int | None = None


Decision = Join | Replace | Annihilate | Queue

_TAKES_THE_PLACE = frozenset(
    {
        (Move, Move),
        (Move, Confirm),
        (Move, Cancel),
        (Cancel, Move),
        (Cancel, Confirm),
        (Confirm, Cancel),
        (SetAttendance, SetAttendance),
    }
)
"""Which new wish takes the place of which that waits: a pair is (new, waiting)."""


def decide(wish: Command, standing: Sequence[Standing]) -> Decision:
    """What becomes of the wish. `standing` are the commands it may touch, oldest first: see `touches`."""
    if isinstance(wish, Book):
        return _booking(wish, standing)
    chain = [one for one in standing if one.state.is_open and one.command.subject == wish.subject]
    if chain:
        return _of_one_appointment(wish, chain)
    made = next((one for one in standing if isinstance(one.command, Book) and _is_about(wish, one)), None)
    return _of_a_booking(wish, made) if made is not None else Queue()


def touches(wish: Command, other: Standing) -> bool:
    """Whether the decision about the wish may depend on that one."""
    if isinstance(wish, Book):
        return isinstance(other.command, Book) and other.state.is_open
    return other.command.subject == wish.subject or (isinstance(other.command, Book) and _is_about(wish, other))


def same_wish(one: Command, other: Command) -> bool:
    """Whether both ask for the same change, whenever and by whomever they were said."""
    if type(one) is not type(other) or one.subject != other.subject:
        return False
    if isinstance(one, Move) and isinstance(other, Move):
        return (one.master, one.start, one.length_s) == (other.master, other.start, other.length_s)
    if isinstance(one, SetAttendance) and isinstance(other, SetAttendance):
        return (one.attendance, one.comment) == (other.attendance, other.comment)
    return True


def _booking(wish: Book, standing: Sequence[Standing]) -> Decision:
    """A client whose booking stands in conflict and who books the same anew has settled it."""
    if (same := next((one for one in standing if one.command.subject == wish.subject), None)) is not None:
        return Join(same.id)
    conflicts = (one for one in standing if one.state is CommandState.CONFLICT and _is_his(wish, one))
    settled = next(
        (one for one in conflicts if isinstance(one.command, Book) and one.command.services == wish.services), None
    )
    return Queue(settles=settled.id if settled else None)


def _of_one_appointment(wish: Command, chain: Sequence[Standing]) -> Decision:
    last = chain[-1]
    if same_wish(wish, last.command) and last.state is not CommandState.CONFLICT:
        return Join(last.id)
    if not last.state.is_in_hand or not _is_his(wish, last):
        return Queue(behind=last.id)
    settles = last.state is CommandState.CONFLICT and not isinstance(wish, SetAttendance)
    if _undoes(wish, last) or settles:
        return Replace(last.id, wish, tuple(one.id for one in chain[:-1] if _undoes(wish, one)))
    return Queue(behind=last.id)


def _undoes(wish: Command, other: Standing) -> bool:
    in_hand = other.state.is_in_hand and _is_his(wish, other)
    return in_hand and (type(wish), type(other.command)) in _TAKES_THE_PLACE


def _of_a_booking(wish: Command, made: Standing) -> Decision:
    """A wish about a booking that has no appointment yet, named by its command."""
    if not made.state.is_in_hand or not _is_his(wish, made) or not isinstance(made.command, Book):
        return Queue()
    match wish:
        case Cancel():
            return Annihilate(made.id)
        case Move(master=master, start=start, length_s=length_s, force=force):
            length_s = length_s or made.command.length_s
            moved = replace(made.command, master=master, start=start, length_s=length_s, force=force)
            return Replace(made.id, moved)
        case Confirm() | Restore():
            return Join(made.id)
        case _:
            return Queue()


def _is_about(wish: Command, booking: Standing) -> bool:
    return isinstance(wish, OfAppointment) and wish.appointment == waiting_appointment(booking.id)


def _is_his(wish: Command, other: Standing) -> bool:
    return wish.phone == other.command.phone
