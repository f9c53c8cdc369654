"""Online booking, as a client's widget does it: without the salon's user."""

import datetime as dt
from typing import Annotated, Any, Self

from pydantic import Field, model_validator

from frontdesk.yclients.contract import Auth, Endpoint
from frontdesk.yclients.models.booking import (
    ActivityBooked,
    BookDates,
    Booked,
    BookForm,
    Booking,
    BookServices,
    BookStaff,
    Seance,
    StaffSeances,
)
from frontdesk.yclients.models.booking_forms import Appointment
from frontdesk.yclients.models.strict import Form, Hash, Id, Phone, SalonTime, Text


class GetBookForm(
    Endpoint[BookForm],
    http="GET /bookform/{id}",
    heading="Получить настройки формы бронирования",
    section="Онлайн-запись",
    auth=Auth.PARTNER,
):
    """The settings of a booking widget. The id stands in the widget's host name: w123.yclients.ru is 123."""

    id: int


class GetTranslations(
    Endpoint[dict[str, Any]],
    http="GET /i18n/{langCode}",
    heading="Получить параметры интернационализации",
    section="Онлайн-запись",
    auth=Auth.PARTNER,
    errors=(404,),
    bare=True,
):
    """The widget's texts in a language: ru-RU, lv-LV, en-US, ee-EE, lt-LT, de-DE or uk-UK."""

    langCode: Annotated[str, Field(pattern=r"^[A-Za-z]{2}-[A-Za-z]{2}$")]  # noqa: N815 - the wire's name


class PostBookCode(
    Endpoint[None],
    http="POST /book_code/{company_id}",
    heading="Отправить СМС код подтверждения номера телефона",
    section="Онлайн-запись",
    auth=Auth.PARTNER,
    success=201,
    errors=(401, 404, 422),
):
    """Sends a code to a phone, for a booking or to sign its owner in."""

    company_id: int
    phone: Phone
    fullname: str | None = None
    fulname: str | None = None
    """The same, as the official schema spells it."""


class PostBookCheck(
    Endpoint[None],
    http="POST /book_check/{company_id}",
    heading="Проверить параметры записи",
    section="Онлайн-запись",
    auth=Auth.PARTNER,
    success=201,
    errors=(401, 404, 422),
    reads=True,
):
    """Whether these appointments could be booked now; a refusal carries a `BookingCode`. Nothing is booked."""

    company_id: int
    appointments: Annotated[tuple[Appointment, ...], Field(min_length=1)]


class PostBookRecord(
    Endpoint[tuple[Booked, ...]],
    http="POST /book_record/{company_id}",
    heading="Создать запись на сеанс",
    section="Онлайн-запись",
    auth=Auth.PARTNER,
    success=201,
    errors=(401, 403, 404, 422),
):
    """Books for a client; a refusal carries a `BookingCode` (a blacklisted client is a 403, the others are 422).

    `code` is needed where the salon confirms phones (`GetOnlineSettings.confirm_number`). `notify_by_sms` and
    `notify_by_email` are hours before the visit. YCLIENTS documents `email` as required, Altegio as optional.
    """

    company_id: int
    phone: Phone
    fullname: str
    appointments: Annotated[tuple[Appointment, ...], Field(min_length=1)]
    email: str | None = None
    surname: str | None = None
    patronymic: str | None = None
    code: Text | None = None
    comment: str | None = None
    type: str | None = None
    notify_by_sms: Annotated[int | None, Field(ge=0)] = None
    notify_by_email: Annotated[int | None, Field(ge=0)] = None
    api_id: Text | None = None
    custom_fields: dict[str, Any] | None = None
    is_newsletter_allowed: bool | None = None
    is_personal_data_processing_allowed: bool | None = None

    @model_validator(mode="after")
    def _tells_appointments_apart(self) -> Self:
        if len({appointment.id for appointment in self.appointments}) < len(self.appointments):
            raise ValueError("appointments: each needs an id of its own, by which the answer tells them apart")
        return self


class PutBookRecord(
    Endpoint[Booking],
    http="PUT /book_record/{company_id}/{record_id}",
    heading="Перенести запись на сеанс",
    section="Онлайн-запись",
    auth=Auth.PARTNER,
    errors=(401, 403, 404, 422),
):
    """Moves an appointment that the caller itself booked; somebody else's is refused with 403."""

    company_id: int
    record_id: int
    datetime: SalonTime
    comment: str | None = None


