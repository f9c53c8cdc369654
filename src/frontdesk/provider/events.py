"""Group events with places left, and taking places in them."""

from datetime import date, timedelta

from frontdesk.booking.appointments import Master, Service
from frontdesk.booking.commands import Book, RefusalReason, Refused
from frontdesk.booking.groups import EventId, GroupEvent, events_with_room, free_places
from frontdesk.booking.ids import MasterId, ServiceId
from frontdesk.booking.slots import Slot
from frontdesk.booking.times import Local
from frontdesk.dialogue.talk import SlotsWanted
from frontdesk.provider.answers import Performed
from frontdesk.provider.api import after_writing
from frontdesk.provider.branch import Branch
from frontdesk.yclients import errors
from frontdesk.yclients.endpoints.activities import GetActivity, SearchActivities
from frontdesk.yclients.endpoints.booking import PostActivityBook
from frontdesk.yclients.models.activity import Activity

LOOK_AHEAD = timedelta(days=30)
MOST_EVENTS = 200


async def places(branch: Branch, wanted: SlotsWanted, now: Local) -> tuple[Slot, ...]:
    """The events of the wished days that still take so many; of the month ahead where there are none."""
    today = now.date()
    first, last = max(today, wanted.first_day or today), wanted.last_day or today + LOOK_AHEAD
    found = await _between(branch, wanted, first, last, now) if first <= last else ()
    return found or await _between(branch, wanted, today, today + LOOK_AHEAD, now)


async def _between(branch: Branch, wanted: SlotsWanted, first: date, last: date, now: Local) -> tuple[Slot, ...]:
    shown = await branch.api(
        SearchActivities.model_validate(
            {
                "company_id": branch.salon.id,
                "from": first,
                "till": last,
                "service_ids": wanted.services,
                "count": MOST_EVENTS,
            }
        )
    )
    events = (event for one in shown if (event := _event(branch, one)) is not None)
    return tuple(
        Slot(one.master, one.start, one.length_s, event=one.id, places=free_places(one))
        for one in events_with_room(events, wanted.places, after=now)
        if wanted.master in {None, one.master.id}
    )


def _event(branch: Branch, shown: Activity) -> GroupEvent | None:
    """None where it has no time or no length, so that nothing can be said about it."""
    if shown.date is None or not shown.length:
        return None
    number = MasterId(shown.staff_id or 0)
    name = (shown.staff.name if shown.staff else None) or ""
    return GroupEvent(
        EventId(shown.id),
        Service(ServiceId(shown.service_id or 0), (shown.service.title if shown.service else None) or ""),
        branch.menu.master(number) or Master(number, name),
        Local(shown.date),
        shown.length,
        shown.capacity or 0,
        shown.records_count or 0,
    )


def taking_places(branch: Branch, command: Book) -> PostActivityBook:
    """The way a client takes places: the provider's own call for it, which alone takes several at once."""
    said: dict[str, object] = {"code": command.code, "comment": command.comment, "email": command.email}
    said["is_personal_data_processing_allowed"] = command.informed
    return PostActivityBook.model_validate(
        {
            "company_id": branch.salon.id,
            "activity_id": command.event,
            "phone": command.phone,
            "fullname": command.name,
            "clients_count": command.places,
            "api_id": command.key,
            **{name: value for name, value in said.items() if value},
        }
    )


async def refused(branch: Branch, command: Book, fault: errors.ProviderError) -> Performed:
    """What a failed booking means. A full event is refused without a number of its own, so it is looked at again."""
    if not command.event or not isinstance(fault, errors.Refused) or fault.booking_code is not None:
        return after_writing(fault)
    try:
        event = _event(branch, await branch.api(GetActivity(company_id=branch.salon.id, activity_id=command.event)))
    except errors.ProviderError:
        return after_writing(fault)
    full = event is not None and free_places(event) < command.places
    return Refused(RefusalReason.BUSY, str(fault)) if full else after_writing(fault)
