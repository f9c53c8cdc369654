"""What stands on the board in words: statuses, what is on its way, and what happened."""

from collections.abc import Sequence
from typing import assert_never

from frontdesk.booking.appointments import Appointment, Attendance
from frontdesk.booking.changes import ChangeKind
from frontdesk.booking.commands import Cancel, Confirm, Move, Restore, SetAttendance
from frontdesk.desk.words import Words
from frontdesk.store.board import Asked, SalonDay
from frontdesk.store.ledger import AskedBy, Event


def on_its_way(asked: Asked, kept: SalonDay, say: Words) -> str:
    """What is being done about an appointment; empty for what changes nothing that is seen."""
    match asked.command:
        case SetAttendance(attendance=attendance):
            what = status(attendance, say).lower()
        case Cancel():
            what = say("отмена")
        case Move(start=start):
            what = say("перенос на {to}", to=f"{start:%d.%m %H:%M}")
        case Confirm():
            what = say("подтверждение")
        case Restore():
            what = say("возврат записи")
        case _:
            return ""
    return f"{waits(kept, say)}: {what}"


def waits(kept: SalonDay, say: Words) -> str:
    """How what was asked for gets on."""
    closed = kept.link is not None and kept.link.state.is_closed
    return say("Ждёт журнала") if closed else say("Отправляю…")


def status(attendance: Attendance, say: Words) -> str:
    """The status in the words of the salon."""
    match attendance:
        case Attendance.WAITING:
            return say("Ожидание")
        case Attendance.CONFIRMED:
            return say("Подтвердил")
        case Attendance.CAME:
            return say("Пришёл")
        case Attendance.NO_SHOW:
            return say("Не пришёл")
        case _:
            assert_never(attendance)
    assert_never(attendance)


def titles(one: Appointment) -> str:
    """Its services under the salon's own names."""
    return " + ".join([service.title for service in one.services if service.title])


def mark(events: Sequence[Event], say: Words) -> str:
    """What the assistant did last for the client; what the salon did itself, it knows."""
    own = [event for event in events if event.asked_by is AskedBy.PERSON]
    return done(own[-1].kind, say) if own else ""


def done(kind: ChangeKind, say: Words) -> str:
    """What happened to an appointment, in a word or two."""
    return {
        ChangeKind.BOOKED: say("Записал ассистент"),
        ChangeKind.MOVED: say("Перенёс ассистент"),
        ChangeKind.CANCELLED: say("Отмена через ассистента"),
        ChangeKind.CONFIRMED: say("Подтверждение через ассистента"),
        ChangeKind.RESTORED: say("Вернул ассистент"),
        ChangeKind.CAME: say("Отмечено: пришёл"),
        ChangeKind.NO_SHOW: say("Отмечено: не пришёл"),
        ChangeKind.EXPECTED: say("Отмечено: ожидание"),
    }[kind]
