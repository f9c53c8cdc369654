"""What the salon's own booking form asks for besides a name and a phone, each asked once and before the read-back."""

import re
from dataclasses import replace

from frontdesk.dialogue.scene import Ask, Scene
from frontdesk.dialogue.talk import Draft, Turn
from frontdesk.language.heard import Expecting

LONGEST_NOTE = 500
_EMAIL = re.compile(r"[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,5}", re.ASCII)


def ask_form(scene: Scene, draft: Draft) -> Turn | None:
    """Asks for what the form still wants; None where it has everything."""
    if scene.salon.needs_email and not draft.email:
        ask = Ask("book", "email", Expecting.NAME, draft=draft)
        return scene.ask(ask, scene.words("Салон просит адрес электронной почты. На какой записать?"))
    if scene.salon.needs_comment and not draft.note:
        ask = Ask("book", "note", Expecting.NAME, draft=draft)
        title = scene.salon.comment_title
        asked = scene.words("Салон просит указать: {title}. Что написать?", title=title)
        return scene.ask(ask, asked if title else scene.words("Салон просит комментарий к записи. Что написать?"))
    return None


def with_email(draft: Draft, text: str) -> Draft | None:
    """The draft with the address in these words; None where there is none."""
    found = _EMAIL.search(text)
    return replace(draft, email=found[0]) if found else None


def with_note(draft: Draft, text: str) -> Draft | None:
    """The draft with the comment, in the client's own words."""
    said = text.strip()[:LONGEST_NOTE]
    return replace(draft, note=said) if said else None


def too_many_places(scene: Scene, draft: Draft) -> Turn | None:
    """Refuses more people than the salon lets book at once."""
    if draft.places == 1 or not scene.menu.is_group(draft.services):
        return None
    most = scene.menu.most_places
    if draft.places <= most:
        return None
    return scene.call_us(scene.words("Столько мест сразу в чате не записать, самое большее {n}.", n=most))
