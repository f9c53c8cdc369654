"""Today: the day's board of a salon, and the card of each appointment, where its attendance is set.

A master sees their own column alone, and sets attendance only there. Setting it is a wish like a client's: it goes into
the outbox, the courier carries it, and the block says so until the journal has answered.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial

from sqlalchemy import Connection
from starlette.responses import Response

from frontdesk.booking.appointments import Appointment, Attendance, Master
from frontdesk.booking.commands import SetAttendance
from frontdesk.booking.ids import AppointmentId, MasterId, Phone
from frontdesk.booking.times import to_local
from frontdesk.desk.board import Board, laid_out
from frontdesk.desk.board_blocks import Block, given_back
from frontdesk.desk.board_words import done, on_its_way, status, titles
from frontdesk.desk.guard import not_found
from frontdesk.desk.link_words import link_words
from frontdesk.desk.page import EVERYBODY, Page, PageRoute
from frontdesk.desk.parts import SalonCard
from frontdesk.desk.times import day_of, long_day, moment
from frontdesk.desk.visit import Visit
from frontdesk.store import asked, audit, board, ledger
from frontdesk.store.audit import About
from frontdesk.store.board import SalonDay
from frontdesk.store.users import Role, User

LONGEST_COMMENT = 500
FAR = timedelta(days=366)
"""No further from today does the copy reach, either way."""


@dataclass(frozen=True, slots=True)
class Line:
    """One line of what happened to an appointment here."""

    when: str
    what: str


async def show(visit: Visit) -> Response:
    """The whole page."""
    salon = _salon(visit, visit.query("salon"))
    return visit.render("today.html", **await _shown(visit, salon)) if salon else not_found(visit)


async def show_board(visit: Visit) -> Response:
    """The day alone, for the live page."""
    salon = _salon(visit, visit.query("salon"))
    return visit.render("today_board.html", **await _shown(visit, salon)) if salon else not_found(visit)


async def show_card(visit: Visit) -> Response:
    """One appointment, on a page of its own or within the board."""
    found = await _appointment(visit)
    return await _card(visit, *found) if found else not_found(visit)


async def set_attendance(visit: Visit) -> Response:
    """Takes the wish in; what the journal says to it shows on the board."""
    found = await _appointment(visit)
    if found is None or visit.user is None:
        return not_found(visit)
    salon, about = found
    comment, wanted = " ".join(visit.form.get("comment", "").split()), visit.form.get("attendance", "")
    if len(comment) > LONGEST_COMMENT:
        wrong = visit.words("Комментарий длиннее {most} знаков: сократите его.", most=LONGEST_COMMENT)
        return await _card(visit, salon, about, wrong=wrong, comment=comment)
    if wanted not in {one.value for one in Attendance}:
        return await _card(visit, salon, about, wrong=visit.words("Выберите, что отметить."), comment=comment)
    wish = _wish(visit, salon, about, Attendance(wanted), comment)
    await visit.desk.store.write(partial(_taken_in, wish=wish, who=visit.user))
    visit.desk.wake()
    if "hx-request" in visit.request.headers:
        return visit.render("today_board.html", **await _shown(visit, salon, about.start.date()))
    return visit.redirect(f"{PAGE.path}?salon={salon.key}&day={about.start.date()}#a{about.id}")


def _wish(visit: Visit, salon: SalonCard, about: Appointment, wanted: Attendance, comment: str) -> SetAttendance:
    phone = about.client.phone if about.client and about.client.phone else Phone("")
    by = visit.user.shown if visit.user else ""
    return SetAttendance(salon.key, about.id, phone, wanted, comment, visit.desk.clock.now(), by)


def _taken_in(connection: Connection, wish: SetAttendance, who: User) -> None:
    number = asked.add(connection, None, wish, wish.asked_at)
    about = About(command=number, salon=wish.salon, appointment=wish.appointment, detail=wish.attendance.value)
    audit.note(connection, who, "Отметка о визите", about, wish.asked_at)


async def _shown(visit: Visit, salon: SalonCard, day: date | None = None) -> dict[str, object]:
    now = visit.desk.clock.now()
    today = to_local(now, salon.zone).date()
    day = day or _day(visit.query("day"), today)
    kept = await visit.desk.store.read(partial(board.of_day, salon=salon.key, day=day, zone=salon.zone, now=now))
    only = visit.user.master if visit.user and visit.user.role is Role.MASTER else None
    masters = [Master(one.id, one.name) for one in visit.desk.masters() if one.salon == salon.key]
    laid = laid_out(kept, masters, to_local(now, salon.zone), visit.words, only)
    return {
        "salon": salon,
        "salons": _salons(visit),
        "day": day,
        "days": {"today": today, "before": day - timedelta(days=1), "after": day + timedelta(days=1)},
        "day_title": _title(visit, day, today),
        "board": laid,
        "listed": _listed(laid),
        "as_list": visit.query("view") == "list",
        "link": link_words(kept.link, kept.waiting, salon.zone, now, visit.words),
        "read_at": moment(kept.read_at, now, salon.zone, visit.words) if kept.read_at else "",
        "handovers": kept.handovers,
        "is_cut": kept.is_cut,
        "most": board.MOST_APPOINTMENTS,
        "waiting": kept.waiting,
        "is_master": only is not None,
    }


def _listed(laid: Board) -> list[tuple[Block, Master]]:
    """The same as lines of a table, in the order of time."""
    lines = [(block, column.master) for column in laid.columns for block in column.blocks]
    return sorted(lines, key=lambda line: (line[0].span, line[1].name))


async def _card(visit: Visit, salon: SalonCard, about: Appointment, *, wrong: str = "", comment: str = "") -> Response:
    now = visit.desk.clock.now()
    read = partial(_known, salon=salon.key, about=about)
    kept, events = await visit.desk.store.read(read)
    open_wish = kept.asked[-1] if kept.asked else None
    no = kept.refused.get(about.id) if not kept.asked else None
    context = {
        "salon": salon,
        "about": about,
        "services": titles(about),
        "status": status(about.attendance, visit.words),
        "given_back": given_back(about, events),
        "doing": on_its_way(open_wish, kept, visit.words) if open_wish else "",
        "refused": no.detail if no else "",
        "is_refused": no is not None,
        "history": [Line(moment(one.at, now, salon.zone, visit.words), done(one.kind, visit.words)) for one in events],
        "choices": [(one, status(one, visit.words)) for one in _CHOICES],
        "wrong": wrong,
        "comment": comment,
        "shows_phone": visit.user is not None and visit.user.role is not Role.MASTER,
        "most": LONGEST_COMMENT,
    }
    fragment = "hx-request" in visit.request.headers
    return visit.render("today_card.html" if fragment else "today_card_page.html", 422 if wrong else 200, **context)


_CHOICES = (Attendance.CAME, Attendance.NO_SHOW, Attendance.CONFIRMED, Attendance.WAITING)


def _known(connection: Connection, salon: str, about: Appointment) -> tuple[SalonDay, Sequence[ledger.Event]]:
    return board.of_appointment(connection, salon, about), ledger.of_appointment(connection, salon, about.id)


def _salons(visit: Visit) -> list[SalonCard]:
    """Those that may be seen: a master's own, everybody else's all."""
    own = visit.user.salon if visit.user and visit.user.role is Role.MASTER else None
    return [one for one in visit.desk.salons() if own is None or one.key == own]


def _salon(visit: Visit, key: str) -> SalonCard | None:
    """The named one, the first where none is named; None where it is not there, or not theirs."""
    seen = _salons(visit)
    return next((one for one in seen if one.key == key), None) if key else (seen[0] if seen else None)


async def _appointment(visit: Visit) -> tuple[SalonCard, Appointment] | None:
    """The one that the address names, of a master who may be seen."""
    salon = _salon(visit, visit.request.path_params["salon"])
    number = int(visit.request.path_params["appointment"])
    if salon is None:
        return None
    found = await visit.desk.store.read(partial(board.appointment, salon=salon.key, number=AppointmentId(number)))
    return (salon, found) if found is not None and _is_seen(visit, found.master.id) else None


def _is_seen(visit: Visit, master: MasterId) -> bool:
    user = visit.user
    return user is not None and (user.role is not Role.MASTER or user.master == master)


def _day(written: str, today: date) -> date:
    """The day that the address names; today where it names none, or one that the copy never reaches."""
    day = day_of(written)
    return day if day is not None and abs(day - today) < FAR else today


def _title(visit: Visit, day: date, today: date) -> str:
    say = visit.words
    near = {0: say("Сегодня"), 1: say("Завтра"), -1: say("Вчера")}.get((day - today).days)
    named = long_day(day, say)
    return f"{near}, {named}" if near else f"{named[:1].upper()}{named[1:]}"


PAGE = Page(
    path="/desk",
    title="Сегодня",
    icon="today",
    order=10,
    roles=EVERYBODY,
    routes=(
        PageRoute("", show),
        PageRoute("/board", show_board),
        PageRoute("/appointments/{salon}/{appointment:number}", show_card),
        PageRoute("/appointments/{salon}/{appointment:number}", set_attendance, "POST"),
    ),
)
