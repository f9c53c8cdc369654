import datetime as dt

from frontdesk.emulator.bookings import check_free, line_of, the_master
from frontdesk.emulator.events import check_places, the_event
from frontdesk.emulator.record_parts import SENT_ALONG, client_id_of, label_shape, service_lines
from frontdesk.emulator.refusal import forbidden, found, invalid
from frontdesk.emulator.registry import Caller, Reply, emulates
from frontdesk.emulator.shapes.booking import booking
from frontdesk.emulator.shapes.people import client_brief
from frontdesk.emulator.shapes.record import client_of, record
from frontdesk.emulator.things import Appointment, Json, ServiceLine
from frontdesk.emulator.world import World, local_of
from frontdesk.yclients.endpoints.records import GetPartnerRecords, PostRecord
from frontdesk.yclients.models.attendance import Attendance

PAGE_SIZE = 50


@emulates(PostRecord, right="create_records_access")
def post_record(world: World, call: PostRecord, caller: Caller) -> Reply:
    """Puts an appointment into the journal; busy time is refused unless `save_if_busy` says otherwise."""
    master_id, lines, start, length_s = _what(world, call)
    client_id = None if call.client is None else client_id_of(world, call.company_id, call.client)
    client = None if client_id is None else world.clients.get(call.company_id, client_id)
    company, now = world.companies[call.company_id], world.clock.now()
    one = Appointment(
        world.ids.number("record"), company.id, master_id, client_id, lines, start, length_s,
        world.visit_for(company, client, start), world.ids.secret("record"), now, now,
        technical_break_s=call.technical_break_duration or 0,
        attendance=call.attendance or Attendance.WAITING,
        comment=call.comment or "",
        created_user_id=caller.user_id,
        api_id=call.api_id or "",
        activity_id=call.activity_id or 0,
        partner_id=caller.partner.id if caller.partner else 0,
    )  # fmt: skip
    one.extra = {name: value for name in SENT_ALONG if (value := getattr(call, name)) is not None}
    one.extra["record_labels"] = [label_shape(number) for number in call.record_labels or ()]
    return Reply([record(world, world.write_appointment(one))], [])


@emulates(GetPartnerRecords)
def get_partner_records(world: World, call: GetPartnerRecords, caller: Caller) -> Reply:
    """Lists what the calling application booked, in all branches where the user works."""
    if call.salon_id is not None and caller.user and call.salon_id not in caller.user.rights:
        forbidden()
    mine = [one for one in world.appointments if _fits(world, one, call, caller)]
    mine.sort(key=lambda one: (one.start, one.id))
    page, count = call.page or 1, call.editable_length or PAGE_SIZE
    shown = mine[(page - 1) * count : page * count]
    return Reply([_with_client(world, one) for one in shown], {"page": page, "total_count": len(mine)})


def _what(world: World, call: PostRecord) -> tuple[int, list[ServiceLine], dt.datetime, int]:
    """Master, services, start and length: said by the call, or decided by the group event."""
    company = world.companies[call.company_id]
    if call.activity_id is not None:
        event = the_event(world, company.id, call.activity_id)
        check_places(world, event, 1)
        service = found(world.services.get(company.id, event.service_id), "Услуга не найдена")
        return event.master_id, [line_of(service, event.master_id)], event.start, event.length_s
    if call.staff_id is None or call.datetime is None or call.seance_length is None:
        invalid(errors={"body": ["Обязательное поле не заполнено"]})
    master = the_master(world, company.id, call.staff_id)
    start = local_of(call.datetime, company.zone)
    lines = service_lines(world, company.id, master.id, call.services or ())
    if not call.save_if_busy:
        check_free(world, master, start, call.seance_length)
    return master.id, lines, start, call.seance_length


def _fits(world: World, one: Appointment, call: GetPartnerRecords, caller: Caller) -> bool:
    created = one.created.astimezone(world.companies[one.company_id].zone).date()
    return (
        caller.partner is not None
        and caller.user is not None
        and one.partner_id == caller.partner.id
        and one.company_id in caller.user.rights
        and call.salon_id in (None, one.company_id)
        and call.user_id in (None, one.created_user_id)
        and _within(one.start.date(), call.start_date, call.end_date)
        and _within(created, call.created_start_date, call.created_end_date)
    )


def _within(day: dt.date, first: str | None, last: str | None) -> bool:
    return (first is None or _day(first) <= day) and (last is None or day <= _day(last))


def _day(russian: str) -> dt.date:
    day, month, year = (int(part) for part in russian.split("."))
    try:
        return dt.date(year, month, day)
    except ValueError:
        invalid(errors={"start_date": ["Неверная дата"]})


def _with_client(world: World, one: Appointment) -> Json:
    client = client_of(world, one)
    return {**booking(world, one), "client": client_brief(world, client) if client else []}
