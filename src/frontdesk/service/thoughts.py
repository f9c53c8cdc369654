"""What people sent, put together the way they meant it, and several answers put into one."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from typing import assert_never

from frontdesk.booking.times import Instant
from frontdesk.channels.messages import Attachment, Contact, Tap, Text
from frontdesk.dialogue.talk import Attached, ContactShared, Reply, Settled, Tapped
from frontdesk.store.inbox import Message


@dataclass(frozen=True, slots=True)
class Words:
    """One or several texts in a row, a line each.

    `sent_at` is the first one's: a thought that began before a question was asked is no answer to it. `message` is the
    number of the last one's row.
    """

    text: str
    sent_at: Instant
    message: int


Thought = Words | Tapped | Attached | ContactShared | Settled


def thoughts(messages: Iterable[Message]) -> list[Thought]:
    """The messages in order, texts in a row as one thought; words under a picture count as text."""
    found: list[Thought] = []
    for message in messages:
        thought = _thought(message)
        last = found[-1] if found else None
        if isinstance(thought, Words) and isinstance(last, Words):
            found[-1] = Words(f"{last.text}\n{thought.text}", last.sent_at, thought.message)
        else:
            found.append(thought)
    return found


def _thought(message: Message) -> Thought:
    match message.content:
        case Text(text=text):
            return Words(text, message.sent_at, message.id)
        case Attachment(caption=caption) if caption:
            return Words(caption, message.sent_at, message.id)
        case Tap(choice=choice):
            return Tapped(choice, message.sent_at)
        case Attachment(kind=kind):
            return Attached(kind, message.sent_at)
        case Contact(phone, own):
            return ContactShared(phone, own, message.sent_at)
        case Settled() as settled:
            return settled
        case _:
            assert_never(message.content)


def merged(replies: Sequence[Reply]) -> Reply | None:
    """One outgoing message for the whole turn: all texts, what can be chosen last, each footer once.

    A question that is asked again below an answer is not asked above it too.
    """
    said = [reply.text for reply in replies if reply.text]
    if not said:
        return None
    texts = [text for n, text in enumerate(said, start=1) if not any(later.endswith(text) for later in said[n:])]
    footers = dict.fromkeys(reply.footer for reply in replies if reply.footer)
    return replace(replies[-1], text="\n\n".join(texts), footer="\n\n".join(footers))
