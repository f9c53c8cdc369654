"""What can be chosen from when words did not help."""

from frontdesk.dialogue.scene import Scene
from frontdesk.dialogue.talk import Choice, Turn


def to_book(scene: Scene) -> Choice:
    """The way to a new appointment."""
    return Choice("book:begin::0", scene.words("Записаться"))


def to_own(scene: Scene) -> Choice:
    """The way to one's coming appointments."""
    return Choice("list:begin::0", scene.words("Мои записи"))


def offer(scene: Scene, text: str) -> Turn:
    """Says this and shows what can be done here."""
    return scene.say(
        text,
        to_book(scene),
        to_own(scene),
        Choice("human:begin::0", scene.words("Администратор")),
    )
