"""Why an appointment was cancelled: a tap or own words, noted in its comment for the salon."""

import re
from dataclasses import replace

from frontdesk.booking.appointments import Appointment
from frontdesk.booking.cancelling import REASON_MARK, REASONS
from frontdesk.booking.commands import Explain
from frontdesk.dialogue.branches import named
from frontdesk.dialogue.parting import together
from frontdesk.dialogue.picking import points
from frontdesk.dialogue.scene import Ask, Intent, Scene, Tap
from frontdesk.dialogue.talk import Choice, Draft, Question, Settled, Turn
from frontdesk.language.heard import Expecting
from frontdesk.language.phrases import Phrases

PHRASES = Phrases("reason")

LONGEST = 200
_DIGITS = 2
_ILL = re.compile(r"бол[еь][юетзл]|забол|приболел|температур|простуд|грипп|орви", re.IGNORECASE)


def begin(scene: Scene) -> Turn:
    """Nobody begins with a reason: nothing was asked."""
    return scene.say(scene.words("Спасибо, что сказали!"))


def tapped(scene: Scene, tap: Tap) -> Turn:
    """One of the reasons, or the wish to say it in one's own words."""
    about = together(scene.talk.cancelled)
    if tap.argument not in {str(one.id) for one in about}:
        return begin(scene)
    if tap.option == "other":
        ask = Ask("reason", "own", Expecting.REASON, about)
        return scene.ask(ask, scene.words("Напишите, пожалуйста, в двух словах, почему."))
    if tap.option not in REASONS:
        return begin(scene)
    turn = _noted(scene, about, REASONS[tap.option])
    return _other_time(scene, turn, about[0]) if tap.option == "time" else turn


def coded(scene: Scene, question: Question) -> Turn | None:
    """Hears the reason where it was offered to tap one; other wishes go their own way."""
    choice = scene.heard.choice or _bare_number(scene.heard.text)
    if 0 < choice <= len(question.reply.choices):
        name, option, argument, _ = question.reply.choices[choice - 1].id.split(":")
        return tapped(scene, Tap(option, argument, fresh=True)) if name == "reason" else None
    return said(scene, question)


def _bare_number(text: str) -> int:
    """A number that stands alone counts the offered reasons here; anything else is 0."""
    bare = text.strip()
    return int(bare) if bare.isdecimal() and len(bare) <= _DIGITS else 0


def said(scene: Scene, _question: Question) -> Turn | None:
    """Hears a reason in own words; what is surely another wish is none."""
    about, heard = together(scene.talk.cancelled), scene.heard
    gives_up = heard.intent == "cancel" and not (points(heard) or named(scene))
    if not about or not (gives_up or heard.intent == "other"):
        return None
    return _noted(scene, about, REASONS["ill"] if _ILL.search(heard.text) else _short(heard.text))


def _short(text: str) -> str:
    words = " ".join(text.split())
    return words if len(words) <= LONGEST else f"{words[:LONGEST].rstrip()}…"


def _noted(scene: Scene, about: tuple[Appointment, ...], reason: str) -> Turn:
    """Of several that were cancelled one after the other, each has the same reason."""
    turn = scene.say(scene.words("Спасибо, что сказали!"))
    phone = scene.facts.person.proved
    if phone is None:
        return turn
    said, now = f"{REASON_MARK} {reason}", scene.facts.now
    return replace(turn, commands=tuple(Explain(one.salon, one.id, phone, said, now) for one in about))


def _other_time(scene: Scene, turn: Turn, about: Appointment) -> Turn:
    """Whoever needs another time is offered one at once."""
    draft = Draft(tuple(service.id for service in about.services), about.salon)
    text = scene.words("Спасибо, что сказали! Подобрать другое время?")
    reply = replace(turn.replies[0], text=text, choices=(Choice("book:begin::0", scene.words("Подобрать время")),))
    return replace(turn, talk=replace(turn.talk, draft=draft), replies=(reply,))


def settled(scene: Scene, _event: Settled) -> Turn:
    """The person was thanked already; whether the salon's note was taken is nothing to them."""
    return Turn(scene.talk)


INTENT = Intent(
    "reason",
    PHRASES,
    begin,
    answers={"code": coded, "own": said},
    tapped=tapped,
    settles=Explain,
    settled=settled,
)
