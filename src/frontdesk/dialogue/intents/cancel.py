"""Cancelling. One appointment is read back, several are listed to choose from, and only an explicit yes cancels."""

from dataclasses import replace
from typing import assert_never

from frontdesk.booking.appointments import Appointment
from frontdesk.booking.cancelling import Hindrance, hindrance, last_created
from frontdesk.booking.commands import Cancel, Conflicted, Deferred, Done, RefusalReason, Refused, appointment_subject
from frontdesk.booking.policy import Pick
from frontdesk.dialogue.branches import at_named
from frontdesk.dialogue.closed import journal_closed
from frontdesk.dialogue.menu import to_own
from frontdesk.dialogue.overtaken import overtaken, read_back_at
from frontdesk.dialogue.parting import cancelled_mark, part
from frontdesk.dialogue.phone import ask_for_phone
from frontdesk.dialogue.picking import pointed_at, points
from frontdesk.dialogue.scene import Ask, Intent, Scene, Tap, appointments_wanted
from frontdesk.dialogue.talk import Choice, Question, Settled, Turn
from frontdesk.language.heard import Expecting
from frontdesk.language.phrases import Phrases

_CANCEL = "отменить|отмени|отмените|отменим|отменю|отменяю|отменяем|отменяй|отменяйте|отменять|отмена|отмену|cancel"
_MINE = "(мою|моя|мои|мой|моей|нашу|наш|все|эту|этот|свою)"
_VISIT = "запис*|визит*|бронь|брони|бронирован*|сеанс*|прием*|процедур*|посещени*|<service>"
_COME = "прийти|придти|приехать|подойти|подъехать|явиться|попасть|быть|посетить|приходить|дойти|доехать"
_CANNOT = "смогу|сможем|смогла|смог|сможет|могу|можем|получится|получается|выйдет|выходит|успеваю|успею"

PHRASES = Phrases(
    "cancel",
    phrases=(
        f"{_CANCEL} {_MINE} ({_VISIT})",
        f"сделать|оформить|оформите|сделайте|хочу|нужна|прошу отмена|отмену {_MINE} ({_VISIT})",
        f"сними*|снять|убери*|убрать|удали*|аннулир*|сбросить|сбросьте {_MINE} запис*|визит*|бронь|сеанс*",
        "сними*|убери*|вычеркни*|выпиши*|удали* меня с|из_записи",
        "вычеркни*|убери*|удали*|сними* меня|нас (с|на) <date>",
        "вычеркни* меня|нас|запис*",
        f"не_{_CANNOT} {_COME}",
        "не_смогу|сможем|сможет (<date>)",
        "не_приду|придем|приеду|приедем|подойду|подойдем|доеду|дойду|доберусь|придет|прийду",
        "не_буду|будем <date>",
        "меня|нас не_будет (<date>)",
        f"нет возможности {_COME}",
        "не_ждите|жди (меня|нас)",
        f"отказаться|отказываюсь|откажусь|отказываемся от {_MINE} ({_VISIT})",
        "запис* (больше) не_нужна|актуальна|актуально|понадобится",
        "не_нужна|актуальна|актуально запис* (на_<service>)",
        "передумал* приходить|идти|ехать|записываться|стричься",
        "отбой",
        "освободи* мое|мой|мою время|окошко|место|час|запись",
    ),
    weak=(
        "передумал*",
        "план*_изменил*|поменял*",
        "не_могу|можем <date>",
        "не_получится|получается|выйдет|выходит|успеваю|успею <date>",
        "заболел|заболела|заболели|приболела|приболел|температур*",
        "отказ",
        "<date> никак",
    ),
    never=(
        "подписк*|рассылк*|уведомлен*|напоминан*",
        f"за_сколько|скольк* {_CANCEL}",
        f"услови*|правил*|штраф*|бесплатн* {_CANCEL}",
        "сколько стоит отмена",
        "если|когда вы|мастер отмените|отменит",
    ),
)

SHOWN = 9
"""Appointments shown to choose from: a list holds ten rows, and one of them is «ничего не отменять»."""


def begin(scene: Scene) -> Turn:
    """Finds what is meant, and reads it back or asks which one."""
    if scene.facts.problem is not None and scene.facts.appointments is None:
        return journal_closed(scene, scene.facts.problem)
    if scene.facts.appointments is None:
        return ask_for_phone(scene, "cancel")
    coming = scene.coming()
    if not coming:
        return _nothing_coming(scene)
    meant = at_named(scene, pointed_at(coming, scene.heard))
    if not meant:
        return _choose(scene, coming, scene.words("Такой записи не нахожу. Вот что у вас есть, какую отменить?"))
    if len(meant) == 1 or scene.salon.policy.cancel.pick is Pick.LAST_CREATED:
        return _take(scene, last_created(meant))
    return _choose(scene, meant, scene.words("Какую запись отменить?"))


