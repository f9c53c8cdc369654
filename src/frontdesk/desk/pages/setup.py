"""The guided set-up: the journal, the messengers, the addresses; each step is kept and looked at. Owner only."""

from collections.abc import Sequence
from functools import partial

from sqlalchemy import Connection
from starlette.responses import Response

from frontdesk.booking.times import Instant
from frontdesk.desk.doctor_words import said_in
from frontdesk.desk.guard import not_found
from frontdesk.desk.page import Page, PageRoute
from frontdesk.desk.set_up import DONE, SET_UP, WEBHOOKS, BadSetUp, Finding, SetUp, Step, steps
from frontdesk.desk.visit import Visit
from frontdesk.store import audit
from frontdesk.store.audit import About
from frontdesk.store.users import Role, User

LONGEST_VALUE = 2000
LONGEST_NUMBER = 12
BROKEN = "broken"


async def show(visit: Visit) -> Response:
    """One step, the first where none is named."""
    set_up, found = visit.desk.set_up, _step(visit, visit.query("step") or steps(visit.words)[0].kind)
    return _shown(visit, set_up, found) if set_up and found else not_found(visit)


async def save(visit: Visit) -> Response:
    """Writes the step down, has it looked at, and shows what was found."""
    set_up, step = visit.desk.set_up, _step(visit, visit.form.get("step", ""))
    if set_up is None or step is None or not step.fields:
        return not_found(visit)
    if wrong := _wrong(visit, set_up, step):
        return _shown(visit, set_up, step, wrong=wrong)
    try:
        set_up.keep(step.kind, _changes(visit, step))
    except BadSetUp as fault:
        return _shown(visit, set_up, step, wrong=visit.words("Так записать нельзя: {why}", why=fault))
    await _noted(visit, step.kind)
    if step.kind == WEBHOOKS:
        return _shown(visit, set_up, step, findings=())
    return _shown(visit, set_up, step, findings=await set_up.examine(step.kind))


async def look(visit: Visit) -> Response:
    """Looks again at what is written, without changing it."""
    set_up, step = visit.desk.set_up, _step(visit, visit.form.get("step", ""))
    if set_up is None or step is None or not set_up.written(step.kind) or step.kind in {WEBHOOKS, DONE}:
        return not_found(visit)
    return _shown(visit, set_up, step, findings=await set_up.examine(step.kind))


async def secret(visit: Visit) -> Response:
    """A new secret for the journal's webhook, in the address that is shown this once."""
    set_up, step = visit.desk.set_up, _step(visit, WEBHOOKS)
    if set_up is None or step is None:
        return not_found(visit)
    made = visit.desk.random_token()
    try:
        set_up.keep("salon", {"webhook_secret": made})
    except BadSetUp as fault:
        return _shown(visit, set_up, step, wrong=visit.words("Так записать нельзя: {why}", why=fault))
    await _noted(visit, "salon")
    return _shown(visit, set_up, step, made=made)


async def finish(visit: Visit) -> Response:
    """Starts the real thing, which takes the place of the set-up."""
    set_up = visit.desk.set_up
    if set_up is None or not set_up.is_first or not set_up.written("salon"):
        return visit.redirect(SET_UP)
    set_up.finish()
    return visit.render("setup_starts.html", command=set_up.command)


def _step(visit: Visit, kind: str) -> Step | None:
    return next((one for one in steps(visit.words) if one.kind == kind), None)


def _changes(visit: Visit, step: Step) -> dict[str, str]:
    """A secret that is left empty stays; anything else that is emptied is taken out."""
    typed = [(field, visit.form.get(field.name, "").strip()) for field in step.fields]
    return {field.name: said for field, said in typed if said or not field.is_secret}


def _wrong(visit: Visit, set_up: SetUp, step: Step) -> str:
    """What no file could hold, in the words of the form."""
    say, there = visit.words, set_up.written(step.kind)
    for field in step.fields:
        said = visit.form.get(field.name, "").strip()
        if not said and field.is_needed and not (field.is_secret and field.name in there):
            return say("Заполните: {field}", field=field.label)
        if len(said) > LONGEST_VALUE or not said.isprintable():
            return say("Слишком длинно, или есть невидимые знаки: {field}", field=field.label)
        if field.is_number and said and not (said.isascii() and said.isdecimal() and len(said) <= LONGEST_NUMBER):
            return say("Здесь нужно число: {field}", field=field.label)
        if field.options and said not in field.options:
            return say("Выберите из списка: {field}", field=field.label)
    return ""


def _shown(  # noqa: PLR0913 - what came of the last press, by name
    visit: Visit,
    set_up: SetUp,
    step: Step,
    *,
    findings: Sequence[Finding] | None = None,
    wrong: str = "",
    made: str = "",
) -> Response:
    every = steps(visit.words)
    there = set_up.written(step.kind)
    typed = {field.name: visit.form.get(field.name, "") for field in step.fields if not field.is_secret}
    place = every.index(step)
    return visit.render(
        "setup.html",
        422 if wrong else 200,
        step=step,
        steps=every,
        is_there={one.kind: bool(set_up.written(one.kind)) for one in every},
        there=there,
        values={name: typed[name] if wrong else there.get(name, "") for name in typed},
        following=every[place + 1].kind if place + 1 < len(every) else "",
        findings=findings and [said_in(visit.words.language, one) for one in findings],
        is_broken=any(one.state == BROKEN for one in findings or ()),
        wrong=wrong,
        made=made,
        public_url=set_up.written(WEBHOOKS).get("public_url", "").rstrip("/"),
        salon=set_up.written("salon").get("key", ""),
        set_up=set_up,
    )


async def _noted(visit: Visit, kind: str) -> None:
    if visit.user is not None:
        await visit.desk.store.write(partial(_note, user=visit.user, kind=kind, now=visit.desk.clock.now()))


def _note(connection: Connection, user: User, kind: str, now: Instant) -> None:
    audit.note(connection, user, "Подключение изменено", About(detail=kind), now)


PAGE = Page(
    path=SET_UP,
    title="Подключение",
    icon="link",
    order=75,
    roles=frozenset({Role.OWNER}),
    routes=(
        PageRoute("", show),
        PageRoute("", save, "POST"),
        PageRoute("/look", look, "POST"),
        PageRoute("/secret", secret, "POST"),
        PageRoute("/finish", finish, "POST"),
    ),
    is_shown=lambda desk: desk.set_up is not None,
)
