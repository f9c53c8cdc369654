import datetime as dt
from collections.abc import Iterable
from itertools import pairwise

from frontdesk.emulator.bookings import the_master
from frontdesk.emulator.online import days_between
from frontdesk.emulator.refusal import invalid
from frontdesk.emulator.registry import Reply, emulates
from frontdesk.emulator.slots import busy_entries, working_spans
from frontdesk.emulator.things import Json, Master, Span
from frontdesk.emulator.world import World
from frontdesk.yclients.endpoints.schedule import GetStaffSchedule, PutStaffSchedule, WorkingSlot

LONGEST_DAYS = 366
DAY_S, HOUR_S, MINUTE_S = 86400, 3600, 60


@emulates(GetStaffSchedule)
def get_staff_schedule(world: World, call: GetStaffSchedule) -> Reply:
    """Shows working time by master and day, today's if no days are named."""
    today = world.now_local(world.companies[call.company_id]).date()
    first = call.start_date or today
    last = call.end_date or first
    if (last - first).days >= LONGEST_DAYS:
        invalid(errors={"end_date": ["Период не может быть больше года"]})
    chosen = call.staff_ids or [one.id for one in world.masters.of(call.company_id) if not one.deleted]
    masters = [the_master(world, call.company_id, number) for number in chosen]
    include = frozenset(call.include or ())
    days = [_day(world, master, day, include) for master in masters for day in days_between(first, last)]
    return Reply(days, {"count": len(days)})


@emulates(PutStaffSchedule, right="schedule_edit")
def put_staff_schedule(world: World, call: PutStaffSchedule) -> Reply:
    """Sets and clears working days; free time moves with them at once."""
    changes = [(_master(world, call, one.staff_id), one.dates, _spans(one.slots)) for one in call.schedules_to_set]
    changes += [(_master(world, call, one.staff_id), one.dates, ()) for one in call.schedules_to_delete]
    for master, dates, spans in changes:
        master.days |= dict.fromkeys(dates, spans)
        world.tell(call.company_id, "staff", master.id, "update")
    changed = {master.id: master for master, _, _ in changes}
    days = sorted({day for _, dates, _ in changes for day in dates})
    every = days_between(days[0], days[-1]) if days and (days[-1] - days[0]).days < LONGEST_DAYS else iter(days)
    shown = [_day(world, master, day, frozenset()) for day in every for master in changed.values()]
    return Reply(shown, {"count": len(shown)})


def _master(world: World, call: PutStaffSchedule, staff_id: int) -> Master:
    return the_master(world, call.company_id, staff_id)


def _spans(slots: Iterable[WorkingSlot]) -> tuple[Span, ...]:
    spans = sorted((_seconds(slot.from_), _seconds(slot.to)) for slot in slots)
    overlap = any(first[1] > second[0] for first, second in pairwise(spans))
    if overlap or any(begin >= end for begin, end in spans):
        invalid(errors={"schedules_to_set": ["Интервалы работы пересекаются или пусты"]})
    return tuple(spans)


def _day(world: World, master: Master, day: dt.date, include: frozenset[str]) -> Json:
    spans = working_spans(master, day)
    shown: Json = {"staff_id": master.id, "date": day.isoformat(), "slots": [_interval(span) for span in spans]}
    if "busy_intervals" in include:
        shown["busy_intervals"] = [
            {"entity_type": kind, "entity_id": number, **_interval(span)}
            for kind, number, span in busy_entries(world, master, day)
        ]
    if "off_day_type" in include:
        shown["off_day_type"] = None if spans else 1
    return shown


def _interval(span: Span) -> Json:
    return {"from": _clock(max(0, span[0])), "to": _clock(min(DAY_S, span[1]))}


def _clock(second: int) -> str:
    return f"{second // HOUR_S:02}:{second % HOUR_S // MINUTE_S:02}"


def _seconds(text: str) -> int:
    hours, minutes, *seconds = text.split(":")
    return int(hours) * HOUR_S + int(minutes) * MINUTE_S + sum(map(int, seconds))
