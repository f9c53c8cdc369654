"""Which appointment is to be moved, and where to, as far as the conversation tells.

It is worked out twice for each event: once before the free times are known, to say which ones are wanted, and once to
answer. So it reads the talk, the event and the person's appointments, and nothing else.

A day or a time in the words is where to, unless the appointment is still to be chosen from a list: then it points at
one of them. A time without a day means the day the appointment is on.
"""

from dataclasses import replace

from frontdesk.booking.appointments import Appointment
from frontdesk.booking.wishes import Wish
from frontdesk.dialogue.appointing import after
from frontdesk.dialogue.branches import at_named
from frontdesk.dialogue.drafting import another_time, drafted, if_possible, slots_wanted
from frontdesk.dialogue.offering import shown_days
from frontdesk.dialogue.picking import by_number, pointed_at, points
from frontdesk.dialogue.scene import Scene, Tap
from frontdesk.dialogue.talk import Draft, Facts, SlotsWanted, Talk
from frontdesk.dialogue.words import Words
from frontdesk.language.heard import Heard

INTENT = "move"
BY_ID = frozenset({"pick", "again", "yes"})


def own(scene: Scene, appointment: int | None) -> Appointment | None:
    """This person's appointment of that id."""
    return next((one for one in scene.facts.appointments or () if one.id == appointment), None)


def aim(scene: Scene, tap: Tap | None = None) -> Draft | tuple[Appointment, ...]:
    """The draft of the move that is meant; else the appointments that may be meant, which are none or several."""
    tap = tap or numbered(scene) or _another_time(scene)
    kept = _kept(scene.talk)
    if tap is not None and tap.option in BY_ID and tap.number is not None:
        return _by_id(scene, tap.number, kept)
    if kept.moving is not None:
        return _changed(scene, kept, tap)
    if choosing(scene.talk):
        return _from_the_list(scene, kept)
    near = narrowed(scene.coming(), scene.heard)
    meant = _spoken_of(scene, at_named(scene, near) or near)
    return _begun(meant[0], Draft(), scene.heard, tap) if len(meant) == 1 else meant


def choosing(talk: Talk) -> bool:
    """Whether it was just asked which appointment is meant."""
    question = talk.question
    return question is not None and (question.intent, question.step) == (INTENT, "choose")


def numbered(scene: Scene) -> Tap | None:
    """«второе», where something is to be chosen."""
    question, number = scene.talk.question, scene.heard.choice
    return by_number(question, number) if question and question.intent == INTENT and number is not None else None


def _another_time(scene: Scene) -> Tap | None:
    """«Нет, давайте другое время», said to the move as it was read back."""
    question = scene.talk.question
    asked = question is not None and (question.intent, question.step) == (INTENT, "confirm")
    return Tap("other", "", fresh=True) if asked and another_time(scene.heard) else None


def narrowed(coming: tuple[Appointment, ...], heard: Heard) -> tuple[Appointment, ...]:
    """The appointments that the words may mean. A master may be whose it is or who shall do it, so may a second day."""
    by_service = pointed_at(coming, Heard(heard.text, heard.language, services=heard.services))
    by_master = pointed_at(by_service, Heard(heard.text, heard.language, masters=heard.masters)) or by_service
    return pointed_at(by_master, Heard(heard.text, heard.language, readings=heard.readings[1:])) or by_master


def _spoken_of(scene: Scene, meant: tuple[Appointment, ...]) -> tuple[Appointment, ...]:
    """«А можно на полчаса раньше?», with nothing said of which: the one that was spoken of last."""
    visit = scene.talk.visit
    if visit is None or scene.heard.shift is None or points(scene.heard):
        return meant
    last = (visit.wish.first_day, visit.wish.at)
    return tuple(one for one in meant if (one.start.date(), one.start.time()) == last) or meant


def slots_for(talk: Talk, heard: Heard, tap: Tap | None, facts: Facts) -> SlotsWanted | None:
    """The free times that the answer needs, now that the person's appointments are known."""
    scene = Scene(talk, facts, Words(), heard)
    draft = aim(scene, tap)
    slots = wanted(draft, own(scene, draft.moving)) if isinstance(draft, Draft) else None
    return if_possible(slots, facts) if slots is not None else None


