"""Conversations: who writes, who waits for a person, what was said both ways, and a person's own word in between."""

import re
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from itertools import groupby
from typing import Final

from sqlalchemy import Connection
from starlette.responses import Response

from frontdesk.booking.phones import international_phone, mask_phone
from frontdesk.booking.times import Instant
from frontdesk.channels.limits import SHORTEST_TEXT, length
from frontdesk.channels.reading import clean
from frontdesk.desk.bubbles import Bubble, bubble, words_of
from frontdesk.desk.guard import not_found
from frontdesk.desk.numbers import number_in
from frontdesk.desk.page import Page, PageRoute
from frontdesk.desk.times import day, moment, since
from frontdesk.desk.visit import Visit
from frontdesk.dialogue.talk import Settled
from frontdesk.store import audit, conversations, steering
from frontdesk.store.audit import About
from frontdesk.store.columns import EPOCH
from frontdesk.store.conversations import MOST_LISTED, Conversation, Line
from frontdesk.store.steering import Answer
from frontdesk.store.threads import Priority
from frontdesk.store.users import User

MICROSECOND = timedelta(microseconds=1)
FORM_KEY: Final = re.compile(r"[\w-]{1,100}", re.ASCII)
WINDOW: Final = timedelta(hours=24)
"""So long after the client's last message WhatsApp takes free words."""


@dataclass(frozen=True, slots=True)
class Row:
    """One conversation of the list, as it is shown."""

    id: int
    name: str
    channel: str
    phone: str
    last: str
    is_ours: bool
    when: str
    waits: str
    taken_by: str
    unanswered: str
    is_late: bool


@dataclass(frozen=True, slots=True)
class Opened:
    """The conversation that is open, by days."""

    row: Row
    days: Sequence[tuple[str, list[Bubble]]]


async def show(visit: Visit) -> Response:
    """The list, and beside it an invitation to open one."""
    return visit.render("conversations.html", chat=None, days=(), **await _listed(visit))


async def show_list(visit: Visit) -> Response:
    """The list alone, for the live page."""
    return visit.render("conversations_list.html", chat=None, **await _listed(visit))


async def show_chat(visit: Visit) -> Response:
    """The list, and one conversation beside it."""
    return await _chat_page(visit)


async def show_lines(visit: Visit) -> Response:
    """What was said in one conversation, for the live page."""
    opened = await _opened(visit)
    return visit.render("conversation_lines.html", days=opened.days) if opened else not_found(visit)


async def show_state(visit: Visit) -> Response:
    """Who answers in one conversation, and what can be done about it, for the live page."""
    opened = await _opened(visit)
    return visit.render("conversation_state.html", chat=opened.row) if opened else not_found(visit)


async def take(visit: Visit) -> Response:
    """From now on whoever is signed in answers there."""
    return await _steered(visit, partial(_taken, chat=_chat(visit), who=visit.signed_in))


async def give_back(visit: Visit) -> Response:
    """From now on the assistant answers there again."""
    return await _steered(visit, partial(_given_back, chat=_chat(visit), who=visit.signed_in))


async def answer(visit: Visit) -> Response:
    """Says what whoever is signed in wrote, through the client's own messenger."""
    text, key = clean(visit.form.get("text", "")).strip(), visit.form.get("key", "")
    if not FORM_KEY.fullmatch(key):
        return await _chat_page(visit, 422, wrong=visit.words("Форма устарела, отправьте ещё раз."), text=text)
    if not text:
        return await _chat_page(visit, 422, wrong=visit.words("Напишите, что ответить клиенту."))
    if length(text) > SHORTEST_TEXT:
        wrong = visit.words(
            "Слишком длинно: {length} знаков, мессенджеры берут {most}.", length=length(text), most=SHORTEST_TEXT
        )
        return await _chat_page(visit, 422, wrong=wrong, text=text)
    said = Answer(visit.signed_in.shown, f"desk-{key}", text)
    return await _steered(visit, partial(_answered, chat=_chat(visit), who=visit.signed_in, said=said))


async def _steered(visit: Visit, work: Callable[..., bool]) -> Response:
    if not await visit.desk.store.write(partial(work, now=visit.desk.clock.now()), Priority.PAGE):
        return not_found(visit)
    visit.desk.wake()
    return visit.redirect(f"{PAGE.path}/{_chat(visit)}")


def _taken(connection: Connection, chat: int, who: User, now: Instant) -> bool:
    done = steering.take(connection, chat, who.shown, now)
    if done:
        audit.note(connection, who, "Диалог взят на себя", About(chat=chat), now)
    return done


