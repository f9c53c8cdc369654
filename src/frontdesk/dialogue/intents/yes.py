"""A yes that answers no open question."""

from frontdesk.dialogue.menu import offer
from frontdesk.dialogue.scene import Intent, Scene
from frontdesk.dialogue.talk import Turn
from frontdesk.language.phrases import Phrases

PHRASES = Phrases("yes", ("да",))


def begin(scene: Scene) -> Turn:
    """Says that nothing was asked, and what can be."""
    return offer(scene, scene.words("Сейчас я ни о чём не спрашиваю. Чем помочь?"))


INTENT = Intent("yes", PHRASES, begin)
