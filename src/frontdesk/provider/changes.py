"""What a command that is done has changed, as far as it was read; and the day it leaves a gap in."""

from dataclasses import replace
from decimal import Decimal

from frontdesk.booking.appointments import Appointment, Attendance, Master, Service
from frontdesk.booking.changes import Change, ChangeKind
from frontdesk.booking.commands import (
    Book,
    Cancel,
    Command,
    Confirm,
    JournalCommand,
    Move,
    ProvePhone,
    Restore,
    SendCode,
    SetAttendance,
)
from frontdesk.booking.ids import AppointmentId, MasterId
from frontdesk.provider.branch import Branch

_KINDS = {
    Cancel: ChangeKind.CANCELLED,
    Book: ChangeKind.BOOKED,
    Move: ChangeKind.MOVED,
    Confirm: ChangeKind.CONFIRMED,
    Restore: ChangeKind.RESTORED,
}
_STANDS = {
    Attendance.CONFIRMED: ChangeKind.CONFIRMED,
    Attendance.CAME: ChangeKind.CAME,
    Attendance.NO_SHOW: ChangeKind.NO_SHOW,
    Attendance.WAITING: ChangeKind.EXPECTED,
}


def described(branch: Branch, command: Command, about: Appointment | None) -> Change | None:
    """The change; None for a command that changes no appointment. `about` is the appointment as last read."""
    if isinstance(command, SendCode | ProvePhone) or (kind := _kind(command)) is None:
        return None
    known = replace(about, client=None, comment="", api_id="") if about else None
    change = Change(kind, branch.salon.key, command.asked_at, _number(command, about), client=_client(command, about))
    if isinstance(command, Book):
        return _worth(branch, replace(change, after=known or booked(branch, command)))
    if isinstance(command, Cancel):
        return _worth(branch, replace(change, before=known))
    if isinstance(command, Move):
        return _worth(branch, _moved(branch, command, change, known))
    return _worth(branch, replace(change, before=known, after=known))


def _kind(command: JournalCommand) -> ChangeKind | None:
    return _STANDS[command.attendance] if isinstance(command, SetAttendance) else _KINDS.get(type(command))


def _number(command: JournalCommand, about: Appointment | None) -> AppointmentId | None:
    if isinstance(command, Book):
        return about.id if about else None
    return command.appointment


def _client(command: JournalCommand, about: Appointment | None) -> str:
    if isinstance(command, Book):
        return command.name
    return about.client.name if about and about.client else ""


def booked(branch: Branch, command: Book, made: AppointmentId | None = None) -> Appointment:
    """The appointment as it was asked for: the answer to a booking names little but its number."""
    offers = {offer.service.id: offer.service for offer in branch.menu.offers(command.services)}
    return Appointment(
        id=made or AppointmentId(0),
        salon=command.salon,
        visit=None,
        client=None,
        master=_master(branch, command.master),
        services=tuple(offers.get(one, Service(one, "")) for one in command.services),
        start=command.start,
        length_s=command.length_s,
        attendance=Attendance.WAITING,
    )


def _moved(branch: Branch, command: Move, change: Change, known: Appointment | None) -> Change:
    """Read after the move, it shows the new time already; where it stood before is then not known."""
    if known is None:
        return change
    after = replace(
        known, master=_master(branch, command.master), start=command.start, length_s=command.length_s or known.length_s
    )
    stays = (known.start, known.master.id) == (after.start, after.master.id)
    return replace(change, before=None if stays else known, after=after)


def _master(branch: Branch, master: MasterId) -> Master:
    return branch.menu.master(master) or Master(master, "")


def _worth(branch: Branch, change: Change) -> Change:
    about = change.before or change.after
    if about is None:
        return change
    offers = branch.menu.offers(service.id for service in about.services)
    prices = [offer.masters[about.master.id].price.low for offer in offers if about.master.id in offer.masters]
    known = bool(prices) and len(prices) == len(about.services)
    price = sum(prices, Decimal(0)) if known else None
    return replace(change, starts_at=branch.salon.instant(about.start), price=price)