def _given_back(connection: Connection, chat: int, who: User, now: Instant) -> bool:
    """Done already is as good as done: two people may press it."""
    if steering.give_back(connection, chat, now):
        audit.note(connection, who, "Диалог возвращён ассистенту", About(chat=chat), now)
    return conversations.of_number(connection, chat) is not None


def _answered(connection: Connection, chat: int, who: User, said: Answer, now: Instant) -> bool:
    if steering.is_said(connection, said.key):
        return True
    done = steering.answer(connection, chat, said, now)
    if done:
        audit.note(connection, who, "Клиенту ответил человек", About(chat=chat), now)
    return done


async def _chat_page(visit: Visit, status: int = 200, *, wrong: str = "", text: str = "") -> Response:
    opened = await _opened(visit)
    if opened is None:
        return not_found(visit)
    written = {"wrong": wrong, "text": text, "key": visit.desk.random_token(), "longest": SHORTEST_TEXT}
    return visit.render(
        "conversations.html",
        status,
        chat=opened.row,
        days=opened.days,
        **written,
        **await _listed(visit, opened.row.id),
    )


async def _listed(visit: Visit, opened: int | None = None) -> dict[str, object]:
    before = _moment(visit.query("before"))
    wait = await visit.desk.store.read(conversations.waiting)
    recent = await visit.desk.store.read(partial(conversations.recent, before=before))
    last = recent[-1].last_at if len(recent) == MOST_LISTED else None
    return {
        "waiting": [row_of(visit, one) for one in wait],
        "recent": [row_of(visit, one) for one in recent],
        "earlier": (last - EPOCH) // MICROSECOND if last else None,
        "before": visit.query("before") if before else "",
        "opened": opened or number_in(visit.query("open")),
    }


async def _opened(visit: Visit) -> Opened | None:
    number = _chat(visit)
    found = await visit.desk.store.read(partial(conversations.of_number, chat=number))
    if found is None:
        return None
    said = await visit.desk.store.read(partial(conversations.lines, chat=number))
    return Opened(row_of(visit, found, said), list(_days(visit, found, said)))


def _chat(visit: Visit) -> int:
    return int(visit.request.path_params["chat"])


def _days(visit: Visit, chat: Conversation, lines: Sequence[Line]) -> Iterator[tuple[str, list[Bubble]]]:
    zone, now = visit.desk.zone(chat.address.channel, chat.address.account), visit.desk.clock.now()
    for title, of_day in groupby(lines, lambda line: day(line.at, now, zone, visit.words)):
        yield title, [bubble(line, f"{line.at.astimezone(zone):%H:%M}", visit.words) for line in of_day]


def row_of(visit: Visit, one: Conversation, said: Sequence[Line] = ()) -> Row:
    """The conversation as people read it; the phone is masked, as a list is seen by whoever stands near."""
    now, where = visit.desk.clock.now(), one.address
    theirs = [line.at for line in said if not line.is_ours and not isinstance(line.said, Settled)]
    zone = visit.desk.zone(where.channel, where.account)
    phone = one.phone or international_phone(where.user) or ""
    return Row(
        id=one.id,
        name=one.name or visit.words("Без имени"),
        channel=visit.desk.channel(where.channel, where.account),
        phone=mask_phone(phone) if phone and (one.phone or where.channel == "whatsapp") else "",
        last=words_of(one.last.said, visit.words) if one.last else "",
        is_ours=bool(one.last and one.last.is_ours),
        when=moment(one.last_at, now, zone, visit.words) if one.last_at else "",
        waits=since(one.human_since, now, visit.words) if one.human_since and not one.taken_by else "",
        taken_by=one.taken_by or "",
        unanswered=since(one.last.at, now, visit.words) if one.taken_by and one.last and not one.last.is_ours else "",
        is_late=where.channel == "whatsapp" and bool(theirs) and now - theirs[-1] > WINDOW,
    )


def _moment(written: str) -> Instant | None:
    number = number_in(written)
    return Instant(EPOCH + number * MICROSECOND) if number else None


PAGE = Page(
    path="/desk/conversations",
    title="Диалоги",
    icon="talk",
    order=20,
    routes=(
        PageRoute("", show),
        PageRoute("/list", show_list),
        PageRoute("/{chat:number}", show_chat),
        PageRoute("/{chat:number}/lines", show_lines),
        PageRoute("/{chat:number}/state", show_state),
        PageRoute("/{chat:number}/take", take, "POST"),
        PageRoute("/{chat:number}/answer", answer, "POST"),
        PageRoute("/{chat:number}/give-back", give_back, "POST"),
    ),
)
