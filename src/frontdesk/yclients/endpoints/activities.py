"""Group events: one time, one master, many places."""

import datetime as dt
from typing import Annotated

from pydantic import Field

from frontdesk.yclients.contract import Auth, Endpoint
from frontdesk.yclients.models.activity import Activity
from frontdesk.yclients.models.strict import BreakSeconds, Id, Page, SalonTime, Seconds


class PostActivity(
    Endpoint[Activity],
    http="POST /activity/{company_id}",
    heading="Создание группового события",
    section="Групповые события",
    errors=(401, 403, 404, 409, 422),
):
    """Makes a group event. `force` makes it even where its master is busy (409 without it). Lengths in seconds."""

    company_id: int
    date: SalonTime
    service_id: Id
    staff_id: Id
    capacity: Annotated[int, Field(gt=0)]
    force: bool
    length: Seconds | None = None
    resource_instance_ids: tuple[Id, ...] | None = None
    color: str | None = None
    label_ids: tuple[Id, ...] | None = None
    comment: str | None = None
    stream_link: str | None = None
    technical_break_duration: BreakSeconds | None = None
    instructions: str | None = None


class GetActivity(
    Endpoint[Activity],
    http="GET /activity/{company_id}/{activity_id}",
    heading="Чтение группового события",
    section="Групповые события",
    errors=(401, 403, 404),
):
    """One group event: `capacity` places, of which `records_count` are taken."""

    company_id: int
    activity_id: int


class SearchActivities(
    Endpoint[tuple[Activity, ...]],
    http="GET /activity/{company_id}/search/",
    heading="Поиск групповых событий",
    section="Групповые события",
    auth=Auth.PARTNER,
    errors=(401, 404, 422),
):
    """The group events of the days `from_` to `till`, both included."""

    company_id: int
    from_: Annotated[dt.date, Field(alias="from")]
    till: dt.date
    service_ids: tuple[int, ...] | None = None
    staff_ids: tuple[int, ...] | None = None
    resource_ids: tuple[int, ...] | None = None
    page: Page | None = None
    count: Page | None = None
