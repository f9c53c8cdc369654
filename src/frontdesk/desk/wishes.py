"""What is asked of the journal, in the desk's words."""

from typing import assert_never

from frontdesk.booking.commands import (
    Book,
    Cancel,
    Command,
    Confirm,
    Explain,
    Move,
    ProvePhone,
    Restore,
    SendCode,
    SetAttendance,
)
from frontdesk.desk.words import Words
from frontdesk.outage.command import CommandState


def asked(command: Command, say: Words) -> str:  # noqa: PLR0911 - one a kind
    """What is asked of the journal, in a word or two."""
    match command:
        case Book():
            return say("Новая запись")
        case Cancel():
            return say("Отмена записи")
        case Move():
            return say("Перенос записи")
        case Confirm():
            return say("Подтверждение записи")
        case Restore():
            return say("Возврат отменённой записи")
        case Explain():
            return say("Причина отмены")
        case SendCode():
            return say("Код по SMS")
        case ProvePhone():
            return say("Проверка кода")
        case SetAttendance():
            return say("Отметка о визите")
        case _:
            assert_never(command)
    assert_never(command)


def stands(state: CommandState, say: Words) -> str:
    """How what is asked gets on."""
    names = {
        CommandState.WAITING: say("ждёт отправки"),
        CommandState.SENT: say("в пути к журналу"),
        CommandState.UNSURE: say("проверяется в журнале"),
        CommandState.CONFLICT: say("журнал против"),
        CommandState.DONE: say("сделано"),
        CommandState.REFUSED: say("отказано"),
        CommandState.WITHDRAWN: say("отозвано до отправки"),
    }
    return names[state]
