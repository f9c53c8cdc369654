"""Passes over the row of atoms: each looks at neighbours and replaces a few atoms by one that says more.

They run in this order, for each leans on the one before:
amounts counted from a day («за два дня до пятницы») and weeks counted to a weekday («через неделю в пятницу»), numbers
that share a month («с 10 по 22 августа»), bare numbers that their neighbours make hours («с 9 до 12», «вечером в 7»),
what was taken back («не в 15, а в 16»), stretches of time («между часом и тремя», «после шести»).
"""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, time, timedelta

from frontdesk.language.moments.atoms import (
    Amount, Atom, Clock, Day, Gap, Half, Hours, Instant, Limit, Mark, Part, Placed, Sort,
)  # fmt: skip
from frontdesk.language.moments.calendar import day_of, monday, shifted
from frontdesk.language.moments.scene import Scene
from frontdesk.language.tokens import Kind

Row = list[Placed]
_LEADS = frozenset({"at", "by", "about", "from", "to", "until", "after", "before", "between"})
_TO = frozenset({"to", "until", "dash"})
_WEEK_DAYS = 7
_FAR = 8


def mark_at(row: Row, at: int) -> str | None:
    """The category of the joining word at this place of the row, if one stands there."""
    if 0 <= at < len(row) and isinstance(atom := row[at].atom, Mark):
        return atom.category
    return None


def atom_at(row: Row, at: int) -> Atom | None:
    """The atom at this place of the row, None beyond its ends."""
    return row[at].atom if 0 <= at < len(row) else None


def merged(row: Row, first: int, last: int, atom: Atom, rule: str) -> None:
    """Put one atom in the place of several neighbours."""
    rules = [placed.rule for placed in row[first : last + 1] if not isinstance(placed.atom, Mark | Gap)]
    row[first : last + 1] = [Placed(atom, row[first].start, row[last].end, ", ".join([*rules, rule]))]


def count_from_days(row: Row, scene: Scene) -> None:
    """Amounts beside a day become the day they lead to; what is left is counted from now."""
    at = 0
    while at < len(row):
        if isinstance(row[at].atom, Amount):
            _count_from_day(row, at, scene)
        at += 1
    for place, placed in enumerate(row):
        if isinstance(placed.atom, Amount) and placed.atom.direction:
            row[place] = replace(placed, atom=_from_now(placed.atom, scene.now))


def _count_from_day(row: Row, at: int, scene: Scene) -> None:
    amount, day = row[at].atom, atom_at(row, at + 2)
    assert isinstance(amount, Amount)
    direction = {"from": 1, "after": 1, "before": -1, "until": -1}.get(mark_at(row, at + 1) or "", 0)
    if isinstance(day, Day) and direction and not amount.span.is_clock:
        found = shifted(datetime.combine(day.last or day.first, time()), amount.span, direction)
        if found is not None:
            merged(row, at, at + 2, Day(found.date(), Sort.RELATIVE), "counted from a day")
        return
    if not _count_on(row, at, scene):
        _weekday_of_week(row, at, scene)


def _count_on(row: Row, at: int, scene: Scene) -> bool:
    """«завтра через неделю», "next tuesday +10 days": an amount right after a day is counted from it."""
    amount, before = row[at].atom, atom_at(row, at - 1)
    assert isinstance(amount, Amount)
    if amount.direction != 1 or amount.span.is_clock or not isinstance(before, Day):
        return False
    plus = scene.tokens[row[at].start].kind is Kind.PLUS
    found = shifted(datetime.combine(before.first, time()), amount.span) if plus or before.sort is Sort.RELATIVE else None
    if found is not None:
        merged(row, at - 1, at, Day(found.date(), Sort.RELATIVE), "counted from a day")
    return found is not None


