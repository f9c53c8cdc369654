"""No more messages that the person did not ask for. Answers to what they write still come."""

from dataclasses import replace

from frontdesk.dialogue.scene import Intent, Scene, Tap
from frontdesk.dialogue.talk import Choice, Turn
from frontdesk.language.phrases import Phrases

_NEWS = (
    "рассылку|рассылки|писать|уведомления|спамить|подписку|напоминания|рекламу|слать|сообщения|уведомлений|сообщений"
)

PHRASES = Phrases(
    "stop",
    whole=(
        "стоп|stop",
        f"отписаться|отпишите|отписка|отпиши|отписываюсь|unsubscribe (от|из) ({_NEWS})",
        f"(больше) не_пишите|пиши|беспокойте|присылайте|шлите|отправляйте (мне) (никогда) ({_NEWS})",
        f"не_надо|нужно (мне) писать|присылать|звонить ({_NEWS})",
        f"прекратите|прекратить|отключите|отключить|отмените|отменить|остановите|хватит|уберите {_NEWS}",
    ),
)


def begin(scene: Scene) -> Turn:
    """From now on the assistant never writes first."""
    text = scene.words("Хорошо, первой больше не пишу. Захотите снова получать напоминания, напишите «старт».")
    turn = scene.say(text, Choice("start:begin::0", scene.words("Получать снова")))
    return replace(turn, talk=replace(turn.talk, silenced=True))


def tapped(scene: Scene, tap: Tap) -> Turn:
    """«Не напоминать» under a reminder."""
    del tap
    return begin(scene)


INTENT = Intent("stop", PHRASES, begin, tapped=tapped)
