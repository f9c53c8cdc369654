"""A thank-you."""

from frontdesk.dialogue.scene import Intent, Scene
from frontdesk.dialogue.talk import Turn
from frontdesk.language.phrases import Phrases

PHRASES = Phrases(
    "thanks",
    weak=(
        "спасиб*|спс|пасиб|пасибо",
        "благодар*",
        "мерси|сенкс|thanks|thx|thank",
        "признательна|признателен",
        "до_встречи|свидания",
    ),
    courtesy=True,
)


def begin(scene: Scene) -> Turn:
    """Answers, and leaves an open question open: thanks are no yes."""
    return scene.aside(scene.words("Пожалуйста!"))


INTENT = Intent("thanks", PHRASES, begin)
