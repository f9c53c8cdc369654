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
    return scene.say(said, *_choices(scene, about))


def made_and_changed(scene: Scene, about: Appointment) -> Turn:
    """A booking whose reply was lost, found in the journal after somebody there had changed it."""
    what = scene.words.services(about, as_object=True)
    if not about.stands:
        said = "По вашей заявке на {what}: запись была сделана, но в салоне её уже сняли."
        return scene.call_us(scene.words(said, what=what))
    said = "По вашей заявке на {what}: запись сделана, и в салоне её уже перенесли, теперь {when} {whom}."
    when = scene.words.when(about.start, scene.now_at(about))
    return scene.say(
        scene.words(said, what=what, when=when, whom=scene.words.with_master(about)), *_choices(scene, about)
    )


def _choices(scene: Scene, about: Appointment) -> tuple[Choice, Choice]:
    return (
        Choice(f"cancel:again:{about.id}:0", scene.words("Отменить")),
        Choice(f"move:pick:{about.id}:0", scene.words("Перенести")),
    )
