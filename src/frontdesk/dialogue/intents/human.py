"""A wish to talk to a person."""

from frontdesk.dialogue.scene import Intent, Scene, Tap
from frontdesk.dialogue.talk import Turn
from frontdesk.language.phrases import Phrases

_PERSON = "администратор*|админ|админа|админом|админу|оператор*|менеджер*|консультант*|управляющ*|директор*"
_SOMEONE = f"человек*|людьми|{_PERSON}/кого|кому|кем_нибудь|то|угодно"

PHRASES = Phrases(
    "human",
    phrases=(
        _PERSON,
        f"живой|живого|живым|живому|настоящ* человек*|людьми|{_PERSON}",
        "есть (кто|там) живой|живые",
        f"позови*|позвать|соедини*|переключи*|переведи*|пригласи*|дайте|нужен (с|на) {_SOMEONE}",
        f"поговорить|пообщаться|общаться|говорить|разговаривать|связаться с_человеком|{_PERSON}/с_кем|вами|мастером",
        "перезвон*|созвониться|созвонимся",
        "позвони*|набери*|свяжи* (мне/со_мной/с_нами)",
        "жалоб*|пожаловаться|претензи*|безобраз*",
        "опазды*|опозда*|задержи*|задерживаюсь|задерживаемся",
        "вернит* деньги|оплату|предоплату",
        "(это|вы|ты) бот|робот",
        "(не) (с) ботом|роботом",
    ),
    weak=("человек|человека|человеком", "позовите"),
    deniable=False,
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
