"""How a new appointment is written.

On a proved phone it is made in the salon's name (`POST /records`), refused where the time is taken, and marked with our
own key. On a phone that was only claimed it goes the way a client's own widget goes (`book_check`, then `book_record`,
with the code from the SMS where the salon asks for one): the provider then vouches for the phone, not we.

Who was told how their data are processed, and said yes after that, has allowed it. Newsletters are left unsaid: to say
no for a client who is known already would take back what they agreed to elsewhere.
"""

from frontdesk.booking.commands import Book, RefusalReason
from frontdesk.booking.ids import AppointmentId
from frontdesk.booking.times import Instant
from frontdesk.provider.answers import Evidence, Found, NotFound
from frontdesk.provider.branch import Branch
from frontdesk.provider.events import taking_places
from frontdesk.provider.syncing import OVERLAP, PAGE, shown_before
from frontdesk.yclients.endpoints.booking import PostBookCheck, PostBookRecord
from frontdesk.yclients.endpoints.records import GetRecords, PostRecord
from frontdesk.yclients.models.booking_forms import Appointment as WireAppointment
from frontdesk.yclients.models.record import Record
from frontdesk.yclients.models.record_forms import ClientAgreements, RecordClient, RecordService

PAGES_AT_MOST = 10
"""Of what has changed since a wish: three thousand appointments, more than a salon changes while it waits."""


def no_longer(branch: Branch, command: Book) -> RefusalReason | None:
    """What the salon has taken away since the wish was made: the service, or the master.

    The journal itself takes both from an administrator; what a person of the salon wants is theirs to decide.
    """
    if command.event or command.force or not branch.menu.listed:
        return None
    offers = branch.menu.offers(command.services)
    if len(offers) < len(command.services):
        return RefusalReason.NOT_BOOKABLE
    if branch.menu.master(command.master) is None:
        return RefusalReason.MASTER_LEFT
    return None if branch.menu.does_all(command.master, offers) else RefusalReason.NOT_BOOKABLE


async def book(branch: Branch, command: Book) -> AppointmentId | None:
    """Makes the appointment and says its number, where the answer does; raises the client's errors."""
    if command.event:
        await branch.api(taking_places(branch, command))
        return None
    if command.proved or command.force:
        made = await branch.api(_as_the_salon(branch, command))
        return next((AppointmentId(record.id) for record in made if record.id), None)
    appointment = WireAppointment(
        id=1, services=tuple(command.services), staff_id=command.master, datetime=command.start
    )
    await branch.api(PostBookCheck(company_id=branch.salon.id, appointments=(appointment,)))
    booked = await branch.api(_as_the_client(branch, command, appointment))
    return next((AppointmentId(one.record_id) for one in booked if one.record_id), None)


def _as_the_salon(branch: Branch, command: Book) -> PostRecord:
    offers = branch.menu.offers(command.services)
    allowed = ClientAgreements(is_personal_data_processing_allowed=True)
    terms = {offer.service.id: offer.masters.get(command.master) for offer in offers}
    prices = {service: one.price.low for service, one in terms.items() if one is not None}
    record = PostRecord(
        company_id=branch.salon.id,
        client=_client(command),
        staff_id=command.master,
        services=tuple(
            RecordService(id=service, first_cost=float(prices.get(service, 0)), cost=float(prices.get(service, 0)))
            for service in command.services
        ),
        datetime=command.start,
        seance_length=command.length_s,
        save_if_busy=command.force,
        comment=command.comment,
        api_id=command.key,
    )
    return record.model_copy(update={"client_agreements": allowed}) if command.informed else record


def _client(command: Book) -> RecordClient:
    known = RecordClient(phone=command.phone, name=command.name)
    return known.model_copy(update={"email": command.email}) if command.email else known


def _as_the_client(branch: Branch, command: Book, appointment: WireAppointment) -> PostBookRecord:
    said: dict[str, object] = {"code": command.code} if command.code else {}
    if command.informed:
        said["is_personal_data_processing_allowed"] = True
    return PostBookRecord.model_validate(
        {
            "company_id": branch.salon.id,
            "phone": command.phone,
            "fullname": command.name,
            "email": command.email,
            "appointments": (appointment,),
            "comment": command.comment,
            "api_id": command.key,
            **said,
        }
    )


async def evidence(branch: Branch, command: Book) -> tuple[Evidence, Record | None]:
    """Whether an appointment with our key was made; it may have been moved or deleted by hand since.

    It mostly stands among that master's of the day. Where it does not, it is among all that has changed since the wish.
    """
    whole = GetRecords(company_id=branch.salon.id, with_deleted=True, count=PAGE)
    day, asked_at = command.start.date(), Instant(command.asked_at - OVERLAP)
    of_the_day = {"staff_id": command.master, "start_date": day, "end_date": day}
    ours = await _ours(branch, command.key, whole.model_copy(update=of_the_day))
    if ours is None:
        changed = {"changed_after": shown_before(branch.salon, asked_at)}
        ours = await _ours(branch, command.key, whole.model_copy(update=changed))
    return (Found() if ours is not None else NotFound()), ours


async def _ours(branch: Branch, key: str, call: GetRecords) -> Record | None:
    for page in range(1, PAGES_AT_MOST + 1):
        records = await branch.api(call.model_copy(update={"page": page}))
        ours = next((record for record in records if record.api_id == key), None)
        if ours is not None or len(records) < PAGE:
            return ours
    return None
