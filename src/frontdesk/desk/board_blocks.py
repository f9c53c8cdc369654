"""One appointment, one freed window or one waiting wish as a block of the board.

A block's colour is its `look`, and beside every colour stands a sign and a word. What was asked for and does not stand
in the journal yet is drawn dashed, at the time it was asked for; the appointment itself stays where the journal has it,
and says what is on its way. A time that a client gave back and nobody has taken is a window.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import timedelta
from enum import StrEnum

from markupsafe import Markup

from frontdesk.booking.appointments import Appointment, Attendance
from frontdesk.booking.changes import ChangeKind
from frontdesk.booking.commands import Book, Move, OfAppointment, SetAttendance
from frontdesk.booking.ids import AppointmentId, MasterId
from frontdesk.booking.schedules import seconds_of, start_of
from frontdesk.booking.spans import DAY_S, Span
from frontdesk.booking.times import Local
from frontdesk.desk.board_words import mark, on_its_way, status, titles, waits
from frontdesk.desk.words import Words
from frontdesk.outage.command import CommandState
from frontdesk.store.board import Asked, Left, SalonDay
from frontdesk.store.ledger import Event

PLACED = Markup('data-h="{}" data-m="{}" data-hs="{}" data-ms="{}"')
SHORT_S = 40 * 60
LEAST_DRAWN_S = 10 * 60


class Look(StrEnum):
    """How a block looks."""

    WAITING = "waiting"
    CONFIRMED = "confirmed"
    CAME = "came"
    NO_SHOW = "no_show"
    FREED = "freed"
    """The client gave the time back, and it is free."""
    PENDING = "pending"
    """Asked for, and not in the journal yet."""
    CONFLICT = "conflict"
    """Asked for, and the journal stands against it."""


SIGNS = {
    Look.WAITING: "○",
    Look.CONFIRMED: "✓",
    Look.CAME: "●",
    Look.NO_SHOW: "✕",
    Look.FREED: "◌",
    Look.PENDING: "⋯",
    Look.CONFLICT: "!",
}
_LOOKS = {
    Attendance.WAITING: Look.WAITING,
    Attendance.CONFIRMED: Look.CONFIRMED,
    Attendance.CAME: Look.CAME,
    Attendance.NO_SHOW: Look.NO_SHOW,
}


@dataclass(frozen=True, slots=True)
class Place:
    """Where a stretch of the day is drawn: whole hours and minutes since midnight, and so its length."""

    hour: int
    minute: int
    hours: int
    minutes: int

    @classmethod
    def of(cls, span: Span) -> "Place":
        """The place of a span."""
        hour, minute = divmod(span.begin_s // 60, 60)
        hours, minutes = divmod((span.end_s - span.begin_s) // 60, 60)
        return cls(hour, minute, hours, minutes)

    @property
    def data(self) -> Markup:
        """The attributes that the style sheet places it by: they hold numbers alone."""
        return PLACED.format(self.hour, self.minute, self.hours, self.minutes)


@dataclass(frozen=True, slots=True)
class Block:
    """One block. `number` is the appointment's, None where there is none to open.

    `doing` says what is on its way to the journal, `refused` what the journal said no to, `mark` what the assistant
    did last.
    """

    key: str
    number: AppointmentId | None
    master: MasterId
    look: Look
    status: str
    client: str
    services: str
    start: Local
    end: Local
    span: Span
    doing: str = ""
    refused: str = ""
    mark: str = ""
    lane: int = 0
    lanes: int = 1

    @property
    def sign(self) -> str:
        """What stands beside the colour."""
        return SIGNS[self.look]

    @property
    def begins(self) -> str:
        """«15:00»."""
        return f"{self.start.hour:02}:{self.start.minute:02}"

    @property
    def ends(self) -> str:
        """«16:00»."""
        return f"{self.end.hour:02}:{self.end.minute:02}"

    @property
    def place(self) -> Place:
        """Where it is drawn."""
        return Place.of(self.span)

    @property
    def is_short(self) -> bool:
        """Whether there is room for one line alone."""
        return self.span.end_s - self.span.begin_s <= SHORT_S


def blocks_of(kept: SalonDay, say: Words) -> Iterator[Block]:
    """All of a day, of every master, in no order."""
    asked = {one.command.appointment: one for one in kept.asked if isinstance(one.command, OfAppointment)}
    standing = _by_master(one for one in kept.appointments if one.stands)
    for one in kept.appointments:
        events = kept.events.get(one.id, ())
        if given_back(one, events):
            if not _taken(one, standing):
                yield _window(kept, one, say)
        elif not one.deleted:
            yield _standing(kept, one, asked.get(one.id), say)
    for left in kept.left:
        yield from _left(kept, left, standing, say)
    for waiting in kept.asked:
        yield from _asked_for(kept, waiting, say)


def given_back(one: Appointment, events: Sequence[Event]) -> bool:
    """Whether the client cancelled it here; what the journal alone calls a no-show is one."""
    turns = [event for event in events if event.kind in {ChangeKind.CANCELLED, ChangeKind.RESTORED}]
    last = max(events, key=lambda event: event.id, default=None)
    noted = last is not None and last.kind is ChangeKind.NO_SHOW
    return not one.stands and not noted and bool(turns) and turns[-1].kind is ChangeKind.CANCELLED


def _by_master(appointments: Iterable[Appointment]) -> Mapping[MasterId, Sequence[Appointment]]:
    found: dict[MasterId, list[Appointment]] = {}
    for one in appointments:
        found.setdefault(one.master.id, []).append(one)
    return found


def _taken(gone: Appointment, standing: Mapping[MasterId, Sequence[Appointment]]) -> bool:
    ends = gone.end
    return any(one.start < ends and gone.start < one.end for one in standing.get(gone.master.id, ()))


def _standing(kept: SalonDay, one: Appointment, asked: Asked | None, say: Words) -> Block:
    look = _LOOKS[one.attendance]
    refused = kept.refused.get(one.id)
    no = refused if refused is not None and isinstance(refused.command, SetAttendance) and asked is None else None
    return Block(
        key=f"a{one.id}",
        number=one.id,
        master=one.master.id,
        look=look,
        status=status(one.attendance, say),
        client=one.client.name if one.client and one.client.name else say("Без имени"),
        services=titles(one),
        start=one.start,
        end=one.end,
        span=_span(kept, one.start, one.end),
        doing=on_its_way(asked, kept, say) if asked else "",
        refused=say("Журнал отказал: {why}", why=no.detail or say("без объяснений")) if no else "",
        mark=mark(kept.events.get(one.id, ()), say),
    )


def _window(kept: SalonDay, gone: Appointment, say: Words) -> Block:
    who = gone.client.name if gone.client else ""
    return Block(
        key=f"a{gone.id}",
        number=gone.id,
        master=gone.master.id,
        look=Look.FREED,
        status=say("Окно"),
        client=say("отменил клиент: {name}", name=who) if who else say("отменил клиент"),
        services=titles(gone),
        start=gone.start,
        end=gone.end,
        span=_span(kept, gone.start, gone.end),
    )


def _left(
    kept: SalonDay, left: Left, standing: Mapping[MasterId, Sequence[Appointment]], say: Words
) -> Iterator[Block]:
    """Where an appointment stood before its client moved it."""
    if _taken(left.before, standing):
        return
    to, name = f"{left.after.start:%d.%m %H:%M}", left.after.client.name if left.after.client else ""
    client = say("перенос на {to}: {name}", to=to, name=name)
    yield replace(_window(kept, left.before, say), key=f"m{left.event}", client=client)


def _asked_for(kept: SalonDay, asked: Asked, say: Words) -> Iterator[Block]:
    """A booking or a new time that waits, at the time that it asks for."""
    command = asked.command
    if not isinstance(command, Book | Move):
        return
    end = Local(command.start + timedelta(seconds=command.length_s))
    midnight = start_of(kept.day)
    if not (command.start < midnight + timedelta(days=1) and end > midnight):
        return
    known = next(
        (one for one in kept.appointments if isinstance(command, Move) and one.id == command.appointment), None
    )
    conflict = asked.state is CommandState.CONFLICT
    yield Block(
        key=f"c{asked.number}",
        number=None,
        master=command.master,
        look=Look.CONFLICT if conflict else Look.PENDING,
        status=say("Конфликт") if conflict else waits(kept, say),
        client=command.name if isinstance(command, Book) else (known.client.name if known and known.client else ""),
        services=say("Новая запись") if isinstance(command, Book) else say("Перенос записи"),
        start=command.start,
        end=end,
        span=_span(kept, command.start, end),
        refused=asked.detail if conflict else "",
    )


def _span(kept: SalonDay, start: Local, end: Local) -> Span:
    """Its stretch of the day, cut at midnight; nothing is drawn shorter than ten minutes."""
    midnight = start_of(kept.day)
    begin_s = max(seconds_of(start, midnight), 0)
    end_s = min(seconds_of(end, midnight), DAY_S)
    return Span(begin_s, max(end_s, begin_s + LEAST_DRAWN_S))
