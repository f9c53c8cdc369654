"""Conversations: who writes, who waits for a person, and what was said, both ways, in order."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from itertools import groupby
from typing import assert_never

from starlette.responses import Response

from frontdesk.booking.commands import (
    Book,
    Cancel,
    Command,
    Confirm,
    Conflicted,
    Deferred,
    Done,
    Explain,
    Move,
    ProvePhone,
    Refused,
    Restore,
    SendCode,
)
from frontdesk.booking.phones import international_phone, mask_phone
from frontdesk.booking.times import Instant
from frontdesk.channels.messages import Attachment, Contact, Content, Delivery, Tap, Text
from frontdesk.desk.guard import not_found
from frontdesk.desk.page import Page, PageRoute
from frontdesk.desk.times import day, moment, since
from frontdesk.desk.visit import Visit
from frontdesk.desk.words import Words
from frontdesk.dialogue.talk import AttachmentKind, Reply, Settled
from frontdesk.outage.reply import ReplyState
from frontdesk.store import conversations
from frontdesk.store.columns import EPOCH
from frontdesk.store.conversations import MOST_LISTED, Conversation, Line

MICROSECOND = timedelta(microseconds=1)
LARGEST_NUMBER = 2**53
"""Larger than any row and any moment, small enough for both databases."""


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


@dataclass(frozen=True, slots=True)
class Bubble:
    """One message of a conversation, as it is shown. `side` is `theirs`, `ours` or `journal`."""

    side: str
    text: str
    choices: tuple[str, ...]
    clock: str
    mark: str
    detail: str
    is_bad: bool


async def show(visit: Visit) -> Response:
    """The list, and beside it an invitation to open one."""
    return visit.render("conversations.html", chat=None, days=(), **await _listed(visit))


async def show_list(visit: Visit) -> Response:
    """The list alone, for the live page."""
    return visit.render("conversations_list.html", chat=None, **await _listed(visit))


async def show_chat(visit: Visit) -> Response:
    """The list, and one conversation beside it."""
    chat, days = await _opened(visit)
    if chat is None:
        return not_found(visit)
    return visit.render("conversations.html", chat=chat, days=days, **await _listed(visit, chat.id))


async def show_lines(visit: Visit) -> Response:
    """What was said in one conversation, for the live page."""
    chat, days = await _opened(visit)
    return visit.render("conversation_lines.html", days=days) if chat else not_found(visit)


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
        "opened": opened or _number(visit.query("open")),
    }


async def _opened(visit: Visit) -> tuple[Row | None, Sequence[tuple[str, list[Bubble]]]]:
    number = min(visit.request.path_params["chat"], LARGEST_NUMBER)
    found = await visit.desk.store.read(partial(conversations.of_number, chat=number))
    if found is None:
        return None, ()
    said = await visit.desk.store.read(partial(conversations.lines, chat=number))
    return row_of(visit, found), list(_days(visit, found, said))


def _days(visit: Visit, chat: Conversation, lines: Sequence[Line]) -> Iterator[tuple[str, list[Bubble]]]:
    zone, now = visit.desk.zone(chat.address.channel, chat.address.account), visit.desk.clock.now()
    for title, of_day in groupby(lines, lambda line: day(line.at, now, zone, visit.words)):
        yield title, [_bubble(line, f"{line.at.astimezone(zone):%H:%M}", visit.words) for line in of_day]


def row_of(visit: Visit, one: Conversation) -> Row:
    """The conversation as people read it; the phone is masked, as a list is seen by whoever stands near."""
    now, where = visit.desk.clock.now(), one.address
    zone = visit.desk.zone(where.channel, where.account)
    phone = one.phone or international_phone(where.user) or ""
    return Row(
        id=one.id,
        name=one.name or visit.words("Без имени"),
        channel=visit.desk.channel(where.channel, where.account),
        phone=mask_phone(phone) if phone and (one.phone or where.channel == "whatsapp") else "",
        last=_words_of(one.last.said, visit.words) if one.last else "",
        is_ours=bool(one.last and one.last.is_ours),
        when=moment(one.last_at, now, zone, visit.words) if one.last_at else "",
        waits=since(one.human_since, now, visit.words) if one.human_since else "",
    )


def _bubble(line: Line, clock: str, say: Words) -> Bubble:
    said = line.said
    if isinstance(said, Settled):
        return _outcome(said, clock, say)
    return Bubble(
        side="ours" if line.is_ours else "theirs",
        text=_words_of(said, say),
        choices=tuple(choice.label for choice in said.choices) if isinstance(said, Reply) else (),
        clock=clock,
        mark=_how_far(line, say),
        detail=line.detail,
        is_bad=line.state is ReplyState.REFUSED or line.delivery is Delivery.FAILED,
    )


def _words_of(said: Content | Settled | Reply | None, say: Words) -> str:
    match said:
        case Text(text) | Reply(text):
            return text or say("(стёрто по просьбе клиента)")
        case Tap(_, label):
            return label
        case Attachment(kind, caption):
            return f"{_attached(kind, say)} {caption}".strip()
        case Contact(phone, own):
            return say("Свой номер: {phone}" if own else "Контакт: {phone}", phone=mask_phone(phone))
        case Settled(command):
            return _asked(command, say)
        case None:
            return say("(это сообщение здесь не прочитать)")
    assert_never(said)


def _attached(kind: AttachmentKind, say: Words) -> str:
    match kind:
        case AttachmentKind.VOICE:
            return say("[голосовое сообщение]")
        case AttachmentKind.MEDIA:
            return say("[фото или файл]")
        case AttachmentKind.UNSUPPORTED:
            return say("[сообщение, которое мессенджер не передаёт]")
    assert_never(kind)


def _outcome(said: Settled, clock: str, say: Words) -> Bubble:
    outcome, asked = said.outcome, _asked(said.command, say)
    match outcome:
        case Done():
            return Bubble("journal", asked, (), clock, say("выполнено в журнале"), "", is_bad=False)
        case Refused(reason, detail) | Conflicted(reason, detail):
            mark = say("журнал отказал")
            return Bubble("journal", asked, (), clock, mark, detail or reason.value, is_bad=True)
        case Deferred(detail):
            return Bubble("journal", asked, (), clock, say("ждёт журнала"), detail, is_bad=False)
    assert_never(outcome)


def _asked(command: Command, say: Words) -> str:  # noqa: PLR0911 - one a kind
    match command:
        case Book():
            return say("Новая запись")
        case Cancel():
            return say("Отмена записи")
        case Move():
            return say("Перенос записи")
        case Confirm():
            return say("Подтверждение записи")
        case Restore():
            return say("Возврат отменённой записи")
        case Explain():
            return say("Причина отмены")
        case SendCode():
            return say("Код по SMS")
        case ProvePhone():
            return say("Проверка кода")
    assert_never(command)


def _how_far(line: Line, say: Words) -> str:
    arrived = {Delivery.READ: say("прочитано"), Delivery.DELIVERED: say("доставлено")}
    states = {
        None: "",
        ReplyState.WAITING: say("отправляется"),
        ReplyState.SENDING: say("отправляется"),
        ReplyState.UNKNOWN: say("неизвестно, дошло ли"),
        ReplyState.REFUSED: say("не доставлено"),
        ReplyState.SENT: say("отправлено"),
    }
    return (arrived.get(line.delivery) if line.delivery else None) or states[line.state]


def _moment(written: str) -> Instant | None:
    number = _number(written)
    return Instant(EPOCH + number * MICROSECOND) if number else None


def _number(written: str) -> int | None:
    return int(written) if written.isascii() and written.isdecimal() and int(written[:20]) < LARGEST_NUMBER else None


PAGE = Page(
    path="/desk/conversations",
    title="Диалоги",
    icon="talk",
    order=20,
    routes=(
        PageRoute("", show),
        PageRoute("/list", show_list),
        PageRoute("/{chat:int}", show_chat),
        PageRoute("/{chat:int}/lines", show_lines),
    ),
)
