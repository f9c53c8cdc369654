"""What came of an earlier wish, told in the middle of a newer one: the newer one goes on.

The journal may take its time, and who has said one yes may be about to say the next. So an outcome that needs no answer
does not close the question that is open: it is told first, and the question is asked again below it. Its number stays
the same, so a tap on either of the two is an answer to it.
"""

from dataclasses import replace

from frontdesk.booking.commands import Command
from frontdesk.dialogue.scene import ANSWER_WITHIN, Scene
from frontdesk.dialogue.talk import Question, Turn
from frontdesk.language.heard import Expecting


def open_question(scene: Scene) -> Question | None:
    """The question that still waits for its answer; why somebody cancelled they need not say."""
    question = scene.talk.question
    if question is None or question.expecting is Expecting.REASON:
        return None
    return question if scene.facts.now - question.asked_at <= ANSWER_WITHIN else None


def resumed(scene: Scene, turn: Turn, settled: Command) -> Turn:
    """The turn, with the question that was open before it asked again; not where the turn asks or does more itself."""
    question, before = open_question(scene), scene.talk
    is_instead = before.draft is not None and before.draft.settles == settled.subject
    if question is None or is_instead or not turn.replies or turn.talk.question is not None:
        return turn
    if turn.talk.with_human_since is not None:
        return turn
    told = "\n\n".join(reply.text for reply in turn.replies)
    talk = replace(
        turn.talk,
        question=question,
        draft=before.draft,
        pending_intent=before.pending_intent,
        pending_heard=before.pending_heard,
        pending_choice=before.pending_choice,
        topic=before.topic,
    )
    return replace(turn, talk=talk, replies=(replace(question.reply, text=f"{told}\n\n{question.reply.text}"),))
