"""What a client sends, as the messenger brings it."""

from collections.abc import Sequence

from frontdesk.channels.messages import Content, Tap, Text
from frontdesk.dialogue.talk import Choice


def texts(said: Sequence[str]) -> list[Content]:
    """Messages in words, one after the other."""
    return [Text(text) for text in said]


def tap(choice: Choice) -> Content:
    """A tap on what was offered."""
    return Tap(choice.id, choice.label)
