"""Passes that finish days.

Amounts counted from a day («за два дня до пятницы»), weeks counted to a weekday («через неделю в пятницу»), numbers
that share a month («с 10 по 22 августа»).
"""

from dataclasses import replace
from datetime import datetime, time

from frontdesk.language.moments.atoms import Amount, Atom, Clock, Day, Gap, Half, Instant, Sort
from frontdesk.language.moments.calendar import day_of, monday, shifted
from frontdesk.language.moments.row import TO, Row, atom_at, mark_at, merged
from frontdesk.language.moments.scene import Scene
from frontdesk.language.tokens import Kind

_WEEK_DAYS = 7
_LIST = TO | {"and", "or", "comma", "by"}


def count_from_days(row: Row, scene: Scene) -> None:
    """Amounts beside a day become the day they lead to; what is left is counted from now."""
    at = 0
    while at < len(row):
        if isinstance(amount := row[at].atom, Amount):
            _count_from_day(row, at, amount, scene)
        at += 1
    for place, placed in enumerate(row):
        if isinstance(placed.atom, Amount) and placed.atom.direction:
            row[place] = replace(placed, atom=_from_now(placed.atom, scene.now))


def _count_from_day(row: Row, at: int, amount: Amount, scene: Scene) -> None:
    day = atom_at(row, at + 2)
    direction = {"from": 1, "after": 1, "before": -1, "until": -1}.get(mark_at(row, at + 1) or "", 0)
    if isinstance(day, Day) and direction and not amount.span.is_clock:
        found = shifted(datetime.combine(day.last or day.first, time()), amount.span, direction)
        if found is not None:
            merged(row, at, at + 2, Day(found.date(), Sort.RELATIVE), "counted from a day")
        return
    if not _count_on(row, at, amount, scene):
        _weekday_of_week(row, at, amount, scene)


def _count_on(row: Row, at: int, amount: Amount, scene: Scene) -> bool:
    """«завтра через неделю», "next tuesday +10 days": an amount right after a day is counted from it."""
    before = atom_at(row, at - 1)
    if amount.direction != 1 or amount.span.is_clock or not isinstance(before, Day):
        return False
    plus = scene.tokens[row[at].start].kind is Kind.PLUS
    found = (
        shifted(datetime.combine(before.first, time()), amount.span) if plus or before.sort is Sort.RELATIVE else None
    )
    if found is not None:
        merged(row, at - 1, at, Day(found.date(), Sort.RELATIVE), "counted from a day")
    return found is not None


def _weekday_of_week(row: Row, at: int, amount: Amount, scene: Scene) -> None:
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
    """Bare numbers before a date with a month are days of that month: «27, 28 или 29 ноября», «с 10 по 22 августа»."""
    for at in reversed(range(len(row))):
        if isinstance(date := row[at].atom, Day) and date.sort in {Sort.DATE, Sort.NUMBER}:
            _share_back(row, at, date)
    if scene.vocabulary.options.get("numeric_order") == "mdy":
        _share_forward(row)


def _share_back(row: Row, at: int, date: Day) -> None:
    place = at - 1
    while mark_at(row, place) in _LIST:
        place -= 1
    number = _bare_number(row[place].atom) if 0 <= place < at - 1 else None
    first = day_of(date.first.year, date.first.month, number) if number else None
    if first is not None and first < date.first:
        row[place] = replace(row[place], atom=replace(date, first=first), rule="day of the same month")


def _share_forward(row: Row) -> None:
    """As in "August 10 to 22", where the month stands first."""
    for at in range(len(row) - 2):
        date, number = row[at].atom, _bare_number(row[at + 2].atom)
        if not (isinstance(date, Day) and date.sort is Sort.DATE and mark_at(row, at + 1) in TO and number):
            continue
        last = day_of(date.first.year, date.first.month, number)
        if last is None:
            row[at] = replace(row[at], atom=Gap())
        elif last > date.first:
            row[at + 2] = replace(row[at + 2], atom=replace(date, first=last), rule="day of the same month")


def _bare_number(atom: Atom) -> int | None:
    if isinstance(atom, Clock) and atom.bare:
        return atom.hour
    if isinstance(atom, Day) and atom.sort is Sort.NUMBER:
        return atom.first.day
    return None
