"""Passes that join neighbours.

What was taken back («не в 15, а в 16»), an hour and its part of the day, what is moved where («с 15 на 17»), stretches
of time («между часом и тремя», «после шести»).
"""

from dataclasses import replace
from datetime import timedelta

from frontdesk.language.moments.atoms import Atom, Clock, Day, Gap, Hours, Instant, Limit, Mark, Part, Sort
from frontdesk.language.moments.calendar import day_of
from frontdesk.language.moments.row import LEADS, TO, Row, atom_at, mark_at, merged

_FAR = 8


def take_back(row: Row) -> None:
    """What stands right after a "not" was taken back: «не завтра, а в пятницу», «не в 15, а в 16»."""
    for at in range(len(row)):
        if mark_at(row, at) != "not":
            continue
        place = at + 1
        while mark_at(row, place) in LEADS | {"on", "the"}:
            place += 1
        if isinstance(atom_at(row, place), Day | Clock | Part | Instant | Hours):
            row[place] = replace(row[place], atom=Gap())


def fold_parts(row: Row) -> None:
    """A part of the day right beside an hour belongs to it: «с 7 вечера», "from afternoon 12:30"."""
    at = 0
    while at + 1 < len(row):
        for clock, part in ((row[at].atom, row[at + 1].atom), (row[at + 1].atom, row[at].atom)):
            if isinstance(clock, Clock) and isinstance(part, Part) and not (clock.part or part.today or part.past):
                merged(row, at, at + 1, replace(clock, part=part.part), "hour of a part")
                break
        at += 1


def stretches(row: Row) -> None:
    """Two ends joined by a word become one stretch, one end with «после» or «до» an open one."""
    moving = any(isinstance(placed.atom, Mark) and placed.atom.category == "move" for placed in row)
    joins = (_moved, _between, _from_to, _open_end) if moving else (_between, _from_to, _moved, _open_end)
    for join in joins:
        at = 0
        while at < len(row):
            join(row, at)
            at += 1


def _joined(left: Atom | None, right: Atom | None) -> Atom | None:
    if isinstance(left, Clock | Part) and isinstance(right, Clock | Part):
        return Hours(left, right)
    if not (isinstance(left, Day) and isinstance(right, Day)):
        return None
    if right.has_year and not left.has_year:
        left = _in_year_of(left, right)
    if right.sort is Sort.WEEKDAY and right.first < left.first:
        right = replace(right, first=left.first + (right.first - left.first) % timedelta(days=7))
    if left.first <= (right.last or right.first):
        return replace(left, last=right.last or right.first, sort=Sort.WINDOW)
    return None


def _in_year_of(left: Day, right: Day) -> Day:
    """«10 августа - 12 сентября 2013»: the year said last is of both."""
    year = right.first.year - (left.first.month > right.first.month)
    return replace(left, first=day_of(year, left.first.month, left.first.day) or left.first, past=right.past)


def _between(row: Row, at: int) -> None:
    if mark_at(row, at) == "between" and mark_at(row, at + 2) in {"and", "dash", "to", "until"}:
        atom = _joined(atom_at(row, at + 1), atom_at(row, at + 3))
        if atom is not None:
            merged(row, at, at + 3, atom, "between")


def _from_to(row: Row, at: int) -> None:
    middle = at + 1
    if mark_at(row, middle) in {"and", "comma"}:
        middle += 1
    if mark_at(row, middle) not in TO:
        return
    atom = _joined(atom_at(row, at), atom_at(row, middle + 1))
    if isinstance(atom, Day) and isinstance(left := row[at].atom, Day) and left.sort is Sort.WEEKDAY:
        atom = _weekdays(left, row[middle + 1].atom) or atom
    if atom is not None:
        first = at - 1 if mark_at(row, at - 1) == "from" else at
        merged(row, first, middle + 1, atom, "from to")


def _weekdays(left: Day, right: Atom) -> Day | None:
    del right
    return replace(left, others=(), weight=1.0) if left.last else None


def _moved(row: Row, at: int) -> None:
    """«с 15 на 17», «с завтра на пятницу»: what was is left out, what shall be stays."""
    if mark_at(row, at) != "from":
        return
    left = atom_at(row, at + 1)
    for onto in range(at + 2, min(at + _FAR, len(row) - 1)):
        right = row[onto + 1].atom
        if mark_at(row, onto) in {"dash", "until", "from"} or isinstance(row[onto].atom, Hours):
            return
        if mark_at(row, onto) in {"on", "to"} and isinstance(left, Clock | Day) and type(left) is type(right):
            for place in range(at, onto):
                row[place] = replace(row[place], atom=Gap())
            return


def _open_end(row: Row, at: int) -> None:
    mark, atom = mark_at(row, at), atom_at(row, at + 1)
    if isinstance(atom, Clock | Part):
        if mark in {"from", "after"}:
            merged(row, at, at + 1, Hours(atom, None), "after")
        elif mark in {"until", "before"}:
            merged(row, at, at + 1, Hours(None, atom), "before")
    elif isinstance(atom, Day) and mark in {"until", "before"}:
        merged(row, at, at + 1, Limit(atom), "before a day")
    elif isinstance(atom, Day) and mark in {"from", "after"} and not atom.past:
        first = atom.first if mark == "from" else (atom.last or atom.first) + timedelta(days=1)
        merged(row, at, at + 1, replace(atom, first=first, last=None, open=True), "from a day")
