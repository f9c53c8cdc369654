"""Appointments of the journal, as the salon's own people see and change them."""

import datetime as dt
from typing import Annotated, Any, Final, Self

from pydantic import Field, model_validator

from frontdesk.yclients.contract import Endpoint, Place, Query
from frontdesk.yclients.models.attendance import Attendance
from frontdesk.yclients.models.booking import Booking
from frontdesk.yclients.models.lenient import Listing
from frontdesk.yclients.models.record import Record
from frontdesk.yclients.models.record_forms import ClientAgreements, RecordClient, RecordService
from frontdesk.yclients.models.strict import (
    BREAK_MOST_S,
    BREAK_STEP_S,
    Bit,
    BreakSeconds,
    Id,
    Page,
    RussianDay,
    SalonTime,
    Seconds,
    Text,
)

POSSIBLE_BREAKS: Final = range(0, BREAK_MOST_S + 1, BREAK_STEP_S)
MAIN_FIELDS: Final = ("staff_id", "services", "datetime", "seance_length")


class GetRecords(
    Endpoint[tuple[Record, ...]],
    http="GET /records/{company_id}",
    heading="Получить список записей",
    section="Записи",
    errors=(401, 403, 404),
):
    """Appointments of a salon, newest page first; `meta` has `page` and `total_count`.

    `start_date` and `end_date` bound the day of the appointment, `c_*` the day it was made, `changed_*` the time of its
    last change. `count` is the page's size, at most 300. There is no documented filter by phone or by `api_id`.
    """

    company_id: int
    page: Page | None = None
    count: Annotated[int | None, Field(ge=1, le=300)] = None
    staff_id: Id | None = None
    client_id: Id | None = None
    created_user_id: Id | None = None
    start_date: dt.date | None = None
    end_date: dt.date | None = None
    c_start_date: dt.date | None = None
    c_end_date: dt.date | None = None
    changed_after: SalonTime | dt.date | None = None
    changed_before: SalonTime | dt.date | None = None
    include_consumables: Bit | None = None
    include_finance_transactions: Bit | None = None
    with_deleted: Bit | None = None


class PostRecord(
    Endpoint[Listing[Record]],
    http="POST /records/{company_id}",
    heading="Создать новую запись",
    section="Записи",
    success=201,
    errors=(401, 403, 404, 409, 422),
):
    """Makes an appointment in the salon's name. The answer is a list, usually of one.

    An ordinary appointment needs master, services, client, time and length; one in a group event `activity_id` and
    client. `save_if_busy=False` refuses a time that is taken (409). `seance_length` is in seconds and includes
    `technical_break_duration`. `api_id` is the caller's own key, kept and shown by the provider.
    """

    company_id: int
    client: RecordClient | None = None
    staff_id: Id | None = None
    services: tuple[RecordService, ...] | None = None
    datetime: SalonTime | None = None
    seance_length: Seconds | None = None
    save_if_busy: bool | None = None
    activity_id: Id | None = None
    attendance: Attendance | None = None
    comment: str | None = None
    send_sms: bool | None = None
    sms_remain_hours: Annotated[int | None, Field(ge=0)] = None
    email_remain_hours: Annotated[int | None, Field(ge=0)] = None
    technical_break_duration: BreakSeconds | None = None
    api_id: Text | None = None
    custom_color: str | None = None
    record_labels: tuple[Text, ...] | None = None
    custom_fields: dict[str, Any] | None = None
    client_agreements: ClientAgreements | None = None

    @model_validator(mode="after")
    def _is_whole(self) -> Self:
        needed = {"activity_id", "client"} if self.activity_id else {*MAIN_FIELDS, "client"}
        if missing := sorted(name for name in needed if not getattr(self, name)):
            raise ValueError(f"{', '.join(missing)}: needed for an appointment; or the activity_id of a group event")
        return self


class GetRecord(
    Endpoint[Record],
    http="GET /record/{company_id}/{record_id}",
    heading="Получить запись",
    section="Записи",
    errors=(401, 403, 404),
):
    """One appointment, with its `visit_id`."""

    company_id: int
    record_id: int
    include_consumables: Bit | None = None
    include_finance_transactions: Bit | None = None


