"""From the row of atoms to drafts: what belongs to one moment, what is another, what was corrected.

Days, hours and parts of the day are collected into one draft wherever they stand in the message, until one comes that
contradicts what is there. Then either the earlier value was corrected («ой, лучше в 16»: it gives way) or another
moment begins («завтра или послезавтра в 15»); what a draft lacks it takes from its neighbours at the end.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import timedelta
from itertools import pairwise
from typing import assert_never

from frontdesk.language.heard import PartOfDay
from frontdesk.language.moments.atoms import (
    Clock,
    Day,
    Hours,
    Instant,
    Limit,
    Mark,
    Part,
    Placed,
    Sort,
)  # fmt: skip
from frontdesk.language.moments.calendar import day_of, monday

Said = Day | Clock | Hours | Part | Limit | Instant
_CORRECTIONS = frozenset({"rather"})
_MOST_DRAFTS = 4


@dataclass(slots=True)
class Draft:
    """The parts of one moment, as said."""

    day: Day | None = None
    hours: Hours | None = None
    clock: Clock | None = None
    part: Part | None = None
    limit: Day | None = None
    instant: Instant | None = None
    rules: list[str] = field(default_factory=list)
    source: bool = False
    week: Day | None = None

    @property
    def named_part(self) -> PartOfDay | None:
        """The part of the day that was named, by itself or beside an hour."""
        return self.part.part if self.part else self.clock.part if self.clock else None

    @property
    def has_time(self) -> bool:
        """Whether an hour is in it."""
        return self.clock is not None or self.hours is not None


def draft(row: Sequence[Placed]) -> list[Draft]:
    """The drafts of a row, in the order of the message.

    In a message about moving, what «на» leads to is the aim, and the moment before it where the appointment is now;
    «в среду не могу, в четверг» refuses the moment before. Either stays, as a weaker reading.
    """
    row = _without_idle_now(row)
    drafts = [Draft()]
    corrected = False
    moved = any(isinstance(placed.atom, Mark) and placed.atom.category == "move" for placed in row)
    refused = False
    lead = ""
    for placed in row:
        atom = placed.atom
        if isinstance(atom, Mark):
            corrected = (corrected or atom.category in _CORRECTIONS) and atom.category != "or"
            refused = refused or atom.category == "refused"
            lead = atom.category
        elif isinstance(atom, Said):
            if not _put(drafts[-1], atom):
                if corrected and not refused:
                    _overrule(drafts[-1], atom)
                else:
                    drafts[-1].source = refused or (moved and lead in {"on", "to"})
                    drafts.append(_next_draft(drafts[-1], atom))
                    refused = False
            drafts[-1].rules.append(placed.rule)
            corrected = False
            lead = ""
    _fill(drafts)
    return [each for each in drafts if _says_something(each)][:_MOST_DRAFTS]


def _without_idle_now(row: Sequence[Placed]) -> Sequence[Placed]:
    """«сейчас занята, давайте 11-го»: the present moment is meant only where nothing else is."""
    others = any(isinstance(placed.atom, Said) and not _is_now(placed) for placed in row)
    return [placed for placed in row if not (others and _is_now(placed))]


def _is_now(placed: Placed) -> bool:
    return isinstance(placed.atom, Instant) and placed.atom.now


def _next_draft(before: Draft, atom: Said) -> Draft:
    """Another moment; a weekday right after «на следующей неделе в среду или» is of the same week."""
    draft = Draft()
    if isinstance(atom, Day) and atom.sort is Sort.WEEKDAY and before.week is not None:
        draft.day = combined(before.week, atom)
        draft.week = before.week
    else:
        _put(draft, atom)
    return draft


def _says_something(each: Draft) -> bool:
    return bool(each.day or each.has_time or each.part or each.limit or each.instant)


def _put(into: Draft, atom: Said) -> bool:
    """Add an atom to a draft; False where it contradicts."""
    match atom:
        case Day():
            return _put_day(into, atom)
        case Clock():
            return _put_clock(into, atom)
        case Hours():
            return _put_hours(into, atom)
        case Part():
            return _put_part(into, atom)
        case Limit():
            if into.limit is None:
                into.limit = atom.day
            return into.limit is atom.day
        case Instant():
            if into.instant is None and (into.day is None or into.day.first == atom.first):
                into.instant, into.day = atom, None
            return into.instant is atom
        case _:
            assert_never(atom)


def _put_day(into: Draft, day: Day) -> bool:
    if into.day is not None and day.also is not None and into.day.first != day.first:
        return _put_part(into, Part(day.also))
    if into.day is None:
        into.day = day
        into.part = into.part or (Part(day.part) if day.part else None)
        return into.instant is None
    together = combined(into.day, day)
    if together is None:
        return False
    into.week = next((each for each in (into.day, day) if each.sort is Sort.WEEK), into.week)
    into.day = together
    return True


def combined(one: Day, other: Day) -> Day | None:
    """Two names of one day, or a day within a week or window; None where they are two days."""
    if other.first == one.first and other.last == one.last:
        return one if one.sort is not Sort.WEEKDAY else other
    for outer, inner in ((one, other), (other, one)):
        if inner.sort is Sort.WEEKDAY and inner.weekday is not None and (found := _weekday_in(outer, inner.weekday)):
            return found
        if inner.sort is Sort.NUMBER and outer.sort is Sort.WINDOW:
            day = day_of(outer.first.year, outer.first.month, inner.first.day)
            if day is not None and day >= outer.first:
                return replace(inner, first=day)
        if outer.last is not None and inner.last is None and outer.first <= inner.first <= outer.last:
            return inner
    return None


def _weekday_in(outer: Day, weekday: int) -> Day | None:
    """«в среду на следующей неделе», «в среду 25-го», «завтра, в пятницу»."""
    if outer.sort is Sort.WEEK:
        return Day(monday(outer.first) + timedelta(days=weekday), Sort.RELATIVE, weekday=weekday, past=outer.past)
    if outer.sort is Sort.WINDOW and outer.last is not None:
        day = outer.first + timedelta(days=(weekday - outer.first.weekday()) % 7)
        return Day(day, Sort.RELATIVE, weekday=weekday, past=outer.past) if day <= outer.last else None
    if outer.sort in {Sort.DATE, Sort.NUMBER, Sort.RELATIVE} and outer.first.weekday() == weekday:
        return outer
    return replace(outer, weekday=weekday) if outer.sort in {Sort.DATE, Sort.NUMBER} else None


def _put_clock(into: Draft, clock: Clock) -> bool:
    if into.has_time:
        return into.clock is not None and (into.clock.hour, into.clock.minute) == (clock.hour, clock.minute)
    into.clock = clock
    return True


def _put_hours(into: Draft, hours: Hours) -> bool:
    if into.hours is not None and into.hours.end is None and hours.start is None:
        into.hours = Hours(into.hours.start, hours.end)
        return True
    if into.has_time:
        return False
    into.hours = hours
    return True


def _put_part(into: Draft, part: Part) -> bool:
    if into.part is not None:
        return into.part.part is part.part
    into.part = part
    return True


def _overrule(into: Draft, atom: Said) -> None:
    match atom:
        case Day():
            into.day = into.instant = None
        case Clock() | Hours():
            into.clock = into.hours = None
            into.part = None if isinstance(atom, Clock) and atom.part else into.part
        case Part():
            into.part = None
        case Limit():
            into.limit = None
        case Instant():
            into.instant = into.day = None
        case _:
            assert_never(atom)
    _put(into, atom)


def _fill(drafts: list[Draft]) -> None:
    """What a draft lacks it has from the one before, else from the one after."""
    for each, donor in _neighbours(drafts):
        if donor.instant or each.instant or each.source or (donor.day is not None and donor.day.past):
            continue
        if each.day is None and donor.day is not None:
            each.day = donor.day
        if not each.has_time and each.part is None and (each.day is None or not each.day.past):
            each.clock, each.hours, each.part = donor.clock, donor.hours, donor.part


def _neighbours(drafts: list[Draft]) -> Iterator[tuple[Draft, Draft]]:
    for before, each in pairwise(drafts):
        yield each, before
    for each, after in reversed(list(pairwise(drafts))):
        yield each, after
