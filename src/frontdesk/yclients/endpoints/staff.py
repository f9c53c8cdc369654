"""Masters, as the salon's settings hold them."""

from typing import Annotated

from pydantic import Field

from frontdesk.yclients.contract import Auth, Endpoint
from frontdesk.yclients.models.lenient import Listing, Single
from frontdesk.yclients.models.staff import Staff
from frontdesk.yclients.models.strict import Bit, Id, Phone, Text


class GetStaff(
    Endpoint[Listing[Staff]],
    http="GET /company/{company_id}/staff/{staff_id}",
    heading="Получить список сотрудников / конкретного сотрудника",
    section="Сотрудники",
    errors=(401, 403, 404),
):
    """All masters, or the one that `staff_id` names.

    The list also holds dismissed ones, and sometimes a made-up employee that stands for the waiting list.
    """

    company_id: int
    staff_id: int | None = None


class GetStaffPublic(
    Endpoint[Listing[Staff]],
    http="GET /staff/{company_id}/{staff_id}",
    heading="Устаревшее. Получить список сотрудников / конкретного сотрудника",
    section="Сотрудники",
    auth=Auth.PARTNER,
    errors=(401, 404),
    deprecated=True,
):
    """The same without a user token."""

    company_id: int
    staff_id: int | None = None


class PostStaffQuick(
    Endpoint[Staff],
    http="POST /company/{company_id}/staff/quick",
    heading="Быстрое создание сотрудника",
    section="Сотрудники",
    success=201,
    errors=(401, 403, 404, 422),
):
    """Adds a master with the least that is needed. Altegio also wants `user_email`, `user_phone`, `is_user_invite`."""

    company_id: int
    name: Annotated[str, Field(min_length=1)]
    specialization: str
    position_id: Id | None = None
    phone_number: Phone | None = None
    user_email: str | None = None
    user_phone: Phone | None = None
    is_user_invite: bool | None = None


class PostStaff(
    Endpoint[Single[Staff]],
    http="POST /staff/{company_id}",
    heading="Устаревшее. Добавить нового сотрудника",
    section="Сотрудники",
    success=201,
    errors=(401, 403, 404, 422),
    deprecated=True,
):
    """Adds a master; `PostStaffQuick` replaces it."""

    company_id: int
    name: Annotated[str, Field(min_length=1)]
    specialization: str | None = None
    weight: int | None = None
    information: str | None = None
    api_id: Text | None = None
    hidden: Bit | None = None
    fired: Bit | None = None
    user_id: Id | None = None


class PutStaff(
    Endpoint[Single[Staff]],
    http="PUT /staff/{company_id}/{staff_id}",
    heading="Изменить сотрудника",
    section="Сотрудники",
    errors=(401, 403, 404, 422),
):
    """Changes what is said of a master. `hidden` takes him out of online booking, `fired` out of the journal."""

    company_id: int
    staff_id: int
    name: Annotated[str | None, Field(min_length=1)] = None
    specialization: str | None = None
    weight: int | None = None
    information: str | None = None
    api_id: Text | None = None
    hidden: Bit | None = None
    fired: Bit | None = None
    user_id: Id | None = None


class DeleteStaff(
    Endpoint[None],
    http="DELETE /staff/{company_id}/{staff_id}",
    heading="Удалить сотрудника",
    section="Сотрудники",
    success=204,
    errors=(401, 403, 404),
):
    """Takes a master out of the salon."""

    company_id: int
    staff_id: int
