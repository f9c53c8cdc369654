"""After a cancellation, in the same message: why, in one tap or own words, and the way back."""

from dataclasses import replace
from datetime import timedelta

from frontdesk.booking.appointments import Appointment
from frontdesk.dialogue.scene import Ask, Scene
from frontdesk.dialogue.talk import Cancelled, Choice, Settled, Turn
from frontdesk.language.heard import Expecting

UNDONE_WITHIN = timedelta(minutes=10)


def cancelled_mark(channel: str) -> str:
    """The line that a cancellation leaves in the appointment's comment, for the salon to read."""
    return f"Отменено клиентом через {channel}"


def part(scene: Scene, event: Settled, text: str) -> Turn:
    """Says that it was cancelled; asks why, and offers to bring it back."""
    about = event.about
    if about is None:
        return scene.say(text)
    asked = scene.words("Подскажете, почему? Если передумаете, в ближайшие десять минут могу вернуть запись.")
    turn = scene.ask(
        Ask("reason", "code", Expecting.REASON, (about,)),
        f"{text}\n{asked}",
        Choice(f"reason:cant:{about.id}", scene.words("Не смогу")),
        Choice(f"reason:ill:{about.id}", scene.words("Болезнь")),
        Choice(f"reason:time:{about.id}", scene.words("Нужно другое время")),
        Choice(f"reason:other:{about.id}", scene.words("Другое")),
        Choice(f"undo:begin:{about.id}", scene.words("Вернуть запись")),
    )
    return replace(turn, talk=replace(turn.talk, cancelled=Cancelled(about, scene.facts.now)))


def undoable(scene: Scene) -> Appointment | None:
    """What was cancelled here so lately that it can be brought back."""
    cancelled = scene.talk.cancelled
    if cancelled is None or scene.facts.now - cancelled.at > UNDONE_WITHIN:
        return None
    return cancelled.appointment
