"""A no that answers no open question."""

from frontdesk.dialogue.scene import Intent, Scene
from frontdesk.dialogue.talk import Turn
from frontdesk.language.phrases import Phrases

PHRASES = Phrases("no", ("нет",))


def begin(scene: Scene) -> Turn:
    """Leaves everything as it is."""
    return scene.say(scene.words("Хорошо. Если что-то понадобится, напишите."))


INTENT = Intent("no", PHRASES, begin)
