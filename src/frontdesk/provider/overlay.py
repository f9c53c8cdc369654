"""A person's appointments as they will be once their open commands are done; what is not sure yet is marked.

The journal, or its copy, says how things stand; the outbox says what was asked since. Nobody is told an old time again
after asking for a new one, and nobody is told that something stands which the journal has not taken yet.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import assert_never

from frontdesk.booking.appointments import Appointment, Attendance, Client, Master, Pending, Service
from frontdesk.booking.commands import (
    Book,
    Cancel,
    CodeCommand,
    Confirm,
    Explain,
    JournalCommand,
    Move,
    Restore,
    SetAttendance,
    waiting_appointment,
)
from frontdesk.booking.ids import ClientId
from frontdesk.booking.menu import Menu
from frontdesk.booking.outstanding import Outstanding


def overlaid(appointments: Sequence[Appointment], asked: Iterable[Outstanding], menu: Menu) -> tuple[Appointment, ...]:
    """The appointments of one salon with this person's open commands for it laid over them, oldest first."""
    state = {one.id: one for one in appointments}
    for outstanding in asked:
        command = outstanding.command
        if isinstance(command, Book):
            made = any(one.api_id == command.key for one in state.values() if command.key)
            if not made:
                state[waiting_appointment(outstanding.number)] = _to_be_made(outstanding, command, menu)
        elif not isinstance(command, CodeCommand) and (known := state.get(command.appointment)) is not None:
            state[known.id] = _changed(known, command, outstanding.pending, menu)
    return tuple(state.values())


def _to_be_made(outstanding: Outstanding, command: Book, menu: Menu) -> Appointment:
    titles = {offer.service.id: offer.service for offer in menu.offers(command.services)}
    return Appointment(
        id=waiting_appointment(outstanding.number),
        salon=command.salon,
        visit=None,
        client=Client(ClientId(0), command.name, command.phone),
        master=menu.master(command.master) or Master(command.master, ""),
        services=tuple(titles.get(service, Service(service, "")) for service in command.services),
        start=command.start,
        length_s=command.length_s,
        attendance=Attendance.WAITING,
        created=command.asked_at,
        comment=command.comment,
        api_id=command.key,
        pending=outstanding.pending,
    )


def _changed(known: Appointment, command: JournalCommand, pending: Pending, menu: Menu) -> Appointment:
    match command:
        case Move():
            master = menu.master(command.master) or replace(known.master, id=command.master)
            return replace(known, start=command.start, master=master, length_s=command.length_s, pending=pending)
        case Cancel():
            return replace(known, attendance=Attendance.NO_SHOW, pending=pending)
        case Restore():
            return replace(known, attendance=Attendance.WAITING, deleted=False, pending=pending)
        case SetAttendance(attendance=attendance):
            return replace(known, attendance=attendance, pending=pending)
        case Confirm() | Explain() | Book():
            # That somebody will come, and why somebody did not, changes neither when nor with whom.
            return known
        case _:
            assert_never(command)
