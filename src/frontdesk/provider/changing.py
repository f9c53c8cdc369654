"""How an appointment that is there already is changed: moved, confirmed, brought back.

Each change says the appointment's own main fields again, because what `PUT /record` is not told may be lost.
"""

from typing import assert_never

from frontdesk.booking.appointments import Appointment, Attendance
from frontdesk.booking.cancelling import REASON_MARK
from frontdesk.booking.commands import Confirm, Explain, Move, Restore, SetAttendance
from frontdesk.provider import attending, reading
from frontdesk.provider.branch import Branch
from frontdesk.provider.companions import keeping_companions
from frontdesk.yclients.endpoints.records import GetRecords, PutRecord
from frontdesk.yclients.endpoints.visits import PutVisit
from frontdesk.yclients.models.attendance import Attendance as WireAttendance
from frontdesk.yclients.models.record import Record

MOST_OF_A_DAY = 300


async def move(branch: Branch, command: Move, record: Record) -> None:
    """Gives it another time or master; refused where that time is taken, and then the old one stands."""
    await branch.api(
        PutRecord.keeping(
            branch.salon.id,
            record,
            staff_id=command.master,
            datetime=command.start,
            seance_length=command.length_s,
            save_if_busy=command.force,
        )
    )


async def confirm(branch: Branch, record: Record, *, shares_visit: bool) -> None:
    """Notes that the client will come; the comment stays, and so do the other appointments of the visit."""
    by_record = PutRecord.keeping(branch.salon.id, record, attendance=WireAttendance.CONFIRMED)
    if shares_visit:
        await keeping_companions(branch.api, branch.salon.id, record, by_record)
    elif record.visit_id:
        await branch.api(
            PutVisit(
                visit_id=record.visit_id,
                record_id=record.id,
                attendance=WireAttendance.CONFIRMED,
                comment=record.comment or "",
            )
        )
    else:
        await branch.api(by_record)


async def restore(branch: Branch, command: Restore, record: Record, about: Appointment) -> bool:
    """Takes a cancellation back, with what the comment says of it; False where somebody else has got the time.

    The journal does not check the time of a change that moves nothing, so the day is read before, and once more after:
    whoever booked in between keeps the time.
    """
    if await _is_given_away(branch, about):
        return False
    lines = (record.comment or "").splitlines()
    kept = [line for line in lines if line.strip() != command.mark and not line.startswith(REASON_MARK)]
    changes = {"attendance": WireAttendance.WAITING, "comment": "\n".join(kept)}
    await branch.api(PutRecord.keeping(branch.salon.id, record, **changes, save_if_busy=False))
    if not await _is_given_away(branch, about):
        return True
    await branch.api(PutRecord.keeping(branch.salon.id, record, save_if_busy=True))
    return False


async def _is_given_away(branch: Branch, about: Appointment) -> bool:
    day = about.start.date()
    records = await branch.api(
        GetRecords(
            company_id=branch.salon.id, staff_id=about.master.id, start_date=day, end_date=day, count=MOST_OF_A_DAY
        )
    )
    others = (one for record in records if (one := reading.appointment(record, branch.salon)) is not None)
    standing = (one for one in others if one.stands and one.id != about.id)
    return any(one.start < about.end and about.start < one.end for one in standing)


async def explain(branch: Branch, command: Explain, record: Record) -> None:
    """Adds the reason to the comment; nothing moves, so a time that was given away meanwhile is no matter."""
    before = (record.comment or "").strip()
    comment = f"{before}\n{command.comment}" if before else command.comment
    await branch.api(PutRecord.keeping(branch.salon.id, record, comment=comment, save_if_busy=True))


def shows(command: Move | Confirm | Restore | Explain | SetAttendance, about: Appointment) -> bool:
    """Whether the appointment, as read, shows what the command asked for."""
    match command:
        case Move():
            return about.stands and (about.start, about.master.id) == (command.start, command.master)
        case Confirm():
            return about.attendance is Attendance.CONFIRMED
        case Restore():
            return about.stands
        case Explain():
            return command.comment in about.comment
        case SetAttendance():
            return attending.shows(command, about)
        case _:
            assert_never(command)
