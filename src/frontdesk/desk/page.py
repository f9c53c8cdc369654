"""What a page is. One file in `pages/` with a `PAGE` adds one: routes, navigation and tests find it there."""

import importlib
import pkgutil
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Final

from starlette.responses import Response

from frontdesk.desk import pages
from frontdesk.desk.parts import Desk
from frontdesk.desk.set_up import SET_UP
from frontdesk.desk.visit import Visit
from frontdesk.store.users import Role

Handler = Callable[[Visit], Awaitable[Response]]
STAFF: Final = frozenset({Role.OWNER, Role.ADMINISTRATOR})
EVERYBODY: Final = frozenset(Role)


@dataclass(frozen=True, slots=True)
class PageRoute:
    """One address below the page's own (`""` is the page itself) and what answers there.

    A POST reaches its handler only with a form that this desk gave out.
    """

    path: str
    handler: Handler
    method: str = "GET"


@dataclass(frozen=True, slots=True)
class Page:
    """One page of the desk. `title` is its Russian name; `order` is its place in the navigation, smallest first.

    `icon` is the id of a drawing in `static/icons.svg`. `roles` may see it, nobody else. `is_shown` says whether this
    desk has the page at all. `own_title` is its name for a master, where it shows only what is theirs.
    """

    path: str
    title: str
    icon: str
    order: int
    routes: tuple[PageRoute, ...]
    roles: frozenset[Role] = STAFF
    is_shown: Callable[[Desk], bool] = lambda _desk: True
    own_title: str = ""


@cache
def every_page() -> Sequence[Page]:
    """All pages, in the order of the navigation."""
    modules = (
        importlib.import_module(f"{pages.__name__}.{found.name}") for found in pkgutil.iter_modules(pages.__path__)
    )
    return sorted((module.PAGE for module in modules), key=lambda page: page.order)


def pages_of(desk: Desk) -> Sequence[Page]:
    """The pages that this desk has; before the first start there is nothing but the set-up."""
    first = desk.set_up is not None and desk.set_up.is_first
    return [page for page in every_page() if page.is_shown(desk) and (page.path == SET_UP or not first)]
