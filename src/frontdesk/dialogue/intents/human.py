"""A wish to talk to a person, and what only a person can settle: a complaint, a client who is late."""

import re

from frontdesk.dialogue.scene import Intent, Scene, Tap
from frontdesk.dialogue.talk import Choice, Question, Turn
from frontdesk.language.phrases import Phrases

_PERSON = "администратор*|админ|админа|админом|админу|оператор*|менеджер*|консультант*|управляющ*|директор*"
_SOMEONE = f"человек*|людьми|{_PERSON}/кого|кому|кем_нибудь|то|угодно"

_THING = "зонт*|сумк*|сумочк*|телефон*|шарф*|шапк*|кольц*|сереж*|очки|вещ*|куртк*|перчат*|ключи|паспорт"

PHRASES = Phrases(
    "human",
    phrases=(
        _PERSON,
        f"живой|живого|живым|живому|настоящ* человек*|людьми|{_PERSON}",
        "есть (кто|там) живой|живые",
        "дайте|нужен|хочу живой|живого",
        f"позови*|позвать|соедини*|переключи*|переведи*|пригласи*|дайте|нужен (с|на) {_SOMEONE}",
        f"поговорить|пообщаться|общаться|говорить|разговаривать|связаться с_человеком|{_PERSON}/с_кем|вами|мастером",
        "перезвон*|созвониться|созвонимся",
        "позвони*|набери*|свяжи* (мне/со_мной/с_нами)",
        "жалоб*|пожаловаться|претензи*|безобраз*",
        "опазды*|опозда*|задержи*|задержусь|задержимся|задерживаюсь|задерживаемся",
        "буду|будем|приду|придем|подойду|подъеду (чуть|немного|минут) позже|попозже",
        "застряла|застрял|стою|стоим|еду|попала|попал в_пробке|пробку",
        f"забыла|забыл|оставила|оставил|потеряла|потерял|нашли {_THING}",
        "ваканси*|трудоустройств*|требуются",
        "испортили|недовольн* (мне|я)",
        "криворук*|халтур*|рукожоп*|отвратительно|безобразно|ужасно (сделали|подстригли|постригли|покрасили)",
        "плохо|криво сделали|подстригли|постригли|покрасили",
        "покрасили|сделали|подстригли|постригли вместо",
        "верните|вернете|вернуть|верни деньги|оплату|предоплату",
        "(это|вы|ты) бот|робот",
        "(не) (с) ботом|роботом",
    ),
    weak=("человек|человека|человеком", "позовите", "не_могу|можем|возможно дозвониться"),
    deniable=False,
)


_ASKS_WHO = re.compile(
    r"\b(?:это|вы|ты|я) (?:случайно )?(?:с |со )?(?:чат-?)?(?:бот|робот|автоответчик)|\bбот\w*\s*\?|\bчеловек или\b"
    r"|\b(?:are|r) (?:you|u) (?:a )?(?:bot|robot|human|real)\b|\btalking to a (?:bot|robot)",
    re.IGNORECASE,
)
_FOR_A_PERSON = re.compile(r"позов|соедин|переключ|перевед|пригла|дайте|нужен|нужно|хочу|можно|поговор", re.IGNORECASE)
_LATE = re.compile(
    r"опазды|опозда|задерж|в пробке|\bпозже\b|\bпопозже\b|\brunning late\b|\b(?:be|am|i'm) late\b", re.IGNORECASE
)
_LET_BE = re.compile(
    r"\W*(?:ну )?(?:ладно|хорошо|ок(?:ей)?|понятно|ok(?:ay)?)\W+(?:спасибо|благодарю|thanks|thank you)\W*",
    re.IGNORECASE,
)
"""«Ладно, спасибо», said to «Позвать?», ends the matter."""
_SORE = re.compile(
    r"криворук|халтур|рукожоп|отвратит|вместо|плохо|криво"
    r"|жалоб|жалова|претензи|безобраз|ужас|кошмар|испорти|недовольн|верни\w* (?:деньги|оплат|предоплат)"
    r"|\bcomplain|\bterrible\b|\brefund\b",
    re.IGNORECASE,
)


def begin(scene: Scene) -> Turn:
    """Leaves the conversation to a person of the salon; the assistant is silent until they are done."""
    text = scene.heard.text
    if _ASKS_WHO.search(text) and not _FOR_A_PERSON.search(text):
        return _introduced(scene)
    return _handed_over(scene, _first_words(scene, text))


def _introduced(scene: Scene) -> Turn:
    """Whoever asks is told the truth at once, and may choose."""
    said = scene.words(
        "Я не человек, а автоматическая помощница салона: записываю, переношу и отменяю. Нужен человек? Позову."
    )
    return scene.aside(said, Choice("human:begin::0", scene.words("Администратор")))


def _first_words(scene: Scene, text: str) -> str:
    if _LATE.search(text):
        return scene.words("Спасибо, что предупредили!")
    return scene.words("Мне очень жаль, что так вышло.") if _SORE.search(text) else ""


def _handed_over(scene: Scene, first: str) -> Turn:
    text = f"{first} {scene.words('Передала администратору, он ответит вам здесь.')}".lstrip()
    if scene.salon.phone:
        text += " " + scene.words("Если срочно, позвоните: {phone}.", phone=scene.salon.phone)
    return scene.hand_over(text)


def tapped(scene: Scene, tap: Tap) -> Turn:
    """«Позвать администратора» on a menu."""
    del tap
    return _handed_over(scene, "")


def offered(scene: Scene, question: Question) -> Turn | None:
    """Hears the answer to «Позвать администратора?»."""
    del question
    if scene.heard.said("no") or _LET_BE.fullmatch(scene.heard.text):
        return scene.say(scene.words("Хорошо. Если что-то понадобится, напишите."))
    return _handed_over(scene, "") if scene.heard.said("yes") or scene.is_bare("human") else None


INTENT = Intent("human", PHRASES, begin, answers={"offer": offered}, tapped=tapped)
