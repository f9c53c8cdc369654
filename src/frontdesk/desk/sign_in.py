"""Signing in and out: by password, by a link that works once, and the first of all, who sets the first password."""

from dataclasses import dataclass, field
from functools import partial
from typing import Final

from sqlalchemy import Connection
from starlette.responses import Response

from frontdesk.booking.times import Instant
from frontdesk.desk.guard import COOKIE, SIGN_IN, browser, sign_out_of
from frontdesk.desk.page import PageRoute
from frontdesk.desk.parts import Desk
from frontdesk.desk.passwords import LONGEST, SHORTEST, Passwords
from frontdesk.desk.security import network, set_cookie
from frontdesk.desk.visit import Visit
from frontdesk.desk.words import Words
from frontdesk.dialogue.talk import Reply
from frontdesk.store import replies, sessions, users
from frontdesk.store.replies import Outgoing
from frontdesk.store.sessions import Caller
from frontdesk.store.users import User

HOME: Final = "/desk"
LINK: Final = "/desk/link"
SET_PASSWORD: Final = "/desk/password"
TELEGRAM: Final = "/desk/telegram"


@dataclass(frozen=True)
class SignIn:
    """The pages before one is signed in, and the way out."""

    desk: Desk
    passwords: Passwords = field(default_factory=Passwords)

    def routes(self) -> tuple[PageRoute, ...]:
        """For everybody."""
        return (
            PageRoute(SIGN_IN, self.show),
            PageRoute(SIGN_IN, self.by_password, "POST"),
            PageRoute(f"{SIGN_IN}/link", self.send_link, "POST"),
            PageRoute(f"{LINK}/{{token}}", self.show_link),
            PageRoute(f"{LINK}/{{token}}", self.by_link, "POST"),
            PageRoute(SET_PASSWORD, self.show_password),
            PageRoute(SET_PASSWORD, self.new_password, "POST"),
            PageRoute(TELEGRAM, self.show_telegram),
            PageRoute(TELEGRAM, self.tie_telegram, "POST"),
            PageRoute("/desk/sign-out", self.sign_out, "POST"),
        )

    async def show(self, visit: Visit) -> Response:
        """The form."""
        return visit.render("sign_in.html", wrong="", sent=False)

    async def by_password(self, visit: Visit) -> Response:
        """Lets in whoever knows a password; says neither whether the name nor whether the password was wrong."""
        caller = caller_of(visit)
        if not await self._may_try(caller):
            return self._too_often(visit)
        user = await self.desk.store.read(partial(users.named, name=caller.name))
        if not await self.passwords.fits(visit.form.get("password", ""), user.password if user else None) or not user:
            wrong = visit.words("Имя или пароль не подходят.")
            return visit.render("sign_in.html", 401, wrong=wrong, sent=False)
        await self.desk.store.write(partial(sessions.pardon, caller=caller))
        return await self._let_in(visit, user, HOME)

    async def send_link(self, visit: Visit) -> Response:
        """Sends a one-time link to the Telegram of that user; answers the same whoever asked, for whichever name."""
        caller = caller_of(visit)
        if not await self._may_try(caller):
            return self._too_often(visit)
        if self.desk.public_url:
            await self.desk.store.write(partial(self._queue_link, name=caller.name, words=visit.words))
        return visit.render("sign_in.html", wrong="", sent=True)

    async def show_link(self, visit: Visit) -> Response:
        """Asks for one more press: messengers open links by themselves to show what is behind them."""
        return visit.render("link.html")

    async def by_link(self, visit: Visit) -> Response:
        """Lets in by a link, once; somebody without a password is asked to set one."""
        if not await self._may_try(Caller("", caller_of(visit).address)):
            return self._too_often(visit)
        token = visit.request.path_params["token"]
        user = await self.desk.store.write(partial(sessions.use_link, token=token, now=self.desk.clock.now()))
        if user is None:
            advice = visit.words("Ссылка действует 15 минут и открывается один раз. Попросите новую.")
            return visit.refuse(410, visit.words("Ссылка больше не действует"), advice)
        return await self._let_in(visit, user, HOME if user.password else SET_PASSWORD)

    async def show_password(self, visit: Visit) -> Response:
        """The form for a new password."""
        if visit.user is None or self.desk.opens_as:
            return visit.redirect(HOME)
        return _password_form(visit, visit.user)

    async def new_password(self, visit: Visit) -> Response:
        """Sets it; every other session of the user ends. Who has one must know it, a left screen is no key.

        The first owner, whom nobody has named, says a name as well.
        """
        user = visit.user
        if user is None or self.desk.opens_as:
            return visit.redirect(HOME)
        if wrong := await self._wrong_with(visit, user):
            return _password_form(visit, user, wrong)
        hashed = await self.passwords.hashed(visit.form["password"])
        name = said_name(visit) if users.is_unnamed(user) else user.name
        await self.desk.store.write(partial(_change_password, user=user.id, name=name, hashed=hashed))
        return await self._let_in(visit, user, HOME)

    async def show_telegram(self, visit: Visit) -> Response:
        """Whether a chat is known to which links for signing in may be sent."""
        if visit.user is None or self.desk.opens_as:
            return visit.redirect(HOME)
        tied = await self.desk.store.read(partial(users.is_tied, user=visit.user))
        return visit.render("telegram.html", tied=tied, code="", links=())

    async def tie_telegram(self, visit: Visit) -> Response:
        """A code for the chat, shown once, in the address of each bot that is known."""
        if visit.user is None or self.desk.opens_as:
            return visit.redirect(HOME)
        code, now = self.desk.random_token(), self.desk.clock.now()
        token = sessions.chat_token(code)
        await self.desk.store.write(partial(sessions.make_link, user=visit.user.id, token=token, now=now))
        entrances = await self.desk.entrances()
        bots = [address for (channel, _), address in entrances.items() if channel == users.TELEGRAM]
        said = sessions.CHAT_CODE + code
        return visit.render("telegram.html", tied=False, code=said, links=[bot + said for bot in bots])

    async def sign_out(self, visit: Visit) -> Response:
        """Ends the session here and in the database."""
        await self.desk.store.write(partial(sessions.end, token=visit.request.cookies.get(COOKIE, "")))
        return sign_out_of(visit.redirect(SIGN_IN), visit.request)

    async def _wrong_with(self, visit: Visit, user: User) -> str:
        say, new = visit.words, visit.form.get("password", "")
        if user.password:
            caller = Caller(user.name, caller_of(visit).address)
            if not await self._may_try(caller) or not await self.passwords.fits(
                visit.form.get("old", ""), user.password
            ):
                return say("Прежний пароль не подходит.")
            await self.desk.store.write(partial(sessions.pardon, caller=caller))
        if users.is_unnamed(user) and not said_name(visit):
            return say("Назовите себя: под этим именем вы входите, его видят сотрудники.")
        if not SHORTEST <= len(new) <= LONGEST:
            return say("Нужно от {shortest} до {longest} знаков.", shortest=SHORTEST, longest=LONGEST)
        return "" if new == visit.form.get("again") else say("Пароли не совпадают.")

    async def _may_try(self, caller: Caller) -> bool:
        return await self.desk.store.write(partial(sessions.try_in, caller=caller, now=self.desk.clock.now()))

    async def _let_in(self, visit: Visit, user: User, where: str) -> Response:
        """A new token each time, and the one before is void: nobody can have planted it."""
        token, now = self.desk.random_token(), self.desk.clock.now()
        await self.desk.store.write(partial(sessions.end, token=visit.request.cookies.get(COOKIE, "")))
        started = partial(sessions.start, user=user.id, token=token, browser=browser(visit.request), now=now)
        await self.desk.store.write(started)
        response = visit.redirect(where)
        set_cookie(response, visit.request, COOKIE, token, int(sessions.SESSION_LASTS.total_seconds()))
        return response

    def _queue_link(self, connection: Connection, name: str, words: Words) -> None:
        user = users.named(connection, name)
        where = users.telegram_chat(connection, user) if user else None
        if user is None or where is None:
            return
        token, now = self.desk.random_token(), self.desk.clock.now()
        sessions.make_link(connection, user.id, token, now)
        text = words("Вход на стойку, ссылка на 15 минут: {link}", link=f"{self.desk.public_url}{LINK}/{token}")
        chat, address = where
        replies.add(connection, chat, Outgoing(address, f"sign-in {sessions.digest(token)}", Reply(text)), now)

    def _too_often(self, visit: Visit) -> Response:
        wrong = visit.words("Слишком много попыток. Подождите 15 минут.")
        return visit.render("sign_in.html", 429, wrong=wrong, sent=False)


def caller_of(visit: Visit) -> Caller:
    """Who tries to sign in."""
    return Caller(said_name(visit), network(visit.request))


def said_name(visit: Visit) -> str:
    """The name that was entered, as names are kept."""
    return users.plain(visit.form.get("name", ""))


async def first_link(desk: Desk) -> str | None:
    """The path that lets the owner in to set the first password; None once anybody has one."""
    token, now = desk.random_token(), desk.clock.now()
    made = await desk.store.write(partial(_first_link, token=token, now=now))
    return f"{LINK}/{token}" if made else None


def _first_link(connection: Connection, token: str, now: Instant) -> bool:
    owner = users.first(connection, now)
    if owner is not None:
        sessions.make_link(connection, owner.id, token, now)
    return owner is not None


def _password_form(visit: Visit, user: User, wrong: str = "") -> Response:
    is_first, name = users.is_unnamed(user), visit.form.get("name", "")
    status = 422 if wrong else 200
    return visit.render("password.html", status, wrong=wrong, shortest=SHORTEST, is_first=is_first, name=name)


def _change_password(connection: Connection, user: int, name: str, hashed: str) -> None:
    users.rename(connection, user, name)
    users.set_password(connection, user, hashed)
    sessions.end_all(connection, user)
