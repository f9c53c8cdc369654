from collections.abc import Iterable

from frontdesk.emulator.access import check_right
from frontdesk.emulator.refusal import found, invalid, not_found
from frontdesk.emulator.registry import Caller, Reply, emulates
from frontdesk.emulator.rights import OWNER, ROLES, known, of_role, tree, values
from frontdesk.emulator.things import Json, User
from frontdesk.emulator.world import World
from frontdesk.yclients.endpoints.users import (
    GetRights,
    GetRoles,
    GetRolesForUser,
    GetUserPermissions,
    Permission,
    PostUserCopyToCompanies,
    PostUserInvite,
    PostUserRemoveFromCompanies,
    PutUserPermissions,
)


@emulates(GetRoles, right="users_access")
def get_roles(world: World, call: GetRoles) -> Reply:
    """Lists the roles there are."""
    world.companies[call.company_id]
    return Reply([_role(slug, with_rights=bool(call.include)) for slug in ROLES], {})


@emulates(GetRolesForUser, right="users_access")
def get_roles_for_user(world: World, call: GetRolesForUser) -> Reply:
    """Lists the roles that a user could be given."""
    _user(world, call.company_id, call.user_id)
    return Reply([_role(slug, with_rights=bool(call.include)) for slug in ROLES], {})


@emulates(GetUserPermissions, right="users_access")
def get_user_permissions(world: World, call: GetUserPermissions) -> Reply:
    """Shows a user's role and rights."""
    return Reply(_shown(_user(world, call.company_id, call.user_id), call.company_id), {})


@emulates(PutUserPermissions, right="edit_users_access")
def put_user_permissions(world: World, call: PutUserPermissions) -> Reply:
    """Changes a user's role and rights; from now on calls with their token are refused accordingly."""
    user = _user(world, call.company_id, call.user_id)
    if call.staff_id is not None and world.masters.get(call.company_id, call.staff_id) is None:
        invalid(errors={"staff_id": ["Сотрудник не найден"]})
    changed = _said(call.user_permissions or ())
    if call.user_role is not None:
        user.roles[call.company_id] = call.user_role
        user.rights[call.company_id] = of_role(call.user_role)
    user.rights[call.company_id] |= changed
    if call.staff_id is not None:
        user.staff[call.company_id] = call.staff_id
    return Reply(_shown(user, call.company_id), {})


@emulates(PostUserCopyToCompanies, right="create_users_access")
def post_user_copy_to_companies(world: World, call: PostUserCopyToCompanies, caller: Caller) -> Reply:
    """Lets a user work in more branches."""
    user = _user(world, call.company_id, call.user_id)
    links = [
        (_branch(world, one.company_id, caller), _said(one.user_permissions or ())) for one in call.user_company_links
    ]
    for company_id, changed in links:
        user.rights[company_id] = user.rights.get(company_id, {}) | changed
        user.roles.setdefault(company_id, user.roles.get(call.company_id, OWNER))
    return Reply(None, {})


@emulates(PostUserRemoveFromCompanies, right="delete_users_access")
def post_user_remove_from_companies(world: World, call: PostUserRemoveFromCompanies, caller: Caller) -> Reply:
    """Takes branches from a user."""
    user = _user(world, call.company_id, call.user_id)
    branches = [_branch(world, one.company_id, caller) for one in call.user_company_links]
    for company_id in branches:
        user.rights.pop(company_id, None)
        user.roles.pop(company_id, None)
    return Reply(None, {})


@emulates(GetRights)
def get_rights(world: World, call: GetRights, caller: Caller) -> Reply:
    """Shows what the caller may do in a branch."""
    world.companies[call.company_id]
    return Reply(tree(caller.user.rights[call.company_id]) if caller.user else {}, [])


@emulates(PostUserInvite, right="create_users_access")
def post_user_invite(world: World, call: PostUserInvite) -> Reply:
    """Makes a user of each who is invited, without password until they set one."""
    invited = [(one, _said(one.user_permissions or ())) for one in call.invites]
    if any(not (one.search or "").strip() for one, _ in invited):
        invalid(errors={"invites": ["Укажите телефон или email"]})
    for one, changed in invited:
        search, role = (one.search or "").strip(), one.user_role or "worker"
        number = world.ids.number("user")
        user = User(number, one.name or search, search, "", world.ids.secret("user token"))
        user.rights[call.salon_id] = of_role(role) | changed
        user.roles[call.salon_id] = role
        world.users[number] = user
    return Reply(None, {"message": "Сохранено"})


def _user(world: World, company_id: int, user_id: int) -> User:
    user = found(world.users.get(user_id), "Пользователь не найден")
    return user if company_id in user.rights else not_found("Пользователь не найден")


def _branch(world: World, company_id: int, caller: Caller) -> int:
    company = found(world.companies.get(company_id), "Филиал не найден.")
    if caller.user:
        check_right(caller.user, company.id, "edit_users_access")
    return company.id


def _said(permissions: Iterable[Permission]) -> Json:
    changed = {one.slug: one.value for one in permissions}
    if unknown := sorted(changed.keys() - known()):
        invalid(errors={"user_permissions": [f"Право {slug} не найдено" for slug in unknown]})
    return changed


def _shown(user: User, company_id: int) -> Json:
    return {
        "user_role": user.roles.get(company_id, OWNER),
        "staff_id": user.staff.get(company_id),
        "is_editable": True,
        "user_permissions": values(user.rights[company_id]),
    }


def _role(slug: str, *, with_rights: bool) -> Json:
    title, description, weight = ROLES[slug]
    role: Json = {"slug": slug, "title": title, "description": description, "weight": weight}
    if with_rights:
        role["user_permissions"] = [{**one, "is_editable": True} for one in values(of_role(slug))]
    return role
