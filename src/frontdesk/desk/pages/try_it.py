"""Try it: the demo's chat beside the demo salon's journal, and the switch that takes that journal down."""

from dataclasses import dataclass
from functools import partial

from sqlalchemy import Connection
from starlette.responses import Response

from frontdesk.booking.times import Instant
from frontdesk.desk.chat import DemoChat
from frontdesk.desk.guard import not_found
from frontdesk.desk.page import Page, PageRoute
from frontdesk.desk.visit import Visit
from frontdesk.store import audit, backlog, links
from frontdesk.store.users import User

CONFLICT = "conflict"


@dataclass(frozen=True, slots=True)
class Weather:
    """How the salon fares just now: what waits for the journal, and whether the assistant knows that it is away."""

    waiting: int
    conflicts: int
    is_away: bool
    is_catching_up: bool


async def show(visit: Visit) -> Response:
    """The chat, whose messages go their own way (`DemoChat`)."""
    demo = visit.desk.demo
    return await _shown(visit, demo, "try_it.html") if demo else not_found(visit)


async def state(visit: Visit) -> Response:
    """The part of the page that follows the journal."""
    demo = visit.desk.demo
    return await _shown(visit, demo, "try_it_state.html") if demo else not_found(visit)


async def requests(visit: Visit) -> Response:
    """What the journal was asked last."""
    demo = visit.desk.demo
    return visit.render("try_it_requests.html", requests=demo.levers.requests()) if demo else not_found(visit)


async def switch(visit: Visit) -> Response:
    """Takes the journal down, or brings it back and has the assistant look for it at once."""
    demo, user = visit.desk.demo, visit.user
    if demo is None or user is None:
        return not_found(visit)
    if down := visit.form.get("down") == "1":
        demo.levers.take_down()
    else:
        demo.levers.bring_back()
    await visit.desk.store.write(partial(_noted, user=user, now=visit.desk.clock.now(), down=down))
    return await _shown(visit, demo, "try_it_state.html") if _is_part(visit) else visit.redirect(PAGE.path)


async def _shown(visit: Visit, demo: DemoChat, template: str) -> Response:
    weather = await visit.desk.store.read(_weather)
    return visit.render(
        template,
        title=demo.title,
        people=demo.people(),
        weather=weather,
        is_down=demo.levers.is_down(),
        requests=demo.levers.requests(),
    )


def _is_part(visit: Visit) -> bool:
    return "hx-request" in visit.request.headers


def _weather(connection: Connection) -> Weather:
    counts = backlog.count(connection).counts
    commands = {standing: number for (table, standing), number in counts.items() if table == "commands"}
    states = [link.state for link in links.every(connection).values()]
    return Weather(
        waiting=sum(commands.values()) - commands.get(CONFLICT, 0),
        conflicts=commands.get(CONFLICT, 0),
        is_away=any(one.is_closed for one in states),
        is_catching_up="recovering" in states,
    )


def _noted(connection: Connection, user: User, now: Instant, *, down: bool) -> None:
    audit.note(connection, user, "Журнал демо выключен" if down else "Журнал демо включён", audit.NOTHING, now)
    if not down:
        links.look_soon(connection, now)


PAGE = Page(
    path="/chat",
    title="Попробовать",
    icon="try",
    order=90,
    routes=(
        PageRoute("", show),
        PageRoute("/state", state),
        PageRoute("/requests", requests),
        PageRoute("/switch", switch, "POST"),
    ),
    is_shown=lambda desk: desk.demo is not None,
)
