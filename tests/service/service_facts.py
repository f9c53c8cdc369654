"""Who and what is made up: one salon, two clients, one master, one appointment of tomorrow."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from frontdesk.booking.appointments import Appointment, Attendance, Client, Master
from frontdesk.booking.appointments import Service as ServiceOf
from frontdesk.booking.commands import Cancel, Conflicted, Deferred, Done, Outcome, Refused
from frontdesk.booking.ids import AppointmentId, ClientId, MasterId, Phone, SalonId, ServiceId
from frontdesk.booking.salon import Salon
from frontdesk.booking.times import Instant, Local
from frontdesk.channels.messages import Address

NOON = Instant(datetime(2026, 11, 21, 12, tzinfo=UTC))
ANNA = Phone("79160000001")
BORIS = Phone("79160000002")
OLGA = Master(MasterId(501), "Ольга")
SALON = Salon("centre", SalonId(962302), "Центр", ZoneInfo("Europe/Moscow"))


def standing(appointment: int) -> Appointment:
    """A haircut of Olga's tomorrow at three, for Anna."""
    return Appointment(
        id=AppointmentId(appointment),
        salon="centre",
        visit=None,
        client=Client(ClientId(1), "Анна", ANNA),
        master=OLGA,
        services=(ServiceOf(ServiceId(31), "Женская стрижка"),),
        start=Local(datetime(2026, 11, 22, 15)),  # noqa: DTZ001 - the salon's own clock
        length_s=3600,
        attendance=Attendance.WAITING,
    )


def told(outcome: Outcome) -> str:
    match outcome:
        case Done():
            return "отменено"
        case Refused():
            return "отказано"
        case Deferred():
            return "позже"
        case Conflicted():
            return "занято"


def cancel(appointment: int, phone: Phone = ANNA) -> Cancel:
    return Cancel("centre", AppointmentId(appointment), phone, "Отменено клиентом", NOON)


def address(user: str = ANNA, account: str = "main") -> Address:
    return Address("whatsapp", account, user)
