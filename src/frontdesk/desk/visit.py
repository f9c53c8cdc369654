"""One request to the desk by somebody who may make it: who, in which language, and how to answer."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache
from hashlib import sha256
from pathlib import Path
from typing import Final
from urllib.parse import parse_qsl

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from starlette.requests import Request
from starlette.responses import HTMLResponse, RedirectResponse, Response

from frontdesk.desk.parts import Desk
from frontdesk.desk.security import form_token
from frontdesk.desk.words import Words, languages
from frontdesk.store.users import User

HERE: Final = Path(__file__).parent
STATIC: Final = HERE / "static"
THEMES: Final = ("auto", "light", "dark")
THEME_COOKIE: Final = "desk_theme"
LARGEST_FORM: Final = 64 * 1024
MOST_FIELDS: Final = 300
SEE_OTHER: Final = 303


class FormTooLarge(ValueError):
    """More than any form of the desk sends."""


@dataclass(frozen=True, slots=True)
class Tab:
    """One entry of the navigation."""

    title: str
    path: str
    icon: str
    is_open: bool


@dataclass(frozen=True)
class Visit:
    """The request, whose it is, and what was sent with it. `secret` is what this browser's forms are made from.

    `seen` are the store's marks from before the page was made: what changed since is told as soon as the page listens.
    """

    desk: Desk
    request: Request
    words: Words
    user: User | None = None
    secret: str = field(default="", repr=False)
    form: Mapping[str, str] = field(default_factory=dict, repr=False)
    tabs: tuple[Tab, ...] = ()
    seen: str = ""

    @property
    def signed_in(self) -> User:
        """Whoever it is; on a page of the desk there is always somebody, as the guard lets nobody else in."""
        if self.user is None:
            raise LookupError("nobody is signed in")
        return self.user

    @property
    def theme(self) -> str:
        """`auto` follows the system."""
        chosen = self.request.cookies.get(THEME_COOKIE, THEMES[0])
        return chosen if chosen in THEMES else THEMES[0]

    def query(self, name: str) -> str:
        """What the address says, empty where it does not."""
        return self.request.query_params.get(name, "")

    def render(self, template: str, status: int = 200, /, **context: object) -> Response:
        """A page or a fragment; in the template every value is text unless it says otherwise."""
        shown = {
            "visit": self,
            "desk": self.desk,
            "user": self.user,
            "tabs": self.tabs,
            "theme": self.theme,
            "themes": THEMES,
            "language": self.words.language,
            "languages": languages(),
            "form_token": form_token(self.secret) if self.secret else "",
            "_": self.words,
        }
        return HTMLResponse(environment().get_template(template).render(shown | context), status)

    def redirect(self, path: str) -> Response:
        """Sends the browser on to another page of the desk."""
        return RedirectResponse(path, SEE_OTHER)

    def refuse(self, status: int, title: str, advice: str) -> Response:
        """A page that says in plain words what went wrong and what to do."""
        return self.render("error.html", status, title=title, advice=advice, status=status)


@cache
def environment() -> Environment:
    """The templates: what a value holds is escaped, and a name that is not there is a fault."""
    made = Environment(
        loader=FileSystemLoader(HERE / "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.globals["asset"] = asset
    return made


@cache
def asset(name: str) -> str:
    """The address of a file of `static`, which changes with its content, so that no browser shows an old one."""
    file = STATIC / name
    content = file.read_bytes() if file.exists() else b""
    return f"/desk/static/{name}?v={sha256(content).hexdigest()[:12]}"


async def read_form(request: Request) -> dict[str, str]:
    """The fields of a form as the browser sends it; raises FormTooLarge."""
    body = bytearray()
    async for part in request.stream():
        body += part
        if len(body) > LARGEST_FORM:
            raise FormTooLarge
    try:
        pairs = parse_qsl(body.decode(), keep_blank_values=True, max_num_fields=MOST_FIELDS)
    except ValueError:
        raise FormTooLarge from None
    return dict(pairs)
