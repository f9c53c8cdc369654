"""From the provider's shapes to the front desk's own, and nothing else."""

from typing import TypeVar
from zoneinfo import ZoneInfo

from frontdesk.booking.appointments import Appointment, Attendance, Client, Master, Service
from frontdesk.booking.ids import AppointmentId, ClientId, MasterId, Phone, SalonId, ServiceId, VisitId
from frontdesk.booking.phones import typed_phone
from frontdesk.booking.policy import Policy
from frontdesk.booking.salon import Salon
from frontdesk.booking.times import Instant, Local, instant
from frontdesk.yclients.models.attendance import Attendance as WireAttendance
from frontdesk.yclients.models.client import Client as WireClient
from frontdesk.yclients.models.company import Company
from frontdesk.yclients.models.record import Record
from frontdesk.yclients.models.staff import Staff

T = TypeVar("T")

ATTENDANCE = {
    WireAttendance.CONFIRMED: Attendance.CONFIRMED,
    WireAttendance.CAME: Attendance.CAME,
    WireAttendance.WAITING: Attendance.WAITING,
    WireAttendance.NO_SHOW: Attendance.NO_SHOW,
}


def appointment(record: Record, salon: Salon) -> Appointment | None:
    """An appointment of the journal; None where it has no time, so that nothing can be said or done about it."""
    start = _start(record, salon)
    if start is None:
        return None
    return Appointment(
        id=AppointmentId(record.id),
        salon=salon.key,
        visit=VisitId(record.visit_id) if record.visit_id else None,
        client=client(record.client) if record.client else None,
        master=_master(record.staff, record.staff_id),
        services=tuple(Service(ServiceId(service.id), service.title or "") for service in record.services),
        start=start,
        length_s=record.seance_length or record.length or 0,
        attendance=attendance(record),
        created=instant(record.create_date) if record.create_date and record.create_date.tzinfo else None,
        deleted=bool(record.deleted),
        comment=record.comment or "",
        api_id=record.api_id or "",
        activity=record.activity_id or None,
    )


def attendance(record: Record) -> Attendance:
    """The status of the appointment itself; one that the provider added since is taken as still expected."""
    said = record.attendance if record.attendance is not None else record.visit_attendance
    return ATTENDANCE.get(said, Attendance.WAITING) if isinstance(said, WireAttendance) else Attendance.WAITING


def _start(record: Record, salon: Salon) -> Local | None:
    # The offsets of `datetime` are known to be wrong in summer, so the salon's own time goes first.
    if record.date is not None:
        return Local(record.date)
    if record.datetime is None:
        return None
    return salon.local(Instant(record.datetime)) if record.datetime.tzinfo else Local(record.datetime)


def _master(staff: Staff | None, staff_id: int | None) -> Master:
    return Master(MasterId((staff.id if staff else staff_id) or 0), (staff.name if staff else None) or "")


def client(wire: WireClient) -> Client:
    """A person in the salon's book; the phone is None where the token may not see phones."""
    return Client(ClientId(wire.id or 0), wire.name or "", phone(wire.phone))


def phone(written: str | None) -> Phone | None:
    """Digits only, or None for a phone that is missing or hidden behind asterisks."""
    return typed_phone(written) if written and "*" not in written else None


def salon(company: Company, known: Salon) -> Salon:
    """The salon as the provider shows it; what it does not say stays as the settings have it."""
    return Salon(
        key=known.key,
        id=SalonId(company.id),
        title=company.public_title or company.title or known.title,
        zone=_zone(company.timezone_name) or known.zone,
        phone=known.phone or company.phone or next((one for one in company.phones if one), "") or "",
        address=company.address or known.address,
        schedule=(company.schedule or "").strip() or known.schedule,
        policy=_policy(company, known.policy),
        needs_email=bool(company.booking_email_required),
        needs_comment=bool(company.booking_comment_required),
        comment_title=company.booking_comment_input_name or "",
    )


def _zone(name: str | None) -> ZoneInfo | None:
    try:
        return ZoneInfo(name) if name else None
    except (KeyError, ValueError, OSError):
        return None


def _policy(company: Company, known: Policy) -> Policy:
    return Policy(
        may_cancel=_first(company.allow_delete_record, known.may_cancel),
        cancel_notice_s=_first(company.allow_delete_record_delay_step, known.cancel_notice_s),
        may_move=_first(company.allow_change_record, known.may_move),
        move_notice_s=_first(company.allow_change_record_delay_step, known.move_notice_s),
        cancel=known.cancel,
    )


def _first(said: T | None, otherwise: T) -> T:
    return otherwise if said is None else said
