"""Messages that the person did not ask for are welcome again."""

from dataclasses import replace

from frontdesk.dialogue.menu import offer
from frontdesk.dialogue.scene import Intent, Scene, Tap
from frontdesk.dialogue.talk import Turn
from frontdesk.language.phrases import Phrases

PHRASES = Phrases(
    "start",
    whole=(
        "старт|start",
        "подписаться|подпишите|подписка (на) (рассылку|уведомления|новости)",
        "включите|включить|верните|возобновите|возобновить рассылку|уведомления|напоминания",
        "возобновить|возобновите|продолжить",
        "пишите|присылайте снова|опять (мне)",
        "можете писать|присылать (снова|опять|мне)",
    ),
)


def begin(scene: Scene) -> Turn:
    """Whoever never said stop is only asked what they would like."""
    if not scene.talk.silenced:
        return offer(scene, scene.words("Я на связи. Чем помочь?"))
    turn = scene.say(scene.words("Хорошо, снова буду напоминать о записях."))
    return replace(turn, talk=replace(turn.talk, silenced=False))


def tapped(scene: Scene, tap: Tap) -> Turn:
    """«Получать снова»."""
    del tap
    return begin(scene)


INTENT = Intent("start", PHRASES, begin, tapped=tapped)
