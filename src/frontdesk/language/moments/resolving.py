"""From a draft to readings: hours of twelve become hours of twenty-four, and nothing past is offered.

An hour without half of the day follows, in this order: a written half ("pm", «15:30»), the part of the day said beside
it, the salon's opening hours of that day, and the clock (an hour already past today is taken in the evening if the
salon is still open then). The day of a lone hour was not said: it stays unknown, with the nearest one as a hint.
"""

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import date, datetime, time, timedelta
from typing import assert_never

from frontdesk.language.heard import Certainty, Moment, PartOfDay, Reading
from frontdesk.language.hours import OpeningHours
from frontdesk.language.moments.atoms import Clock, Day, Half, Instant, Part, Sort
from frontdesk.language.moments.drafting import Draft

_NOON = 12
_NIGHT_HOURS = 6
_LAST_EARLY = 7
_PAST_WEIGHT = 0.3
_SOURCE_WEIGHT = 0.4

WINDOWS = {
    PartOfDay.MORNING: (time(6), time(12)),
    PartOfDay.NOON: (time(12), time(14)),
    PartOfDay.AFTERNOON: (time(12), time(17)),
    PartOfDay.EVENING: (time(17), time(22)),
    PartOfDay.NIGHT: (time(22), time(6)),
}
"""What a part of the day means beside opening hours; a night ends on the next day."""

_NAMED_STARTS = {PartOfDay.MORNING: time(9), PartOfDay.NOON: time(13), PartOfDay.EVENING: time(18)}


@dataclass(frozen=True, slots=True)
class Frame:
    """The now and the opening hours that a draft is resolved against."""

    now: datetime
    hours: OpeningHours


def resolve(drafts: list[Draft], frame: Frame) -> list[Reading]:
    """The readings of all drafts, best first."""
    readings: list[Reading] = []
    for place, each in enumerate(drafts):
        readings.extend(
            replace(reading, score=reading.score * _weight(each, place)) for reading in _readings(each, frame)
        )
    return sorted(readings, key=lambda reading: -reading.score)


def _weight(draft: Draft, place: int) -> float:
    return 0.95**place * (_SOURCE_WEIGHT if draft.source else 1.0)


def _readings(draft: Draft, frame: Frame) -> Iterator[Reading]:
    rules = tuple(dict.fromkeys(rule for joined in draft.rules for rule in joined.split(", ")))
    if draft.instant is not None:
        yield _instant(draft.instant, rules)
        return
    if draft.day is None and draft.limit is not None:
        yield Reading(None, _limit(draft.limit, draft, frame), 1.0, rules=rules)
        return
    days = list(_days(draft, frame))
    found = [(weight, reading) for day, weight in days if (reading := _reading(draft, day, frame, rules)) is not None]
    left_out = sum(weight for _, weight in days) / sum(weight for weight, _ in found) if found else 1.0
    for weight, reading in found:
        yield replace(reading, score=min(1.0, weight * left_out))


def _instant(instant: Instant, rules: tuple[str, ...]) -> Reading:
    moment = Moment(instant.first, time(instant.clock.hour, instant.clock.minute), Certainty.CERTAIN, Certainty.CERTAIN)
    score = _PAST_WEIGHT if instant.past else 1.0
    return Reading(moment, None, score, rules=(*rules, "past") if instant.past else rules)


def _limit(limit: Day, draft: Draft, frame: Frame) -> Moment:
    last = limit.last or limit.first
    at = _time_of(draft.clock, draft, last, frame) if draft.clock else None
    return Moment(last, at, Certainty.CERTAIN, Certainty.CERTAIN if at else None)


def _days(draft: Draft, frame: Frame) -> Iterator[tuple[Day | None, float]]:
    day = draft.day
    if day is None and draft.part is not None and draft.part.today:
        day = Day(frame.now.date(), Sort.RELATIVE)
    if day is None and draft.part is not None and draft.part.past:
        day = Day(frame.now.date() - timedelta(days=1), Sort.RELATIVE, past=True)
    if day is None:
        yield None, 1.0
        return
    night = timedelta(days=1 if draft.clock is not None and draft.clock.midnight and not day.past else 0)
    yield replace(day, first=day.first + night), day.weight * (_PAST_WEIGHT if day.past else 1.0)
    for first, weight in day.others:
        yield replace(day, first=first + night), weight


def _reading(draft: Draft, day: Day | None, frame: Frame, rules: tuple[str, ...]) -> Reading | None:
    said, said_end = _ends(draft)
    start = _time_of(said, draft, day.first if day else None, frame)
    end = _time_of(said_end, draft, day.first if day else None, frame, after=start)
    if day is None:
        return _dayless(draft, start, end, frame, rules)
    if day.past:
        return _on(draft, day, (start, end), frame, (*rules, "past"))
    if day.first < frame.now.date():
        return None
    if day.first == frame.now.date() and _is_over(draft, start, frame):
        return None if day.others else _on(draft, day, (None, None), frame, (*rules, "already past"))
    return _on(draft, day, (start, end), frame, rules)


def _on(
    draft: Draft, day: Day, times: tuple[time | None, time | None], frame: Frame, rules: tuple[str, ...]
) -> Reading:
    (start, end), (said, said_end) = times, _ends(draft)
    certainty = Certainty.CERTAIN if _is_certain(day) else Certainty.IMPLIED
    carried = frame.now.time().replace(second=0, microsecond=0) if day.counted and not (day.past or start) else None
    opening = Moment(day.first, start, certainty, _time_certainty(said, start), carried=carried)
    return Reading(opening, _closing(day, start, end, said_end), 1.0, _open(draft), rules)


