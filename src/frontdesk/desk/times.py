"""Moments as people of the salon read them: by the salon's clock, as short as can be."""

from datetime import timedelta
from zoneinfo import ZoneInfo

from frontdesk.booking.times import Instant, to_local
from frontdesk.desk.words import Words


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
    """«Сегодня», «Вчера», «19.11.2026»."""
    shown, today = to_local(at, zone).date(), to_local(now, zone).date()
    if shown == today:
        return words("Сегодня")
    return words("Вчера") if shown == today - timedelta(days=1) else f"{shown:%d.%m.%Y}"


def since(at: Instant, now: Instant, words: Words) -> str:
    """How long ago, in the largest unit that says enough."""
    minutes = max(int((now - at).total_seconds() // 60), 0)
    if minutes < 60:  # noqa: PLR2004 - an hour
        return words("{number} мин", number=minutes)
    hours = minutes // 60
    return words("{number} ч", number=hours) if hours < 48 else words("{number} дн", number=hours // 24)  # noqa: PLR2004 - two days
