"""Setting how an appointment stands, as the salon's own people do it: on the visit or on the appointment.

Both ways are documented: `PUT /visits/{visit_id}/{record_id}` wants the status and a comment, `PUT /record` whatever is
to change. Which goes first is the salon's `cancel.method`; a refusal that is of the way rather than of the wish opens
the other. A visit that holds several appointments is never edited as a whole: what becomes of the others is not
documented, so the one is edited and the others are put back where they moved.
"""

from frontdesk.booking.appointments import Appointment, Attendance
from frontdesk.booking.commands import Done, RefusalReason, Refused, SetAttendance
from frontdesk.booking.policy import Method
from frontdesk.provider.branch import Branch
from frontdesk.provider.cancelling import opens_next_way
from frontdesk.provider.companions import companions, keeping_companions
from frontdesk.yclients import errors
from frontdesk.yclients.endpoints.records import PutRecord
from frontdesk.yclients.endpoints.visits import PutVisit
from frontdesk.yclients.models.attendance import Attendance as WireAttendance
from frontdesk.yclients.models.record import Record

DELETED = "запись удалена в журнале"
_WIRE = {
    Attendance.CONFIRMED: WireAttendance.CONFIRMED,
    Attendance.CAME: WireAttendance.CAME,
    Attendance.WAITING: WireAttendance.WAITING,
    Attendance.NO_SHOW: WireAttendance.NO_SHOW,
}


async def set_attendance(branch: Branch, command: SetAttendance, record: Record) -> None:
    """Writes it; raises the refusal that no further way is open after."""
    prefers_visit = branch.salon.policy.cancel.method is not Method.RECORD
    if not prefers_visit or not record.visit_id or await companions(branch.api, record):
        return await _by_record(branch, command, record)
    try:
        await branch.api(
            PutVisit(
                visit_id=record.visit_id,
                record_id=record.id,
                attendance=_WIRE[command.attendance],
                comment=_comment(command, record),
            )
        )
    except errors.Refused as refused:
        if not opens_next_way(refused):
            raise
        await _by_record(branch, command, record)


def stands_against(command: SetAttendance, about: Appointment) -> Done | Refused | None:
    """What keeps it from being written: nothing is written on what was deleted, nor twice."""
    if about.deleted:
        return Refused(RefusalReason.NOT_FOUND, DELETED)
    return Done(already=True) if shows(command, about) else None


def shows(command: SetAttendance, about: Appointment) -> bool:
    """Whether the appointment, as read, stands as it was asked for."""
    return about.attendance is command.attendance and command.comment in about.comment


async def _by_record(branch: Branch, command: SetAttendance, record: Record) -> None:
    """Nothing moves, so a time that was given away meanwhile is no matter."""
    fields = {"attendance": _WIRE[command.attendance], "comment": _comment(command, record), "save_if_busy": True}
    await keeping_companions(branch.api, branch.salon.id, record, PutRecord.keeping(branch.salon.id, record, **fields))


def _comment(command: SetAttendance, record: Record) -> str:
    """What the salon wrote before stays; a comment is what the provider replaces."""
    before = (record.comment or "").strip()
    if not command.comment or command.comment in before:
        return before
    return f"{before}\n{command.comment}" if before else command.comment
