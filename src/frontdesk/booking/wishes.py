"""When, and with whom, somebody would like to come; which slots fit, and which are nearest where none does."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, time
from typing import NamedTuple

from frontdesk.booking.ids import MasterId
from frontdesk.booking.schedules import seconds_of, start_of
from frontdesk.booking.slots import Slot
from frontdesk.booking.spans import DAY_S


@dataclass(frozen=True, slots=True)
class Wish:
    """What was wished; None where nothing was said about it. Days are salon-local and both included.

    One day is both `first_day` and `last_day`; «с понедельника» is `first_day` alone. `at` is an exact start. Otherwise
    a start fits from `since` on and before `until`: «после 18» is `since`, «до 12» is `until`, a part of the day is
    both. A window whose end is not later than its beginning runs over midnight. An exact time beside a window, or days
    in the wrong order, are a ValueError.
    """

    first_day: date | None = None
    last_day: date | None = None
    at: time | None = None
    since: time | None = None
    until: time | None = None
    master: MasterId | None = None

    def __post_init__(self) -> None:
        if self.at is not None and (self.since is not None or self.until is not None):
            raise ValueError("a wish names an exact time or a window, not both")
        if self.first_day is not None and self.last_day is not None and self.last_day < self.first_day:
            raise ValueError(f"the days of a wish run from {self.first_day} back to {self.last_day}")


class Distance(NamedTuple):
    """How far a slot is from a wish; compared from the left.

    So the wished master on a wished day comes first, then another master on a wished day, then the near days, nearer
    ones first and on each of them the wished master first.
    """

    days: int
    other_master: bool
    seconds: int


def distance(slot: Slot, wish: Wish) -> Distance:
    """How far a slot is from a wish; all zeros where it fits."""
    other_master = wish.master is not None and slot.master.id != wish.master
    return Distance(_days_off(slot.start.date(), wish), other_master, _seconds_off(slot, wish))


def matching(slots: Iterable[Slot], wish: Wish) -> tuple[Slot, ...]:
    """The slots that fit a wish, in the order they came."""
    return tuple(slot for slot in slots if not any(distance(slot, wish)))


def nearest(slots: Iterable[Slot], wish: Wish, limit: int) -> tuple[Slot, ...]:
    """At most `limit` slots, the nearest to the wish first, one for each start.

    Of equally near ones the earlier comes first; of two masters free at the same start, the nearer is named.
    """
    best: dict[object, Slot] = {}
    for slot in sorted(slots, key=lambda one: (distance(one, wish), one.start, one.master.id)):
        if len(best) >= limit:
            break
        best.setdefault(slot.start, slot)
    return tuple(best.values())


def _days_off(day: date, wish: Wish) -> int:
    early = 0 if wish.first_day is None else (wish.first_day - day).days
    late = 0 if wish.last_day is None else (day - wish.last_day).days
    return max(early, late, 0)


def _seconds_off(slot: Slot, wish: Wish) -> int:
    second = seconds_of(slot.start, start_of(slot.start.date()))
    if wish.at is not None:
        return abs(second - _second_of(wish.at))
    since_s = 0 if wish.since is None else _second_of(wish.since)
    until_s = DAY_S if wish.until is None else _second_of(wish.until)
    if until_s > since_s:
        return _outside(second, since_s, until_s)
    return min(_outside(second, since_s, DAY_S), _outside(second, 0, until_s))


def _outside(second: int, since_s: int, until_s: int) -> int:
    """How far a second lies outside a half-open window; one at its end is already a second outside."""
    return max(since_s - second, second - until_s + 1, 0)


def _second_of(shown: time) -> int:
    return (shown.hour * 60 + shown.minute) * 60 + shown.second
