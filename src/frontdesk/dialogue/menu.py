"""What can be chosen from when words did not help."""

from frontdesk.dialogue.scene import Scene
from frontdesk.dialogue.talk import Choice, Turn


def offer(scene: Scene, text: str) -> Turn:
    """Says this and shows what can be done here."""
    return scene.say(
        text,
        Choice("book:begin::0", scene.words("Записаться")),
        Choice("list:begin::0", scene.words("Мои записи")),
        Choice("human:begin::0", scene.words("Администратор")),
    )
