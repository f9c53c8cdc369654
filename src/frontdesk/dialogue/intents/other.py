"""What nobody understood: one clarifying question, then what can be chosen from, then a person."""

from dataclasses import replace

from frontdesk.dialogue.menu import offer
from frontdesk.dialogue.scene import Ask, Intent, Scene
from frontdesk.dialogue.talk import Choice, Question, Turn
from frontdesk.language.heard import Expecting
from frontdesk.language.phrases import Phrases

PHRASES = Phrases("other")


def begin(scene: Scene) -> Turn:
    """Answers more plainly each time, and gives up after the second."""
    missed = scene.talk.misunderstood
    question = scene.talk.question
    if missed == 0 and question is not None and question.expecting is not Expecting.REASON:
        again = scene.words("Не поняла ответ. {question}", question=question.reply.text)
        return Turn(replace(scene.talk, misunderstood=1), (replace(question.reply, text=again),))
    if missed == 0 and "?" in scene.heard.text and any(map(str.isalpha, scene.heard.text)):
        return _offer_a_person(scene)
    if missed == 0:
        turn = scene.say(scene.words("Не совсем поняла. Напишите, пожалуйста, чуть иначе: что нужно сделать?"))
        return replace(turn, talk=replace(turn.talk, misunderstood=1))
    if missed == 1:
        turn = offer(scene, scene.words("Всё ещё не понимаю. Вот чем я могу помочь:"))
        return replace(turn, talk=replace(scene.talk, question=_harmless(scene.talk.question), misunderstood=2))
    return scene.hand_over(scene.words("Не хочу вас путать: передала администратору, он ответит вам здесь."))


def _offer_a_person(scene: Scene) -> Turn:
    """A question that the journal has no answer to."""
    turn = scene.ask(
        Ask("human", "offer", Expecting.YES_NO),
        scene.words("На это точнее ответит администратор. Позвать?"),
        Choice("human:begin:", scene.words("Да, позвать")),
        Choice("book:begin:", scene.words("Записаться")),
    )
    return replace(turn, talk=replace(turn.talk, misunderstood=1))


def _harmless(question: Question | None) -> Question | None:
    """A question that a yes would settle is not what was read last any more; any other can still be answered."""
    return None if question is not None and question.commits is not None else question


INTENT = Intent("other", PHRASES, begin)
