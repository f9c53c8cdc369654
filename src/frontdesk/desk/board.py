"""A day of a salon laid out as its administrator knows it from the journal: a column a master, a block an appointment.

Nothing is read here. A block's colour is its `look`, and beside every colour stands a sign and a word. What was asked
for and does not stand in the journal yet is drawn dashed, at the time it was asked for; the appointment itself stays
where the journal has it, and says what is on its way. A time that a client gave back and nobody has taken is a window.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from enum import StrEnum

from frontdesk.booking.appointments import Appointment, Attendance, Master
from frontdesk.booking.changes import ChangeKind
from frontdesk.booking.commands import Book, Cancel, Confirm, Move, OfAppointment, Restore, SetAttendance
from frontdesk.booking.ids import AppointmentId, MasterId
from frontdesk.booking.schedules import start_of
from frontdesk.booking.spans import DAY_S, Span, gaps, merged
from frontdesk.booking.times import Local
from frontdesk.desk.words import Words
from frontdesk.outage.command import CommandState
from frontdesk.store.board import Asked, Left, SalonDay
from frontdesk.store.ledger import AskedBy, Event

HOUR_S = 3600
OPENS_S, CLOSES_S = 10 * HOUR_S, 20 * HOUR_S
"""Of a day on which nobody works and nothing stands."""
SHORT_S = 40 * 60
MOST_LANES = 4


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


@dataclass(frozen=True, slots=True)
class Block:
    """One block. `number` is the appointment's, None where there is none to open.

    `doing` says what is on its way to the journal, `refused` what the journal said no to, `mark` what the assistant did.
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
    def place(self) -> Place:
        """Where it is drawn."""
        return Place.of(self.span)

    @property
    def is_short(self) -> bool:
        """Whether there is room for one line alone."""
        return self.span.end_s - self.span.begin_s <= SHORT_S


@dataclass(frozen=True, slots=True)
class Column:
    """A master's day. `away` are the stretches outside working time; `hours` is that time in words."""

    master: Master
    hours: str
    away: tuple[Place, ...]
    blocks: tuple[Block, ...]


@dataclass(frozen=True, slots=True)
class Counts:
    """How many appointments stand, how many of them are confirmed or came, how many clients cancelled."""

    standing: int
    confirmed: int
    cancelled: int


@dataclass(frozen=True, slots=True)
class Board:
    """The whole of it. `hours` are those that are drawn; `now` is where the line stands, None on another day."""

    columns: tuple[Column, ...]
    hours: tuple[int, ...]
    counts: Counts
    now: Place | None = None
    clock: str = field(default="")


