"""What a tap says."""

from frontdesk.dialogue.scene import Tap
from frontdesk.dialogue.talk import Talk


def read_tap(talk: Talk, choice: str) -> tuple[str, Tap]:
    """A choice's id is `intent:option:argument:number`; anything else is nobody's."""
    parts = choice.split(":")
    if len(parts) != 4:  # noqa: PLR2004 - the form named above
        return "other", Tap("", "", fresh=False)
    name, option, argument, _ = parts
    question = talk.question
    fresh = question is not None and any(one.id == choice for one in question.reply.choices)
    return name, Tap(option, argument, fresh)
