"""The terminal as a messenger: replies are printed, choices are numbered, a typed number is a tap."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from frontdesk.channels.limits import checked, in_full
from frontdesk.channels.messages import Accepted, Address, Content, Rejected, SendAction, Sent, Tap, Text
from frontdesk.channels.reading import clean, words
from frontdesk.dialogue.talk import Choice, Reply

CHANNEL = "console"

_NUMBER = re.compile(r"\s*([1-9][0-9]?)\s*\.?\s*", re.ASCII)


def render(reply: Reply) -> str:
    """The reply as lines of text. Raises ValueError where no messenger could carry it."""
    fit = checked(reply)
    lines = [f"  {number}. {in_full(choice)}" for number, choice in enumerate(fit.choices, 1)]
    return "\n".join([fit.text, *lines])


def heard(line: str, choices: tuple[Choice, ...]) -> Content:
    """What was typed: a number of a choice that was shown is a tap on it, all else is text."""
    match = _NUMBER.fullmatch(line)
    number = int(match[1]) if match else 0
    if 0 < number <= len(choices):
        choice = choices[number - 1]
        return Tap(choice.id, choice.label)
    return Text(words(clean(line).strip()))


@dataclass(slots=True)
class Console:
    """Prints with `write` and remembers the choices shown last, so that their numbers can be typed."""

    write: Callable[[str], None]
    choices: tuple[Choice, ...] = ()
    _printed: int = field(default=0, repr=False)

    async def send(self, address: Address, reply: Reply, key: str) -> Sent:  # noqa: ARG002 - one person at one terminal
        """Prints one message."""
        try:
            text = render(reply)
        except ValueError as refusal:
            return Rejected(SendAction.PARK, str(refusal))
        self.write(text)
        self.choices = reply.choices
        self._printed += 1
        return Accepted(str(self._printed))

    async def show_typing(self, address: Address, message_id: str) -> None:
        """A terminal shows nothing until there is something to read."""

    async def acknowledge(self, address: Address, message_id: str) -> None:
        """A typed number waits for nothing."""

    def heard(self, line: str) -> Content:
        """What was typed, beside the choices shown last."""
        return heard(line, self.choices)
