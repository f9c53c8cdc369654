import datetime as dt
from collections.abc import Iterable
from typing import Any

from frontdesk.emulator.bookings import check_free, the_master
from frontdesk.emulator.record_parts import SENT_ALONG, client_id_of, label_shape, service_lines
from frontdesk.emulator.refusal import found, invalid, not_found
from frontdesk.emulator.registry import Reply, emulates
from frontdesk.emulator.shapes.record import record
from frontdesk.emulator.things import Appointment, Company, Json
from frontdesk.emulator.world import World, local_of
from frontdesk.yclients.endpoints.records import DeleteRecord, GetRecord, GetRecords, PutRecord

NO_RECORD = "Запись не найдена"
PAGE_SIZE = 50
MAIN_FIELDS = ("staff_id", "services", "client", "datetime", "seance_length")
FIRST_DAY, LAST_DAY = dt.date(1, 1, 2), dt.date(9999, 12, 30)


@emulates(GetRecord)
def get_record(world: World, call: GetRecord) -> Json:
    """Shows an appointment that is not deleted."""
    return record(world, _standing(world, call.company_id, call.record_id))


@emulates(GetRecords)
def get_records(world: World, call: GetRecords) -> Reply:
    """Shows a page of the journal."""
    zone = world.companies[call.company_id].zone
    wanted = [one for one in _nearby(world, call) if _fits(one, call, zone)]
    wanted.sort(key=lambda one: (one.start, one.id))
    page, count = call.page or 1, call.count or PAGE_SIZE
    shown = wanted[(page - 1) * count : page * count]
    return Reply([record(world, one) for one in shown], {"page": page, "total_count": len(wanted)})


@emulates(PutRecord, right="edit_records_access")
def put_record(world: World, call: PutRecord) -> Json:
    """Changes an appointment; its time is checked only if it moves."""
    one = _standing(world, call.company_id, call.record_id)
    _check_fields(world, one, call)
    company = world.companies[one.company_id]
    changes = {**_plain_changes(one, call), **_main_changes(world, company, one, call)}
    if (
        any(changes[name] != getattr(one, name) for name in ("start", "master_id", "length_s"))
        and not call.save_if_busy
    ):
        master = the_master(world, one.company_id, changes["master_id"])
        check_free(world, master, changes["start"], changes["length_s"], without=one.id)
    world.change_appointment(one, **changes)
    if call.attendance is not None:
        world.visits[one.visit_id].attendance = call.attendance
    return record(world, one)


@emulates(DeleteRecord, right="delete_records_access")
def delete_record(world: World, call: DeleteRecord) -> None:
    """Marks an appointment deleted; its time is free again."""
    world.change_appointment(_standing(world, call.company_id, call.record_id), deleted=True)


def _standing(world: World, company_id: int, record_id: int) -> Appointment:
    one = found(world.appointments.get(company_id, record_id), NO_RECORD)
    return not_found(NO_RECORD) if one.deleted else one


def _nearby(world: World, call: GetRecords) -> Iterable[Appointment]:
    """The smallest shelf that holds what is asked for."""
    first, last = call.start_date or FIRST_DAY, call.end_date or LAST_DAY
    if call.client_id is not None:
        return world.appointments.of_client(call.company_id, call.client_id)
    if call.staff_id is not None:
        return world.appointments.of_master(call.staff_id, first, last)
    if call.start_date or call.end_date:
        return world.appointments.of_days(call.company_id, first, last)
    return world.appointments.of(call.company_id)


def _fits(one: Appointment, call: GetRecords, zone: dt.tzinfo) -> bool:
    created = one.created.astimezone(zone).date()
    return (
        one.company_id == call.company_id
        and (bool(call.with_deleted) or not one.deleted)
        and call.staff_id in (None, one.master_id)
        and call.client_id in (None, one.client_id)
        and call.created_user_id in (None, one.created_user_id)
        and (call.start_date or FIRST_DAY) <= one.start.date() <= (call.end_date or LAST_DAY)
        and (call.c_start_date or FIRST_DAY) <= created <= (call.c_end_date or LAST_DAY)
        and (call.changed_after is None or one.changed >= _moment(call.changed_after, zone))
        and (call.changed_before is None or one.changed <= _moment(call.changed_before, zone, end_of_day=True))
    )


def _moment(said: dt.datetime | dt.date, zone: dt.tzinfo, *, end_of_day: bool = False) -> dt.datetime:
    if not isinstance(said, dt.datetime):
        said = dt.datetime.combine(said, dt.time.max if end_of_day else dt.time.min)
    return said if said.tzinfo else said.replace(tzinfo=zone)


def _check_fields(world: World, one: Appointment, call: PutRecord) -> None:
    """In a group event the event decides the main fields.

    «При изменении записи в групповом событии параметр activity_id становится обязательным».
    """
    if one.activity_id:
        if call.activity_id is None:
            invalid(errors={"activity_id": ["Обязательное поле не заполнено"]})
        return
    if world.switches.record_put_is_partial:
        return
    if missing := [name for name in MAIN_FIELDS if name not in call.model_fields_set]:
        invalid(errors={name: ["Обязательное поле не заполнено"] for name in missing})


def _plain_changes(one: Appointment, call: PutRecord) -> dict[str, Any]:
    said = {
        "attendance": call.attendance,
        "comment": call.comment,
        "api_id": call.api_id,
        "technical_break_s": call.technical_break_duration,
        "length_s": call.seance_length,
    }
    labels = (
        {} if call.record_labels is None else {"record_labels": [label_shape(number) for number in call.record_labels]}
    )
    along = {name: value for name in SENT_ALONG if (value := getattr(call, name)) is not None}
    kept = {"length_s": one.length_s} | {name: value for name, value in said.items() if value is not None}
    return {**kept, "extra": {**one.extra, **along, **labels}}


def _main_changes(world: World, company: Company, one: Appointment, call: PutRecord) -> dict[str, Any]:
    changes: dict[str, Any] = {
        "start": one.start if call.datetime is None else local_of(call.datetime, company.zone),
        "master_id": one.master_id if call.staff_id is None else the_master(world, company.id, call.staff_id).id,
    }
    if call.services is not None:
        changes["services"] = service_lines(world, company.id, changes["master_id"], call.services)
    if call.client is not None:
        changes["client_id"] = client_id_of(world, company.id, call.client)
    return changes
