"""What is answered whatever the conversation is about: a greeting, a picture, somebody else's contact."""

from dataclasses import replace

from frontdesk.dialogue.scene import Scene
from frontdesk.dialogue.talk import AttachmentKind, Reply, Talk, Turn
from frontdesk.language.heard import Expecting


def told_first(answer: Turn, turn: Turn) -> Turn:
    """The turn, with the answer to what was asked in between before it, in the same message."""
    told = "\n\n".join(reply.text for reply in answer.replies)
    first, *rest = turn.replies or (Reply(""),)
    return replace(turn, replies=(replace(first, text=f"{told}\n\n{first.text}".strip()), *rest))


def attached(scene: Scene, kind: AttachmentKind) -> Turn:
    """Says that it can't be read; the open question stays open."""
    match kind:
        case AttachmentKind.VOICE:
            text = scene.words("Голосовые я пока не слушаю. Напишите, пожалуйста, словами.")
        case AttachmentKind.MEDIA | AttachmentKind.UNSUPPORTED:
            text = scene.words("Такое сообщение я прочитать не могу. Напишите, пожалуйста, словами.")
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