def _take(scene: Scene, appointment: Appointment) -> Turn:
    salon = scene.salon_of(appointment)
    phone = scene.facts.person.proved
    hindered = hindrance(appointment, salon.policy, scene.now_at(appointment))
    if phone is None:
        return ask_for_phone(scene, "cancel")
    if appointment.pending is not None and not appointment.stands:
        return scene.say(scene.words("Уже отменяю, напишу, как только будет готово."))
    if hindered is not None:
        return _refuse(scene, appointment, hindered)
    comment = cancelled_mark(scene.facts.person.channel)
    shared = scene.shares_visit(appointment)
    command = Cancel(salon.key, appointment.id, phone, comment, scene.facts.now, shared, read_back_at(appointment))
    return _read_back(scene, appointment, command) if salon.policy.cancel.confirm else scene.command(command)


def _read_back(scene: Scene, appointment: Appointment, command: Cancel) -> Turn:
    text = scene.words("Отменить {what} {when} {whom}?", **scene.telling(appointment))
    return scene.ask(
        Ask("cancel", "confirm", Expecting.YES_NO, (appointment,), command),
        text,
        Choice(f"cancel:yes:{appointment.id}", scene.words("Да, отменить")),
        Choice(f"move:pick:{appointment.id}", scene.words("Перенести")),
        Choice(f"cancel:no:{appointment.id}", scene.words("Нет, оставить")),
    )


def _choose(scene: Scene, appointments: tuple[Appointment, ...], question: str) -> Turn:
    shown = appointments[:SHOWN]
    lines = [f"{n}. {scene.words.line(one, scene.now_at(one))}" for n, one in enumerate(shown, start=1)]
    if len(appointments) > SHOWN:
        lines.append(scene.words("И ещё {n}: назовите день и время.", n=len(appointments) - SHOWN))
    return scene.ask(
        Ask("cancel", "choose", Expecting.CHOICE, shown),
        "\n".join((question, *lines)),
        *(_row(scene, one) for one in shown),
        Choice("cancel:no:", scene.words("Ничего не отменять")),
    )


def _row(scene: Scene, appointment: Appointment) -> Choice:
    detail = f"{scene.words.services(appointment)}, {appointment.master.name}"
    return Choice(f"cancel:pick:{appointment.id}", scene.words.short_when(appointment.start), detail)


def confirm(scene: Scene, question: Question) -> Turn | None:
    """Hears the answer to «Отменить?»."""
    heard = scene.heard
    if points(heard) and not heard.said("yes"):
        return begin(scene) if heard.said("cancel") or heard.said("no") else None
    if heard.said("no"):
        return _keep(scene)
    if heard.said("yes") or scene.is_bare("cancel"):
        return _commit(scene, question)
    return None


def _commit(scene: Scene, question: Question) -> Turn:
    if question.commits is None:
        return begin(scene)
    return scene.command(replace(question.commits, asked_at=scene.facts.now))


def choose(scene: Scene, question: Question) -> Turn | None:
    """Hears which of the listed appointments is meant: by number, day, time, service or master."""
    heard = scene.heard
    shown = tuple(one for one in scene.coming() if one.id in question.subjects)
    if points(heard):
        meant = pointed_at(shown, heard)
        if len(meant) == 1:
            return _take(scene, meant[0])
        return _choose(scene, meant or shown, scene.words("Какую именно?"))
    if heard.choice is not None:
        return _by_number(scene, question, heard.choice)
    return _keep(scene) if heard.said("no") else None


def _by_number(scene: Scene, question: Question, number: int) -> Turn:
    position = number - 1 if number > 0 else number
    if not -len(question.subjects) <= position < len(question.subjects):
        return _choose(scene, scene.coming(), scene.words("Такого номера нет. Какую запись отменить?"))
    return _take_by_id(scene, question.subjects[position])


def _take_by_id(scene: Scene, appointment: int) -> Turn:
    if scene.facts.appointments is None:
        return begin(scene)
    own = next((one for one in scene.facts.appointments if one.id == appointment), None)
    if own is None:
        return scene.say(scene.words("Этой записи уже нет, отменять нечего."), to_own(scene))
    return _take(scene, own)


