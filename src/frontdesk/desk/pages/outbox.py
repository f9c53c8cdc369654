"""The outbox: what waits to be written to the journal and why, and conflicts, settled with one click."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import Final
from zoneinfo import ZoneInfo

from sqlalchemy import Connection
from starlette.responses import Response

from frontdesk.booking.commands import Book, Move, OfAppointment
from frontdesk.booking.ids import MasterId
from frontdesk.booking.phones import mask_phone
from frontdesk.booking.slots import Slot
from frontdesk.booking.times import Instant, Local, to_local
from frontdesk.desk.doctor_words import said
from frontdesk.desk.guard import not_found
from frontdesk.desk.link_words import LinkWords, link_words
from frontdesk.desk.page import Page, PageRoute
from frontdesk.desk.parts import FALLBACK_ZONE
from frontdesk.desk.times import moment, since
from frontdesk.desk.visit import Visit
from frontdesk.desk.wishes import asked, stands
from frontdesk.outage.command import CommandState
from frontdesk.store import audit, links, outbox
from frontdesk.store import waiting as waiting_commands
from frontdesk.store.audit import About
from frontdesk.store.board import count_open
from frontdesk.store.outbox import IN_HAND
from frontdesk.store.users import User
from frontdesk.store.waiting import Waiting

GIVEN_UP: Final = "снято администратором салона"
"""What stands beside a command that was given up; the client is told in the dialogue's own words."""


@dataclass(frozen=True, slots=True)
class Row:
    """One command that waits, as it is shown. `what` is asked of the journal, `when` is the visit's time."""

    id: int
    what: str
    when: str
    name: str
    phone: str
    chat: int | None
    salon: str
    state: str
    why: str
    since: str
    tries: int
    next_try: str
    is_conflict: bool
    takes_times: bool
    can_drop: bool
    can_retry: bool


@dataclass(frozen=True, slots=True)
class Offer:
    """A free time that settles a conflict."""

    start: str
    master: int
    label: str


async def show(visit: Visit) -> Response:
    """The links, the conflicts, and what waits."""
    return visit.render("outbox.html", wrong="", **await _shown(visit))


async def show_rows(visit: Visit) -> Response:
    """The same without its frame, for the live page."""
    return visit.render("outbox_rows.html", **await _shown(visit))


async def show_times(visit: Visit) -> Response:
    """The free times nearest to the one that a booking or a move in conflict wants."""
    found = await visit.desk.store.read(partial(waiting_commands.of_number, number=_number(visit)))
    if found is None or not isinstance(found.command, Book | Move):
        return not_found(visit)
    slots = await visit.desk.nearest(found.command)
    offers = [_offer(one, found.command.master) for one in slots or ()]
    return visit.render("outbox_times.html", row=_row(visit, found), offers=offers, is_known=slots is not None)


def _offer(slot: Slot, wished: MasterId) -> Offer:
    """A time with another master than the wished one says with whom."""
    whom = "" if slot.master.id == wished else f", {slot.master.name}"
    return Offer(slot.start.isoformat(), slot.master.id, f"{slot.start:%d.%m %H:%M}{whom}")


async def give_slot(visit: Visit) -> Response:
    """Gives a booking or a move in conflict another time."""
    found = await visit.desk.store.read(partial(waiting_commands.of_number, number=_number(visit)))
    start, master = _start(visit), visit.form.get("master", "")
    if found is None or start is None or start <= to_local(visit.desk.clock.now(), _zone(visit, found.salon)):
        return await _refused(visit)
    if master not in {str(one.id) for one in visit.desk.masters() if one.salon == found.salon}:
        return await _refused(visit)
    return await _settled(visit, partial(_given_slot, to=(start, MasterId(int(master)))))


async def force(visit: Visit) -> Response:
    """Has a booking or a move in conflict written although its time is taken."""
    return await _settled(visit, _forced)


async def retry(visit: Visit) -> Response:
    """Has it tried at once."""
    return await _settled(visit, _retried)


async def drop(visit: Visit) -> Response:
    """Gives it up; whoever asked for it is told."""
    return await _settled(visit, _dropped)


def _given_slot(connection: Connection, found: Waiting, who: User, now: Instant, to: tuple[Local, MasterId]) -> bool:
    start, master = to
    done = outbox.give_another_slot(connection, found.id, start, master, now)
    if done:
        audit.note(connection, who, "Конфликт решён: другое время", _about(found, f"{start:%d.%m.%Y %H:%M}"), now)
    return done


def _forced(connection: Connection, found: Waiting, who: User, now: Instant) -> bool:
    done = outbox.force(connection, found.id, now)
    if done:
        audit.note(connection, who, "Конфликт решён: записать на занятое время", _about(found), now)
    return done


