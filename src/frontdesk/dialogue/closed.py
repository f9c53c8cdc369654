"""What is said where the journal is silent and the local copy does not know either."""

from dataclasses import replace
from typing import assert_never

from frontdesk.dialogue.scene import Scene
from frontdesk.dialogue.talk import Choice, Draft, Problem, Turn


def journal_closed(scene: Scene, problem: Problem) -> Turn:
    """Says so in one sentence, and what to do."""
    return _closed(scene, problem, scene.words("Журнал салона сейчас недоступен."))


def closed_in_between(scene: Scene, problem: Problem, draft: Draft | None) -> Turn:
    """The same where it is free times that are wanted: the draft and the open question are kept for later."""
    said = scene.words("Журнал салона сейчас недоступен, свободное время посмотреть не могу.")
    turn = _closed(scene, problem, said)
    return replace(turn, talk=replace(turn.talk, draft=draft, question=scene.talk.question))


def _closed(scene: Scene, problem: Problem, said: str) -> Turn:
    match problem:
        case Problem.AWAY:
            return scene.say(f"{said} {_later(scene)}", Choice("human:begin::0", scene.words("Администратор")))
        case Problem.LOCKED_OUT:
            return scene.hand_over(
                scene.words("Заглянуть в журнал салона сейчас не могу. Передала администратору, он вам поможет.")
            )
        case _:
            assert_never(problem)


def _later(scene: Scene) -> str:
    """Where to turn meanwhile. Nobody is called for what mends itself."""
    if not scene.salon.phone:
        return scene.words("Напишите мне, пожалуйста, чуть позже.")
    template = "Напишите мне чуть позже или позвоните, пожалуйста, в салон: {phone}."
    return scene.words(template, phone=scene.salon.phone)
