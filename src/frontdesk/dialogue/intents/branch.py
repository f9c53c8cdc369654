"""Which of several branches: asked where it matters, and changed by a word."""

from frontdesk.dialogue.branches import BRANCH, ask
from frontdesk.dialogue.picking import points
from frontdesk.dialogue.scene import Intent, Scene, Tap
from frontdesk.dialogue.talk import Choice, Question, Turn
from frontdesk.language.phrases import Phrases

PHRASES = Phrases(BRANCH)


def begin(scene: Scene) -> Turn:
    """Asks which branch; a booking that was begun goes on there."""
    return ask(scene, "book:begin::0" if scene.talk.draft else f"{BRANCH}:chosen::0")


def chosen(scene: Scene, _question: Question) -> Turn | None:
    """«В среду», said instead of a branch, is said of what waits for it."""
    heard = scene.heard
    return ask(scene) if scene.talk.pending_heard is not None and points(heard) and not heard.intents else None


def tapped(scene: Scene, tap: Tap) -> Turn:
    """A branch was chosen and nothing else was wanted yet; or another one shall be chosen."""
    if tap.option != "chosen" or not scene.talk.salon:
        return begin(scene)
    return scene.say(
        scene.words("Хорошо, {title}. Чем помочь?", title=scene.salon.title),
        Choice("book:begin::0", scene.words("Записаться")),
        Choice("list:begin::0", scene.words("Мои записи")),
    )


INTENT = Intent(BRANCH, PHRASES, begin, answers={"choose": chosen}, tapped=tapped)
