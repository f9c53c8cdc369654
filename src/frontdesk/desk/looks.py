"""How the desk looks in this browser: the language and the colours, kept in cookies."""

from typing import Final
from urllib.parse import urlsplit

from starlette.responses import Response

from frontdesk.desk.page import PageRoute
from frontdesk.desk.security import set_cookie
from frontdesk.desk.visit import THEME_COOKIE, THEMES, Visit
from frontdesk.desk.words import COOKIE, languages

LASTS_S: Final = 365 * 24 * 3600


async def change(visit: Visit) -> Response:
    """Keeps what was chosen, and goes back to where it was."""
    response = visit.redirect(_back(visit.form.get("back", "")))
    if (theme := visit.form.get("theme")) in THEMES:
        set_cookie(response, visit.request, THEME_COOKIE, str(theme), LASTS_S)
    if (language := visit.form.get("language")) in languages():
        set_cookie(response, visit.request, COOKIE, str(language), LASTS_S)
    return response


def _back(path: str) -> str:
    """Only ever a page of ours: what begins with two slashes of either kind is another site to a browser."""
    parts = urlsplit(path)
    inside = path.startswith(("/desk", "/chat")) and not parts.netloc and "\\" not in path and path.isprintable()
    return path if inside else "/desk"


ROUTES: Final = (PageRoute("/desk/look", change, "POST"),)