def _keep(scene: Scene) -> Turn:
    return scene.say(scene.words("Хорошо, ничего не отменяю. Ждём вас!"))


def tapped(scene: Scene, tap: Tap) -> Turn:
    """A tap on an old button is read back anew; only a tap on the open question commits."""
    question = scene.talk.question
    match tap.option:
        case "yes" if tap.fresh and question is not None:
            return _commit(scene, question)
        case "yes" if question is None and _is_asked_for(scene, tap.number):
            return Turn(scene.talk)
        case "no":
            return _keep(scene)
        case "yes" | "pick" | "again" if tap.number is not None:
            return _take_by_id(scene, tap.number)
        case _:
            return begin(scene)


def _is_asked_for(scene: Scene, appointment: int | None) -> bool:
    return appointment is not None and appointment_subject(appointment) in scene.facts.busy


def _refuse(scene: Scene, appointment: Appointment, hindered: Hindrance) -> Turn:
    salon = scene.salon_of(appointment)
    match hindered:
        case Hindrance.ALREADY_CANCELLED:
            return scene.say(scene.words("Эта запись уже отменена."), to_own(scene))
        case Hindrance.TAKEN_PLACE:
            return _too_late(scene, appointment)
        case Hindrance.FORBIDDEN:
            return scene.call_us(scene.words("Отменить запись в чате салон не разрешает."))
        case Hindrance.TOO_LATE:
            span = scene.words.span(salon.policy.cancel_notice_s)
            return scene.call_us(scene.words("До визита меньше {span}, так поздно отменить в чате нельзя.", span=span))
        case _:
            assert_never(hindered)


def _nothing_coming(scene: Scene) -> Turn:
    own = scene.facts.appointments or ()
    if any(appointment_subject(one.id) in scene.facts.busy for one in own):
        return scene.say(scene.words("Уже отменяю, напишу, как только будет готово."))
    if began := [one for one in own if one.stands]:
        return _too_late(scene, max(began, key=lambda one: one.start))
    return scene.call_us(scene.words("Предстоящих записей на ваш номер не нахожу, отменять нечего."))


def _too_late(scene: Scene, about: Appointment | None) -> Turn:
    if about is not None and about.is_on(scene.now_at(about)):
        return scene.call_us(scene.words("Ваш визит уже начался, отменить его нельзя."))
    return scene.call_us(scene.words("Ваш визит уже состоялся, отменить его нельзя."))


def settled(scene: Scene, event: Settled) -> Turn:
    """Words what came of it; only now is anything said in the past tense."""
    match event.outcome:
        case Done(never_made=True):
            return scene.say(scene.words("Хорошо, заявку сняла. Будем рады видеть вас в другой раз!"))
        case Done():
            return part(scene, event, _cancelled(scene, event.about))
        case Refused(reason=RefusalReason.RESCHEDULED):
            return overtaken(scene, event.about)
        case Refused(reason=reason) | Conflicted(reason=reason):
            return _refused(scene, reason, event.about)
        case Deferred():
            return scene.say(
                scene.words("Приняла. Журнал салона сейчас не отвечает: отменю, как только он откроется, и напишу вам.")
            )
        case _:
            assert_never(event.outcome)


def _cancelled(scene: Scene, about: Appointment | None) -> str:
    if about is None:
        return scene.words("Готово, запись отменила. Будем рады видеть вас в другой раз!")
    return scene.words("Отменила {what} {when} {whom}. Будем рады видеть вас в другой раз!", **scene.telling(about))


def _refused(scene: Scene, reason: RefusalReason, about: Appointment | None) -> Turn:
    match reason:
        case RefusalReason.NOT_FOUND:
            return scene.call_us(scene.words("Этой записи в журнале уже нет, отменять нечего."))
        case RefusalReason.NOT_YOURS:
            return scene.call_us(scene.words("Эта запись не на ваш номер, отменить её не могу."))
        case RefusalReason.TAKEN_PLACE:
            return _too_late(scene, about)
        case RefusalReason.FORBIDDEN | RefusalReason.TOO_LATE:
            return scene.call_us(scene.words("Отменить эту запись в чате салон не разрешает."))
        case _:
            return scene.hand_over(
                scene.words("Отменить не получилось, запись пока стоит. Передала администратору, он вам поможет.")
            )


INTENT = Intent(
    "cancel",
    PHRASES,
    begin,
    wants=appointments_wanted,
    answers={"confirm": confirm, "choose": choose},
    tapped=tapped,
    settles=Cancel,
    settled=settled,
)
