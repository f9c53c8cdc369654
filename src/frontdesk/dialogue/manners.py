"""What is answered whatever the conversation is about: a greeting, a picture, somebody else's contact."""

import re
from dataclasses import replace
from typing import assert_never

from frontdesk.dialogue.drafting import another_time
from frontdesk.dialogue.scene import Scene
from frontdesk.dialogue.talk import AttachmentKind, Reply, Talk, Turn
from frontdesk.language.heard import Expecting, Heard

_WAITS = re.compile(
    r"\bподожд\w+|\bминут(?:к|оч)\w*|\bсекунд\w*|\bпозже (?:напишу|отвечу|скажу)\b|\b(?:one|a) (?:moment|minute|sec)\b",
    re.IGNORECASE,
)
_THINKS = re.compile(
    r"\bспрошу\b|\bпосоветуюсь\b|\bподума(?:ю|ть)\b|\bуточню\b"
    r"|\bнапиш[уи]\w* (?:вам|мне) (?:позже|потом|завтра|вечером)"
    r"|\blet me (?:think|check|ask)\b",
    re.IGNORECASE,
)
_SAID_EVERYWHERE = frozenset({"yes", "no", "thanks"})
_FEW_WORDS = 8
_ANSWERS = frozenset({"other", "yes", "human"})


def takes_time(scene: Scene) -> Turn | None:
    """«Ой, подождите, мужа спрошу»: there is no hurry, and what was asked stays asked."""
    heard = scene.heard
    said = heard.services or heard.masters or heard.intent not in _ANSWERS or len(heard.text.split()) > _FEW_WORDS
    waits = not heard.readings and _WAITS.search(heard.text)
    if said or not (waits or _THINKS.search(heard.text)):
        return None
    text = scene.words("Конечно, не спешите. Напишите, когда будет удобно.")
    return Turn(scene.talk, (Reply(text),))


def told_first(answer: Turn, turn: Turn) -> Turn:
    """The turn, with the answer to what was asked in between before it, in the same message."""
    told = "\n\n".join(reply.text for reply in answer.replies)
    first, *rest = turn.replies or (Reply(""),)
    return replace(turn, replies=(replace(first, text=f"{told}\n\n{first.text}".strip()), *rest))


def worded(asked: Turn, text: str) -> Turn:
    """The question in these words, this once: said again, it is as it was asked."""
    (question,) = asked.replies
    return replace(asked, replies=(replace(question, text=text),))


def attached(scene: Scene, kind: AttachmentKind) -> Turn:
    """Says that it can't be read; the open question stays open."""
    match kind:
        case AttachmentKind.VOICE:
            text = scene.words("Голосовые я пока не слушаю. Напишите, пожалуйста, словами.")
        case AttachmentKind.MEDIA | AttachmentKind.UNSUPPORTED:
            text = scene.words("Такое сообщение я прочитать не могу. Напишите, пожалуйста, словами.")
        case _:
            assert_never(kind)
    return replace(scene.say(text), talk=scene.talk)


def asks_phone(talk: Talk) -> bool:
    """Whether the open question is what number to book on."""
    asked = talk.question
    return asked is not None and (asked.intent, asked.expecting) == ("book", Expecting.PHONE)


def is_for_another(talk: Talk) -> bool:
    """Whether the appointment that is being made is for somebody else."""
    return talk.draft is not None and bool(talk.draft.comment)


def books_another(talk: Talk) -> bool:
    """Whether the number asked for is that of somebody else: «запишите маму». Then a forwarded card answers."""
    return asks_phone(talk) and is_for_another(talk)


def not_their_number(scene: Scene) -> Turn:
    """What was wanted is kept, and asked for again where there is no number yet."""
    if asks_phone(scene.talk):
        text = scene.words(
            "Это номер другого человека, а записываю я вас. Поделитесь, пожалуйста, своим кнопкой или напишите его."
        )
    else:
        text = scene.words("Спасибо! Но чтобы найти ваши записи, мне нужен ваш собственный номер.")
    return Turn(scene.talk, (Reply(text, ask_contact=scene.facts.person.proved is None),))


def greeted(scene: Scene, turn: Turn) -> Turn:
    """A greeting is returned, in the same message."""
    if not scene.heard.said("greet") or not turn.replies:
        return turn
    first, *rest = turn.replies
    hello = scene.words("Здравствуйте!")
    return replace(turn, replies=(replace(first, text=f"{hello} {first.text}"), *rest))


def is_plain_yes_or_no(heard: Heard) -> bool:
    """Whether the words say yes or no and nothing else that could be wanted."""
    more = heard.readings or heard.services or heard.masters or another_time(heard)
    return heard.intent in {"yes", "no"} and not more


def language_of(talk: Talk, heard: Heard) -> str:
    """The language to answer in: «ok» is said in every language, and «thanks» too, except to begin a conversation."""
    everywhere = _SAID_EVERYWHERE - {"thanks"} if talk == Talk(language=talk.language) else _SAID_EVERYWHERE
    return heard.language if any(one.name not in everywhere for one in heard.intents) else talk.language
