"""What is said where somebody gave the appointment another time before the client's wish reached the journal."""

from frontdesk.booking.appointments import Appointment
from frontdesk.booking.times import Local
from frontdesk.dialogue.scene import Scene
from frontdesk.dialogue.talk import Choice, Turn


def read_back_at(appointment: Appointment) -> Local | None:
    """The time that a yes to this appointment's read-back is given to; None where its own wish is still under way."""
    return appointment.start if appointment.pending is None else None


def overtaken(scene: Scene, about: Appointment | None) -> Turn:
    """Nothing was changed: the yes was to another time. Where it stands now, and the wish can be said anew."""
    if about is None:
        said = scene.words("Тем временем эту запись перенесли.")
        return scene.hand_over(f"{said} {scene.words('Передала администратору, он вам поможет.')}")
    said = scene.words(
        "Тем временем запись перенесли: {what} теперь {when} {whom}. Я в ней ничего не меняла.",
        what=scene.words.services(about),
        when=scene.words.when(about.start, scene.now_at(about)),
        whom=scene.words.with_master(about),
    )
    return scene.say(
        said,
        Choice(f"cancel:again:{about.id}:0", scene.words("Отменить")),
        Choice(f"move:pick:{about.id}:0", scene.words("Перенести")),
    )