def _retried(connection: Connection, found: Waiting, who: User, now: Instant) -> bool:
    done = outbox.try_again(connection, found.id, now)
    if done:
        audit.note(connection, who, "Команда журналу отправлена ещё раз", _about(found), now)
    return done


def _dropped(connection: Connection, found: Waiting, who: User, now: Instant) -> bool:
    done = found.state in IN_HAND
    if done:
        outbox.give_up(connection, found.id, GIVEN_UP, now)
        audit.note(connection, who, "Команда журналу снята", _about(found), now)
    return done


def _about(found: Waiting, detail: str = "") -> About:
    command = found.command
    known = isinstance(command, OfAppointment) and command.appointment > 0
    appointment = command.appointment if known and isinstance(command, OfAppointment) else None
    return About(chat=found.chat, command=found.id, salon=found.salon, appointment=appointment, detail=detail)


async def _settled(visit: Visit, work: Callable[..., bool]) -> Response:
    number, who, now = _number(visit), visit.signed_in, visit.desk.clock.now()

    def settle(connection: Connection) -> bool:
        locked = outbox.find(connection, number)
        found = waiting_commands.of_number(connection, number) if locked else None
        return found is not None and work(connection, found, who, now)

    if not await visit.desk.store.write(settle):
        return await _refused(visit)
    visit.desk.wake()
    return visit.redirect(PAGE.path)


async def _refused(visit: Visit) -> Response:
    wrong = visit.words("Не получилось: заявка уже решена, в пути к журналу или время не подходит. Вот как всё сейчас.")
    return visit.render("outbox.html", 409, wrong=wrong, **await _shown(visit))


async def _shown(visit: Visit) -> dict[str, object]:
    found, total = await visit.desk.store.read(waiting_commands.waiting)
    rows = [_row(visit, one) for one in found]
    return {
        "links": await visit.desk.store.read(partial(_links, visit=visit)),
        "conflicts": [row for row in rows if row.is_conflict],
        "others": [row for row in rows if not row.is_conflict],
        "hidden": total - len(rows),
    }


def _row(visit: Visit, one: Waiting) -> Row:
    say, now, zone = visit.words, visit.desk.clock.now(), _zone(visit, one.salon)
    taking = isinstance(one.command, Book | Move)
    return Row(
        id=one.id,
        what=asked(one.command, say) if one.command else say("(эту заявку здесь не прочитать)"),
        when=f"{one.command.start:%d.%m %H:%M}" if isinstance(one.command, Book | Move) else "",
        name=one.name or say("Без имени"),
        phone=mask_phone(one.person),
        chat=one.chat,
        salon=_title(visit, one.salon),
        state=stands(one.state, say),
        why=said(say.language, one.why),
        since=since(one.since, now, say),
        tries=one.tries,
        next_try=moment(one.next_try, now, zone, say) if one.next_try and one.next_try > now else "",
        is_conflict=one.state is CommandState.CONFLICT,
        takes_times=taking,
        can_drop=one.state in IN_HAND,
        can_retry=one.state is not CommandState.SENT,
    )


def _links(connection: Connection, visit: Visit) -> list[tuple[str, LinkWords]]:
    say, now = visit.words, visit.desk.clock.now()
    known, rows = links.every(connection), []
    for salon in visit.desk.salons():
        words = link_words(known.get(salon.key), count_open(connection, salon.key), salon.zone, now, say)
        rows.append((salon.title, replace(words, cause=said(say.language, words.cause))))
    return rows


def _zone(visit: Visit, salon: str) -> ZoneInfo:
    return next((one.zone for one in visit.desk.salons() if one.key == salon), FALLBACK_ZONE)


def _title(visit: Visit, salon: str) -> str:
    salons: Sequence[str] = [one.title for one in visit.desk.salons() if one.key == salon]
    return salons[0] if salons and len(visit.desk.salons()) > 1 else ""


def _start(visit: Visit) -> Local | None:
    try:
        start = datetime.fromisoformat(visit.form.get("start", ""))
    except ValueError:
        return None
    return Local(start) if start.tzinfo is None else None


def _number(visit: Visit) -> int:
    return int(visit.request.path_params["number"])


PAGE = Page(
    path="/desk/outbox",
    title="Очередь",
    icon="outbox",
    order=30,
    routes=(
        PageRoute("", show),
        PageRoute("/rows", show_rows),
        PageRoute("/{number:number}/times", show_times),
        PageRoute("/{number:number}/slot", give_slot, "POST"),
        PageRoute("/{number:number}/force", force, "POST"),
        PageRoute("/{number:number}/retry", retry, "POST"),
        PageRoute("/{number:number}/drop", drop, "POST"),
    ),
)
