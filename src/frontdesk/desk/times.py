"""Moments as people of the salon read them: by the salon's clock, as short as can be."""

import re
from datetime import date, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from frontdesk.booking.times import Instant, to_local
from frontdesk.desk.words import Words

_WRITTEN: Final = re.compile(r"\s*(\d{1,2})[./ -]?(\d{1,2})[./ -]?(\d{4})\s*", re.ASCII)


def day_of(written: str) -> date | None:
    """A day as people here type it, 21.11.2026 with or without its points, or as our links have it, 2026-11-21."""
    found = _WRITTEN.fullmatch(written)
    try:
        return date(*(int(part) for part in reversed(found.groups()))) if found else date.fromisoformat(written.strip())
    except ValueError:
        return None


def long_day(shown: date, words: Words) -> str:
    """«сб 21 ноября»."""
    weekdays = (words("пн"), words("вт"), words("ср"), words("чт"), words("пт"), words("сб"), words("вс"))
    return f"{weekdays[shown.weekday()]} {shown.day} {_months(words)[shown.month - 1]}"


def _months(words: Words) -> tuple[str, ...]:
    spring = words("марта"), words("апреля"), words("мая")
    summer = words("июня"), words("июля"), words("августа")
    autumn = words("сентября"), words("октября"), words("ноября")
    return (words("января"), words("февраля"), *spring, *summer, *autumn, words("декабря"))


def moment(at: Instant, now: Instant, zone: ZoneInfo, words: Words) -> str:
    """«14:05» today, «вчера 14:05», «19.11 14:05», and with its year where that is another."""
    shown, today = to_local(at, zone), to_local(now, zone).date()
    clock = f"{shown:%H:%M}"
    if shown.date() == today:
        return clock
    if shown.date() == today - timedelta(days=1):
        return words("вчера {clock}", clock=clock)
    return f"{shown:%d.%m} {clock}" if shown.year == today.year else f"{shown:%d.%m.%Y} {clock}"


def day(at: Instant, now: Instant, zone: ZoneInfo, words: Words) -> str:
    """«Сегодня», «Вчера», «чт 19 ноября», and with its year where that is another."""
    shown, today = to_local(at, zone).date(), to_local(now, zone).date()
    if shown == today:
        return words("Сегодня")
    if shown == today - timedelta(days=1):
        return words("Вчера")
    return long_day(shown, words) if shown.year == today.year else f"{shown:%d.%m.%Y}"


def since(at: Instant, now: Instant, words: Words) -> str:
    """How long ago, in the largest unit that says enough."""
    minutes = max(int((now - at).total_seconds() // 60), 0)
    if minutes < 60:  # noqa: PLR2004 - an hour
        return words("{number} мин", number=minutes)
    hours = minutes // 60
    return words("{number} ч", number=hours) if hours < 48 else words("{number} дн", number=hours // 24)  # noqa: PLR2004 - two days
