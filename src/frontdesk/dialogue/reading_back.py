"""The last steps of a booking: whose phone and name, then everything read back, and what an explicit yes commits."""

from dataclasses import replace

from frontdesk.booking.commands import Book
from frontdesk.booking.ids import Phone, ServiceId
from frontdesk.booking.slots import Slot
from frontdesk.dialogue.appointing import Errand, find
from frontdesk.dialogue.booked import ask_name, without_code
from frontdesk.dialogue.for_whom import LONGEST_NAME, NAME
from frontdesk.dialogue.form import ask_form, too_many_places
from frontdesk.dialogue.manners import told_first
from frontdesk.dialogue.offering import cost, what
from frontdesk.dialogue.scene import Ask, Scene
from frontdesk.dialogue.talk import Choice, Draft, Turn
from frontdesk.language.heard import Expecting


def go_on(scene: Scene, draft: Draft) -> Turn:
    """Asks for the first thing that is missing, or reads the whole back."""
    if draft.places > 1 and draft.services and not scene.menu.is_group(draft.services):
        one_by_one = scene.say(scene.words("На это записываю по одному, начнём с первого человека."))
        return told_first(one_by_one, _go_on(scene, replace(draft, places=1)))
    return _go_on(scene, draft)


def _go_on(scene: Scene, draft: Draft) -> Turn:
    draft = replace(draft, salon=scene.salon.key)
    if (turn := too_many_places(scene, draft)) is not None:
        return turn
    found = find(scene, Errand("book", draft))
    if isinstance(found, Turn):
        return found
    draft = replace(draft, slot=found)
    if phone_of(scene) is None:
        return _ask_phone(scene, draft)
    if not _name(scene, draft):
        return ask_name(scene, draft)
    if not scene.facts.live and scene.menu.confirms_phone and scene.facts.person.proved is None:
        return without_code(scene)
    return ask_form(scene, draft) or _read_back(scene, draft, found)


def phone_of(scene: Scene) -> Phone | None:
    """The phone to book on: a proved one, else one that was only typed."""
    return scene.facts.person.proved or scene.facts.person.claimed


def _name(scene: Scene, draft: Draft) -> str:
    """Whom the appointment is for: as said, else as the messenger calls the writer, if that reads as a name."""
    if draft.name or draft.comment:
        return draft.name
    found = NAME.search(scene.facts.person.name)
    return found[0][:LONGEST_NAME] if found else ""


def _ask_phone(scene: Scene, draft: Draft) -> Turn:
    ask = Ask("book", "phone", Expecting.PHONE, draft=draft, ask_contact=True)
    return scene.ask(ask, scene.words("На какой номер телефона записать?"))


def _read_back(scene: Scene, draft: Draft, slot: Slot) -> Turn:
    template = (
        "Записать на {what} {when} {whom}? Имя: {name}." if draft.comment else "Записать вас на {what} {when} {whom}?"
    )
    text = scene.words(
        template,
        name=draft.name,
        what=what(scene, draft.services, as_object=True),
        when=scene.words.when(slot.start, scene.now),
        whom=scene.words.to_master(slot.master.name),
    )
    if price := cost(scene, draft):
        text += " " + scene.words("Стоимость {price}.", price=price)
    if slot.event and draft.places > 1:
        text += " " + scene.words("Мест: {n}.", n=draft.places)
    if len(scene.facts.salons) > 1:
        text += " " + scene.words("Филиал: {title}.", title=scene.salon.title)
    if draft.settles in scene.facts.held and not scene.facts.live:
        text += " " + scene.words("Прежняя заявка, которая ждёт журнала, тогда отпадёт.")
    ask = Ask("book", "confirm", Expecting.YES_NO, commits=_command(scene, draft, slot), draft=draft)
    return scene.ask(
        ask,
        text,
        Choice("book:yes:", scene.words("Да, записать")),
        Choice("book:other:", scene.words("Другое время")),
        Choice("book:no:", scene.words("Нет, не нужно")),
    )


def _command(scene: Scene, draft: Draft, slot: Slot) -> Book | None:
    phone = phone_of(scene)
    if phone is None:
        return None
    return Book(
        salon=draft.salon or scene.salon.key,
        phone=phone,
        name=_name(scene, draft),
        proved=scene.facts.person.proved is not None,
        services=tuple(ServiceId(service) for service in draft.services),
        master=slot.master.id,
        start=slot.start,
        length_s=slot.length_s,
        key="",
        asked_at=scene.facts.now,
        comment="\n".join(filter(None, (f"{draft.comment}: {draft.name}" if draft.comment else "", draft.note))),
        email=draft.email,
        event=slot.event,
        places=draft.places if slot.event else 1,
    )