class PutRecord(
    Endpoint[Record],
    http="PUT /record/{company_id}/{record_id}",
    heading="Изменить запись",
    section="Записи",
    success=201,
    errors=(401, 403, 404, 422),
):
    """Changes an appointment.

    Two forms are known: the short one (`attendance` and `comment`), and the full one, which repeats the main fields
    (`staff_id`, `services`, `client`, `datetime`, `seance_length`) because what is left out may be lost: see
    `PutRecord.keeping`. An appointment of a group event must name its `activity_id`; its main fields may then be left
    out. `seance_length` is in seconds and includes `technical_break_duration`.
    """

    company_id: int
    record_id: int
    staff_id: Id | None = None
    services: tuple[RecordService, ...] | None = None
    client: RecordClient | None = None
    datetime: SalonTime | None = None
    seance_length: Seconds | None = None
    save_if_busy: bool | None = None
    attendance: Attendance | None = None
    comment: str | None = None
    activity_id: Id | None = None
    send_sms: bool | None = None
    sms_remain_hours: Annotated[int | None, Field(ge=0)] = None
    email_remain_hours: Annotated[int | None, Field(ge=0)] = None
    technical_break_duration: BreakSeconds | None = None
    api_id: Text | None = None
    custom_color: str | None = None
    record_labels: tuple[Text, ...] | None = None
    custom_fields: dict[str, Any] | None = None
    client_agreements: ClientAgreements | None = None
    include_consumables: Annotated[Bit | None, Query] = None
    include_finance_transactions: Annotated[Bit | None, Query] = None

    @model_validator(mode="after")
    def _makes_sense(self) -> Self:
        if not any(self.spec.places[name] is Place.BODY for name in self.model_fields_set):
            raise ValueError("nothing to change is said: give attendance, comment or the main fields")
        if self.services == () and self.activity_id is None:
            raise ValueError(
                "services: an appointment needs at least one service, or the activity_id of its group event"
            )
        return self

    @classmethod
    def keeping(cls, company_id: int, record: Record, **changes: Any) -> Self:  # noqa: ANN401 - checked by the model
        """The full form with all that the appointment has of its own, but for `changes`.

        An appointment of a group event keeps its `activity_id` instead of the fields that the event decides.
        """
        return cls(company_id=company_id, record_id=record.id, **(own_fields(record) | changes))


def own_fields(record: Record) -> dict[str, Any]:
    """What must be said again of an appointment so that a change of something else does not lose it."""
    own: dict[str, Any] = {
        "client": RecordClient.of(record.client),
        "comment": record.comment,
        "attendance": record.attendance if isinstance(record.attendance, Attendance) else None,
        "api_id": record.api_id or None,
        "sms_remain_hours": record.sms_remain_hours,
        "email_remain_hours": record.email_remain_hours,
        "custom_color": record.custom_color or None,
        "record_labels": tuple(str(label.id) for label in record.record_labels) or None,
        "custom_fields": record.custom_fields or None,
    }
    own |= {"activity_id": record.activity_id} if record.activity_id else _main_fields(record)
    return {name: value for name, value in own.items() if value is not None}


def _main_fields(record: Record) -> dict[str, Any]:
    pause = record.technical_break_duration
    return {
        "staff_id": record.staff_id or (record.staff and record.staff.id),
        "services": tuple(RecordService.of(service) for service in record.services),
        "datetime": record.date or record.datetime,
        "seance_length": record.seance_length,
        "technical_break_duration": pause if pause in POSSIBLE_BREAKS else None,
    }


class GetPartnerRecords(
    Endpoint[tuple[Booking, ...]],
    http="GET /records/partner/",
    heading="Получить список записей партнёра",
    section="Записи",
    errors=(401, 403),
):
    """Appointments that were made through the partner's own application, in all salons.

    `editable_length` is the page's size. Days are written the Russian way: `17.01.2026`.
    """

    page: Page | None = None
    editable_length: Annotated[int | None, Field(ge=1, le=100)] = None
    salon_id: Id | None = None
    start_date: RussianDay | None = None
    end_date: RussianDay | None = None
    created_start_date: RussianDay | None = None
    created_end_date: RussianDay | None = None
    user_id: Id | None = None


class DeleteRecord(
    Endpoint[None],
    http="DELETE /record/{company_id}/{record_id}",
    heading="Удалить запись",
    section="Записи",
    success=204,
    errors=(401, 403, 404),
):
    """Takes an appointment out of the journal. It is then only seen by `GetRecords(with_deleted=True)`."""

    company_id: int
    record_id: int
    include_consumables: Bit | None = None
    include_finance_transactions: Bit | None = None
