"""Taking a cancellation back, while it is fresh and the time is still free."""

from dataclasses import replace
from typing import assert_never

from frontdesk.booking.appointments import Appointment
from frontdesk.booking.commands import (
    Conflicted,
    Deferred,
    Done,
    Move,
    RefusalReason,
    Refused,
    Restore,
    appointment_subject,
)
from frontdesk.booking.ids import MasterId, Phone
from frontdesk.booking.slots import Slot
from frontdesk.booking.times import Local
from frontdesk.booking.wishes import Wish, nearest
from frontdesk.dialogue.appointing import Errand, offer
from frontdesk.dialogue.drafting import slots_wanted
from frontdesk.dialogue.menu import to_own
from frontdesk.dialogue.moves import own
from frontdesk.dialogue.offering import SHOWN
from frontdesk.dialogue.parting import cancelled_mark, together, undoable, without
from frontdesk.dialogue.scene import Intent, Scene, Tap, appointments_wanted
from frontdesk.dialogue.talk import Choice, Draft, Settled, Talk, Turn, Wants
from frontdesk.language.phrases import Phrases

PHRASES = Phrases(
    "undo",
    phrases=(
        "верни*|вернуть|восстанов* (мою|нашу|ту) запис*|бронь|визит (обратно|назад)",
        "отмени|отмените|отменить|отменяй отмену",
        "верни*|вернуть (все) (как) обратно|назад|было",
        "(я) передумал* отменять|отменить|переносить|отказываться",
        "зря|случайно|ошибочно|ошибке отменил|отменила|отменили (верните)",
        "не_надо_было отменять",
    ),
    weak=("верните|верни", "откатите|откат", "восстановите"),
)


def begin(scene: Scene) -> Turn:
    """Asks the journal to bring back what was cancelled last; it was named, and this is the explicit wish."""
    if (turn := _stands_meanwhile(scene)) is not None:
        return turn
    phone, moved = scene.facts.person.proved, undoable(scene, scene.talk.moved)
    leaving = [one for one in scene.expected() if not one.stands]
    if len(leaving) == 1 and phone is not None:
        return _restore(scene, leaving[0], phone)
    if moved is not None and phone is not None:
        return _move_back(scene, moved, phone)
    appointment = undoable(scene, scene.talk.cancelled)
    if appointment is None or phone is None:
        return _nothing_to_undo(scene)
    if appointment_subject(appointment.id) in scene.facts.busy:
        return scene.say(scene.words("С этой записью уже кое-что делаю, напишу, как только будет готово."))
    return _restore(scene, appointment, phone)


def _stands_meanwhile(scene: Scene) -> Turn | None:
    """While another time is asked for, because the one that was wished is taken: where the appointment is meanwhile."""
    draft = scene.talk.draft
    appointment = own(scene, draft.moving) if draft is not None and draft.settles else None
    if scene.talk.question is None or appointment is None:
        return None
    return scene.aside(scene.words("Пока запись стоит {when} {whom}.", **scene.telling(appointment)))


def _restore(scene: Scene, appointment: Appointment, phone: Phone) -> Turn:
    mark = cancelled_mark(scene.facts.person.channel)
    return scene.command(Restore(appointment.salon, appointment.id, phone, scene.facts.now, mark))


def _move_back(scene: Scene, was: Appointment, phone: Phone) -> Turn:
    """Asks for the former time and master; the words are those of any move."""
    # What has not left yet can still become this move.
    if appointment_subject(was.id) in scene.facts.busy - scene.facts.held:
        return scene.say(scene.words("С этой записью уже кое-что делаю, напишу, как только будет готово."))
    return scene.command(Move(was.salon, was.id, phone, was.master.id, was.start, was.length_s, scene.facts.now))


def _nothing_to_undo(scene: Scene) -> Turn:
    if scene.talk.question is not None and scene.talk.question.commits is not None:
        return scene.say(scene.words("Хорошо, оставляю всё как есть. Ждём вас!"))
    if scene.talk.cancelled is not None:
        said = scene.words("Вернуть эту запись уже не могу: прошло больше десяти минут. Записать вас заново?")
        return _anew(scene, said, scene.talk.cancelled.appointment)
    if scene.talk.moved is not None:
        said = scene.words("Вернуть прежнее время сама уже не могу: прошло больше десяти минут. Перенести запись?")
        again = Choice(f"move:pick:{scene.talk.moved.appointment.id}:0", scene.words("Перенести"))
        return scene.say(said, again, to_own(scene))
    return scene.say(scene.words("В этом чате я ничего не отменяла, возвращать нечего."), to_own(scene))


