"""A greeting."""

from frontdesk.dialogue.menu import offer
from frontdesk.dialogue.scene import Intent, Scene
from frontdesk.dialogue.talk import Turn
from frontdesk.language.phrases import Phrases

PHRASES = Phrases("greet", ("здравствуйте",))


def begin(scene: Scene) -> Turn:
    """Greets back by the salon's name and says what can be done here."""
    salon = scene.salon.title
    return offer(scene, scene.words("Здравствуйте! Это «{salon}». Чем помочь?", salon=salon))


INTENT = Intent("greet", PHRASES, begin)
