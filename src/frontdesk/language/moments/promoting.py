"""The pass that makes bare numbers hours, where their neighbours say so.

«с 9 до 12», «вечером в 7», «завтра 15», «10-12». A number that nothing speaks for stays a number, and so does one that
counts something («2 человека»).
"""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date

from frontdesk.language.heard import Relation
from frontdesk.language.moments.atoms import Amount, Atom, Clock, Day, Gap, Mark, Part, Sort, Wish
from frontdesk.language.moments.calendar import coming_number
from frontdesk.language.moments.row import LEADS, TO, Row, atom_at, mark_at

_WHOLE_RANGE, _EARLIEST = 3, 6
_NARROW = 3
_NOON = 12


def promote(row: Row, *, alone: bool) -> None:
    """Bare numbers become hours where their neighbours say so; `alone` where an hour was asked for."""
    for at in range(len(row)):
        _settle_bare_day(row, at)
        _settle_bound(row, at)
    _by_rules(row, (_led, _ends_stretch, _beside_part, _beside_day))
    _last_resort(row, alone=alone)
    _by_rules(row, (_ends_stretch,))
    for at, placed in enumerate(row):
        if isinstance(placed.atom, Clock) and placed.atom.weak:
            row[at] = replace(placed, atom=Gap())


def take_for_days(row: Row, today: date) -> None:
    """Where a day was asked for and none is named, «15» and «на 15» are days of the month."""
    if any(isinstance(placed.atom, Day) and not placed.atom.bare for placed in row):
        return
    for at, placed in enumerate(row):
        atom = placed.atom
        if isinstance(atom, Day):
            row[at] = replace(placed, atom=replace(atom, bare=False))
        elif isinstance(atom, Clock) and atom.bare and atom.hour and mark_at(row, at - 1) in {None, "on", "by"}:
            day = coming_number(today, atom.hour)
            row[at] = replace(placed, atom=Day(day, Sort.NUMBER) if day else Gap(), rule="day of the month")


def _by_rules(row: Row, rules: Sequence[Callable[[Row, int, Clock], bool]]) -> None:
    for rule in rules:
        for at, placed in enumerate(row):
            atom = placed.atom
            if isinstance(atom, Clock) and atom.weak and _may_be_hour(row, at) and rule(row, at, atom):
                row[at] = replace(placed, atom=replace(atom, weak=False))


def _settle_bound(row: Row, at: int) -> None:
    """«позже 18» and «раньше 12» are bounds; without an hour the same words are wishes."""
    wish = row[at].atom
    if isinstance(wish, Wish) and wish.span is None and isinstance(atom_at(row, at + 1), Clock):
        bound = {Relation.LATER: "after", Relation.EARLIER: "before"}.get(wish.relation)
        row[at] = replace(row[at], atom=Mark(bound)) if bound else row[at]


def _settle_bare_day(row: Row, at: int) -> None:
    atom = row[at].atom
    if not (isinstance(atom, Day) and atom.bare and atom.sort is Sort.NUMBER):
        return
    if mark_at(row, at - 1) not in {"on", "by"} or mark_at(row, at + 1) == "not_hour":
        row[at] = replace(row[at], atom=Gap())


def _may_be_hour(row: Row, at: int) -> bool:
    return mark_at(row, at + 1) != "not_hour" and not isinstance(atom_at(row, at + 1), Amount)


def _led(row: Row, at: int, atom: Clock) -> bool:
    mark = mark_at(row, at - 1)
    if mark == "not":
        return True
    if mark == "the" or (atom.glued and mark not in {"at", "by"} and _like_a_year(atom)):
        return False
    if mark == "rather":
        return any(is_strong(placed.atom) for placed in row[:at])
    plain_range = (
        atom.bare and mark == "at" and mark_at(row, at + 1) == "dash" and isinstance(atom_at(row, at + 2), Clock)
    )
    if mark == "on" and not atom.counted and not (atom.hour == 1 and not atom.bare):
        return True
    return mark in LEADS and not plain_range


def _like_a_year(clock: Clock) -> bool:
    return clock.hour in {19, 20} and not (clock.minute % 15 == 0 and clock.hour == 19)  # noqa: PLR2004 - «1930»


def _ends_stretch(row: Row, at: int, _atom: Clock) -> bool:
    """The other end of a stretch is an hour, or both ends look like hours: «10-12»."""
    if mark_at(row, at - 1) in TO | {"and", "or", "but", "on", "comma"} and is_strong(atom_at(row, at - 2)):
        return mark_at(row, at - 1) != "comma" or mark_at(row, at + 1) == "or"
    if mark_at(row, at + 1) in TO | {"or"} and is_strong(atom_at(row, at + 2)):
        return True
    return _plain_range(row, at) or _plain_range(row, at - 2)


def _plain_range(row: Row, at: int) -> bool:
    left, right = atom_at(row, at), atom_at(row, at + 2)
    if not (isinstance(left, Clock) and isinstance(right, Clock)) or mark_at(row, at + 1) not in TO:
        return False
    if len(row) == _WHOLE_RANGE and left.hour < _EARLIEST:
        return False
    if mark_at(row, at - 1) == "at" and right.hour - left.hour > _NARROW:
        return False
    ordered = left.hour < right.hour or (right.hour < _EARLIEST < left.hour <= _NOON and _beside_any_day(row))
    return mark_at(row, at + 3) != "not_hour" and ordered and not (left.glued or right.glued)


def _beside_any_day(row: Row) -> bool:
    """«в субботу 11-3» goes on after noon; «11-3» alone may be a score."""
    return any(isinstance(placed.atom, Day) for placed in row)


def is_strong(atom: Atom | None) -> bool:
    """Whether this is an hour for certain."""
    return isinstance(atom, Clock) and not atom.weak


def _beside_part(row: Row, at: int, _atom: Clock) -> bool:
    neighbours = (atom_at(row, at - 1), atom_at(row, at + 1))
    return any(isinstance(atom, Part) for atom in neighbours)


def _beside_day(row: Row, at: int, atom: Clock) -> bool:
    """«завтра 15», «пятница 10 30», «15:30 завтра»."""
    before, after = row[at - 1] if at else None, row[at + 1] if at + 1 < len(row) else None
    if before is not None and isinstance(before.atom, Mark) and before.atom.category == "comma":
        before = row[at - 2] if at > 1 else None
    if before is None and atom.glued and isinstance(atom_at(row, at + 1), Day):
        return True
    if before is None or isinstance(before.atom, Mark):
        day = atom_at(row, at + 2)
        if mark_at(row, at + 1) in {"at", "on"} and isinstance(day, Day) and day.sort is not Sort.NUMBER:
            return True
    follows = before is not None and isinstance(before.atom, Day) and not before.atom.bare
    ends = after is None or isinstance(after.atom, Day) or mark_at(row, at + 1) is not None
    return follows and ends


def _last_resort(row: Row, *, alone: bool) -> None:
    """«на 2 часа» is an hour only where no other stands; a number alone only where an hour was asked for."""
    taken_back = [at for at in range(len(row)) if is_strong(row[at].atom) and mark_at(row, at - 1) == "not"]
    if any(is_strong(placed.atom) for at, placed in enumerate(row) if at not in taken_back):
        return
    for at, placed in enumerate(row):
        atom = placed.atom
        if not (isinstance(atom, Clock) and atom.weak and _may_be_hour(row, at)):
            continue
        if mark_at(row, at - 1) == "on" or isinstance(atom_at(row, at - 1), Day) or alone or taken_back:
            row[at] = replace(placed, atom=replace(atom, weak=False))
            return
