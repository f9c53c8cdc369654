"""A wish to talk to a person."""

from frontdesk.dialogue.scene import Intent, Scene, Tap
from frontdesk.dialogue.talk import Turn
from frontdesk.language.phrases import Phrases

PHRASES = Phrases("human", ("позовите администратора",))


def begin(scene: Scene) -> Turn:
    """Leaves the conversation to a person of the salon; the assistant is silent until they are done."""
    text = scene.words("Передала администратору, он ответит вам здесь.")
    if scene.salon.phone:
        text += " " + scene.words("Если срочно, позвоните: {phone}.", phone=scene.salon.phone)
    return scene.hand_over(text)


def tapped(scene: Scene, tap: Tap) -> Turn:
    """«Позвать администратора» on a menu."""
    del tap
    return begin(scene)


INTENT = Intent("human", PHRASES, begin, tapped=tapped)
