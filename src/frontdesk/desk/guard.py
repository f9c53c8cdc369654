"""Who may come in: every page and every form passes here, and nothing else decides it."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass, replace
from functools import partial
from ipaddress import ip_address
from typing import Final

from sqlalchemy import Connection
from starlette.requests import Request
from starlette.responses import Response

from frontdesk.desk import words
from frontdesk.desk.page import Handler, Page, PageRoute, pages_of
from frontdesk.desk.parts import Desk
from frontdesk.desk.security import FORM_FIELD, FORM_HEADER, drop_cookie, is_ours, secured, set_cookie
from frontdesk.desk.visit import FormTooLarge, Tab, Visit, read_form
from frontdesk.store import sessions, signs, users
from frontdesk.store.users import Role, User

COOKIE: Final = "desk_session"
VISITOR_COOKIE: Final = "desk_visitor"
"""Of a browser that is not signed in: the sign-in form, too, must come from our own page."""
VISITOR_LASTS_S: Final = 24 * 3600
SIGN_IN: Final = "/desk/sign-in"
LONGEST_TOKEN: Final = 200

Endpoint = Callable[[Request], Awaitable[Response]]


@dataclass(frozen=True)
class Guard:
    """Turns a page's handlers into endpoints that only those reach who may."""

    desk: Desk

    def of_page(self, page: Page, route: PageRoute) -> Endpoint:
        """The endpoint of one address of a page: signed in, of a role that may see it, by a form of ours."""

        async def endpoint(request: Request) -> Response:
            visit, fresh = await self.visit(request, page)
            if visit.user is None:
                return secured(_to_sign_in(visit), request)
            if visit.user.role not in page.roles:
                answer = forbidden(visit)
            else:
                answer = await self.answer(await self._marked(visit), route.handler)
            return secured(_with_session(answer, request, fresh), request)

        return endpoint

    def of_everybody(self, handler: Handler) -> Endpoint:
        """The endpoint of a page that one sees without being signed in."""

        async def endpoint(request: Request) -> Response:
            visit, fresh = await self.visit(request)
            visitor = "" if visit.secret else self.desk.random_token()
            answer = await self.answer(replace(visit, secret=visit.secret or visitor), handler)
            if visitor and request.method == "GET":
                set_cookie(answer, request, VISITOR_COOKIE, visitor, VISITOR_LASTS_S)
            return secured(_with_session(answer, request, fresh), request)

        return endpoint

    async def answer(self, visit: Visit, handler: Handler) -> Response:
        """The handler's answer, or a page that says what went wrong; the fault itself stands in the log."""
        try:
            if visit.request.method != "GET":
                visit = replace(visit, form=await read_form(visit.request))
                if not _is_ours(visit):
                    return _stale_form(visit)
            return await handler(visit)
        except FormTooLarge:
            return visit.refuse(413, visit.words("Слишком большая форма"), visit.words("Сократите текст."))
        except Exception:
            self.desk.log.exception("a page of the desk failed", path=visit.request.url.path)
            return _failed(visit)

    async def visit(self, request: Request, page: Page | None = None) -> tuple[Visit, str]:
        """Whoever comes, and the token of a session that was started for them just now (the demo's), else empty."""
        token = request.cookies.get(COOKIE, "")[:LONGEST_TOKEN]
        user = await self._user(request, token)
        fresh = ""
        if user is None and self.desk.opens_as and is_this_machine(request):
            fresh = token = self.desk.random_token()
            user = await self.desk.store.write(partial(_open, token=token, browser=browser(request), desk=self.desk))
        secret = token if user else request.cookies.get(VISITOR_COOKIE, "")[:LONGEST_TOKEN]
        tabs = _tabs(self.desk, user, page, words.of_request(request))
        return Visit(self.desk, request, words.of_request(request), user, secret, tabs=tabs), fresh

    async def _marked(self, visit: Visit) -> Visit:
        """With the marks of this moment, where a whole page is to be made."""
        if visit.request.method != "GET" or "hx-request" in visit.request.headers:
            return visit
        return replace(visit, seen=signs.written(await self.desk.store.read(signs.marks)))

    async def _user(self, request: Request, token: str) -> User | None:
        if not token:
            return None
        now = self.desk.clock.now()
        look = partial(sessions.user_of, token=token, browser=browser(request), now=now)
        return await self.desk.store.read(look)


def browser(request: Request) -> str:
    """What a session is bound to besides its token: a stolen cookie must at least be used in the same browser."""
    return request.headers.get("user-agent", "")


def is_this_machine(request: Request) -> bool:
    """Whether the page was asked for by a loopback name: no other site can make a browser say that of itself."""
    host = request.url.hostname or ""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"


def forbidden(visit: Visit) -> Response:
    """For somebody who is signed in, but not for this."""
    say = visit.words
    return visit.refuse(403, say("Эта страница не для вас"), say("Её видят владелец и администраторы."))


def not_found(visit: Visit) -> Response:
    """For an address that leads nowhere."""
    say = visit.words
    return visit.refuse(404, say("Такой страницы нет"), say("Возможно, ссылка устарела. Выберите раздел в меню."))


def sign_out_of(response: Response, request: Request) -> Response:
    """The answer, with the session's cookie taken back."""
    drop_cookie(response, request, COOKIE)
    return response


def _open(connection: Connection, token: str, browser: str, desk: Desk) -> User:
    now = desk.clock.now()
    user = users.named(connection, desk.opens_as) or users.add(connection, desk.opens_as, Role.OWNER, now)
    sessions.start(connection, user.id, token, browser, now)
    return user


def _with_session(response: Response, request: Request, token: str) -> Response:
    if token:
        set_cookie(response, request, COOKIE, token, int(sessions.SESSION_LASTS.total_seconds()))
    return response


def _tabs(desk: Desk, user: User | None, page: Page | None, say: words.Words) -> tuple[Tab, ...]:
    if user is None:
        return ()
    seen = [one for one in pages_of(desk) if user.role in one.roles]
    return tuple(Tab(say(_title(one, user)), one.path, one.icon, one is page) for one in seen)


def _title(page: Page, user: User) -> str:
    return page.own_title if page.own_title and user.role is Role.MASTER else page.title


def _to_sign_in(visit: Visit) -> Response:
    """A fragment can't show the sign-in page in its place, so htmx is told to leave the page."""
    if "hx-request" in visit.request.headers:
        return Response(status_code=401, headers={"hx-redirect": SIGN_IN})
    return visit.redirect(SIGN_IN)


def _is_ours(visit: Visit) -> bool:
    given = visit.form.get(FORM_FIELD) or visit.request.headers.get(FORM_HEADER, "")
    return is_ours(visit.request, visit.secret, given)


def _stale_form(visit: Visit) -> Response:
    say = visit.words
    return visit.refuse(403, say("Форма устарела"), say("Вернитесь на страницу, обновите её и попробуйте ещё раз."))


def _failed(visit: Visit) -> Response:
    say = visit.words
    advice = say("Мы записали, что случилось. Обновите страницу через минуту; ответы клиентам идут своим чередом.")
    return visit.refuse(500, say("Не получилось показать страницу"), advice)
