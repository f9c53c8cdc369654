"""Commands that are not settled yet, and the time they hold.

What was promised to one client is not offered to another: a waiting booking and the new time of a waiting move are
taken time like any appointment. A waiting cancellation frees nothing, for it may yet be refused. A place in a group
event takes nobody's time beside the event's own, but there is one place less.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import timedelta

from frontdesk.booking.appointments import Pending
from frontdesk.booking.commands import Book, Command, Move, waiting_appointment
from frontdesk.booking.ids import AppointmentId
from frontdesk.booking.schedules import Busy
from frontdesk.booking.slots import Slot


@dataclass(frozen=True, slots=True)
class Outstanding:
    """A command whose outcome is not known yet, by its number in the outbox."""

    number: int
    command: Command
    pending: Pending


@dataclass(frozen=True, slots=True)
class OpenCommands:
    """What a look-up must know of the outbox: this person's own commands, and those of everybody that may hold time.

    `changes` is the number of the last change that was made through here, by whichever process.
    """

    own: tuple[Outstanding, ...] = ()
    everyones: tuple[Outstanding, ...] = ()
    changes: int = 0


NOTHING_OPEN = OpenCommands()


def held(commands: Iterable[Outstanding]) -> tuple[Busy, ...]:
    """The windows that these commands hold; each names the appointment that may still move within it."""
    return tuple(window for one in commands if (window := _window(one)) is not None)


def _window(one: Outstanding) -> Busy | None:
    command = one.command
    if isinstance(command, Book) and not command.event:
        return Busy(command.master, command.start, command.length_s, waiting_appointment(one.number))
    if isinstance(command, Move):
        return Busy(command.master, command.start, command.length_s, command.appointment)
    return None


def not_held(slots: Iterable[Slot], holds: Iterable[Busy], moving: AppointmentId | None = None) -> tuple[Slot, ...]:
    """The slots that meet no held window, but for those of the appointment `moving`.

    A slot that belongs to no master yet stays: which of them is still free is found out when the time is chosen.
    """
    others = [one for one in holds if moving is None or one.appointment != moving]
    return tuple(slot for slot in slots if slot.event or not any(_meets(slot, one) for one in others))


def with_places_left(slots: Iterable[Slot], commands: Iterable[Outstanding], places: int) -> tuple[Slot, ...]:
    """The slots, without the places in group events that these commands are to take; so many must be left."""
    promised: Counter[int] = Counter()
    for one in commands:
        if isinstance(one.command, Book) and one.command.event:
            promised[one.command.event] += one.command.places
    left = (replace(slot, places=slot.places - promised[slot.event]) if slot.event else slot for slot in slots)
    return tuple(slot for slot in left if not slot.event or slot.places >= places)


def is_held(command: Command, holds: Iterable[Busy]) -> bool:
    """Whether the command asks for time that another one holds."""
    if not isinstance(command, Book | Move) or (isinstance(command, Book) and command.event):
        return False
    moving = command.appointment if isinstance(command, Move) else None
    wanted = Busy(command.master, command.start, command.length_s, moving)
    return any(_meets(wanted, one) for one in holds if moving is None or one.appointment != moving)


def _meets(one: Slot | Busy, other: Busy) -> bool:
    master = one.master.id if isinstance(one, Slot) else one.master
    ends, other_ends = (each.start + timedelta(seconds=each.length_s) for each in (one, other))
    return master == other.master and one.start < other_ends and other.start < ends
