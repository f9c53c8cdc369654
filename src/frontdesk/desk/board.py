"""A day of a salon laid out as its administrator knows it from the journal: a column a master, a block an appointment.

Nothing is read here. The blocks of a column that overlap stand side by side, and the hours drawn are those that
anything touches.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from frontdesk.booking.appointments import Master
from frontdesk.booking.ids import MasterId
from frontdesk.booking.schedules import seconds_of, start_of
from frontdesk.booking.spans import DAY_S, Span, gaps, merged
from frontdesk.booking.times import Local
from frontdesk.desk.board_blocks import Block, Look, Place, blocks_of, given_back
from frontdesk.desk.words import Words
from frontdesk.store.board import SalonDay

HOUR_S = 3600
OPENS_S, CLOSES_S = 10 * HOUR_S, 20 * HOUR_S
"""Of a day on which nobody works and nothing stands."""
MOST_LANES = 4
_EXPECTED = frozenset({Look.WAITING, Look.CONFIRMED, Look.CAME})


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
    clock: str = ""


def laid_out(kept: SalonDay, masters: Sequence[Master], now: Local, say: Words, only: MasterId | None = None) -> Board:
    """The board. `masters` gives the order of the columns; `only` is the one whose day may be seen, None for all."""
    blocks = [one for one in blocks_of(kept, say) if only is None or one.master == only]
    people = [one for one in _people(kept, masters, blocks) if only is None or one.id == only]
    begin, end = _drawn(kept, blocks)
    columns = tuple(_column(kept, one, [block for block in blocks if block.master == one.id], say) for one in people)
    now_s = seconds_of(now, start_of(kept.day))
    line = Place.of(Span(now_s, now_s)) if begin <= now_s < end else None
    hours = tuple(range(begin // HOUR_S, -(-end // HOUR_S)))
    return Board(columns, hours, _counted(kept, blocks), line, f"{now:%H:%M}" if line else "")


def _people(kept: SalonDay, masters: Sequence[Master], blocks: Iterable[Block]) -> list[Master]:
    """Who works that day or has anything on it, in the salon's own order; those it no longer lists come last."""
    busy = {one.master.id for one in kept.working if one.spans} | {block.master for block in blocks}
    listed = {one.id: one for one in masters}
    named = [one.master for one in kept.working] + [one.master for one in kept.appointments]
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
    if count == 1:
        return list(bunch)
    return [replace(block, lane=lane, lanes=count) for block, lane in zip(bunch, lanes, strict=True)]


def _counted(kept: SalonDay, blocks: Sequence[Block]) -> Counts:
    standing = [one for one in blocks if one.number is not None and one.look in _EXPECTED]
    sure = [one for one in standing if one.look in {Look.CONFIRMED, Look.CAME}]
    mine = {one.master for one in blocks}
    cancelled = [
        one for one in kept.appointments if given_back(one, kept.events.get(one.id, ())) and one.master.id in mine
    ]
    return Counts(len(standing), len(sure), len(cancelled))
