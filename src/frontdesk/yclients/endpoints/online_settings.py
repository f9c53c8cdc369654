"""The salon's rules of online booking."""

from typing import Annotated

from pydantic import Field

from frontdesk.yclients.contract import Auth, Endpoint
from frontdesk.yclients.models.booking import OnlineSettings, TimeslotSettings


class GetOnlineSettings(
    Endpoint[OnlineSettings],
    http="GET /company/{company_id}/settings/online",
    heading="Получение настроек онлайн-записи",
    section="Настройки онлайн-записи",
    errors=(401, 403, 404),
):
    """Whether a phone is confirmed by SMS, whether any master may be chosen, how late one may book."""

    company_id: int


class PatchOnlineSettings(
    Endpoint[OnlineSettings],
    http="PATCH /company/{company_id}/settings/online",
    heading="Обновление настроек онлайн-записи",
    section="Настройки онлайн-записи",
    errors=(401, 403, 404, 422),
):
    """Changes the rules that are said. `seance_delay_step` is in minutes."""

    company_id: int
    confirm_number: bool | None = None
    any_master: bool | None = None
    seance_delay_step: Annotated[int | None, Field(ge=0, le=1380)] = None
    activity_online_record_clients_count_max: Annotated[int | None, Field(ge=1, le=255)] = None


class GetTimeslotSettings(
    Endpoint[TimeslotSettings],
    http="GET /company/{company_id}/settings/timeslots",
    heading="Получить настройки таймслотов филиала",
    section="Онлайн-запись",
    auth=Auth.USER,
    errors=(401, 403, 404),
):
    """Which times the salon offers, by weekday and for single dates; in seconds from midnight."""

    company_id: int
