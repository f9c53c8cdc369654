"""How an appointment that is there already is changed: moved, confirmed, brought back.

Each change says the appointment's own main fields again, because what `PUT /record` is not told may be lost.
"""

from frontdesk.booking.appointments import Appointment, Attendance
from frontdesk.booking.commands import Confirm, Move, Restore
from frontdesk.provider.branch import Branch
from frontdesk.yclients.endpoints.records import PutRecord
from frontdesk.yclients.endpoints.visits import PutVisit
from frontdesk.yclients.models.attendance import Attendance as WireAttendance
from frontdesk.yclients.models.record import Record


async def move(branch: Branch, command: Move, record: Record) -> None:
    """Gives it another time or master; refused where that time is taken, and then the old one stands."""
    await branch.api(
        PutRecord.keeping(
            branch.salon.id,
            record,
            staff_id=command.master,
            datetime=command.start,
            seance_length=command.length_s,
            save_if_busy=False,
        )
    )


async def confirm(branch: Branch, record: Record) -> None:
    """Notes that the client will come; the comment stays."""
    if record.visit_id:
        await branch.api(
            PutVisit(
                visit_id=record.visit_id,
                record_id=record.id,
                attendance=WireAttendance.CONFIRMED,
                comment=record.comment or "",
            )
        )
    else:
        await branch.api(PutRecord.keeping(branch.salon.id, record, attendance=WireAttendance.CONFIRMED))


async def restore(branch: Branch, record: Record) -> None:
    """Takes a cancellation back; refused where the time has been given away meanwhile."""
    await branch.api(PutRecord.keeping(branch.salon.id, record, attendance=WireAttendance.WAITING, save_if_busy=False))


def shows(command: Move | Confirm | Restore, about: Appointment) -> bool:
    """Whether the appointment, as read, shows what the command asked for."""
    match command:
        case Move():
            return about.stands and (about.start, about.master.id) == (command.start, command.master)
        case Confirm():
            return about.attendance is Attendance.CONFIRMED
        case Restore():
            return about.stands
