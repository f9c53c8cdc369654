"""Free times and services put before a person: what is said, and what there is to tap."""

from collections.abc import Sequence
from datetime import date, datetime
from itertools import groupby

from frontdesk.booking.choice import choice
from frontdesk.booking.menu import Listed
from frontdesk.booking.offers import Price, prices_of
from frontdesk.booking.slots import Slot
from frontdesk.booking.times import Local
from frontdesk.dialogue.scene import Scene
from frontdesk.dialogue.talk import Choice, Draft, Question

SHOWN = 9
"""A list holds ten rows, and the last is for another wish."""
STAMP = "%Y%m%dT%H%M"


def slot_choices(scene: Scene, intent: str, slots: Sequence[Slot]) -> tuple[Choice, ...]:
    """One row a slot, by its time; the master is named where there are several."""
    several = len({slot.master.id for slot in slots}) > 1
    return tuple(
        Choice(
            f"{intent}:slot:{slot.start:{STAMP}}-{slot.master.id}",
            scene.words.short_when(slot.start),
            slot.master.name if several else "",
        )
        for slot in slots
    )


def offered_services(question: Question | None) -> tuple[int, ...]:
    """The services that the question offers, in order."""
    choices = question.reply.choices if question else ()
    named = (one.id.split(":") for one in choices)
    return tuple(int(argument) for _, option, argument, _ in named if option == "service")


def shown_starts(question: Question | None) -> tuple[Local, ...]:
    """The times that the question offers, in order."""
    choices = question.reply.choices if question else ()
    stamps = {one.id.split(":")[2].partition("-")[0] for one in choices if one.id.split(":")[1] == "slot"}
    return tuple(Local(datetime.strptime(stamp, STAMP)) for stamp in sorted(stamps))  # noqa: DTZ007 - our own stamp


def shown_days(question: Question | None) -> tuple[date, ...]:
    """The days of the times that the question offers, in order."""
    return tuple(sorted({start.date() for start in shown_starts(question)}))


def shown(slots: Sequence[Slot]) -> tuple[Slot, ...]:
    """So many of the slots that they can be shown, spread over the time they cover."""
    return choice(slots, SHOWN)


def slot_lines(scene: Scene, slots: Sequence[Slot]) -> str:
    """The times by day: «завтра, в воскресенье 22 ноября: 10:00, 12:30»."""
    days = groupby(slots, key=lambda slot: slot.start.date())
    return "\n".join(
        f"{scene.words.day(day, scene.now)}: {', '.join(_clock(scene, slot) for slot in of_day)}"
        for day, of_day in days
    )


def _clock(scene: Scene, slot: Slot) -> str:
    """«19:00», and how many places are left where it is a group's."""
    shown = f"{slot.start:%H:%M}"
    return shown if not slot.event else scene.words("{time} (мест: {n})", time=shown, n=slot.places)


def service_choices(scene: Scene, intent: str, listed: Sequence[Listed]) -> tuple[Choice, ...]:
    """One row a service, with its price."""
    return tuple(
        Choice(f"{intent}:service:{one.offer.service.id}", one.offer.service.title, _lowest_price(scene, one))
        for one in listed[:SHOWN]
    )


def _lowest_price(scene: Scene, listed: Listed) -> str:
    price = lowest(listed)
    return scene.words.price(price, scene.menu.currency) if price else ""


def lowest(listed: Listed) -> Price | None:
    """What the service costs by the master who asks least."""
    return min((terms.price for terms in listed.offer.masters.values()), key=lambda price: price.low, default=None)


def what(scene: Scene, services: Sequence[int], *, as_object: bool = False) -> str:
    """The services by their titles, inside a sentence."""
    titles = [offer.service.title for offer in scene.menu.offers(services)]
    return scene.words.titles(titles, as_object=as_object)


def cost(scene: Scene, draft: Draft) -> str:
    """What the visit costs by the chosen master; nothing where the salon names no price."""
    if draft.slot is None:
        return ""
    price = prices_of(scene.menu.offers(draft.services)).get(draft.slot.master.id)
    return scene.words.price(price, scene.menu.currency) if price else ""
