"""How sure and how old it is what a person is shown: said only where it matters to them."""

from datetime import timedelta

from frontdesk.booking.appointments import Appointment
from frontdesk.dialogue.scene import Scene

WORTH_SAYING = timedelta(minutes=1)
"""So old a copy may be in normal times too. A silent journal is silent to us alone: the salon goes on writing in it."""


def awaited(scene: Scene, appointment: Appointment) -> str:
    """What of it is not settled yet; nothing where it stands as it is shown."""
    if appointment.pending is None:
        return ""
    if not appointment.stands:
        return scene.words("отмена ждёт подтверждения")
    if appointment.id < 0:
        return scene.words("заявка ждёт подтверждения")
    return scene.words("изменение ждёт подтверждения")


def known_line(scene: Scene, appointment: Appointment) -> str:
    """The appointment as a line of a list, with what is not settled behind it."""
    line = scene.line(appointment)
    return f"{line} ({waits})" if (waits := awaited(scene, appointment)) else line


def aged(scene: Scene, text: str) -> str:
    """The text, and as of when it is true where that is a while ago."""
    as_of = scene.facts.as_of
    if scene.facts.live or as_of is None or scene.facts.now - as_of < WORTH_SAYING:
        return text
    at = scene.salon.local(as_of)
    when = f"{at:%H:%M}" if at.date() == scene.now.date() else scene.words.short_when(at)
    space = "\n" if "\n" in text else " "
    return f"{text}{space}{scene.words('Это по данным на {when}: журнал салона сейчас недоступен.', when=when)}"
