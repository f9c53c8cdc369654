"""The messages of a conversation as the desk shows them."""

from dataclasses import dataclass
from typing import assert_never

from frontdesk.booking.commands import Conflicted, Deferred, Done, Refused
from frontdesk.booking.phones import mask_phone
from frontdesk.channels.messages import Attachment, Contact, Content, Delivery, Tap, Text
from frontdesk.desk.doctor_words import said as told
from frontdesk.desk.understood import Understood, understood
from frontdesk.desk.wishes import asked
from frontdesk.desk.words import Words
from frontdesk.dialogue.talk import AttachmentKind, Reply, Settled
from frontdesk.outage.reply import ReplyState
from frontdesk.store.conversations import Line


@dataclass(frozen=True, slots=True)
class Bubble:
    """One message of a conversation, as it is shown. `side` is `theirs`, `ours` or `journal`.

    `author` is the person of the salon who wrote it, empty for the assistant; `understood` is of a client's words.
    """

    side: str
    text: str
    choices: tuple[str, ...]
    clock: str
    mark: str
    detail: str
    is_bad: bool
    author: str = ""
    understood: Understood | None = None


def bubble(line: Line, clock: str, say: Words) -> Bubble:
    """One message, sent or come at this time of day."""
    said = line.said
    if isinstance(said, Settled):
        return _outcome(said, clock, say)
    return Bubble(
        side="ours" if line.is_ours else "theirs",
        text=words_of(said, say),
        choices=tuple(choice.label for choice in said.choices) if isinstance(said, Reply) else (),
        clock=clock,
        mark=_how_far(line, say),
        detail=line.detail,
        is_bad=line.state is ReplyState.REFUSED or line.delivery is Delivery.FAILED,
        author=line.author or "",
        understood=understood(line.heard, say) if line.heard else None,
    )


def words_of(said: Content | Settled | Reply | None, say: Words) -> str:
    """What was said, as text."""
    match said:
        case Text(text) | Reply(text):
            return text or say("(стёрто по просьбе клиента)")
        case Tap(_, label):
            return label
        case Attachment(kind, caption):
            return f"{_attached(kind, say)} {caption}".strip()
        case Contact(phone, own):
            return say("Свой номер: {phone}" if own else "Контакт: {phone}", phone=mask_phone(phone))
        case Settled(command):
            return asked(command, say)
        case None:
            return say("(это сообщение здесь не прочитать)")
        case _:
            assert_never(said)
    assert_never(said)


def _attached(kind: AttachmentKind, say: Words) -> str:
    match kind:
        case AttachmentKind.VOICE:
            return say("[голосовое сообщение]")
        case AttachmentKind.MEDIA:
            return say("[фото или файл]")
        case AttachmentKind.UNSUPPORTED:
            return say("[сообщение, которое мессенджер не передаёт]")
        case _:
            assert_never(kind)
    assert_never(kind)


def _outcome(said: Settled, clock: str, say: Words) -> Bubble:
    outcome, wish = said.outcome, asked(said.command, say)
    match outcome:
        case Done():
            return Bubble("journal", wish, (), clock, say("выполнено в журнале"), "", is_bad=False)
        case Refused(reason, detail) | Conflicted(reason, detail):
            mark = say("журнал отказал")
            return Bubble("journal", wish, (), clock, mark, told(say.language, detail) or reason.value, is_bad=True)
        case Deferred(detail):
            return Bubble("journal", wish, (), clock, say("ждёт журнала"), told(say.language, detail), is_bad=False)
        case _:
            assert_never(outcome)
    assert_never(outcome)


def _how_far(line: Line, say: Words) -> str:
    arrived = {Delivery.READ: say("прочитано"), Delivery.DELIVERED: say("доставлено")}
    states = {
        None: "",
        ReplyState.WAITING: say("отправляется"),
        ReplyState.SENDING: say("отправляется"),
        ReplyState.UNKNOWN: say("неизвестно, дошло ли"),
        ReplyState.REFUSED: say("не доставлено"),
        ReplyState.SENT: say("отправлено"),
    }
    return (arrived.get(line.delivery) if line.delivery else None) or states[line.state]