class GetBookRecord(
    Endpoint[Booking],
    http="GET /book_record/{company_id}/{record_id}/{record_hash}",
    heading="Получить запись на сеанс",
    section="Онлайн-запись",
    auth=Auth.PARTNER,
    errors=(401, 403, 404),
    bare=True,
):
    """A booking as its client sees it: named by its hash, or without one by its signed-in client."""

    company_id: int
    record_id: int
    record_hash: Hash | None = None


class ActivityAppointment(Form):
    """A place in a group event, as the widget writes it."""

    activityId: Id | None = None  # noqa: N815 - the wire's name
    id: int | None = None
    clients_count: Annotated[int | None, Field(ge=1)] = None
    services: tuple[Id, ...] | None = None
    staff_id: int | None = None
    datetime: SalonTime | None = None
    custom_fields: dict[str, Any] | None = None


class PostActivityBook(
    Endpoint[ActivityBooked],
    http="POST /activity/{company_id}/{activity_id}/book",
    heading="Создать запись в групповом событии",
    section="Онлайн-запись",
    auth=Auth.PARTNER,
    errors=(401, 403, 404, 422),
):
    """Books places in a group event."""

    company_id: int
    activity_id: int
    phone: Phone
    fullname: str
    email: str | None = None
    surname: str | None = None
    patronymic: str | None = None
    code: Text | None = None
    comment: str | None = None
    type: str | None = None
    notify_by_sms: Annotated[int | None, Field(ge=0)] = None
    notify_by_email: Annotated[int | None, Field(ge=0)] = None
    api_id: Text | None = None
    clients_count: Annotated[int | None, Field(ge=1)] = None
    is_newsletter_allowed: bool | None = None
    is_personal_data_processing_allowed: bool | None = None
    appointments: tuple[ActivityAppointment, ...] | None = None


class GetBookDates(
    Endpoint[BookDates],
    http="GET /book_dates/{company_id}",
    heading="Получить список дат доступных для бронирования",
    section="Онлайн-запись",
    auth=Auth.PARTNER,
    errors=(401, 404),
):
    """Days that can be booked. `date` names the month; `date_from` and `date_to` together go before it."""

    company_id: int
    service_ids: tuple[int, ...] | None = None
    staff_id: Annotated[int | None, Field(ge=0)] = None
    date: dt.date | None = None
    date_from: dt.date | None = None
    date_to: dt.date | None = None


class GetBookServices(
    Endpoint[BookServices],
    http="GET /book_services/{company_id}",
    heading="Получить список услуг доступных для бронирования",
    section="Онлайн-запись",
    auth=Auth.PARTNER,
    errors=(401, 404),
):
    """Services that can be booked, with their categories; with a `staff_id` also their length."""

    company_id: int
    staff_id: Annotated[int | None, Field(ge=0)] = None
    datetime: SalonTime | None = None
    service_ids: tuple[int, ...] | None = None


class GetBookStaffSeances(
    Endpoint[StaffSeances],
    http="GET /book_staff_seances/{company_id}/{staff_id}/",
    heading="Получить список ближайших доступных сеансов",
    section="Онлайн-запись",
    auth=Auth.PARTNER,
    errors=(401, 404),
):
    """The master's nearest day with free times, and these."""

    company_id: int
    staff_id: int
    service_ids: tuple[int, ...] | None = None


class GetBookStaff(
    Endpoint[tuple[BookStaff, ...]],
    http="GET /book_staff/{company_id}",
    heading="Получить список сотрудников доступных для бронирования",
    section="Онлайн-запись",
    auth=Auth.PARTNER,
    errors=(401, 404),
):
    """Masters that can be booked; `bookable` says whether this one can be for what was asked."""

    company_id: int
    service_ids: tuple[int, ...] | None = None
    datetime: SalonTime | None = None


class GetBookTimes(
    Endpoint[tuple[Seance, ...]],
    http="GET /book_times/{company_id}/{staff_id}/{date}",
    heading="Получить список сеансов доступных для бронирования",
    section="Онлайн-запись",
    auth=Auth.PARTNER,
    errors=(401, 404, 422),
):
    """Free times of a day, in order; `staff_id` 0 is any master."""

    company_id: int
    staff_id: Annotated[int, Field(ge=0)]
    date: dt.date
    service_ids: tuple[int, ...] | None = None
