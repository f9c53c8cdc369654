"""«Приду»: a coming appointment is confirmed. The words are the explicit yes themselves, and so is a tap on a question.

A tap that answers no open question was asked of nobody, and a number that comes after one is no word of theirs: such an
appointment is read back first.
"""

from dataclasses import replace
from typing import assert_never

from frontdesk.booking.appointments import Appointment, Attendance
from frontdesk.booking.commands import Confirm, Conflicted, Deferred, Done, RefusalReason, Refused, appointment_subject
from frontdesk.dialogue.branches import at_named
from frontdesk.dialogue.choosing import choose
from frontdesk.dialogue.closed import journal_closed
from frontdesk.dialogue.menu import to_book, to_own
from frontdesk.dialogue.overtaken import overtaken, read_back_at
from frontdesk.dialogue.phone import ask_for_phone
from frontdesk.dialogue.picking import by_number, pointed_at, points
from frontdesk.dialogue.scene import Ask, Intent, Scene, Tap, appointments_wanted
from frontdesk.dialogue.talk import Choice, Question, Settled, Turn
from frontdesk.language.heard import Expecting
from frontdesk.language.phrases import Phrases

_COME = "приду|придем|приеду|приедем|буду|будем|подойду"

PHRASES = Phrases(
    "confirm",
    phrases=(
        "подтверждаю|подтверждаем|подтвердить|подтвердите|подтверждение|подтверждена (мою|свою|нашу) (запис*|визит*)",
        f"(я|обязательно|точно|конечно|вовремя) {_COME}",
        "(все|запись|визит) в_силе",
        "запис* актуальна|актуально",
    ),
    never=(f"не_{_COME}", f"если|когда (я|мы) {_COME}"),
)


def begin(scene: Scene) -> Turn:
    """Confirms the one appointment that is meant, or asks which one."""
    if scene.facts.problem is not None and scene.facts.appointments is None:
        return journal_closed(scene, scene.facts.problem)
    if scene.facts.appointments is None:
        return ask_for_phone(scene, "confirm")
    coming = scene.coming() or scene.expected()
    if not coming:
        return scene.say(scene.words("Предстоящих записей на ваш номер не нахожу."), to_book(scene))
    meant = at_named(scene, pointed_at(coming, scene.heard))
    if len(meant) == 1:
        return _confirm(scene, meant[0], said=bool(scene.heard.text))
    if not meant:
        return _which(scene, coming, scene.words("Такой записи не нахожу. Вот что у вас есть, на какую придёте?"))
    return _which(scene, meant, scene.words("Какую запись подтверждаете?"))


def _which(scene: Scene, appointments: tuple[Appointment, ...], question: str) -> Turn:
    return choose(scene, "confirm", appointments, (question, scene.words("Пока никакую")))


def _confirm(scene: Scene, appointment: Appointment, *, said: bool) -> Turn:
    """Asks it of the journal; reads it back first where nothing was `said` that means this appointment."""
    phone = scene.facts.person.proved
    if phone is None:
        return ask_for_phone(scene, "confirm")
    if appointment.attendance is Attendance.CONFIRMED:
        told = scene.words("Ваша запись уже подтверждена: ждём вас {when} {whom}.", **scene.telling(appointment))
        return scene.say(told)
    waits = appointment.pending is not None or appointment_subject(appointment.id) in scene.facts.busy
    if waits and appointment.stands:
        return scene.say(scene.words("С этой записью уже кое-что делаю, напишу, как только будет готово."))
    shared = scene.shares_visit(appointment)
    command = Confirm(appointment.salon, appointment.id, phone, scene.facts.now, shared, read_back_at(appointment))
    return scene.command(command) if said else _read_back(scene, appointment, command)


def _read_back(scene: Scene, appointment: Appointment, command: Confirm) -> Turn:
    text = scene.words("Подтвердить {what} {when} {whom}?", **scene.telling(appointment))
    return scene.ask(
        Ask("confirm", "confirm", Expecting.YES_NO, (appointment,), command),
        text,
        Choice(f"confirm:yes:{appointment.id}", scene.words("Да, приду")),
        Choice(f"move:pick:{appointment.id}", scene.words("Перенести")),
        Choice(f"cancel:pick:{appointment.id}", scene.words("Не приду")),
    )


def chosen(scene: Scene, question: Question) -> Turn | None:
    """Hears which of the listed appointments is meant."""
    heard = scene.heard
    if heard.choice is not None and (tap := by_number(question, heard.choice)) is not None:
        return tapped(scene, tap)
    if points(heard) and heard.intent in {"confirm", "yes", "other"}:
        return begin(scene)
    return _not_yet(scene) if heard.said("no") else None


def answered(scene: Scene, question: Question) -> Turn | None:
    """Hears the answer to «Подтвердить?»."""
    heard = scene.heard
    if points(heard) and not heard.said("yes"):
        return begin(scene) if heard.said("confirm") else None
    if heard.said("no"):
        return _not_yet(scene)
    return _commit(scene, question) if heard.said("yes") or heard.intent == "confirm" else None


def _commit(scene: Scene, question: Question) -> Turn:
    if not isinstance(question.commits, Confirm):
        return begin(scene)
    return scene.command(replace(question.commits, asked_at=scene.facts.now))


def _not_yet(scene: Scene) -> Turn:
    return scene.say(scene.words("Хорошо. Как решите, напишите."))


def tapped(scene: Scene, tap: Tap) -> Turn:
    """A tap on one of the listed confirms it; any other is read back."""
    question = scene.talk.question
    if tap.option == "no":
        return _not_yet(scene)
    if tap.option == "yes" and tap.fresh and question is not None:
        return _commit(scene, question)
    if tap.number is None or scene.facts.appointments is None:
        return begin(scene)
    appointment = next((one for one in scene.coming() if one.id == tap.number), None)
    if appointment is None:
        return scene.say(scene.words("Этой записи уже нет, подтверждать нечего."), to_own(scene))
    return _confirm(scene, appointment, said=tap.fresh)


def settled(scene: Scene, event: Settled) -> Turn:
    """Words what came of it; only now is anything said in the past tense."""
    match event.outcome:
        case Done():
            return scene.say(_confirmed(scene, event.about))
        case Deferred():
            said = scene.words("Приняла. Журнал салона сейчас не отвечает: отмечу, как только он откроется.")
            return scene.say(said)
        case Refused(reason=RefusalReason.NOT_FOUND):
            return scene.call_us(scene.words("Этой записи в журнале уже нет, подтверждать нечего."))
        case Refused(reason=RefusalReason.TAKEN_PLACE):
            return scene.say(scene.words("Этот визит уже начался, подтверждать его не нужно."))
        case Refused(reason=RefusalReason.RESCHEDULED):
            return overtaken(scene, event.about)
        case Refused() | Conflicted():
            said = scene.words("Отметить не получилось. Передала администратору, что вы придёте.")
            return scene.hand_over(said)
        case _:
            assert_never(event.outcome)


def _confirmed(scene: Scene, about: Appointment | None) -> str:
    if about is None:
        return scene.words("Подтвердила, ждём вас!")
    return scene.words("Подтвердила: ждём вас {when} {whom}.", **scene.telling(about))


INTENT = Intent(
    "confirm",
    PHRASES,
    begin,
    wants=appointments_wanted,
    answers={"choose": chosen, "confirm": answered},
    tapped=tapped,
    settles=Confirm,
    settled=settled,
)