def wanted(draft: Draft, appointment: Appointment | None) -> SlotsWanted | None:
    """The free times for this move."""
    slots = slots_wanted(draft).slots
    return replace(slots, moving=appointment) if slots else None


def waiting_draft(scene: Scene) -> Draft:
    """Where to, kept while it is asked which appointment is meant."""
    heard = scene.heard
    return replace(drafted(Draft(), heard), services=(), shift=heard.shift)


def _kept(talk: Talk) -> Draft:
    draft = talk.draft or Draft()
    return draft if draft.moving is not None or choosing(talk) else Draft()


def _by_id(scene: Scene, number: int, kept: Draft) -> Draft | tuple[Appointment, ...]:
    if kept.moving == number:
        return kept
    appointment = own(scene, number)
    return _begun(appointment, kept if kept.moving is None else Draft(), scene.heard) if appointment else ()


def _from_the_list(scene: Scene, kept: Draft) -> Draft | tuple[Appointment, ...]:
    question = scene.talk.question
    shown = tuple(one for one in scene.coming() if question and one.id in question.subjects)
    if not points(scene.heard):
        return shown
    meant = pointed_at(shown, scene.heard)
    return _begun(meant[0], kept, Heard("", scene.heard.language)) if len(meant) == 1 else meant or shown


def _begun(appointment: Appointment, kept: Draft, heard: Heard, tap: Tap | None = None) -> Draft:
    draft = replace(
        kept,
        services=tuple(service.id for service in appointment.services),
        salon=appointment.salon,
        moving=appointment.id,
        wish=kept.wish if kept.anyone else replace(kept.wish, master=kept.wish.master or appointment.master.id),
        shift=None,
    )
    if kept.shift is not None:
        draft = drafted(draft, Heard("", heard.language, shift=kept.shift), appointment.start)
    draft = after(draft, _but_its_time(heard, appointment), tap, appointment.start)
    return replace(draft, wish=_at_its_time(_on_its_day(draft.wish, appointment), appointment))


def _but_its_time(heard: Heard, appointment: Appointment) -> Heard:
    """«Не успеваю завтра к трём, можно попозже?» names the time that it has; what is wished is the other one."""
    named, others = heard.readings[0].start if heard.readings else None, heard.readings[1:]
    counts = (heard.shift is not None or others) and named is not None and named.time is not None
    own_time = counts and pointed_at((appointment,), _first_reading(heard))
    return replace(heard, readings=() if heard.shift is not None else others) if own_time else heard


def _first_reading(heard: Heard) -> Heard:
    return Heard(heard.text, heard.language, readings=heard.readings[:1])


def _changed(scene: Scene, draft: Draft, tap: Tap | None) -> Draft:
    appointment = own(scene, draft.moving)
    if appointment is None:
        return draft
    if tap is not None and tap.option == "other":
        return replace(draft, slot=None, wish=replace(draft.wish, at=None))
    base = draft.slot.start if draft.slot else appointment.start
    draft = after(draft, scene.heard, tap, base)
    return replace(draft, wish=_on_a_day_shown(scene, _at_its_time(draft.wish, appointment)))


def _on_a_day_shown(scene: Scene, wish: Wish) -> Wish:
    """A bare time answers what was offered, also where that is not on the day that was wished first."""
    days = shown_days(scene.talk.question)
    readings = scene.heard.readings
    dated = any(side and side.date for one in readings[:1] for side in (one.start, one.end))
    if not readings or dated or not days or wish.first_day is None or wish.first_day in days:
        return wish
    return replace(wish, first_day=days[0], last_day=days[-1])


def _on_its_day(wish: Wish, appointment: Appointment) -> Wish:
    day = appointment.start.date()
    return replace(wish, first_day=day, last_day=day) if _is_timed(wish) and not _is_dated(wish) else wish


def _at_its_time(wish: Wish, appointment: Appointment) -> Wish:
    """Whoever only wants another master would best keep the time."""
    if wish.master in {None, appointment.master.id} or _is_timed(wish) or _is_dated(wish):
        return wish
    day = appointment.start.date()
    return replace(wish, first_day=day, last_day=day, at=appointment.start.time())


def _is_timed(wish: Wish) -> bool:
    return not wish.at == wish.since == wish.until


def _is_dated(wish: Wish) -> bool:
    return wish.first_day is not None or wish.last_day is not None
