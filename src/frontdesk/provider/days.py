"""Which days are looked at for free times: the wished ones where they are few, else the nearest ones first."""

from collections.abc import Iterable
from datetime import date, timedelta

from frontdesk.booking.times import Local
from frontdesk.dialogue.talk import SlotsWanted

DAYS_ASKED_DIRECTLY = 2
DAYS_SHOWN = 3
LOOK_AHEAD = timedelta(days=30)


def few_days(wanted: SlotsWanted, now: Local) -> list[date]:
    """The wished days that are not over, where they are few enough to be looked at one by one."""
    if wanted.first_day is None or wanted.last_day is None:
        return []
    days = (wanted.last_day - wanted.first_day).days + 1
    if days > DAYS_ASKED_DIRECTLY:
        return []
    return [day for n in range(days) if (day := wanted.first_day + timedelta(days=n)) >= now.date()]


def by_nearness(days: Iterable[date], wanted: SlotsWanted) -> list[date]:
    """The days, the nearest to the wished ones first; of equally near ones the earlier."""
    first = wanted.first_day
    last = wanted.last_day or first
    return sorted(days, key=lambda day: (_days_off(day, first, last), day))


def _days_off(day: date, first: date | None, last: date | None) -> int:
    early = (first - day).days if first else 0
    late = (day - last).days if last else 0
    return max(early, late, 0)
