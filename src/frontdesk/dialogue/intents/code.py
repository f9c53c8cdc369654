"""A typed phone is proved by the code that the provider sends to it, and then what was wanted goes on."""

from dataclasses import replace
from typing import assert_never

from frontdesk.booking.commands import Book, Conflicted, Deferred, Done, ProvePhone, RefusalReason, Refused, SendCode
from frontdesk.booking.ids import Phone
from frontdesk.dialogue.booked import without_code
from frontdesk.dialogue.coding import (
    SENDING,
    ask_code,
    send_to_prove,
    too_many,
    typed_code,
    wants_another,
    wants_code,
    wrong,
)
from frontdesk.dialogue.phone import ask_for_phone
from frontdesk.dialogue.scene import Ask, Intent, Scene, Tap, still_pending
from frontdesk.dialogue.talk import Question, Settled, Turn
from frontdesk.language.heard import Expecting
from frontdesk.language.phrases import Phrases

PHRASES = Phrases("code")


def begin(scene: Scene) -> Turn:
    """Sends a code to the phone that was typed; asks for one where there is none."""
    phone = scene.facts.person.claimed
    return ask_for_phone(scene, scene.talk.pending_intent or "list") if phone is None else send_to_prove(scene, phone)


def offered(scene: Scene, _question: Question) -> Turn | None:
    """Hears whether a code shall be sent, or to which other number."""
    if scene.heard.phone or scene.heard.said("yes") or wants_code(scene.heard.text):
        return begin(scene)
    return _not_needed(scene) if scene.heard.said("no") else None


def coded(scene: Scene, _question: Question) -> Turn | None:
    """Hears the code, a wish for a new one, or another number."""
    heard, phone = scene.heard, scene.facts.person.claimed
    if heard.phone or wants_another(heard.text):
        return begin(scene)
    code = typed_code(heard.text)
    if code and phone is not None:
        return _prove(scene, phone, code)
    return _not_needed(scene) if heard.said("no") else None


def _prove(scene: Scene, phone: Phone, code: str) -> Turn:
    now = scene.facts.now
    key = f"fd-{now:%Y%m%d%H%M%S%f}-{phone}-{code}"
    turn = scene.command(ProvePhone(scene.salon.key, phone, code, key, now))
    return still_pending(turn, scene.talk)


def _not_needed(scene: Scene) -> Turn:
    return scene.say(scene.words("Хорошо. Если понадобится, напишите."))


def tapped(scene: Scene, tap: Tap) -> Turn:
    """«Прислать код», «Прислать новый код»."""
    return _not_needed(scene) if tap.option == "no" else begin(scene)


def settled(scene: Scene, event: Settled) -> Turn:
    """Asks for the code once it is sent; a proof that was refused is worded."""
    command = event.command
    if isinstance(event.outcome, Deferred):
        return _not_now(scene, command.subject)
    commits = _waits_for_it(scene) if isinstance(command, SendCode) and command.for_booking else None
    if isinstance(command, SendCode) and command.for_booking and commits is None:
        return Turn(scene.talk)
    match event.outcome:
        case Done() if isinstance(command, SendCode):
            return ask_code(scene, _sent(scene, command.phone), commits=commits)
        case Refused(reason=reason):
            return _refused(scene, reason, commits, sent=isinstance(command, SendCode))
        case Done() | Conflicted():
            return Turn(scene.talk)
        case _:
            assert_never(event.outcome)


def _not_now(scene: Scene, subject: str) -> Turn:
    """A code that comes hours later proves nothing to anybody: a person takes over, and it is not sent."""
    return replace(without_code(scene), withdrawn=(subject,))


def _waits_for_it(scene: Scene) -> Book | None:
    """The booking that waits for the code; None where the person went on to something else meanwhile."""
    question = scene.talk.question
    waits = question is not None and question.step == SENDING
    return question.commits if question is not None and waits and isinstance(question.commits, Book) else None


def _sent(scene: Scene, phone: str) -> str:
    return scene.words(
        "Отправила код по SMS на номер, который кончается на {end}. Напишите его сюда, пожалуйста.",
        end=f"{phone[-4:-2]}-{phone[-2:]}",
    )


def _refused(scene: Scene, reason: RefusalReason, commits: Book | None, *, sent: bool) -> Turn:
    match reason:
        case RefusalReason.WRONG_CODE:
            return wrong(scene, commits=commits)
        case RefusalReason.TOO_MANY_CODES:
            return too_many(scene)
        case RefusalReason.NO_ANSWER if sent:
            text = (
                "Журнал салона не ответил, SMS могла не уйти. Если она пришла, напишите код, если нет, пришлю ещё раз."
            )
            return ask_code(scene, scene.words(text), commits=commits)
        case RefusalReason.NO_ANSWER:
            return ask_code(
                scene, scene.words("Журнал салона не ответил. Напишите код ещё раз чуть позже."), commits=None
            )
        case RefusalReason.BAD_PHONE:
            return _another_number(scene, booking=commits is not None)
        case _:
            text = scene.words("Проверить номер кодом не получилось. Передала администратору, он вам поможет.")
            return scene.hand_over(text)


def _another_number(scene: Scene, *, booking: bool) -> Turn:
    text = scene.words("Журнал не принял этот номер телефона. Напишите его ещё раз, пожалуйста.")
    intent, step = ("book", "phone") if booking else ("code", "offer")
    ask = Ask(intent, step, Expecting.PHONE, draft=scene.talk.draft, ask_contact=True)
    turn = scene.ask(ask, text)
    return still_pending(turn, scene.talk)


INTENT = Intent(
    "code",
    PHRASES,
    begin,
    answers={"offer": offered, "code": coded},
    tapped=tapped,
    settles=SendCode | ProvePhone,
    settled=settled,
)
