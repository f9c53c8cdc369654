"""After a cancellation, in the same message: why, in one tap or own words, and the way back."""

from dataclasses import replace
from datetime import timedelta

from frontdesk.booking.appointments import Appointment
from frontdesk.dialogue.resuming import open_question
from frontdesk.dialogue.scene import Ask, Scene
from frontdesk.dialogue.talk import Before, Choice, Settled, Turn
from frontdesk.language.heard import Expecting

UNDONE_WITHIN = timedelta(minutes=10)


def cancelled_mark(channel: str) -> str:
    """The line that a cancellation leaves in the appointment's comment, for the salon to read."""
    return f"Отменено клиентом через {channel}"


def part(scene: Scene, event: Settled, text: str) -> Turn:
    """Says that it was cancelled; asks why, and offers to bring it back. Beside an open question nothing is asked."""
    about = event.about
    if about is None:
        return scene.say(text)
    if open_question(scene) is not None:
        return _with_a_way_back(scene, scene.say(text), about)
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
    return _with_a_way_back(scene, turn, about)


def _with_a_way_back(scene: Scene, turn: Turn, about: Appointment) -> Turn:
    return replace(turn, talk=replace(turn.talk, cancelled=Before(about, scene.facts.now), moved=None))


def undoable(scene: Scene, before: Before | None) -> Appointment | None:
    """The appointment as it was, where it was changed here so lately that this can be undone."""
    fresh = before is not None and scene.facts.now - before.at <= UNDONE_WITHIN
    return before.appointment if before is not None and fresh else None
