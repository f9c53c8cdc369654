"""What is said where the journal is silent and the local copy does not know either."""

from dataclasses import replace
from typing import assert_never

from frontdesk.dialogue.scene import Scene
from frontdesk.dialogue.talk import Choice, Draft, Problem, Turn


def journal_closed(scene: Scene, problem: Problem) -> Turn:
    """Says so in one sentence, and what to do; what the person was asked before can still be answered later."""
    match problem:
        case Problem.AWAY:
            return scene.say(_away(scene), Choice("human:begin::0", scene.words("Администратор")))
        case Problem.LOCKED_OUT:
            return scene.hand_over(
                scene.words("Заглянуть в журнал салона сейчас не могу. Передала администратору, он вам поможет.")
            )
        case _:
            assert_never(problem)


def closed_in_between(scene: Scene, problem: Problem, draft: Draft | None) -> Turn:
    """The same in the middle of a booking or a move: what is known of it, and the open question, are kept."""
    turn = journal_closed(scene, problem)
    return replace(turn, talk=replace(turn.talk, draft=draft, question=scene.talk.question))


def _away(scene: Scene) -> str:
    phone = scene.salon.phone
    if not phone:
        return scene.words("Журнал салона сейчас недоступен. Напишите мне, пожалуйста, чуть позже.")
    return scene.words(
        "Журнал салона сейчас недоступен. Напишите мне чуть позже или позвоните, пожалуйста, в салон: {phone}.",
        phone=phone,
    )
