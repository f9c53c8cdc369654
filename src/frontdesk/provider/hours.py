"""When a salon is open, from its masters' schedule: so that «в три» is read as an hour at which somebody works."""

from collections.abc import Iterable
from datetime import time

from frontdesk.booking.schedules import WorkingDay
from frontdesk.booking.spans import DAY_S
from frontdesk.language.hours import OpeningHours


def opening_hours(days: Iterable[WorkingDay]) -> OpeningHours | None:
    """From the first master's beginning to the last one's end, usually and by weekday; None where nobody works."""
    spans = [(one.day.weekday(), span) for one in days for span in one.spans]
    if not spans:
        return None
    by_weekday = {
        weekday: (
            _clock(min(span.begin_s for day, span in spans if day == weekday)),
            _clock(max(span.end_s for day, span in spans if day == weekday)),
        )
        for weekday in {day for day, _ in spans}
    }
    opens, closes = min(hours[0] for hours in by_weekday.values()), max(hours[1] for hours in by_weekday.values())
    return OpeningHours(opens, closes, by_weekday)


def _clock(second: int) -> time:
    minutes = min(second, DAY_S - 60) // 60
    return time(minutes // 60, minutes % 60)