def _anew(scene: Scene, text: str, about: Appointment | None) -> Turn:
    """Offers to book the same visit once more."""
    turn = scene.say(text, Choice("book:begin::0", scene.words("Да, записать")))
    return replace(turn, talk=replace(turn.talk, draft=_again(about) if about else None))


def tapped(scene: Scene, tap: Tap) -> Turn:
    """«Вернуть запись», under the message that says which one was cancelled."""
    appointment = undoable(scene, scene.talk.moved) or undoable(scene, scene.talk.cancelled)
    phone, with_it = scene.facts.person.proved, _went_with_it(scene, tap)
    if with_it is not None and phone is not None:
        return _restore(scene, with_it, phone)
    if appointment is not None and tap.argument != str(appointment.id):
        return scene.say(scene.words("Эту запись вернуть уже не могу."), to_own(scene))
    return begin(scene)


def _went_with_it(scene: Scene, tap: Tap) -> Appointment | None:
    """The one that is meant of those that were cancelled just before the last."""
    others = together(scene.talk.cancelled)[1:] if undoable(scene, scene.talk.cancelled) else ()
    return next((one for one in others if str(one.id) == tap.argument), None)


def _again(appointment: Appointment) -> Draft:
    """The same visit, to be booked anew."""
    start = appointment.start
    wish = Wish(start.date(), start.date(), at=start.time(), master=MasterId(appointment.master.id))
    return Draft(tuple(service.id for service in appointment.services), appointment.salon, wish=wish)


def settled_wants(_talk: Talk, settled: Settled) -> Wants:
    """Where the time was given away meanwhile, others are offered."""
    taken = isinstance(settled.outcome, Refused) and settled.outcome.reason is RefusalReason.BUSY
    return slots_wanted(_again(settled.about)) if taken and settled.about else Wants()


def settled(scene: Scene, event: Settled) -> Turn:
    """Words what came of it; only now is anything said in the past tense."""
    match event.outcome:
        case Done():
            turn = scene.say(_restored(scene, event.about))
            left = (
                without(turn.talk.cancelled, event.command.appointment) if isinstance(event.command, Restore) else None
            )
            return replace(turn, talk=replace(turn.talk, cancelled=left))
        case Refused(reason=RefusalReason.BUSY):
            return _given_away(scene, event.about)
        case Refused(reason=RefusalReason.NOT_FOUND | RefusalReason.TAKEN_PLACE):
            said = scene.words("Вернуть эту запись уже нельзя. Записать вас заново?")
            return _anew(scene, said, event.about)
        case Refused() | Conflicted():
            said = scene.words("Вернуть запись не получилось. Передала администратору, он вам поможет.")
            return scene.hand_over(said)
        case Deferred():
            said = "Приняла. Журнал салона сейчас не отвечает: верну запись, как только он откроется, и напишу вам."
            return scene.say(scene.words(said))
        case _:
            assert_never(event.outcome)


def _restored(scene: Scene, about: Appointment | None) -> str:
    if about is None:
        return scene.words("Готово, запись вернула. Ждём вас!")
    return scene.words("Вернула {what} {when} {whom}. Ждём вас!", **scene.telling(about))


def _given_away(scene: Scene, about: Appointment | None) -> Turn:
    said = scene.words("Вернуть не получилось: это время уже заняли.")
    draft = _again(about) if about else Draft()
    near = sorted(nearest(scene.facts.slots or (), draft.wish, SHOWN), key=_start)
    if not near:
        return scene.call_us(said)
    return offer(scene, Errand("book", draft), f"{said} {scene.words('Ближайшее свободное:')}", near)


def _start(slot: Slot) -> Local:
    return slot.start


INTENT = Intent(
    "undo",
    PHRASES,
    begin,
    wants=appointments_wanted,
    tapped=tapped,
    settles=Restore,
    settled=settled,
    settled_wants=settled_wants,
)
