from frontdesk.emulator.bookings import find_or_add_client, line_of
from frontdesk.emulator.online import (
    NO_NAME,
    NO_PHONE,
    Plan,
    check_form,
    check_free_for,
    check_person,
    may_change,
    phone_of,
    plans,
    send_code,
)
from frontdesk.emulator.ownership import of_client, the_clients_own
from frontdesk.emulator.refusal import Refusal, found, not_found
from frontdesk.emulator.registry import Caller, Reply, emulates
from frontdesk.emulator.shapes.booking import booking
from frontdesk.emulator.things import Appointment, Client, Json
from frontdesk.emulator.world import World, local_of
from frontdesk.yclients.endpoints.booking import (
    GetBookRecord,
    PostBookCheck,
    PostBookCode,
    PostBookRecord,
    PutBookRecord,
)

CREATED = {"message": "Created"}
NO_RECORD = "Запись не найдена"


@emulates(PostBookCode, codes={"phone": NO_PHONE})
def post_book_code(world: World, call: PostBookCode) -> Reply:
    """Sends a code; `/_emulator/state` shows which."""
    send_code(world, phone_of(call.phone))
    return Reply(None, CREATED)


@emulates(PostBookCheck)
def post_book_check(world: World, call: PostBookCheck) -> Reply:
    """Says whether everything could be booked now."""
    plans(world, world.companies[call.company_id], call.appointments)
    return Reply(None, CREATED)


@emulates(PostBookRecord, codes={"phone": NO_PHONE, "fullname": NO_NAME})
def post_book_record(world: World, call: PostBookRecord, caller: Caller) -> list[Json]:
    """Books everything a client wishes, or nothing."""
    company = world.companies[call.company_id]
    check_form(company, call.email, call.comment)
    phone = check_person(world, company, call.phone, call.fullname, call.code)
    planned = plans(world, company, call.appointments)
    world.codes.pop(phone, None)
    known = {"name": call.fullname, "surname": call.surname, "patronymic": call.patronymic, "email": call.email}
    client = find_or_add_client(world, company.id, phone, {name: said for name, said in known.items() if said})
    written = [_write(world, client, plan, call, caller) for plan in planned]
    return [_receipt(world, plan, one, caller) for plan, one in zip(planned, written, strict=True)]


@emulates(PutBookRecord)
def put_book_record(world: World, call: PutBookRecord, caller: Caller) -> Json:
    """Moves what the same application booked, or the signed-in client's own."""
    company = world.companies[call.company_id]
    one = found(world.appointments.get(company.id, call.record_id), NO_RECORD)
    if one.deleted:
        not_found(NO_RECORD)
    booked_here = one.online and caller.partner is not None and one.partner_id == caller.partner.id
    if not booked_here and not of_client(world, one, caller):
        raise Refusal(403, f"Вы не можете управлять записью с id {one.id}")
    may_change(world, company, one, allowed=company.allow_change_record, delay_s=company.change_delay_s)
    start = local_of(call.datetime, company.zone)
    check_free_for(world, company, one, start)
    comment = one.comment if call.comment is None else call.comment
    world.change_appointment(one, start=start, comment=comment)
    return booking(world, one)


@emulates(GetBookRecord)
def get_book_record(world: World, call: GetBookRecord, caller: Caller) -> Json:
    """Shows a client their booking."""
    one = the_clients_own(world, call.record_id, call.record_hash, caller)
    return booking(world, one) if one.company_id == call.company_id else not_found(NO_RECORD)


def _write(world: World, client: Client, plan: Plan, call: PostBookRecord, caller: Caller) -> Appointment:
    company = world.companies[call.company_id]
    now = world.clock.now()
    along = {
        "sms_remain_hours": call.notify_by_sms or 0,
        "email_remain_hours": call.notify_by_email or 0,
        "custom_fields": call.custom_fields or {},
    }
    return world.write_appointment(
        Appointment(
            id=world.ids.number("record"),
            company_id=company.id,
            master_id=plan.master.id,
            client_id=client.id,
            services=[line_of(service, plan.master.id) for service in plan.services],
            start=plan.start,
            length_s=plan.length_s,
            visit_id=world.visit_for(company, client, plan.start),
            hash=world.ids.secret("record"),
            created=now,
            changed=now,
            comment=call.comment or "",
            created_user_id=caller.user_id,
            online=True,
            master_requested=plan.master_requested,
            api_id=call.api_id or "",
            partner_id=caller.partner.id if caller.partner else 0,
            extra=along,
        )
    )


def _receipt(world: World, plan: Plan, one: Appointment, caller: Caller) -> Json:
    """The bare form, which the provider's own widget asks for, brings the booking along."""
    receipt = {"id": plan.wish, "record_id": one.id, "record_hash": one.hash}
    return receipt if caller.enveloped else {**receipt, "record": booking(world, one)}
