"""One of several appointments, put before a person to choose from."""

from collections.abc import Sequence

from frontdesk.booking.appointments import Appointment
from frontdesk.dialogue.scene import Ask, Scene
from frontdesk.dialogue.talk import Choice, Draft, Turn
from frontdesk.language.heard import Expecting

SHOWN = 9
"""A list holds ten rows, and the last is for none of them."""


def choose(
    scene: Scene, intent: str, appointments: Sequence[Appointment], words: tuple[str, str], draft: Draft | None = None
) -> Turn:
    """Asks which one; `words` are the question and the last row, by which nothing is done."""
    question, none_of_them = words
    shown = tuple(appointments[:SHOWN])
    lines = [f"{n}. {scene.line(one)}" for n, one in enumerate(shown, start=1)]
    if len(appointments) > SHOWN:
        lines.append(scene.words("И ещё {n}: назовите день и время.", n=len(appointments) - SHOWN))
    return scene.ask(
        Ask(intent, "choose", Expecting.CHOICE, shown, draft=draft),
        "\n".join((question, *lines)),
        *(_row(scene, intent, one) for one in shown),
        Choice(f"{intent}:no:", none_of_them),
    )


def _row(scene: Scene, intent: str, appointment: Appointment) -> Choice:
    detail = f"{scene.words.services(appointment)}, {appointment.master.name}"
    return Choice(f"{intent}:pick:{appointment.id}", scene.words.short_when(appointment.start), detail)