def _is_over(draft: Draft, start: time | None, frame: Frame) -> bool:
    """Whether the hour, or the part of the day, that was said has passed today."""
    over = _part_end(draft)
    if start is None and over is not None:
        return over <= frame.now.time()
    return start is not None and _is_past(start, frame)


def _is_certain(day: Day) -> bool:
    return not day.others and (day.has_year or day.sort in {Sort.RELATIVE, Sort.WEEKDAY, Sort.WEEK})


def _is_past(at: time, frame: Frame) -> bool:
    return at < frame.now.time().replace(second=0, microsecond=0)


def _open(draft: Draft) -> bool:
    open_day = draft.day is not None and draft.day.open
    return open_day or (draft.hours is not None and draft.hours.end is None)


def _ends(draft: Draft) -> tuple[Clock | Part | None, Clock | Part | None]:
    if draft.hours is None:
        return draft.clock, None
    return draft.hours.start, draft.hours.end


def _closing(day: Day, start: time | None, end: time | None, said: Clock | Part | None) -> Moment | None:
    if end is not None:
        last = day.last if day.last and day.sort is Sort.WINDOW else day.first
        if start is not None and end <= start and last == day.first:
            last += timedelta(days=1)
        return Moment(last, end, Certainty.CERTAIN, _time_certainty(said, end))
    if day.last is not None:
        return Moment(day.last, None, Certainty.CERTAIN)
    return None


def _dayless(
    draft: Draft, start: time | None, end: time | None, frame: Frame, rules: tuple[str, ...]
) -> Reading | None:
    """A time whose day was not said, with the nearest day on which it is still ahead."""
    start_said, end_said = _ends(draft)
    if start is None and end is None and draft.part is None:
        return None
    nearest = _nearest(start or end or _part_end(draft), frame)
    opening = Moment(None, start, None, _time_certainty(start_said, start), nearest)
    closing = None
    if end is not None:
        last = nearest + timedelta(days=1) if start is not None and end <= start else nearest
        closing = Moment(None, end, None, _time_certainty(end_said, end), last)
    only_end = start is None and end is not None
    return Reading(None if only_end else opening, closing, 1.0, _open(draft), rules)


def _nearest(at: time | None, frame: Frame) -> date:
    today = frame.now.date()
    return today + timedelta(days=1) if at is not None and at < frame.now.time() else today


def _part_end(draft: Draft) -> time | None:
    """When a part of the day is over; a night is not over this day."""
    if draft.part is None or draft.part.part is PartOfDay.NIGHT:
        return None
    return WINDOWS[draft.part.part][1]


def _time_certainty(said: Clock | Part | None, at: time | None) -> Certainty | None:
    if at is None or said is None:
        return None
    if isinstance(said, Part):
        return Certainty.IMPLIED
    return Certainty.CERTAIN if said.half or said.part or said.hour == at.hour else Certainty.IMPLIED


def _time_of(
    said: Clock | Part | None, draft: Draft, day: date | None, frame: Frame, after: time | None = None
) -> time | None:
    if said is None:
        return None
    if isinstance(said, Part):
        return _NAMED_STARTS.get(said.part, WINDOWS[said.part][0])
    return time(_hour(said, draft, day, frame, after), said.minute)


def _hour(said: Clock, draft: Draft, day: date | None, frame: Frame, after: time | None) -> int:
    match said.half:
        case Half.EXACT:
            return said.hour
        case Half.AM:
            return said.hour % _NOON
        case Half.PM:
            return said.hour % _NOON + _NOON
        case None:
            pass
        case _:
            assert_never(said.half)
    part = said.part or _part_beside(draft)
    if part is not None:
        return _hour_of_part(said.hour, part)
    if after is not None:
        return _hour_after(said, after)
    return _hour_open(said, day, frame)


def _part_beside(draft: Draft) -> PartOfDay | None:
    if draft.part is not None:
        return draft.part.part
    end = draft.hours.end if draft.hours else None
    if isinstance(end, Clock) and end.half is not Half.EXACT:
        if end.part is not None:
            return end.part
        return {Half.PM: PartOfDay.EVENING, Half.AM: PartOfDay.MORNING}.get(end.half) if end.half else None
    return None


def _hour_of_part(hour: int, part: PartOfDay) -> int:
    match part:
        case PartOfDay.MORNING:
            return hour % _NOON if hour == _NOON else hour
        case PartOfDay.NOON | PartOfDay.AFTERNOON:
            return hour + _NOON if hour < _NIGHT_HOURS + 3 else hour
        case PartOfDay.EVENING:
            return hour % _NOON + _NOON if hour < _NOON else hour
        case PartOfDay.NIGHT:
            if hour == _NOON:
                return 0
            return hour + _NOON if _NIGHT_HOURS < hour < _NOON else hour
        case _:
            assert_never(part)


def _hour_after(said: Clock, after: time) -> int:
    """The end of a stretch is the first such hour after its start; past midnight where there is none that day."""
    for hour in (said.hour, said.hour + _NOON):
        if hour < 2 * _NOON and time(hour, said.minute) > after:
            return hour
    return said.hour


def _hour_open(said: Clock, day: date | None, frame: Frame) -> int:
    opens, closes = frame.hours.of(day.weekday() if day else None)
    early = time(said.hour, said.minute)
    if said.hour >= _NOON:
        return said.hour
    late = time(said.hour + _NOON, said.minute)
    today = day == frame.now.date() or (day is None and said.hour <= _LAST_EARLY)
    early_fits = opens <= early < closes and not (today and _is_past(early, frame))
    late_fits = opens <= late < closes and not (today and _is_past(late, frame))
    return said.hour + _NOON if late_fits and not early_fits else said.hour
