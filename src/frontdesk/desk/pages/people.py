"""People: who may sign in, as what, and the link by which they set their password. For the owner alone."""

from dataclasses import dataclass
from functools import partial

from sqlalchemy import Connection
from starlette.responses import Response

from frontdesk.booking.ids import MasterId
from frontdesk.booking.times import Instant
from frontdesk.desk.page import Page, PageRoute
from frontdesk.desk.visit import Visit
from frontdesk.store import audit, sessions, users
from frontdesk.store.audit import About
from frontdesk.store.users import NameTaken, Role, User

LINK = "/desk/link"


@dataclass(frozen=True, slots=True)
class NewUser:
    """Somebody to be added; `master` is the salon and number of one who is a master."""

    name: str
    role: Role
    master: tuple[str, MasterId] | None


async def show(visit: Visit) -> Response:
    """Everybody, and the form for one more."""
    return await _shown(visit)


async def add(visit: Visit) -> Response:
    """Adds one, and shows the link for them."""
    user = _new_user(visit)
    if user is None:
        return await _shown(visit, 422, wrong=visit.words("Нужны имя и роль; мастеру выберите, кто это в журнале."))
    token, now = visit.desk.random_token(), visit.desk.clock.now()
    try:
        await visit.desk.store.write(partial(_added, user=user, token=token, now=now, who=visit.signed_in))
    except NameTaken:
        return await _shown(visit, 422, wrong=visit.words("Такое имя уже занято."))
    return await _shown(visit, invited=users.shown(user.name), link=_address(visit, token))


async def invite(visit: Visit) -> Response:
    """A new link for somebody who lost their password, shown to the owner once."""
    user = await visit.desk.store.read(partial(users.named, name=visit.form.get("name", "")))
    if user is None:
        return visit.redirect(PAGE.path)
    token = visit.desk.random_token()
    made = partial(_invited, user=user, token=token, now=visit.desk.clock.now(), who=visit.signed_in)
    await visit.desk.store.write(made)
    return await _shown(visit, invited=users.shown(user.name), link=_address(visit, token))


async def remove(visit: Visit) -> Response:
    """Takes somebody's way in; nobody takes their own."""
    user = await visit.desk.store.read(partial(users.named, name=visit.form.get("name", "")))
    if user is not None and user.id != visit.signed_in.id:
        await visit.desk.store.write(partial(_removed, user=user, now=visit.desk.clock.now(), who=visit.signed_in))
    return visit.redirect(PAGE.path)


async def _shown(visit: Visit, status: int = 200, *, wrong: str = "", invited: str = "", link: str = "") -> Response:
    everyone = await visit.desk.store.read(users.everyone)
    found = {"wrong": wrong, "invited": invited, "link": link}
    return visit.render("people.html", status, everyone=everyone, masters=visit.desk.masters(), **found)


def _new_user(visit: Visit) -> NewUser | None:
    name, role = users.plain(visit.form.get("name", "")), visit.form.get("role", "")
    if not name or role not in set(Role):
        return None
    master = _master(visit) if role == Role.MASTER else None
    return None if role == Role.MASTER and master is None else NewUser(name, Role(role), master)


def _master(visit: Visit) -> tuple[str, MasterId] | None:
    chosen = visit.form.get("master", "")
    return next(((one.salon, one.id) for one in visit.desk.masters() if one.value == chosen), None)


def _address(visit: Visit, token: str) -> str:
    base = visit.desk.public_url or str(visit.request.base_url).rstrip("/")
    return f"{base}{LINK}/{token}"


def _added(connection: Connection, user: NewUser, token: str, now: Instant, who: User) -> None:
    added = users.add(connection, user.name, user.role, now, user.master)
    sessions.make_link(connection, added.id, token, now)
    audit.note(connection, who, "Сотрудник добавлен", About(detail=added.shown), now)


def _invited(connection: Connection, user: User, token: str, now: Instant, who: User) -> None:
    sessions.make_link(connection, user.id, token, now)
    audit.note(connection, who, "Сотруднику выдана ссылка для входа", About(detail=user.shown), now)


def _removed(connection: Connection, user: User, now: Instant, who: User) -> None:
    sessions.end_all(connection, user.id)
    users.remove(connection, user.id)
    audit.note(connection, who, "Сотрудник убран", About(detail=user.shown), now)


PAGE = Page(
    path="/desk/people",
    title="Сотрудники",
    icon="person",
    order=80,
    roles=frozenset({Role.OWNER}),
    routes=(
        PageRoute("", show),
        PageRoute("", add, "POST"),
        PageRoute("/invite", invite, "POST"),
        PageRoute("/remove", remove, "POST"),
    ),
)
