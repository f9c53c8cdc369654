"""A wish to talk to a person."""

from frontdesk.dialogue.scene import Intent, Scene, Tap
from frontdesk.dialogue.talk import Turn
from frontdesk.language.phrases import Phrases

_PERSON = "администратор*|~админ|~админа|~админом|~админу|оператор*|менеджер*|консультант*|управляющ*|директор*"

PHRASES = Phrases(
    "human",
    phrases=(
        f"{_PERSON}",
        f"живой|живого|живым|живому|настоящ* человек*|людьми|{_PERSON}",
        (
            "позови*|позвать|соедини*|свяж*|связаться|переключи*|переведи*|пригласи*|дайте|нужен (с|на) "
            f"{_PERSON}/кем|кого|кому_нибудь|то"
        ),
        f"поговорить|пообщаться|общаться|говорить|разговаривать|связаться с_человеком|{_PERSON}/с_кем|вами|мастером",
        "перезвон*|созвониться|созвонимся",
        "позвони*|набери* (мне)",
        "жалоб*|~пожаловаться|претензи*|безобраз*",
        "опазды*|опозда*|задержи*|~задерживаюсь",
        "вернит* ~деньги|~оплату|~предоплату",
        "(это|вы|ты) бот|~робот",
        "не_бот|бота|ботом|робот|роботом",
    ),
    weak=("человек|человека|человеком", "позовите"),
)


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
