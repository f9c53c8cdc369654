"""Users of a salon: their roles, rights and invitations."""

from typing import Annotated, Any, Literal

from pydantic import Field

from frontdesk.yclients.contract import Endpoint
from frontdesk.yclients.models.strict import Form, Id
from frontdesk.yclients.models.user import Rights, Role, UserPermissions

RoleName = Literal["worker", "administrator", "accountant", "manager", "owner"]


class Permission(Form):
    """A right and its value: a flag, a number or a text, by right."""

    slug: Annotated[str, Field(min_length=1)]
    value: bool | int | float | str | None


class CompanyLink(Form):
    """A salon, and in it the user's rights."""

    company_id: Id
    user_permissions: tuple[Permission, ...] | None = None


class Invite(Form):
    """Whom to invite: `search` is his e-mail or phone."""

    name: str | None = None
    search: str | None = None
    position: str | None = None
    user_role: RoleName | None = None
    user_permissions: tuple[Permission, ...] | None = None
    staff_id: Id | None = None


class GetRoles(
    Endpoint[tuple[Role, ...]],
    http="GET /company/{company_id}/users/roles",
    heading="Получение списка ролей пользователей",
    section="Пользователи",
    errors=(401, 403, 404),
):
    """The roles there are; with `include=("user_permissions",)` with their rights."""

    company_id: int
    include: tuple[Literal["user_permissions"], ...] | None = None


class GetRolesForUser(
    Endpoint[tuple[Role, ...]],
    http="GET /company/{company_id}/users/{user_id}/roles",
    heading="Получение списка ролей в контексте существующего пользователя",
    section="Пользователи",
    errors=(401, 403, 404),
):
    """The roles as they could be given to a user: `is_editable` says which rights the caller may change."""

    company_id: int
    user_id: int
    include: tuple[Literal["user_permissions"], ...] | None = None


class GetUserPermissions(
    Endpoint[UserPermissions],
    http="GET /company/{company_id}/users/{user_id}/permissions",
    heading="Получение значений прав и роли пользователя",
    section="Пользователи",
    errors=(401, 403, 404),
):
    """A user's role and rights."""

    company_id: int
    user_id: int


class PutUserPermissions(
    Endpoint[UserPermissions],
    http="PUT /company/{company_id}/users/{user_id}/permissions",
    heading="Обновление прав и роли пользователя",
    section="Пользователи",
    errors=(401, 403, 404, 422),
):
    """Changes a user's role, rights, and the master he is."""

    company_id: int
    user_id: int
    user_role: RoleName | None = None
    user_permissions: tuple[Permission, ...] | None = None
    staff_id: Id | None = None


class PostUserCopyToCompanies(
    Endpoint[dict[str, Any] | None],
    http="POST /company/{company_id}/users/{user_id}/copy_to_companies",
    heading="Копирование пользователя в филиалы",
    section="Пользователи",
    errors=(401, 403, 404, 422),
):
    """Gives a user the run of more salons. Where he is invited already, only his rights change."""

    company_id: int
    user_id: int
    user_company_links: Annotated[tuple[CompanyLink, ...], Field(min_length=1)]


class PostUserRemoveFromCompanies(
    Endpoint[dict[str, Any] | None],
    http="POST /company/{company_id}/users/{user_id}/remove_from_companies",
    heading="Удаление пользователя из филиалов",
    section="Пользователи",
    errors=(401, 403, 404, 422),
):
    """Takes a user out of salons."""

    company_id: int
    user_id: int
    user_company_links: Annotated[tuple[CompanyLink, ...], Field(min_length=1)]


class GetRights(
    Endpoint[Rights],
    http="GET /user/permissions/{company_id}",
    heading="Получить список прав",
    section="Пользователь",
    errors=(401, 403, 404),
):
    """What the calling user may do in a salon."""

    company_id: int


class PostUserInvite(
    Endpoint[None],
    http="POST /user/invite/{salon_id}",
    heading="Создание и отправка приглашения",
    section="Пользователь",
    success=202,
    errors=(401, 403, 404, 422),
):
    """Sends people a link by which they become users of the salon. Rights can also be given later."""

    salon_id: int
    invites: Annotated[tuple[Invite, ...], Field(min_length=1)]
