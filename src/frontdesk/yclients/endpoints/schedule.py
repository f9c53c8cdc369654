"""When masters work."""

import datetime as dt
from typing import Annotated, Literal

from pydantic import Field

from frontdesk.yclients.contract import Endpoint
from frontdesk.yclients.models.schedule import StaffDay
from frontdesk.yclients.models.strict import ClockTime, Form, Id


class WorkingSlot(Form):
    """A stretch of working time, `from_` before `to`."""

    from_: Annotated[ClockTime, Field(alias="from")]
    to: ClockTime


class ScheduleToSet(Form):
    """A master's working time on some days; no slots make them days off."""

    staff_id: Id
    dates: Annotated[tuple[dt.date, ...], Field(min_length=1)]
    slots: tuple[WorkingSlot, ...]


class ScheduleToDelete(Form):
    """Days on which a master shall have no schedule."""

    staff_id: Id
    dates: Annotated[tuple[dt.date, ...], Field(min_length=1)]


class GetStaffSchedule(
    Endpoint[tuple[StaffDay, ...]],
    http="GET /company/{company_id}/staff/schedule",
    heading="Получение графиков работы сотрудников",
    section="График работы сотрудника",
    errors=(401, 403, 404),
):
    """Working time by master and day; `include` adds what is taken by appointments and why a day is off."""

    company_id: int
    start_date: dt.date | None = None
    end_date: dt.date | None = None
    staff_ids: tuple[int, ...] | None = None
    include: tuple[Literal["busy_intervals", "off_day_type"], ...] | None = None


class PutStaffSchedule(
    Endpoint[tuple[StaffDay, ...]],
    http="PUT /company/{company_id}/staff/schedule",
    heading="Установка графиков работы сотрудников",
    section="График работы сотрудника",
    errors=(401, 403, 404, 422),
):
    """Sets and deletes working days. The answer shows the changed masters from the first changed day to the last."""

    company_id: int
    schedules_to_set: tuple[ScheduleToSet, ...] = ()
    schedules_to_delete: tuple[ScheduleToDelete, ...] = ()
