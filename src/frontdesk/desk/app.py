"""The desk's addresses: the pages that are found in `pages/`, the way in and out, and the files they need."""

from typing import Final

from starlette.convertors import register_url_convertor
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount, Route
from starlette.staticfiles import StaticFiles

from frontdesk.desk import looks
from frontdesk.desk.guard import SIGN_IN, Guard, not_found
from frontdesk.desk.live import Live
from frontdesk.desk.numbers import Number
from frontdesk.desk.page import Page, PageRoute, pages_of
from frontdesk.desk.parts import Desk
from frontdesk.desk.set_up import SET_UP
from frontdesk.desk.sign_in import SignIn
from frontdesk.desk.visit import STATIC, Visit

VENDOR: Final = STATIC / "vendor"
register_url_convertor("number", Number())


def desk_routes(desk: Desk) -> list[BaseRoute]:
    """All of them; what is left of `/desk/` is a friendly 404."""
    guard = Guard(desk)
    if not VENDOR.exists():
        desk.log.warning("the desk's browser files are missing: run `make vendor`", folder=str(VENDOR))
    open_to_all = (
        *SignIn(desk).routes(),
        *looks.ROUTES,
        PageRoute("/desk/events", Live(desk).events),
    )
    return [
        Mount("/desk/static", StaticFiles(directory=STATIC)),
        *(Route(one.path, guard.of_everybody(one.handler), methods=[one.method]) for one in open_to_all),
        *(route for page in pages_of(desk) for route in _of_page(guard, page)),
        Route("/desk", guard.of_everybody(_set_up)),  # reached before the first start alone: then Today has it
        Route("/desk/{rest:path}", guard.of_everybody(_lost)),
    ]


def _of_page(guard: Guard, page: Page) -> list[BaseRoute]:
    return [Route(page.path + one.path, guard.of_page(page, one), methods=[one.method]) for one in page.routes]


async def _set_up(visit: Visit) -> Response:
    return visit.redirect(SET_UP if visit.user else SIGN_IN)


async def _lost(visit: Visit) -> Response:
    return not_found(visit)