def laid_out(
    kept: SalonDay, masters: Sequence[Master], now: Local, say: Words, only: MasterId | None = None
) -> Board:
    """The board. `masters` gives the order of the columns; `only` is the one whose day may be seen, None for all."""
    blocks = [one for one in _blocks(kept, say) if only is None or one.master == only]
    people = [one for one in _people(kept, masters, blocks) if only is None or one.id == only]
    begin, end = _drawn(kept, blocks)
    columns = tuple(_column(kept, one, [block for block in blocks if block.master == one.id], say) for one in people)
    now_s = int((now - start_of(kept.day)).total_seconds())
    line = Place.of(Span(now_s, now_s)) if begin <= now_s < end else None
    hours = tuple(range(begin // HOUR_S, -(-end // HOUR_S)))
    return Board(columns, hours, _counted(kept, blocks), line, f"{now:%H:%M}" if line else "")


def _people(kept: SalonDay, masters: Sequence[Master], blocks: Iterable[Block]) -> list[Master]:
    """Who works that day or has anything on it, in the salon's own order; those it no longer lists come last."""
    busy = {one.master.id for one in kept.working if one.spans} | {block.master for block in blocks}
    listed = {one.id: one for one in masters}
    named = [one.master for one in (*kept.working, *kept.appointments)]
    others = {one.id: one for one in named if one.id not in listed}
    return [one for one in (*listed.values(), *others.values()) if one.id in busy]


def _drawn(kept: SalonDay, blocks: Sequence[Block]) -> tuple[int, int]:
    """From the first to the last whole hour that anything touches."""
    spans = [span for one in kept.working for span in one.spans] + [block.span for block in blocks]
    if not spans:
        return OPENS_S, CLOSES_S
    begin, end = min(one.begin_s for one in spans), max(one.end_s for one in spans)
    return begin // HOUR_S * HOUR_S, min(-(-end // HOUR_S) * HOUR_S, DAY_S)


def _column(kept: SalonDay, master: Master, blocks: Sequence[Block], say: Words) -> Column:
    works = merged(span for one in kept.working if one.master.id == master.id for span in one.spans)
    hours = ", ".join(f"{_clock(one.begin_s)}–{_clock(one.end_s)}" for one in works) or say("не работает")
    away = tuple(Place.of(one) for one in gaps(Span(0, DAY_S), works))
    return Column(master, hours, away, in_lanes(blocks))


def _clock(seconds: int) -> str:
    hours, minutes = divmod(seconds // 60, 60)
    return f"{hours:02}:{minutes:02}"


def in_lanes(blocks: Sequence[Block]) -> tuple[Block, ...]:
    """Blocks that overlap stand side by side; each bunch of them shares the column's width."""
    placed: list[Block] = []
    bunch: list[Block] = []
    ends_s = 0
    for block in sorted(blocks, key=lambda one: (one.span, one.key)):
        if bunch and block.span.begin_s >= ends_s:
            placed += _side_by_side(bunch)
            bunch = []
        bunch.append(block)
        ends_s = max(block.span.end_s, ends_s if len(bunch) > 1 else 0)
    return (*placed, *_side_by_side(bunch))


def _side_by_side(bunch: Sequence[Block]) -> list[Block]:
    free_from: list[int] = []
    lanes = []
    for block in bunch:
        lane = next((n for n, end_s in enumerate(free_from) if end_s <= block.span.begin_s), len(free_from))
        free_from[lane : lane + 1] = [block.span.end_s]
        lanes.append(min(lane, MOST_LANES - 1))
    count = min(len(free_from), MOST_LANES)
    return [replace(block, lane=lane, lanes=count) for block, lane in zip(bunch, lanes, strict=True)]


def _blocks(kept: SalonDay, say: Words) -> Iterator[Block]:
    asked = {one.command.appointment: one for one in kept.asked if isinstance(one.command, OfAppointment)}
    standing = [one for one in kept.appointments if one.stands]
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


def _taken(gone: Appointment, standing: Iterable[Appointment]) -> bool:
    return any(
        one.master.id == gone.master.id and one.start < gone.end and gone.start < one.end and one.id != gone.id
        for one in standing
    )


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
        mark=_mark(kept.events.get(one.id, ()), say),
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


def _left(kept: SalonDay, left: Left, standing: Sequence[Appointment], say: Words) -> Iterator[Block]:
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
    known = next((one for one in kept.appointments if isinstance(command, Move) and one.id == command.appointment), None)
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


def on_its_way(asked: Asked, kept: SalonDay, say: Words) -> str:
    """What is being done about an appointment; empty for what changes nothing that is seen."""
    match asked.command:
        case SetAttendance(attendance=attendance):
            what = status(attendance, say).lower()
        case Cancel():
            what = say("отмена")
        case Move(start=start):
            what = say("перенос на {to}", to=f"{start:%d.%m %H:%M}")
        case Confirm():
            what = say("подтверждение")
        case Restore():
            what = say("возврат записи")
        case _:
            return ""
    return f"{waits(kept, say)}: {what}"


def waits(kept: SalonDay, say: Words) -> str:
    """How what was asked for gets on."""
    closed = kept.link is not None and kept.link.state.is_closed
    return say("Ждёт журнала") if closed else say("Отправляю…")


def status(attendance: Attendance, say: Words) -> str:
    """The status in the words of the salon."""
    return {
        Attendance.WAITING: say("Ожидание"),
        Attendance.CONFIRMED: say("Подтвердил"),
        Attendance.CAME: say("Пришёл"),
        Attendance.NO_SHOW: say("Не пришёл"),
    }[attendance]


def titles(one: Appointment) -> str:
    """Its services under the salon's own names."""
    return " + ".join(service.title for service in one.services if service.title)


def _mark(events: Sequence[Event], say: Words) -> str:
    """What the assistant did last for the client; what the salon did itself, it knows."""
    own = [event for event in events if event.asked_by is AskedBy.PERSON]
    return done(own[-1].kind, say) if own else ""


def done(kind: ChangeKind, say: Words) -> str:
    """What happened to an appointment, in a word or two."""
    return {
        ChangeKind.BOOKED: say("Записан ассистентом"),
        ChangeKind.MOVED: say("Перенесён ассистентом"),
        ChangeKind.CANCELLED: say("Отменён ассистентом"),
        ChangeKind.CONFIRMED: say("Подтверждён"),
        ChangeKind.RESTORED: say("Возвращён ассистентом"),
        ChangeKind.CAME: say("Отмечено: пришёл"),
        ChangeKind.NO_SHOW: say("Отмечено: не пришёл"),
        ChangeKind.EXPECTED: say("Отмечено: ожидание"),
    }[kind]


def _counted(kept: SalonDay, blocks: Sequence[Block]) -> Counts:
    standing = [one for one in blocks if one.number is not None and one.look in _EXPECTED]
    sure = [one for one in standing if one.look in {Look.CONFIRMED, Look.CAME}]
    mine = {one.master for one in blocks}
    cancelled = [
        one for one in kept.appointments if given_back(one, kept.events.get(one.id, ())) and one.master.id in mine
    ]
    return Counts(len(standing), len(sure), len(cancelled))


_EXPECTED = frozenset({Look.WAITING, Look.CONFIRMED, Look.CAME})


def _span(kept: SalonDay, start: Local, end: Local) -> Span:
    """Its stretch of the day, cut at midnight; nothing is drawn shorter than ten minutes."""
    midnight = start_of(kept.day)
    begin_s = max(int((start - midnight).total_seconds()), 0)
    end_s = min(int((end - midnight).total_seconds()), DAY_S)
    return Span(begin_s, max(end_s, begin_s + 600))
