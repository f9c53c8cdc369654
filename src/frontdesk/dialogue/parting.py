"""After a cancellation, in the same message: why, in one tap or own words, and the way back."""

from dataclasses import replace
from datetime import timedelta

from frontdesk.booking.appointments import Appointment
from frontdesk.dialogue.resuming import open_question
from frontdesk.dialogue.scene import Ask, Scene
from frontdesk.dialogue.talk import Before, Choice, Reply, Settled, Turn
from frontdesk.language.heard import Expecting

UNDONE_WITHIN = timedelta(minutes=10)
MOST_TOGETHER = 9
"""So many that were cancelled one after the other are explained by one answer."""


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
    if _asked_already(scene):
        return _asked_once(scene, text, about)
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


def _asked_already(scene: Scene) -> bool:
    """Whether it was just asked why another one was cancelled."""
    question = scene.talk.question
    return question is not None and question.step == "code" and scene.talk.cancelled is not None


def _asked_once(scene: Scene, text: str, about: Appointment) -> Turn:
    """The answer to the question that is open is the answer for this one too."""
    before = scene.talk.cancelled
    with_it = (before.appointment, *before.with_it)[:MOST_TOGETHER] if before is not None else ()
    way_back = scene.words("Если передумаете, в ближайшие десять минут могу вернуть и эту запись.")
    reply = Reply(f"{text}\n{way_back}", (Choice(f"undo:begin:{about.id}:0", scene.words("Вернуть запись")),))
    cancelled = Before(about, scene.facts.now, with_it)
    return Turn(replace(scene.talk, cancelled=cancelled, moved=None), (reply,))


def together(before: Before | None) -> tuple[Appointment, ...]:
    """What was cancelled last, with what went with it."""
    return (before.appointment, *before.with_it) if before is not None else ()


def without(before: Before | None, appointment: int) -> Before | None:
    """What stays cancelled after this one was brought back."""
    left = [one for one in together(before) if one.id != appointment]
    return Before(left[0], before.at, tuple(left[1:])) if before is not None and left else None


def _with_a_way_back(scene: Scene, turn: Turn, about: Appointment) -> Turn:
    return replace(turn, talk=replace(turn.talk, cancelled=Before(about, scene.facts.now), moved=None))


def undoable(scene: Scene, before: Before | None) -> Appointment | None:
    """The appointment as it was, where it was changed here so lately that this can be undone."""
    fresh = before is not None and scene.facts.now - before.at <= UNDONE_WITHIN
    return before.appointment if before is not None and fresh else None