def _weekday_of_week(row: Row, at: int, scene: Scene) -> None:
    amount = row[at].atom
    assert isinstance(amount, Amount)
    whole_weeks = amount.direction == 1 and amount.span.days and amount.span.days % _WEEK_DAYS == 0
    for place in (at + 1, at + 2, at - 1, at - 2):
        day = atom_at(row, place)
        between = mark_at(row, (at + place) // 2) if abs(place - at) > 1 else "at"
        if whole_weeks and isinstance(day, Day) and day.weekday is not None and between in {"at", "on", "comma"}:
            first = monday(scene.now.date(), amount.span.days // _WEEK_DAYS)
            found = shifted(datetime.combine(first, time()), replace(amount.span, days=day.weekday))
            if found is not None:
                low, high = sorted((at, place))
                merged(row, low, high, Day(found.date(), Sort.RELATIVE, weekday=day.weekday), "weekday of a week")
            return


def _from_now(amount: Amount, now: datetime) -> Atom:
    found = shifted(now, amount.span, amount.direction)
    if found is None:
        return Gap()
    if amount.span.is_clock:
        clock = Clock(found.hour, found.minute, Half.EXACT)
        return Instant(found.date(), clock, past=amount.direction < 0)
    return Day(found.date(), Sort.RELATIVE, past=amount.direction < 0, counted=True)


def share_months(row: Row, scene: Scene) -> None:
    """A bare number before or after a date with a month is a day of that month."""
    month_first = scene.vocabulary.options.get("numeric_order") == "mdy"
    at = 0
    while at + 2 < len(row):
        left, right = row[at].atom, row[at + 2].atom
        joined = mark_at(row, at + 1) in _TO | {"and", "or", "comma"}
        if joined and isinstance(right, Day) and right.sort is Sort.DATE and (number := _bare_number(left)):
            first = day_of(right.first.year, right.first.month, number)
            if first is not None and first < right.first:
                row[at] = replace(row[at], atom=replace(right, first=first), rule="day of the same month")
        elif joined and month_first and isinstance(left, Day) and left.sort is Sort.DATE and mark_at(row, at + 1) in _TO:
            number = _bare_number(right)
            last = day_of(left.first.year, left.first.month, number) if number else None
            if number and last is None:
                row[at] = replace(row[at], atom=Gap(hard=True))
            elif last is not None and last > left.first:
                row[at + 2] = replace(row[at + 2], atom=replace(left, first=last), rule="day of the same month")
        at += 1


def _bare_number(atom: Atom) -> int | None:
    if isinstance(atom, Clock) and atom.bare:
        return atom.hour
    if isinstance(atom, Day) and atom.sort is Sort.NUMBER:
        return atom.first.day
    return None


def take_back(row: Row) -> None:
    """What stands right after a "not" was taken back: «не завтра, а в пятницу», «не в 15, а в 16»."""
    for at in range(len(row)):
        if mark_at(row, at) != "not":
            continue
        place = at + 2 if mark_at(row, at + 1) in _LEADS | {"on"} else at + 1
        if isinstance(atom_at(row, place), Day | Clock | Part | Instant | Hours):
            row[place] = replace(row[place], atom=Gap())


def fold_parts(row: Row) -> None:
    """A part of the day right beside an hour belongs to it: «с 7 вечера», "from afternoon 12:30"."""
    at = 0
    while at + 1 < len(row):
        for clock, part in ((row[at].atom, row[at + 1].atom), (row[at + 1].atom, row[at].atom)):
            if isinstance(clock, Clock) and isinstance(part, Part) and clock.part is None:
                merged(row, at, at + 1, replace(clock, part=part.part), "hour of a part")
                break
        at += 1


def stretches(row: Row) -> None:
    """Two ends joined by a word become one stretch, one end with «после» or «до» an open one."""
    for join in (_between, _from_to, _moved, _open_end):
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
    if mark_at(row, middle) not in _TO:
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


Promotion = Callable[[Row, int], bool]


def promote(row: Row, scene: Scene, *, alone: bool) -> None:
    """Bare numbers become hours where their neighbours say so; `alone` where an hour was asked for."""
    for at in range(len(row)):
        _settle_bare_day(row, at)
    for rule in (_led, _ends_stretch, _beside_part, _beside_day):
        for at in range(len(row)):
            atom = row[at].atom
            if isinstance(atom, Clock) and atom.weak and _may_be_hour(row, at, scene) and rule(row, at):
                row[at] = replace(row[at], atom=replace(atom, weak=False))
    _last_resort(row, scene, alone=alone)
    for at, placed in enumerate(row):
        if isinstance(placed.atom, Clock) and placed.atom.weak:
            row[at] = replace(placed, atom=Gap())


def _settle_bare_day(row: Row, at: int) -> None:
    atom = row[at].atom
    if isinstance(atom, Day) and atom.bare and atom.sort is Sort.NUMBER and mark_at(row, at - 1) not in {"on", "by"}:
        row[at] = replace(row[at], atom=Gap())


def _may_be_hour(row: Row, at: int, scene: Scene) -> bool:
    del scene
    return mark_at(row, at + 1) != "not_hour" and not isinstance(atom_at(row, at + 1), Amount)


def _led(row: Row, at: int) -> bool:
    atom = row[at].atom
    assert isinstance(atom, Clock)
    mark = mark_at(row, at - 1)
    if mark == "the" or (atom.glued and mark == "to"):
        return False
    plain_range = atom.bare and mark == "at" and mark_at(row, at + 1) == "dash" and isinstance(atom_at(row, at + 2), Clock)
    if mark == "on" and not atom.counted and not (atom.hour == 1 and not atom.bare):
        return True
    return mark in _LEADS and not plain_range


def _ends_stretch(row: Row, at: int) -> bool:
    """The other end of a stretch is an hour, or both ends look like hours: «10-12»."""
    if mark_at(row, at - 1) in _TO | {"and", "or", "but", "on", "comma"} and _strong(atom_at(row, at - 2)):
        return mark_at(row, at - 1) != "comma" or mark_at(row, at + 1) == "or"
    if mark_at(row, at + 1) in _TO | {"or"} and _strong(atom_at(row, at + 2)):
        return True
    return _plain_range(row, at) or _plain_range(row, at - 2)


def _plain_range(row: Row, at: int) -> bool:
    left, right = atom_at(row, at), atom_at(row, at + 2)
    if not (isinstance(left, Clock) and isinstance(right, Clock)) or mark_at(row, at + 1) not in _TO:
        return False
    return mark_at(row, at - 1) != "at" and mark_at(row, at + 3) != "not_hour" and left.hour < right.hour and not (
        left.glued or right.glued
    )


def _strong(atom: Atom | None) -> bool:
    return isinstance(atom, Clock) and not atom.weak


def _beside_part(row: Row, at: int) -> bool:
    neighbours = (atom_at(row, at - 1), atom_at(row, at + 1))
    return any(isinstance(atom, Part) for atom in neighbours)


def _beside_day(row: Row, at: int) -> bool:
    """«завтра 15», «пятница 10 30», «15:30 завтра»."""
    before, after = row[at - 1] if at else None, row[at + 1] if at + 1 < len(row) else None
    if before is not None and isinstance(before.atom, Mark) and before.atom.category == "comma":
        before = row[at - 2] if at > 1 else None
    follows = before is not None and isinstance(before.atom, Day) and not before.atom.bare
    ends = after is None or isinstance(after.atom, Day) or mark_at(row, at + 1) is not None
    return follows and ends


def _last_resort(row: Row, scene: Scene, *, alone: bool) -> None:
    """«на 2 часа» is an hour only where no other stands; a number alone only where an hour was asked for."""
    if any(isinstance(placed.atom, Clock) and not placed.atom.weak for placed in row):
        return
    for at, placed in enumerate(row):
        atom = placed.atom
        if not (isinstance(atom, Clock) and atom.weak and _may_be_hour(row, at, scene)):
            continue
        if mark_at(row, at - 1) == "on" or isinstance(atom_at(row, at - 1), Day) or alone:
            row[at] = replace(placed, atom=replace(atom, weak=False))
            return
