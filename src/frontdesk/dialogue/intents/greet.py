"""A greeting."""

from frontdesk.dialogue.menu import offer
from frontdesk.dialogue.scene import Intent, Scene
from frontdesk.dialogue.talk import Turn
from frontdesk.language.phrases import Phrases

PHRASES = Phrases(
    "greet",
    weak=(
        "здравств*|здрасьте|здрасте|здрась*",
        "привет*",
        "хай|хелло|хеллоу|салют|хэй|даров|дарова|ку|hi|hello|hey",
        "добр*_день|дня|утро|утра|вечер|вечера|вечерочек|ночи|времени|денек|утречко (суток)",
        "доброго",
        "алло|ало|аллё|ау",
        ":start",
    ),
    whole=(
        "(а) (это) кто|вы|ты (это|кто|вы|ты)",
        "(а) с_кем (я) говорю|разговариваю|общаюсь|переписываюсь",
        "как дела|жизнь|поживаете|настроение",
    ),
    courtesy=True,
)


def begin(scene: Scene) -> Turn:
    """Greets back by the salon's name and says what can be done here."""
    if len(scene.facts.salons) > 1 and not scene.talk.salon:
        return offer(scene, scene.words("Здравствуйте! Чем помочь?"))
    title = scene.salon.title
    salon = title if "«" in title or '"' in title else f"«{title}»"
    return offer(scene, scene.words("Здравствуйте! Это {salon}. Чем помочь?", salon=salon))


INTENT = Intent("greet", PHRASES, begin)
