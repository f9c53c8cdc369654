"""A no that answers no open question."""

import re

from frontdesk.dialogue.parting import undoable
from frontdesk.dialogue.scene import Intent, Scene
from frontdesk.dialogue.talk import Choice, Turn
from frontdesk.language.phrases import Phrases

PHRASES = Phrases(
    "no",
    opening=(
        "нет",
        "неа|нее|неет|нетнет|нету",
        "не_надо|нужно|стоит|хочу|хотим|согласна|согласен",
        "ладно|тогда|ну|окей не_надо|нужно|стоит",
        "не_верно|правильно|так|то|подходит|устраивает|удобно|годится|подойдет",
        "неверно|неправильно|неудобно",
        "ни_в_коем_случае",
        "ни_за_что",
        "no|nope",
    ),
    whole=(
        "не",
        "не_сейчас|сегодня|то|уверена|уверен|буду",
        "потом|позже",
        "против",
        "ошибка|ошиблась|ошибся",
        "оставьте|оставь|оставим (все) (как_есть) (так)",
        "ни_один|одно|одна|одного",
        "никакой|никакое|никакая|ничего",
        "передумала|передумал",
        "отбой",
        "стой|подожди|подождите|погодите",
    ),
)


_WAIT = re.compile(r"\b(?:стой|подожди|погоди|не (?:надо|нужно|отменя))|\b(?:wait|don't|stop)\b", re.IGNORECASE)


def begin(scene: Scene) -> Turn:
    """Leaves everything as it is; what was cancelled a moment ago can be brought back."""
    gone = undoable(scene, scene.talk.cancelled)
    if gone is not None and _WAIT.search(scene.heard.text):
        text = scene.words("Эта запись уже отменена, но я могу её вернуть.")
        return scene.say(text, Choice(f"undo:begin:{gone.id}:0", scene.words("Вернуть запись")))
    return scene.say(scene.words("Хорошо. Если что-то понадобится, напишите."))


INTENT = Intent("no", PHRASES, begin)
