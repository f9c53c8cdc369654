"""Try it: the demo's chat beside the demo salon's journal."""

from starlette.responses import Response

from frontdesk.desk.guard import not_found
from frontdesk.desk.page import Page, PageRoute
from frontdesk.desk.visit import Visit


async def show(visit: Visit) -> Response:
    """The chat, whose messages go their own way (`DemoChat`)."""
    demo = visit.desk.demo
    return visit.render("try_it.html", title=demo.title, people=demo.people()) if demo else not_found(visit)


PAGE = Page(
    path="/chat",
    title="Попробовать",
    icon="try",
    order=90,
    routes=(PageRoute("", show),),
    is_shown=lambda desk: desk.demo is not None,
)
