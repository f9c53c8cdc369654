"""A yes that answers no open question."""

from dataclasses import replace

from frontdesk.dialogue.menu import offer
from frontdesk.dialogue.scene import Intent, Scene
from frontdesk.dialogue.talk import Turn
from frontdesk.language.heard import Expecting
from frontdesk.language.phrases import Phrases

PHRASES = Phrases(
    "yes",
    opening=(
        "да|дада|дыа",
        "ага",
        "угу",
        "конечно",
        "верно",
        "именно",
        "точно",
        "подтверждаю|подтверждаем",
        "согласен|согласна|согласны",
        "безусловно|разумеется|естественно",
        "все_верно|правильно|так|точно",
        "так_точно",
        "правильно",
        "нет_проблем|возражений|вопросов",
        "yes|yep|yeah",
        "плюс",
    ),
    whole=(
        "хорошо|хорошечно|харашо",
        "ок|окей|оки|окок|окэй|ok|okay|оке",
        "ладно|ладненько",
        "давайте|давай",
        "(мне|меня|нас|нам|все|это) подходит|устраивает|годится|удобно",
        "пойдет|идет|сойдет",
        "договорились|решено",
        "отлично|прекрасно|супер|замечательно|здорово|класс",
        "го",
        "беру|оформляйте|действуйте|оформляй",
        "(я) за",
        "хочу",
    ),
    never=("да_ладно|ну|уж",),
    assent=True,
)


def begin(scene: Scene) -> Turn:
    """Says that nothing was asked, and what can be. A second yes waits for what the first one asked for."""
    if scene.facts.busy:
        return Turn(scene.talk)
    if (question := scene.talk.question) is not None and question.expecting is not Expecting.REASON:
        again = scene.words("Уточните, пожалуйста. {question}", question=question.reply.text)
        return Turn(scene.talk, (replace(question.reply, text=again),))
    return offer(scene, scene.words("Сейчас я ни о чём не спрашиваю. Чем помочь?"))


INTENT = Intent("yes", PHRASES, begin)
